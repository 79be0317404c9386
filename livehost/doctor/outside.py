"""Checks of what is around livehost: disk, ports, folders that are written to, versions."""

import importlib.metadata
import os
import platform
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import livehost
from livehost.bridge.kept_state import state_file
from livehost.doctor.finding import Finding
from livehost.errors import LivehostError
from livehost.places import cache_root
from livehost.settings import Settings
from livehost.stage.audio_file import is_sound_file
from livehost.stage.recorder import recordings_folder

#: Hours of recording that should have room: less is told of, much less is unsafe.
_HOURS, _LEAST_HOURS = 4.0, 0.5
#: Bytes of a sample, and rate and inputs where none are known.
_BYTES, _RATE, _PLAYED = 3, 48_000, 2
_PACKAGES = ("numpy", "numba", "sounddevice", "python-rtmidi", "onnxruntime-gpu", "onnxruntime")


def disk(values: Settings) -> Iterator[Finding]:
    """How long a recording has room."""
    folder = recordings_folder(values["log.record"])
    there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not os.access(there, os.W_OK):
        yield Finding("unsafe", f"nothing can be recorded into {folder}", "--record another folder")
        return
    inputs = max(map(int, values["audio.input_channels"].split(",")))
    free = shutil.disk_usage(there).free
    hours = free / (_BYTES * (inputs + _PLAYED) * (values["audio.rate"] or _RATE) * 3600)
    text = f"{free / 2**30:.1f} GiB for recordings in {folder}, that is {min(hours, 999):.1f} hours"
    if hours < _LEAST_HOURS:
        yield Finding("unsafe", text, "make room, or --record a folder on another disk")
    elif hours < _HOURS:
        yield Finding("warning", text, "make room for the whole evening")
    else:
        yield Finding("good", text)


def ports(values: Settings) -> Iterator[Finding]:
    """Whether the ports for OSC are free, where OSC goes is known, and the MIDI ports are there."""
    wanted = (
        ("OSC", "osc.in_port", socket.SOCK_DGRAM), ("OSC over TCP", "osc.in_port", socket.SOCK_STREAM),
        ("OSCQuery", "osc.query_port", socket.SOCK_STREAM),
    )  # fmt: skip
    taken = []
    for name, key, kind in wanted:
        port = values[key]
        if port and not _free(values["osc.bind"], port, kind):
            taken.append((name, key, port))
    for name, key, port in taken:
        yield Finding(
            "warning", f"port {port} for {name} is taken: is another livehost running?",
            f"end it, or --set {key}={port + 10}; else the next free one is used, and said",
        )  # fmt: skip
    for target in filter(None, map(str.strip, values["osc.out"].split(","))):
        host = target.rpartition(":")[0]
        try:
            socket.getaddrinfo(host, None)
        except OSError:
            yield Finding("unsafe", f"{host}, where OSC is to go, is not known here", "give its address in numbers")
    yield from _midi(values)
    if not taken:
        yield Finding("good", "the ports for OSC are free")


def _free(host: str, port: int, kind: socket.SocketKind) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, kind) as probe:
        if kind == socket.SOCK_STREAM:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _midi(values: Settings) -> Iterator[Finding]:
    from livehost.bridge.midi.out import port_names

    for side in ("out", "in"):
        names = [name.strip() for name in values[f"midi.{side}"].split(",") if name.strip()]
        if not names:
            continue
        there = port_names(inputs=side == "in")
        missing = [name for name in names if not any(name.lower() in port.lower() for port in there)]
        if missing:
            yield Finding(
                "note", f"no MIDI {side}put port is called {', '.join(missing)}: livehost will make it",
                "livehost devices lists those that there are",
            )  # fmt: skip
        else:
            yield Finding("good", f"MIDI {side}: {', '.join(names)}")


def folders(values: Settings) -> Iterator[Finding]:
    """Whether what outlives the session can be kept: state, scenes, compiled code."""
    kept = {"what the session leaves for the next one": state_file(), "compiled code": cache_root()}
    if values["run.scenes"]:
        kept["scenes"] = Path(values["run.scenes"])
    if values["log.events"] and not is_sound_file(values["log.events"]):
        kept["the event log"] = Path(values["log.events"]).absolute().parent
    lost = [name for name, path in kept.items() if path is not None and not _writable(path)]
    if lost:
        yield Finding(
            "warning", f"cannot be kept: {', '.join(lost)}", "make these folders writable, or set LIVEHOST_STATE"
        )
    else:
        yield Finding("good", "all that is to be kept can be written")


def _writable(path: Path) -> bool:
    there = next(p for p in (path, *path.absolute().parents) if p.exists())
    return os.access(there, os.W_OK)


def versions(_values: Settings) -> Iterator[Finding]:
    """Tell what runs: livehost, Python, the system, the libraries."""
    found = []
    for name in _PACKAGES:
        try:
            found.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            continue
    system = f"{platform.system()} {platform.release()}"
    kernel = "" if platform.system() != "Linux" or "PREEMPT_RT" not in platform.version() else ", real-time kernel"
    yield Finding(
        "good",
        f"livehost {livehost.__version__}, Python {platform.python_version()}, {system}{kernel}; {', '.join(found)}",
    )


def portaudio_version() -> str:
    """Give the version of PortAudio.

    Raises
    ------
    LivehostError
        Where it is not there.
    """
    try:
        import sounddevice
    except (OSError, ImportError):
        raise LivehostError("PortAudio is not installed: install libportaudio2.") from None
    return str(sounddevice.get_portaudio_version()[1]).partition(",")[0]
