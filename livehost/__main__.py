"""``python -m livehost``."""

from livehost.cli.main import main

if __name__ == "__main__":
    main()
