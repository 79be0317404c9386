"""The worker's memory: its record, filled in, and the parts that it points to."""

from collections.abc import Sequence

import numpy as np

from livehost.dsp.beat.told import ToldBeat
from livehost.dsp.beat.tracker import BeatTracker, beat_reset, beat_step
from livehost.dsp.features import FEATURE_SIZE, Analyzer, analyze, analyzer_reset
from livehost.dsp.onset.detector import ONSET_IO, OnsetDetector, onset_reset, onset_step
from livehost.dsp.segmenter import Segmenter, segmenter_reset, segmenter_step
from livehost.dsp.tables import SEGMENT_SIZE
from livehost.engine.input_log import InputLog
from livehost.engine.player_abi import MAX_OUTS, OUT, PART, PLAYER, PLAYER_IO
from livehost.engine.state import EngineState
from livehost.engine.worker.loop import worker_step
from livehost.engine.worker.record import WORKER, WORKER_SETTINGS
from livehost.errors import LivehostError
from livehost.record import RECORD_BYTES
from livehost.rt.memory import zeros
from livehost.rt.ring import Ring
from livehost.settings import PARTS, Settings


class WorkerState:
    """Everything that the worker touches.

    Parameters
    ----------
    values : Settings
        Where hops and live settings come from.
    engine : EngineState
        The audio thread that it hears and commands.
    tables : sequence of np.ndarray or None
        A `PLAYER` record for each part, None for a part without a player.
    virtual : bool
        Offline: durations are 0, and an answer leaves the driver one block of time, so that a render does not depend
        on how it is cut into blocks.
    """

    def __init__(
        self,
        values: Settings,
        engine: EngineState,
        tables: Sequence[np.ndarray | None],
        *,
        virtual: bool = False,
    ) -> None:
        rate = engine.rate
        hop, onset_hop = values["listen.hop_samples"], values["listen.onset_hop_samples"]
        if hop % onset_hop or engine.listen.frames % hop:
            raise LivehostError(
                f"listen.hop_samples ({hop}) must be a power of two and a multiple of "
                f"listen.onset_hop_samples ({onset_hop}).",
                2,
            )
        self.engine = engine
        self.control, self.events = Ring(1024, RECORD_BYTES), Ring(8192, RECORD_BYTES)
        self.onset, self._onset_io = OnsetDetector(rate, onset_hop), zeros(1, ONSET_IO)
        self.analyzer = Analyzer(rate, values["listen.frame_samples"], hop)
        self.segmenter = Segmenter(rate, values["listen.frame_samples"], hop)
        self.parameters = zeros(1, WORKER_SETTINGS)
        values.fill(self.parameters, "worker")
        self.part_settings = zeros(PARTS, PART)
        for part in range(PARTS):
            values.fill(self.part_settings[part : part + 1], "part", part)
        self._taken, self._taken_parts, self.input_log = zeros(1, WORKER_SETTINGS), zeros(PARTS, PART), InputLog()
        self._taken[:], self._taken_parts[:] = self.parameters, self.part_settings
        self._stop, self._changes = zeros(8, np.int64), zeros(PARTS, np.int64)
        self.state = zeros(1, WORKER)
        s = self.state[0]
        s["rate"], s["hop"], s["onset_hop"] = rate, hop, onset_hop
        s["virtual"] = int(virtual)
        s["ring_frames"], s["stop"], s["wake"] = engine.listen.frames, self._stop.ctypes.data, engine.wake.address
        s["listen"], s["commands"] = engine.listen.address, engine.commands.address
        s["control"], s["events"] = self.control.address, self.events.address
        s["given"], s["parameters"] = self.parameters.ctypes.data, self._taken.ctypes.data
        s["given_parts"], s["part_settings"] = self.part_settings.ctypes.data, self._taken_parts.ctypes.data
        s["step"], s["input_log"] = worker_step.address, self.input_log.address
        s["onset"], s["onset_io"] = self.onset.address, self._onset_io.ctypes.data
        s["onset_step"], s["onset_reset"] = onset_step.address, onset_reset.address
        s["analyzer"], s["analyze"] = self.analyzer.address, analyze.address
        s["analyzer_reset"], s["vector"], s["vector_size"] = (
            analyzer_reset.address,
            self.analyzer.vector_address,
            FEATURE_SIZE,
        )
        segmenter = self.segmenter
        s["segmenter"], s["segmenter_io"] = segmenter.address, segmenter.io_address
        s["segmenter_step"], s["segmenter_reset"] = segmenter_step.address, segmenter_reset.address
        s["closed_summary"], s["peek_summary"] = (
            summary.ctypes.data for summary in (segmenter.closed_summary, segmenter.peek_summary)
        )
        s["summary_size"] = SEGMENT_SIZE
        self.beat, self.told_beat = BeatTracker(rate), ToldBeat()
        s["beat"], s["beat_io"], s["beat_told"] = self.beat.address, self.beat.io_address, self.told_beat.address
        s["beat_step"], s["beat_reset"] = beat_step.address, beat_reset.address
        s["changes"], s["gate"] = self._changes.ctypes.data, engine.gate.address
        s["block"] = values["audio.block"]
        s["average_level_db"] = s["average_loudness_db"] = np.nan
        s["own_db"] = -200.0
        s["feature_period"] = int(rate) // 30
        # a play is put out 20 ms ahead: blocks longer than that need more
        long_block = values["audio.block"] > 0.015 * rate
        self._set_up_players(tables, virtual, values["audio.block"] if virtual or long_block else 0)
        self.address: int = self.state.ctypes.data

    def _set_up_players(self, tables: Sequence[np.ndarray | None], virtual: bool, lead: int) -> None:
        """Give each part its table (its own: the player may change), its arguments and its outputs."""
        self._tables, self._ios, self._outs = (
            zeros(PARTS, PLAYER),
            zeros(PARTS, PLAYER_IO),
            zeros(PARTS * MAX_OUTS, OUT),
        )
        s = self.state[0]
        for part, table in enumerate(tables):
            if table is not None:
                self._tables[part : part + 1] = table
        for part, io in enumerate(self._ios):
            io["part"], io["events"], io["virtual"], io["think"] = part, self.events.address, virtual, 1
            io["parameters"], io["input_log"] = self._taken_parts[part:].ctypes.data, self.input_log.address
            io["outs"], io["lead"] = self._outs[part * MAX_OUTS :].ctypes.data, lead
            io["block"], io["hop"], io["look_at"] = self.state[0]["block"], self.state[0]["onset_hop"], -1
            io["beat"], io["quantum"] = self.beat.address, self.parameters[0]["tempo_quantum"]
        s["players"], s["ios"] = self._tables.ctypes.data, self._ios.ctypes.data

    def __getitem__(self, name: str) -> int | float:
        return self.state[0][name].item()

    def player_number(self, part: int) -> int:
        """Give the number of the last command that changed the player of a part."""
        return int(self.state["player_number"][0, part])

    def set(self, field: str, value: float) -> None:
        """Change a live setting (a field of `WORKER_SETTINGS`); what stands armed, in any part, is decided anew."""
        self.parameters[field] = value
        self._changes += 1

    def set_part(self, part: int, field: str, value: float) -> None:
        """Change a live setting of a part (a field of `PART`); what stands armed in that part is decided anew."""
        self.part_settings[field][part] = value
        self._changes[part] += 1

    def stop(self) -> None:
        """Tell `worker_loop` to end, and wake it."""
        self._stop[0] = 1
        self.engine.wake.wake()

    @property
    def arrays(self) -> list[np.ndarray]:
        """Memory of the worker's own, to be locked."""
        own = [
            self.state, self.parameters, self.part_settings, self._onset_io, self._tables, self._ios, self._outs,
            self._stop, self._changes, self._taken, self._taken_parts, self.told_beat.state, *self.beat.arrays,
        ]  # fmt: skip
        return own + self.segmenter.arrays + self.control.arrays + self.events.arrays + self.input_log.arrays
