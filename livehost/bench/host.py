"""The machine: what it is, what it runs, and whether it is fit to judge tails: its own wake-up latency."""

import hashlib
import importlib.metadata
import os
import platform
import time
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

import livehost
from livehost.rt.memory import zeros
from livehost.rt.native import STEP, entry, i64, record_at
from livehost.rt.platform import gettid, monotonic_ns, sleep_until_ns
from livehost.rt.schedule import AUDIO_PRIORITY, raise_priority
from livehost.rt.thread import NativeThread

#: A host whose wake-ups are later than this cannot judge tails: 99 of 100, and the latest of all, µs.
FIT_P99_US, FIT_MAX_US = 300.0, 1333.0
#: The same for 99 of 100 wake-ups of an ordinary thread, as Python's are: later on a host that has other work to do.
FIT_ORDINARY_P99_US = 1000.0
_UNFIT = "Tail budgets are warnings here; compute, counts and exact figures stand."
_PERIOD_NS = 1_333_333  # 64 frames at 48 kHz
_PACKAGES = ("numpy", "numba", "llvmlite", "scipy", "librosa", "sounddevice", "onnxruntime", "onnxruntime-gpu", "torch")
_PROBE = np.dtype([("tid", "i8"), ("go", "i8"), ("count", "i8"), ("late", "i8")], align=True)


@entry(STEP)
def probe_loop(address):
    """Sleep to absolute deadlines, a block apart, and note how late each wake-up is. RT: worker."""
    p = record_at(address, _PROBE)
    late = i64(p.late, p.count)
    p.tid = gettid()
    sleep_until_ns(monotonic_ns() + 30_000_000)  # time to be given a priority
    began = monotonic_ns()
    for k in range(p.count):
        deadline = began + (k + 1) * _PERIOD_NS
        sleep_until_ns(deadline)
        late[k] = monotonic_ns() - deadline
        if late[k] > _PERIOD_NS:
            began += late[k]
    return 0


@dataclass(frozen=True)
class Fitness:
    """How late this host wakes a thread that sleeps to a deadline.

    Attributes
    ----------
    median_us, p99_us, max_us : float
    priority : str
        What the probing thread got.
    seconds : float
        How long it probed.
    ordinary_p99_us : float
        The same of a thread of ordinary priority.
    realtime : bool
        Whether the system gave a thread a real-time priority.
    """

    median_us: float
    p99_us: float
    max_us: float
    priority: str
    seconds: float
    ordinary_p99_us: float = 0.0
    realtime: bool = True

    @property
    def fit(self) -> bool:
        """Whether its tails mean anything."""
        urgent = self.p99_us <= FIT_P99_US and self.max_us <= FIT_MAX_US
        return self.realtime and urgent and self.ordinary_p99_us <= FIT_ORDINARY_P99_US

    def worse(self, other: "Fitness") -> "Fitness":
        """Put two probes together: the later of each kind of wake-up."""
        later = {f.name: max(getattr(self, f.name), getattr(other, f.name)) for f in fields(self) if f.type is float}
        realtime = self.realtime and other.realtime
        return Fitness(**{**later, "priority": self.priority, "realtime": realtime})

    def sentence(self) -> str:
        """Say it to a person."""
        late = (
            f"wakes {self.median_us:.0f} µs late (median), {self.p99_us:.0f} (p99), {self.max_us:.0f} (max), "
            f"an ordinary thread {self.ordinary_p99_us:.0f} (p99)"
        )
        if self.fit:
            return f"This host is fit: it {late}; {self.priority}."
        if not self.realtime:
            return (
                f"This host is UNFIT to judge tails: it gives no thread a real-time priority ({self.priority}), and "
                f"{late}. {_UNFIT}"
            )
        return (
            f"This host is UNFIT to judge tails: it {late}, and p99 ≤ {FIT_P99_US:.0f}, max ≤ {FIT_MAX_US:.0f}, "
            f"ordinary ≤ {FIT_ORDINARY_P99_US:.0f} µs are wanted; {self.priority}. "
            f"{_UNFIT}"
        )


class _Prober:
    """One thread that sleeps and notes how late it wakes."""

    def __init__(self, count: int) -> None:
        self.late, self._record = zeros(count, np.int64), zeros(1, _PROBE)
        self._record[0] = (0, 0, count, self.late.ctypes.data)
        self.thread = NativeThread(probe_loop, self._record.ctypes.data, "livehost probe")
        self.thread.start()

    @property
    def tid(self) -> int:
        """Kernel's thread id."""
        while not self._record[0]["tid"] and not self.thread.tid:
            time.sleep(0.001)
        return int(self._record[0]["tid"]) or self.thread.tid


def probe(seconds: float = 2.0) -> Fitness:
    """Measure the host's own wake-up latency, of a thread with the audio thread's priority and of one without.

    RT: never.
    """
    count = max(10, round(seconds * 1e9 / _PERIOD_NS))
    urgent, ordinary = _Prober(count), _Prober(count)
    priority = raise_priority(urgent.tid, AUDIO_PRIORITY)
    for prober in (urgent, ordinary):
        prober.thread.join(seconds * 3 + 30)
    us = urgent.late / 1000.0
    return Fitness(
        float(np.median(us)), float(np.percentile(us, 99)), float(us.max()), priority.text, seconds,
        float(np.percentile(ordinary.late / 1000.0, 99)), priority.realtime,
    )  # fmt: skip


def _processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def machine() -> dict[str, Any]:
    """Describe the machine: processor, cores, memory, system; `fingerprint` names its baselines."""
    import psutil

    facts: dict[str, Any] = {
        "processor": _processor(),
        "cores": os.cpu_count() or 1,
        "memory_gb": round(psutil.virtual_memory().total / 2**30),
        "system": f"{platform.system()} {platform.release()}",
        "architecture": platform.machine(),
    }
    named = "|".join(str(facts[k]) for k in ("processor", "cores", "architecture"))
    return {**facts, "fingerprint": hashlib.sha256(named.encode()).hexdigest()[:12]}


def versions() -> dict[str, str]:
    """Versions of Python, of livehost and of what its speed depends on."""
    found = {"python": platform.python_version(), "livehost": livehost.__version__}
    for name in _PACKAGES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def as_dict(fitness: Fitness) -> dict[str, Any]:
    """Give it as the JSON file has it."""
    return {**asdict(fitness), "fit": fitness.fit}
