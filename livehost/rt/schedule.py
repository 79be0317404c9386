"""Priority of real-time threads: SCHED_FIFO, else RTKit, else as is; always said."""

import os
import shutil
import subprocess
from dataclasses import dataclass

from livehost.rt.platform import SYSTEM

#: What the audio thread asks for where no sound server has given it a priority; the worker comes right behind it.
AUDIO_PRIORITY = 70
_RTKIT = ("org.freedesktop.RealtimeKit1", "/org/freedesktop/RealtimeKit1", "org.freedesktop.RealtimeKit1")
_RTTIME_US = 200_000


@dataclass(frozen=True)
class Priority:
    """What a thread got.

    Attributes
    ----------
    realtime : bool
        Whether it runs before ordinary threads.
    text : str
        How, in words.
    level : int
        Its priority, 0 for an ordinary thread.
    """

    realtime: bool
    text: str
    level: int = 0


def raise_priority(tid: int, priority: int) -> Priority:
    """Ask for real-time scheduling of one thread of this process.

    Parameters
    ----------
    tid : int
        Kernel's thread id, as `rt.platform.gettid` gives it.
    priority : int
        1 … 99.

    Returns
    -------
    Priority
        What it got, in words for the report at the start. RT: never.
    """
    if SYSTEM != "linux" or tid <= 0:
        return Priority(False, "as the system gave it")
    try:
        if os.sched_getscheduler(tid) & ~getattr(os, "SCHED_RESET_ON_FORK", 0) in (os.SCHED_FIFO, os.SCHED_RR):
            given = os.sched_getparam(tid).sched_priority  # a sound server knows its own order
            return Priority(True, f"SCHED_FIFO {given} (from the sound server)", given)
        policy = os.SCHED_FIFO | getattr(os, "SCHED_RESET_ON_FORK", 0)
        os.sched_setscheduler(tid, policy, os.sched_param(priority))
    except (OSError, PermissionError):
        return _rtkit(tid, 20)
    return Priority(True, f"SCHED_FIFO {priority}", priority)


def _rtkit(tid: int, priority: int) -> Priority:
    busctl = shutil.which("busctl")
    advice = "ordinary priority: add yourself to the audio group, or set an rtprio limit, for SCHED_FIFO"
    if busctl is None:
        return Priority(False, advice)
    import resource

    try:
        resource.setrlimit(resource.RLIMIT_RTTIME, (_RTTIME_US, _RTTIME_US))  # RTKit refuses without
        values = ["MakeThreadRealtimeWithPID", "ttu", str(os.getpid()), str(tid), str(priority)]
        done = subprocess.run(
            [busctl, "--system", "call", *_RTKIT, *values], capture_output=True, timeout=2, check=False
        )
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return Priority(False, advice)
    return Priority(True, f"RTKit {priority}", priority) if done.returncode == 0 else Priority(False, advice)
