"""The audio thread's memory: one record that the callback gets as its user data."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from livehost import events, settings
from livehost.engine.block_clock import BlockClock
from livehost.engine.block_times import BINS
from livehost.engine.input_log import InputLog
from livehost.engine.inserts import Insert, InsertChain
from livehost.engine.limiter import Limiter
from livehost.engine.pending import Pending
from livehost.engine.strips import Strips
from livehost.engine.voices import RESERVE, VOICE
from livehost.record import RECORD_BYTES
from livehost.rt.audio_ring import AudioRing
from livehost.rt.broadcast import Broadcast
from livehost.rt.gate import Gate
from livehost.rt.memory import zeros
from livehost.rt.ring import Ring
from livehost.rt.semaphore import Semaphore
from livehost.settings import PARTS, Settings

#: Most frames that a driver may ask for at once.
MAX_BLOCK = 16_384
_RING_SECONDS = 2.5
#: In which sound comes back after a loss of the sound card.
BACK_MS = 50.0
#: Live settings of the audio thread.
AUDIO = settings.record("audio")

ENGINE = np.dtype(
    [
        ("rate", "f8"),
        ("frame", "i8"),  # first frame of the next block
        ("clock", "i8"),  # when a frame is
        # rings
        ("commands", "i8"),
        ("control", "i8"),
        ("events", "i8"),
        ("listen", "i8"),  # audio ring: heard, and what the left and the right output play of the voices
        ("record", "i8"),  # audio ring: left, right, every input channel
        ("wake", "i8"),
        ("input_log", "i8"),  # what it takes in besides sound, to be recorded or replayed
        # panic, past all rings
        ("gate", "i8"),
        ("gate_seen", "i8"),
        ("panics_seen", "i8"),
        ("broadcast", "i8"),  # panics of all livehosts of this user
        ("broadcast_seen", "i8"),
        ("me", "i8"),
        ("panic_fade", "i8"),  # frames, for a panic of another livehost
        ("panic_frame", "i8"),  # of the last panic that was carried out, −1 for none
        # live settings, and the bank of each part
        ("given", "i8"),  # AUDIO: what others write
        ("parameters", "i8"),  # AUDIO: the same, as taken at the start of the block
        ("block", "i8", (PARTS,)),
        ("items", "i8", (PARTS,)),
        ("count", "i8", (PARTS,)),
        # voices
        ("voices", "i8"),
        ("slots", "i8"),
        ("polyphony", "i8"),
        ("pending", "i8"),
        ("strips", "i8"),  # STRIP [VOICES]
        ("given_strips", "i8"),  # STRIP [VOICES]: the gains that others want
        # the signal path: scratch memory and inserts
        ("heard", "i8"),  # float64 [MAX_BLOCK], what is listened to
        ("mix", "i8"),  # float32 [2, MAX_BLOCK], the voice bus
        ("alone", "i8"),  # float32 [2, MAX_BLOCK], one voice by itself
        ("own", "i8"),  # float64 [2, MAX_BLOCK], the same behind the master gain
        ("through", "i8"),  # float64 [MAX_BLOCK], the dry monitor
        ("bus_inserts", "i8"),
        ("master_inserts", "i8"),
        ("latency", "i8"),  # frames, of both chains
        ("dry", "i8"),  # float64 [dry_mask + 1], the dry monitor's delay line
        ("dry_mask", "i8"),
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
        ("lookback", "f8"),  # how much farther from its aim a smoothed value was a look-ahead ago
        ("input_gain", "f8"),
        ("voice_gain", "f8"),
        ("monitor_gain", "f8"),
        ("master_gain", "f8"),
        ("ceiling", "f8"),
        # after a loss of the sound card all comes back slowly
        ("back_frame", "i8"),  # first frame after it, negative where there was none
        ("back_frames", "i8"),  # length of the fade
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
    silent : bool
        The device gets silence.
    shared : bool
        A panic of another livehost of this user is one here, too.
    commands : int
        Commands of the worker that may be on their way, a power of two.
    preroll : bool
        Keep what `log.preroll_s` says of what was heard and played, for a recording that begins later.
    bus, master : sequence of Insert
        Effects on the voice bus, and on the master before the limiter.
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
        silent: bool = False,
        shared: bool = True,
        commands: int = 1024,
        preroll: bool = False,
        bus: Sequence[Insert] = (),
        master: Sequence[Insert] = (),
    ) -> None:
        self.rate = rate
        length = 1 << int(np.ceil(np.log2(_RING_SECONDS * rate)))
        self.commands = Ring(commands, RECORD_BYTES)
        self.control = Ring(1024, RECORD_BYTES)
        self.events = Ring(8192, RECORD_BYTES)
        self.listen = AudioRing(length, 3)
        # what is read of it is three quarters at most
        kept = 1 << int(np.ceil(np.log2((values["log.preroll_s"] + _RING_SECONDS) * rate * 4 / 3)))
        self.record = AudioRing(max(4 * length, kept) if preroll else 4 * length, 2 + inputs)
        self.wake, self.clock = Semaphore(), BlockClock(rate)
        self.gate, self.broadcast, self.pending = Gate(), Broadcast(shared=shared), Pending()
        self.limiter = Limiter(rate, values["engine.lookahead_ms"])
        self.bus_inserts, self.master_inserts = InsertChain(bus), InsertChain(master)
        #: Frames by which the inserts delay what livehost plays.
        self.insert_latency = self.bus_inserts.latency + self.master_inserts.latency
        self.parameters, self.input_log = zeros(1, AUDIO), InputLog()
        values.fill(self.parameters, "audio")
        self._taken = zeros(1, AUDIO)
        self._taken[:] = self.parameters
        slots = values["engine.voices"] + RESERVE
        self.voices = zeros(slots, VOICE)
        self.strips = Strips(values)
        self._mix, self._alone = (zeros(2 * MAX_BLOCK, np.float32) for _ in range(2))
        self._scratch = zeros(4 * MAX_BLOCK, np.float64)
        self._dry = zeros(1 << self.insert_latency.bit_length(), np.float64)
        self.histogram = zeros(BINS, np.int64)
        self._banks: list[tuple[np.ndarray, np.ndarray]] = []
        self._source: np.ndarray | None = None
        self.state = zeros(1, ENGINE)
        s = self.state[0]
        s["rate"] = rate
        for name in (
            "commands", "control", "events", "listen", "record", "wake", "limiter", "gate", "broadcast", "pending",
            "bus_inserts", "master_inserts", "clock", "input_log",
        ):  # fmt: skip
            s[name] = getattr(self, name).address
        s["me"], s["panic_fade"] = self.broadcast.me, round(events.PANIC_FADE_MS * rate / 1000)
        s["broadcast_seen"], s["panic_frame"] = self.broadcast.word, -1
        s["given"], s["parameters"] = self.parameters.ctypes.data, self._taken.ctypes.data
        s["voices"], s["alone"] = self.voices.ctypes.data, self._alone.ctypes.data
        s["strips"], s["given_strips"] = self.strips.address, self.strips.given_address
        s["mix"], scratch = self._mix.ctypes.data, self._scratch.ctypes.data
        s["heard"], s["through"], s["own"] = (scratch + 8 * MAX_BLOCK * k for k in range(3))
        s["latency"], s["dry"], s["dry_mask"] = self.insert_latency, self._dry.ctypes.data, len(self._dry) - 1
        s["histogram"] = self.histogram.ctypes.data
        s["slots"], s["polyphony"] = slots, values["engine.voices"]
        s["inputs"], s["outputs"], s["left"], s["right"] = inputs, outputs, pair[0], pair[1]
        s["silent"] = int(silent)
        s["listened"] = sum(1 << c for c in listened)
        s["smoothing"] = 1 - np.exp(-1 / (0.005 * rate))
        s["lookback"] = (1 - s["smoothing"]) ** -self.limiter.lookahead_frames
        s["input_gain"] = 10 ** (values["input.gain_db"] / 20)
        s["voice_gain"], s["ceiling"] = 1.0, 10 ** (values["master.ceiling_db"] / 20)
        s["master_gain"] = 10 ** (values["master.gain_db"] / 20)
        s["back_frames"] = max(1, round(BACK_MS * rate / 1000))
        s["back_frame"] = -s["back_frames"]
        s["meter_frames"] = max(1, int(rate) // 30)
        self.address: int = self.state.ctypes.data

    def set(self, field: str, value: float) -> None:
        """Change a live setting (a field of `AUDIO`), from the next block on; past every queue."""
        self.parameters[field] = value

    def set_at(self, field: str, value: float, frame: int) -> bool:
        """Change a live setting (a field of `AUDIO`) at a frame; False where too much else waits to be taken."""
        place = (AUDIO.names or ()).index(field)
        return self.control.push(events.new("parameter", frame, field=place, value=value))

    def use_bank(self, block: np.ndarray, items: np.ndarray, part: int = 0) -> None:
        """Set the first bank of a part, before the stream starts; later ones come as `use_bank` commands."""
        self.hold(block, items)
        s = self.state
        s["block"][0, part], s["items"][0, part], s["count"][0, part] = block.ctypes.data, items.ctypes.data, len(items)

    def hold(self, block: np.ndarray, items: np.ndarray) -> None:
        """Keep a bank alive that a `use_bank` command is to bring in."""
        if not any(held is block for held, _ in self._banks):
            self._banks.append((block, items))

    def release(self, block: np.ndarray) -> bool:
        """Let go of a bank that is no longer in use; False while a voice still reads from it."""
        start = block.ctypes.data
        sounding = self.voices[self.voices["active"] != 0]["samples"]
        if ((sounding >= start) & (sounding < start + block.nbytes)).any():
            return False
        self._banks = [held for held in self._banks if held[0] is not block]
        return True

    def forget_thread(self) -> None:
        """Have the thread that calls next say its id; only while no stream has its turn."""
        self.state[0]["tid"] = 0

    def come_back(self, *, silent: bool) -> None:
        """Fade in what is heard and played, from the next block on; only while no stream has its turn.

        Parameters
        ----------
        silent : bool
            Cut off what sounds, and drop what waits to sound: its time is over.
        """
        self.state[0]["back_frame"] = self.state[0]["frame"]
        if silent:
            self.gate.blink(1)

    def use_source(self, samples: np.ndarray) -> None:
        """Hear a file instead of the device: float32 [frames, inputs]."""
        self._source = np.ascontiguousarray(samples, np.float32)
        self.state[0]["source"], self.state[0]["source_frames"] = self._source.ctypes.data, len(samples)

    def __getitem__(self, name: str) -> int | float:
        return self.state[0][name].item()

    @property
    def arrays(self) -> list[np.ndarray]:
        """All memory that the callback touches, to be locked."""
        own = [
            self.state,
            self.parameters,
            self._taken,
            self.voices,
            self._mix,
            self._alone,
            self._scratch,
            self._dry,
            self.histogram,
        ]
        parts: tuple[Any, ...] = (
            self.commands, self.control, self.events, self.listen, self.record, self.limiter,
            self.gate, self.broadcast, self.pending, self.strips, self.bus_inserts, self.master_inserts, self.clock,
            self.input_log,
        )  # fmt: skip
        banks = [array for pair in self._banks for array in pair]
        return own + [array for part in parts for array in part.arrays] + banks
