"""A restart is in a hurry: until it plays, its main thread goes before ordinary programs, where it may."""

import os
from contextlib import suppress

#: Lowest of the real-time priorities: below every thread of sound.
_PRIORITY = 1


def hurry() -> None:
    """Have the calling thread go before ordinary programs; threads and processes that it starts do not inherit it."""
    with suppress(OSError, AttributeError):  # not allowed, or another system
        os.sched_setscheduler(0, os.SCHED_RR | os.SCHED_RESET_ON_FORK, os.sched_param(_PRIORITY))


def calm_down() -> None:
    """Have the calling thread be an ordinary one again."""
    with suppress(OSError, AttributeError):
        os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))
