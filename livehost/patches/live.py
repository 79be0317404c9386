"""The device for Ableton Live: an audio effect that lets sound through, whose parameters are livehost's settings."""

import json
import struct

from py2max.m4l import ensure_amxd_project_block

from livehost.patches.controls import front
from livehost.patches.max_box import MaxPatch
from livehost.patches.max_controls import Wires
from livehost.patches.max_face import HEIGHT, WIDTH, open_pages, speak, strip

#: UDP port that it listens at: not Max's own, beside which it may run.
EARS = 17772
#: Date that a device says it was made at, 1 January 2026 in seconds since 1904: the same for the same table.
_MADE = 2_082_844_800 + 1_767_225_600
_BANK = 8


def device() -> bytes:
    """Write `livehost.amxd`."""
    made = MaxPatch(WIDTH, HEIGHT)
    wires = speak(made, "live.thisdevice", EARS)
    heard, played = made.obj("plugin~", 500, 200), made.obj("plugout~", 500, 230)
    for side in range(2):
        made.cord(heard, played, side, side)
    strip(wires)
    open_pages(wires)
    document = made.patcher.to_dict()
    patcher = document["patcher"]
    patcher |= {"openrect": [0.0, 0.0, float(WIDTH), float(HEIGHT)], "devicewidth": float(WIDTH)}
    patcher["parameters"] = _parameters(wires)
    ensure_amxd_project_block(document, "audio_effect", _MADE)
    return container(b"aaaa", json.dumps(document, indent=1).encode())


def container(kind: bytes, patcher: bytes) -> bytes:
    """Wrap a patcher as Max for Live keeps a device: chunks of a name, a little-endian size, and content.

    Parameters
    ----------
    kind : bytes
        ``aaaa`` audio effect, ``iiii`` instrument, ``mmmm`` MIDI effect.
    patcher : bytes
        JSON.

    References
    ----------
    Ableton's own reader of such files: maxdiff, https://github.com/Ableton/maxdevtools
    """
    chunks = ((b"ampf", kind), (b"meta", struct.pack("<I", 0)), (b"ptch", patcher + b"\n\0"))
    return b"".join(name + struct.pack("<I", len(content)) + content for name, content in chunks)


def _parameters(wires: Wires) -> dict[str, object]:
    """List the parameters, and those at hand in banks of eight for a controller."""
    made: dict[str, object] = {box: [long, short, 0] for box, (long, short) in sorted(wires.names.items())}
    names = [one.name for one in front().controls]
    banks = [names[k : k + _BANK] for k in range(0, len(names), _BANK)]
    made["parameterbanks"] = {
        str(k): {"index": k, "name": f"Play {k + 1}", "parameters": [*bank, *["-"] * (_BANK - len(bank))]}
        for k, bank in enumerate(banks)
    }
    made["inherited_shortname"] = 1
    return made
