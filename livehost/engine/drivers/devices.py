"""The sound devices of this computer: those of PortAudio, and those of a JACK server.

PortAudio never gets to see the JACK server: what it opens there it cannot close any more where the server dies, and
trying to ends the process. A JACK device is one that has audio ports in JACK's graph.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from livehost import libjack
from livehost.errors import LivehostError

JACK = "JACK Audio Connection Kit"
_HIDDEN = {"JACK_DEFAULT_SERVER": "livehost-looks-for-none", "JACK_NO_START_SERVER": "1"}
_LOOKING = "livehost-devices"
#: Clients of livehost's own.
_OURS = "livehost-audio"


class NoSoundCard(LivehostError):  # noqa: N818  a circumstance, not an error
    """There is nothing on this computer that sound could come out of."""


@contextmanager
def without_jack() -> Iterator[None]:
    """Let whoever looks for a JACK server meanwhile find none."""
    before = {name: os.environ.get(name) for name in _HIDDEN}
    os.environ.update(_HIDDEN)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


def sounddevice() -> Any:
    """PortAudio.

    Raises
    ------
    NoSoundCard
        Where it is not installed.
    """
    try:
        with without_jack():
            import sounddevice as module
    except (OSError, ImportError):
        raise NoSoundCard(
            "PortAudio is not installed: install libportaudio2 (Linux) or the sounddevice package with its library."
        ) from None
    return module


def rescan() -> None:
    """Look for devices again: PortAudio knows only those that were there when it began."""
    sd = sounddevice()
    try:
        with without_jack():
            sd._terminate()
            sd._initialize()
    except sd.PortAudioError as error:
        raise LivehostError(f"PortAudio does not start: {error}.") from None


def list_devices() -> list[dict[str, Any]]:
    """All devices of all host interfaces: PortAudio's in its order, then JACK's.

    Returns
    -------
    list of dict
        ``index``, ``name``, ``host``, ``inputs``, ``outputs``, ``rate``, ``default`` (of "in", "out", "in out", "").
    """
    rows = portaudio_devices()
    for device in jack_devices():
        default = " ".join(
            word
            for word, count in (("in", "inputs"), ("out", "outputs"))
            if device[count] and not any(word in row["default"].split() for row in rows)
        )
        rows.append({"index": max((row["index"] for row in rows), default=-1) + 1, **device, "default": default})
    return rows


def portaudio_devices() -> list[dict[str, Any]]:
    """Devices of PortAudio, as `list_devices` gives them; one that is JACK's is left out."""
    sd = sounddevice()
    hosts = sd.query_hostapis()
    default_in, default_out = sd.default.device
    rows = []
    for i, d in enumerate(sd.query_devices()):
        default = " ".join(word for word, j in (("in", default_in), ("out", default_out)) if i == j)
        rows.append(
            {
                "index": i, "name": d["name"], "host": hosts[d["hostapi"]]["name"], "inputs": d["max_input_channels"],
                "outputs": d["max_output_channels"], "rate": d["default_samplerate"], "default": default,
            }
        )  # fmt: skip
    return [row for row in rows if row["host"] != JACK]


def jack_devices() -> list[dict[str, Any]]:
    """Clients of the JACK server that have audio ports; none where there is no server."""
    try:
        client = libjack.open_client(_LOOKING)
    except OSError:
        return []
    if client is None:
        return []
    try:
        sides = [libjack.port_names(client, "", flag) for flag in (libjack.IS_OUTPUT, libjack.IS_INPUT)]
        rate = float(libjack.libjack().jack_get_sample_rate(client))
    finally:
        libjack.libjack().jack_client_close(client)
    clients = dict.fromkeys(name.rpartition(":")[0] for names in sides for name in names)
    return [
        {"name": name, "host": JACK, "rate": rate}
        | {count: sum(n.rpartition(":")[0] == name for n in names)
           for count, names in zip(("inputs", "outputs"), sides, strict=True)}
        for name in clients if not name.startswith(_OURS)
    ]  # fmt: skip


def find(kind: str, wanted: str, host: str = "") -> dict[str, Any]:
    """Find a device.

    Parameters
    ----------
    kind : str
        "input" or "output".
    wanted : str
        Its number, its name or a part of it; "" for the default one.
    host : str
        Where it is to be, if there is a choice; "" for anywhere.

    Raises
    ------
    NoSoundCard
        Where nothing has an output.
    LivehostError
        Where there is no such device.
    """
    devices = [d for d in list_devices() if d[kind + "s"] > 0]
    if not devices and kind == "output":
        raise NoSoundCard("There is no sound output device.")
    if not devices:
        raise LivehostError("There is no sound input device: plug one in, or give --input take.wav.")
    there = [d for d in devices if d["host"] == host] or devices
    if not wanted:
        chosen = [d for d in there if {"input": "in", "output": "out"}[kind] in d["default"].split()]
        return (chosen or there)[0]
    if wanted.lstrip("-").isdigit():
        chosen = [d for d in devices if d["index"] == int(wanted)]
    else:
        exact = [d for d in there if d["name"].lower() == wanted.lower()]
        chosen = exact or [d for d in there if wanted.lower() in f"{d['name']} ({d['host']})".lower()]
    if not chosen:
        names = ", ".join(f"{d['index']} {d['name']}" for d in devices[:8])
        raise LivehostError(f"There is no {kind} device called {wanted!r}; there are: {names}.", 2)
    return chosen[0]
