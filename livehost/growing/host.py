"""``python -m livehost.growing.host``: a bank grows in a process of its own, beside a running stage.

The first line of its input is the order, as JSON: fields of `livehost.growing.order.Order`, and in `then_open` how the
stage will open the grown bank: it is read here, so that the stage finds it in the cache. Told are, a line each:
``progress DONE NAME``, ``done SENTENCE``, ``error SENTENCE``. The process goes behind everything else that runs on the
computer, and ends with the stage: where its input ends, at once.
"""

import contextlib
import json
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any

#: How far behind other programs it goes, where the system knows no idle programs.
_NICE = 19


def lower() -> None:
    """Have this process run only where no other program wants to."""
    with contextlib.suppress(OSError, AttributeError):
        os.nice(_NICE)
    with contextlib.suppress(OSError, AttributeError):
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


def say(word: str, *told: object) -> None:
    """Write a line to the stage; where it has gone, nobody is told."""
    with contextlib.suppress(OSError):
        os.write(1, " ".join([word, *map(str, told)]).replace("\n", " ").encode("utf-8", "replace") + b"\n")


def end_with_the_stage() -> None:
    """End at once where the input ends: every file is whole at any moment."""
    while os.read(0, 4096):  # not `sys.stdin`: Python waits for its lock at the end
        pass
    os._exit(0)


def main() -> int:
    """Carry out the order; gives the exit status."""
    lower()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the stage, which ends the input then
    table = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=end_with_the_stage, daemon=True).start()
    from livehost.errors import LivehostError

    try:
        from livehost.bank.load import open_bank
        from livehost.growing.grow import Work
        from livehost.growing.order import Order
        from livehost.growing.page import write_page

        opening = table.pop("then_open")
        fields: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in table.items()
        }
        order = Order(**fields | {"samples": Path(table["samples"]), "out": Path(table["out"])})
        growth = Work(order).grow(1, lambda done, _count, name: say("progress", done, name))
        write_page(growth)
        open_bank(order.out, **opening, workers=1)
    except LivehostError as error:
        say("error", error)
        return error.exit_code
    except Exception as error:  # whatever it was, the stage plays on and is told
        say("error", f"{type(error).__name__}: {error}.")
        return 1
    say("done", growth.summary())
    return 0


if __name__ == "__main__":
    sys.exit(main())
