"""Checks of the computer: limits, processor, memory, power, and what else wants the processor."""

import os
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from livehost.doctor.finding import Finding
from livehost.settings import Settings

#: What the audio thread asks for, and memory that is to be locked, MiB.
_PRIORITY, _LOCKED_MIB = 70, 512
#: Share of a processor's time from which another program is named, %, and load from which there is no room left.
_BUSY_PERCENT, _FULL = 50.0, 0.75
_LOOK_S = 1.0
#: Memory that should be left, MiB, and swap in use from which it is told of.
_FREE_MIB, _SWAP_MIB = 512, 256
#: Interrupts of one line a second from which they compete with the audio thread.
_MANY = 20_000
_SYS = Path("/sys/devices/system/cpu")
_LINES = Path("/proc/interrupts")
_SOUND = re.compile(r"snd|audio|hda|firewire|xhci", re.IGNORECASE)
_GROUP = "add yourself to the group audio, or write '@audio - rtprio 95' and '@audio - memlock unlimited' to "
_GROUP += "/etc/security/limits.d/audio.conf, and log in again"


def limits(_values: Settings) -> Iterator[Finding]:
    """Whether threads may have real-time priority, and memory may be locked."""
    if sys.platform == "win32":
        yield Finding("note", "this system has no limits of its own for real-time threads")
        return
    import resource

    root = os.geteuid() == 0
    if hasattr(resource, "RLIMIT_RTPRIO"):
        priority = resource.getrlimit(resource.RLIMIT_RTPRIO)[1]
        allowed = root or priority == resource.RLIM_INFINITY or priority >= _PRIORITY
        found = "any" if root or priority == resource.RLIM_INFINITY else f"up to {priority}"
        yield (
            Finding("good", f"real-time priority: {found}") if allowed
            else Finding("warning", f"real-time priority: {found}, {_PRIORITY} is wanted", _GROUP)
        )  # fmt: skip
    locked = resource.getrlimit(resource.RLIMIT_MEMLOCK)[0]
    unlimited = root or locked == resource.RLIM_INFINITY
    found = "as much as there is" if unlimited else f"{locked / 2**20:.0f} MiB"
    enough = unlimited or locked >= _LOCKED_MIB * 2**20
    yield (
        Finding("good", f"memory that may be locked: {found}") if enough
        else Finding("warning", f"memory that may be locked: {found}, {_LOCKED_MIB} MiB are wanted", _GROUP)
    )  # fmt: skip


def governor(_values: Settings, system: Path = _SYS) -> Iterator[Finding]:
    """Whether the processor saves power: it then takes milliseconds to wake up."""
    found = sorted({_word(path) for path in system.glob("cpu[0-9]*/cpufreq/scaling_governor")} - {""})
    if not found:
        yield Finding("note", "the system does not tell how the processor's speed is chosen")
    elif found == ["performance"]:
        yield Finding("good", "the processor runs at full speed (performance)")
    else:
        yield Finding(
            "warning", f"the processor saves power ({', '.join(found)})",
            "cpupower frequency-set -g performance, or the profile for performance of the desktop",
        )  # fmt: skip


def _word(path: Path) -> str:
    try:
        return path.read_text("utf-8").strip()
    except OSError:
        return ""


def contention(_values: Settings) -> Iterator[Finding]:
    """Who else uses the processors, measured for a second."""
    processes = []
    for process in psutil.process_iter(["name", "pid"]):
        try:
            process.cpu_percent()
            processes.append(process)
        except psutil.Error:
            continue
    psutil.cpu_percent(percpu=True)
    before = interrupts()
    time.sleep(_LOOK_S)
    shares, busy = psutil.cpu_percent(percpu=True), []
    for process in processes:
        try:
            share = process.cpu_percent()
        except psutil.Error:
            continue
        if share >= _BUSY_PERCENT and process.pid != os.getpid():
            busy.append(f"{process.info['name']} ({share:.0f} %)")
    used = sum(shares) / (100 * len(shares))
    text = f"{100 * used:.0f} % of {len(shares)} processors are in use"
    if used >= _FULL:
        yield Finding(
            "unsafe", f"{text}: {', '.join(busy[:4]) or 'many small programs'}", "end what is not for the show"
        )
    elif busy:
        yield Finding("warning", f"{text}, by {', '.join(busy[:4])}", "end what is not for the show")
    else:
        yield Finding("good", text)
    yield from _of_interrupts(before, interrupts())


def interrupts(path: Path = _LINES) -> dict[str, tuple[int, ...]]:
    """Count interrupts of each processor, by the line's description; empty where the system does not tell."""
    try:
        head, *rows = path.read_text("utf-8").splitlines()
    except (OSError, ValueError):
        return {}
    processors = len(head.split())
    table = {}
    for row in rows:
        name, _, rest = row.strip().partition(":")
        words = rest.split()
        counts = [int(word) for word in words[:processors] if word.isdigit()]
        if len(counts) == processors:
            table[" ".join([name, *words[processors:]])] = tuple(counts)
    return table


def _of_interrupts(before: dict[str, tuple[int, ...]], after: dict[str, tuple[int, ...]]) -> Iterator[Finding]:
    shared = [line for line in after if line[0].isdigit() and "," in line and _SOUND.search(line)]
    for line in shared:
        yield Finding("warning", f"the sound card shares an interrupt: {line}", "plug the card in elsewhere")
    rates = {line: sum(after[line]) - sum(before.get(line, after[line])) for line in after if line[0].isdigit()}
    many = max(rates, key=lambda line: rates[line], default="")
    if many and rates[many] >= _MANY * _LOOK_S:
        yield Finding(
            "warning", f"{rates[many] / _LOOK_S:,.0f} interrupts a second: {many}",
            "see which device that is; turn it off, or Wi-Fi, for the show",
        )  # fmt: skip
    elif after and not shared:
        yield Finding("good", "no interrupt competes with the sound card's")


def memory(_values: Settings) -> Iterator[Finding]:
    """Whether there is memory left, and none was written to disk."""
    free, swap = psutil.virtual_memory().available / 2**20, psutil.swap_memory().used / 2**20
    if free < _FREE_MIB:
        yield Finding("unsafe", f"{free:.0f} MiB of memory are left, {_FREE_MIB} are wanted", "end other programs")
    elif swap > _SWAP_MIB:
        yield Finding(
            "warning", f"{swap:.0f} MiB of memory were written to disk", "end other programs, or log in again"
        )
    else:
        yield Finding("good", f"{free / 1024:.1f} GiB of memory are left")


def power(_values: Settings) -> Iterator[Finding]:
    """Whether a battery runs it."""
    battery = psutil.sensors_battery() if hasattr(psutil, "sensors_battery") else None
    if battery is None:
        yield Finding("good", "no battery")
    elif battery.power_plugged:
        yield Finding("good", "plugged in")
    else:
        yield Finding("warning", f"runs on its battery ({battery.percent:.0f} %)", "plug it in")
