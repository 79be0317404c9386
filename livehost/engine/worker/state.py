"""The worker's memory: its record, filled in, and the parts that it points to."""

import numpy as np

from livehost import events, settings
from livehost.dsp.features import FEATURE_SIZE, Analyzer, analyze, analyzer_reset
from livehost.dsp.onset.detector import ONSET_IO, OnsetDetector, onset_reset, onset_step
from livehost.dsp.segment import SEGMENT_SIZE, SegmentSummary, segment_add, segment_close, segment_reset
from livehost.engine.player_abi import PLAYER, PLAYER_IO, Player
from livehost.engine.state import EngineState
from livehost.engine.worker.loop import worker_step
from livehost.engine.worker.record import WORKER
from livehost.errors import LivehostError
from livehost.players.timing import Timing, timing_forget, timing_reset, timing_step
from livehost.rt.memory import zeros
from livehost.rt.ring import Ring
from livehost.settings import Settings


class WorkerState:
    """Everything that the worker touches.

    Parameters
    ----------
    values : Settings
        Where hops and live parameters come from.
    engine : EngineState
        The audio thread that it hears and commands.
    player : Player
        Who answers.
    virtual : bool
        Offline: durations are 0, and an answer leaves the driver one block of time, so that a render does not depend
        on how it is cut into blocks.
    """

    def __init__(self, values: Settings, engine: EngineState, player: Player, *, virtual: bool = False) -> None:
        rate = engine.rate
        hop, onset_hop = values["listen.hop_samples"], values["listen.onset_hop_samples"]
        if hop % onset_hop or engine.listen.frames % hop:
            raise LivehostError(
                f"listen.hop_samples ({hop}) must be a power of two and a multiple of "
                f"listen.onset_hop_samples ({onset_hop}).",
                2,
            )
        self.engine, self.player = engine, player
        self.control, self.events = Ring(1024, events.RECORD_BYTES), Ring(8192, events.RECORD_BYTES)
        self.onset, self._onset_io = OnsetDetector(rate, onset_hop), zeros(1, ONSET_IO)
        self.analyzer = Analyzer(rate, values["listen.frame_samples"], hop)
        self.segment = SegmentSummary(rate, hop)
        self.timing, self._player_io = Timing(int(rate), values["run.seed"]), zeros(1, PLAYER_IO)
        self.parameters = zeros(len(settings.parameters("worker")), np.float64)
        self.parameters[:] = values.array("worker")
        self._stop, self._changes = zeros(8, np.int64), zeros(8, np.int64)
        self.state = zeros(1, WORKER)
        s = self.state[0]
        s["rate"], s["hop"], s["onset_hop"] = rate, hop, onset_hop
        # a play is given out 20 ms ahead: blocks longer than that need more
        long_block = values["audio.block"] > 0.015 * rate
        s["slack"], s["virtual"] = values["audio.block"] if virtual or long_block else 0, int(virtual)
        s["tape_frames"], s["stop"], s["wake"] = engine.listen.frames, self._stop.ctypes.data, engine.wake.address
        s["listen"], s["commands"] = engine.listen.address, engine.commands.address
        s["control"], s["events"] = self.control.address, self.events.address
        s["parameters"], s["step"] = self.parameters.ctypes.data, worker_step.address
        s["onset"], s["onset_io"] = self.onset.address, self._onset_io.ctypes.data
        s["onset_step"], s["onset_reset"] = onset_step.address, onset_reset.address
        s["analyzer"], s["analyze"] = self.analyzer.address, analyze.address
        s["analyzer_reset"], s["vector"], s["vector_size"] = (
            analyzer_reset.address,
            self.analyzer.vector_address,
            FEATURE_SIZE,
        )
        s["segment"], s["summary"], s["summary_size"] = self.segment.address, self.segment.summary_address, SEGMENT_SIZE
        s["segment_reset"], s["segment_add"] = segment_reset.address, segment_add.address
        s["segment_close"] = segment_close.address
        s["timing"], s["timing_io"] = self.timing.address, self.timing.io_address
        s["timing_step"], s["timing_reset"] = timing_step.address, timing_reset.address
        s["timing_forget"] = timing_forget.address
        s["changes"], s["gate"] = self._changes.ctypes.data, engine.gate.address
        self._table = zeros(1, PLAYER)  # its own: the player may change
        self._table[:] = player.table
        s["block"] = values["audio.block"]
        s["player"], s["player_io"] = self._table.ctypes.data, self._player_io.ctypes.data
        s["segment_onset"], s["usual_db"], s["arm_due"] = -1, np.nan, 1
        s["telling"] = int(rate) // 30
        self.address: int = self.state.ctypes.data

    def __getitem__(self, name: str) -> int | float:
        return self.state[0][name].item()

    def set(self, parameter: int, value: float) -> None:
        """Change a live parameter; what stands armed is decided anew."""
        self.parameters[parameter] = value
        self._changes[0] += 1

    def stop(self) -> None:
        """Tell `worker_loop` to end, and wake it."""
        self._stop[0] = 1
        self.engine.wake.wake()

    @property
    def arrays(self) -> list[np.ndarray]:
        """Memory of the worker's own, to be locked."""
        own = [self.state, self.parameters, self._onset_io, self._player_io, self._table, self._stop, self._changes]
        return own + self.control.arrays + self.events.arrays
