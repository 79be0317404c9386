"""The audio thread's memory: one record that the callback gets as its user data."""

from typing import Any

import numpy as np

from livehost import events, settings
from livehost.engine.limiter import Limiter
from livehost.engine.pending import Pending
from livehost.engine.voices import RESERVE, VOICE
from livehost.rt.broadcast import Broadcast
from livehost.rt.gate import Gate
from livehost.rt.memory import zeros
from livehost.rt.ring import Ring, Tape
from livehost.rt.semaphore import Semaphore
from livehost.settings import Settings
from livehost.stage.stats import BINS

#: Most frames that a driver may ask for at once.
MAX_BLOCK = 16_384
_TAPE_SECONDS = 2.5

ENGINE = np.dtype(
    [
        ("rate", "f8"),
        ("frame", "i8"),  # first frame of the next block
        # rings
        ("commands", "i8"),
        ("control", "i8"),
        ("events", "i8"),
        ("listen", "i8"),  # tape: heard, and what the left and the right output play of the voices
        ("record", "i8"),  # tape: left, right, every input channel
        ("wake", "i8"),
        # panic, past all rings
        ("gate", "i8"),
        ("gate_seen", "i8"),
        ("panics_seen", "i8"),
        ("broadcast", "i8"),  # panics of all livehosts of this user
        ("broadcast_seen", "i8"),
        ("me", "i8"),
        ("panic_fade", "i8"),  # frames, for a panic of another livehost
        ("panic_frame", "i8"),  # of the last panic that was carried out, −1 for none
        # parameters and bank
        ("parameters", "i8"),
        ("block", "i8"),
        ("items", "i8"),
        ("count", "i8"),
        # voices
        ("voices", "i8"),
        ("slots", "i8"),
        ("polyphony", "i8"),
        ("pending", "i8"),
        ("mix", "i8"),  # scratch, float32 [2, MAX_BLOCK]
        ("limiter", "i8"),
        # channels
        ("inputs", "i8"),
        ("listened", "u8"),  # bit set of input channels
        ("outputs", "i8"),
        ("left", "i8"),  # output channel that gets the left side
        ("right", "i8"),
        ("silent", "i8"),  # the device gets silence (the output is a file)
        # input from a file
        ("source", "i8"),  # float32 [source_frames, inputs], 0 for the device
        ("source_frames", "i8"),
        # smoothed gains
        ("smoothing", "f8"),
        ("input_gain", "f8"),
        ("voice_gain", "f8"),
        ("monitor_gain", "f8"),
        ("master_gain", "f8"),
        ("ceiling", "f8"),
        # meters since the last tick
        ("meter_frames", "i8"),
        ("in_peak", "f8"),
        ("in_power", "f8"),
        ("out_peak", "f8"),
        ("out_power", "f8"),
        # counters
        ("blocks", "i8"),
        ("input_xruns", "i8"),
        ("output_xruns", "i8"),
        ("late", "i8"),
        ("latest", "i8"),  # frames that the latest voice was late
        ("refused", "i8"),  # commands that found no place to wait, or named no item
        ("withheld", "i8"),  # voices from before a panic or a stop, or while it holds
        ("not_finite", "i8"),  # samples that were not finite
        # the thread itself
        ("tid", "i8"),
        ("busy_ns", "i8"),
        ("longest_ns", "i8"),
        ("histogram", "i8"),
    ],
    align=True,
)


class EngineState:
    """Everything that the callback touches, allocated and present.

    Parameters
    ----------
    values : Settings
        Where polyphony, look-ahead and live parameters come from.
    rate : float
        Hz.
    inputs, outputs : int
        Channels of the driver.
    listened : tuple of int
        Input channels (from 0) whose mean is heard.
    pair : tuple of int
        Output channels (from 0) for left and right.
    """

    def __init__(
        self,
        values: Settings,
        rate: float,
        *,
        inputs: int = 1,
        outputs: int = 2,
        listened: tuple[int, ...] = (0,),
        pair: tuple[int, int] = (0, 1),
    ) -> None:
        self.rate = rate
        tape = 1 << int(np.ceil(np.log2(_TAPE_SECONDS * rate)))
        self.commands = Ring(1024, events.RECORD_BYTES)
        self.control = Ring(1024, events.RECORD_BYTES)
        self.events = Ring(8192, events.RECORD_BYTES)
        self.listen = Tape(tape, 3)
        self.record = Tape(tape * 4, 2 + inputs)
        self.wake = Semaphore()
        self.gate, self.broadcast, self.pending = Gate(), Broadcast(), Pending()
        self.limiter = Limiter(rate, values["engine.lookahead_ms"])
        self.parameters = zeros(len(settings.parameters("audio")), np.float64)
        self.parameters[:] = values.array("audio")
        slots = values["engine.voices"] + RESERVE
        self.voices = zeros(slots, VOICE)
        self._mix = zeros(2 * MAX_BLOCK, np.float32)
        self.histogram = zeros(BINS, np.int64)
        self._bank: list[tuple[np.ndarray, np.ndarray]] = []
        self._source: np.ndarray | None = None
        self.state = zeros(1, ENGINE)
        s = self.state[0]
        s["rate"] = rate
        for name in (
            "commands", "control", "events", "listen", "record", "wake", "limiter", "gate", "broadcast", "pending",
        ):  # fmt: skip
            s[name] = getattr(self, name).address
        s["me"], s["panic_fade"] = self.broadcast.me, max(1, round(events.PANIC_FADE_MS * rate / 1000))
        s["broadcast_seen"], s["panic_frame"] = self.broadcast.word, -1
        s["parameters"], s["voices"] = self.parameters.ctypes.data, self.voices.ctypes.data
        s["mix"] = self._mix.ctypes.data
        s["histogram"] = self.histogram.ctypes.data
        s["slots"], s["polyphony"] = slots, values["engine.voices"]
        s["inputs"], s["outputs"], s["left"], s["right"] = inputs, outputs, pair[0], pair[1]
        s["listened"] = sum(1 << c for c in listened)
        s["smoothing"] = 1 - np.exp(-1 / (0.005 * rate))
        s["input_gain"] = 10 ** (values["input.gain_db"] / 20)
        s["voice_gain"], s["ceiling"] = 1.0, 10 ** (values["master.ceiling_db"] / 20)
        s["master_gain"] = 10 ** (values["master.gain_db"] / 20)
        s["meter_frames"] = max(1, int(rate) // 30)
        self.address: int = self.state.ctypes.data

    def set(self, parameter: int, value: float) -> None:
        """Change a live parameter, from the next block on; past every queue."""
        self.parameters[parameter] = value

    def use_bank(self, block: np.ndarray, items: np.ndarray) -> None:
        """Set the first bank, before the stream starts; later ones come as `swap` commands."""
        self._bank.append((block, items))
        s = self.state[0]
        s["block"], s["items"], s["count"] = block.ctypes.data, items.ctypes.data, len(items)

    def hold(self, block: np.ndarray, items: np.ndarray) -> None:
        """Keep a bank alive that a `swap` command is to bring in."""
        self._bank.append((block, items))

    def release(self, block: np.ndarray) -> bool:
        """Let go of a bank that is no longer in use; False while a voice still reads from it."""
        start = block.ctypes.data
        sounding = self.voices[self.voices["active"] != 0]["samples"]
        if ((sounding >= start) & (sounding < start + block.nbytes)).any():
            return False
        self._bank = [held for held in self._bank if held[0] is not block]
        return True

    def use_source(self, samples: np.ndarray) -> None:
        """Hear a file instead of the device: float32 [frames, inputs]."""
        self._source = np.ascontiguousarray(samples, np.float32)
        self.state[0]["source"], self.state[0]["source_frames"] = self._source.ctypes.data, len(samples)

    def __getitem__(self, name: str) -> int | float:
        return self.state[0][name].item()

    @property
    def arrays(self) -> list[np.ndarray]:
        """All memory that the callback touches, to be locked."""
        own = [self.state, self.parameters, self.voices, self._mix, self.histogram]
        parts: tuple[Any, ...] = (
            self.commands, self.control, self.events, self.listen, self.record, self.limiter,
            self.gate, self.broadcast, self.pending,
        )  # fmt: skip
        banks = [array for pair in self._bank for array in pair]
        return own + [array for part in parts for array in part.arrays] + banks
