"""Priority of real-time threads: SCHED_FIFO, else RTKit, else as is; always said."""

import os
import shutil
import subprocess
from dataclasses import dataclass

from livehost.rt.platform import SYSTEM

#: The sound card's thread goes before the worker; both go before everything ordinary and after jackd's own (which is at 10 in
#: its clients, 20 in itself, by default).
AUDIO_PRIORITY, WORKER_PRIORITY = 70, 60
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
    """

    realtime: bool
    text: str


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
        policy = os.SCHED_FIFO | getattr(os, "SCHED_RESET_ON_FORK", 0)
        os.sched_setscheduler(tid, policy, os.sched_param(priority))
    except (OSError, PermissionError):
        return _rtkit(tid, 20)
    return Priority(True, f"SCHED_FIFO {priority}")


def _rtkit(tid: int, priority: int) -> Priority:
    busctl = shutil.which("busctl")
    advice = "ordinary priority: add yourself to the audio group, or set an rtprio limit, for SCHED_FIFO"
    if busctl is None:
        return Priority(False, advice)
    import resource

    try:
        resource.setrlimit(resource.RLIMIT_RTTIME, (_RTTIME_US, _RTTIME_US))  # RTKit refuses without
        values = ["MakeThreadRealtimeWithPID", "ttu", str(os.getpid()), str(tid), str(priority)]
        done = subprocess.run([busctl, "--system", "call", *_RTKIT, *values], capture_output=True, timeout=2, check=False)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return Priority(False, advice)
    return Priority(True, f"RTKit {priority}") if done.returncode == 0 else Priority(False, advice)
