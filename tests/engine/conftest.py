"""The compiled callback, called block by block from Python with scripted lengths."""

import ctypes
from collections.abc import Iterable, Sequence

import numpy as np
import pytest

from livehost import events
from livehost.bank.layout import ITEM
from livehost.engine.callback import callback
from livehost.engine.inserts import Insert
from livehost.engine.state import EngineState
from livehost.settings import TABLE, Settings

GUARD = 16


class Rig:
    """An engine at a low sample rate with a bank of known items, and the real callback.

    Items: 0 a ramp of 100 frames, 1 a constant of 400 frames at 0.5, 2 stereo 50 frames (0.25, −0.25), 3 loud (2.0),
    4 NaN.
    """

    def __init__(
        self,
        rate: float = 1000.0,
        inputs: int = 1,
        outputs: int = 2,
        bus: Sequence[Insert] = (),
        master: Sequence[Insert] = (),
        **assignments: object,
    ) -> None:
        values = Settings({key.replace("__", "."): value for key, value in assignments.items()})
        inserts = {"bus": bus, "master": master}
        self.engine = EngineState(values, rate, inputs=inputs, outputs=outputs, pair=(0, outputs - 1), **inserts)
        sounds = [
            np.arange(100, dtype="f4")[:, None] / 200,
            np.full((400, 1), 0.5, "f4"),
            np.tile(np.array([[0.25, -0.25]], "f4"), (50, 1)),
            np.full((300, 1), 2.0, "f4"),
            np.full((100, 1), np.nan, "f4"),
        ]
        self.items, parts, at = np.zeros(len(sounds), ITEM), [], 0
        for item, sound in zip(self.items, sounds, strict=True):
            item["offset"], item["frames"], item["channels"] = at + GUARD, len(sound), sound.shape[1]
            item["gain"], item["successor"] = 1.0, -1
            parts.append(np.pad(sound.ravel(), (GUARD, GUARD)))
            at += parts[-1].size
        self.block = np.concatenate(parts).astype(np.float32)
        self.engine.use_bank(self.block, self.items)
        self.inputs, self.outputs = inputs, outputs
        kinds = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong, ctypes.c_void_p, ctypes.c_ulong, ctypes.c_void_p)
        self._call = ctypes.CFUNCTYPE(ctypes.c_int32, *kinds)(callback.address)

    @property
    def lookahead(self) -> int:
        return self.engine.limiter.lookahead_frames

    def put(self, item: int, sound: np.ndarray) -> None:
        """Make an item sound like this, float [frames] or [frames, 2]; it must be no longer than what it was."""
        record, sound = self.items[item], np.asarray(sound, np.float32)
        self.block[record["offset"] : record["offset"] + sound.size] = sound.ravel()
        record["frames"], record["channels"] = len(sound), sound.size // len(sound)

    def voice(self, frame: int, index: int = 0, **fields: object) -> None:
        fields = {"rate": 1.0, "onset_frame": -1, **fields}
        assert self.engine.commands.push(events.new("voice", frame, index=index, **fields))

    def control(self, name: str, frame: int = events.NOW, **fields: object) -> None:
        assert self.engine.control.push(events.new(name, frame, **fields))

    def set(self, key: str, value: float) -> None:
        self.engine.set(TABLE[key].field, value)

    def run(self, lengths: Iterable[int], heard: np.ndarray | None = None, flags: int = 0) -> np.ndarray:
        """Render blocks of these lengths; float32 [frames, outputs]."""
        out = []
        for length in lengths:
            begin = int(self.engine["frame"])
            inp = np.zeros((length, self.inputs), np.float32)
            if heard is not None:
                part = heard[begin : begin + length]
                inp[: len(part)] = part.reshape(-1, self.inputs)
            block = np.full((length, self.outputs), 7, np.float32)
            self._call(inp.ctypes.data, block.ctypes.data, length, 0, flags, self.engine.address)
            out.append(block)
        return np.concatenate(out)

    def events(self, *kinds: str) -> list[dict]:
        return [e for e in map(events.to_dict, self.engine.events.drain()) if not kinds or e["kind"] in kinds]


@pytest.fixture
def rig() -> Rig:
    # no look-ahead to speak of, and no ceiling in the way: numbers one can read
    return Rig(engine__lookahead_ms=1.0, master__ceiling_db=0.0)


def ragged(total: int, seed: int = 0, longest: int = 90) -> list[int]:
    """Block lengths that add up to `total`."""
    rng, lengths = np.random.default_rng(seed), []
    while (left := total - sum(lengths)) > 0:
        lengths.append(min(int(rng.integers(1, longest)), left))
    return lengths
