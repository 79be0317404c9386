"""``python -m livehost``."""

from livehost.cli import main

if __name__ == "__main__":
    main()
