"""``python -m livehost.supervise ARGUMENTS``: ``livehost run ARGUMENTS``, supervised; its state is LIVEHOST_STATE."""

import os
import sys
from pathlib import Path

from livehost.errors import LivehostError
from livehost.places import adopt_stand_in
from livehost.supervise.hurry import hurry
from livehost.supervise.lock import hold
from livehost.supervise.supervisor import Supervisor, command_of
from livehost.supervise.terminal import say


def main(arguments: list[str]) -> int:
    """Hold the lock of the kept state, and supervise; gives the exit status."""
    adopt_stand_in()
    state = os.environ.get("LIVEHOST_STATE", "")
    if not state:
        say("No state is kept (LIVEHOST_STATE is empty): after a crash it begins anew.")
    else:
        try:
            trouble = hold(Path(state))
        except LivehostError as error:
            say(str(error))
            return error.exit_code
        if trouble:
            say(f"No state can be kept beside {state} ({trouble}): after a crash it begins anew.")
    hurry()  # it sleeps nearly all the time
    return Supervisor(command_of(arguments)).run()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
