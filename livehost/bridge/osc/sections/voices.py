"""Addresses of the voices: how loud and where each is, and whether it sounds."""

from livehost.bridge.osc.rows import settings
from livehost.bridge.osc.schema import Address, Arg
from livehost.settings import VOICES, voice_key


def _voice(voice: int) -> tuple[Address, ...]:
    prefix = f"voice/{voice:02d}/"
    active = Address(
        f"/livehost/{prefix}active", "query", "1 while this voice (00 to 63) sounds", (Arg("i", "active"),), "state",
        voice=voice,
    )  # fmt: skip
    return (*settings(prefix, {name: voice_key(voice, name) for name in ("gain_db", "pan", "mute")}), active)


ROWS: tuple[Address, ...] = tuple(row for voice in range(VOICES) for row in _voice(voice))
