"""What a session has become, to be kept; and a session that goes on from what was kept."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from livehost.bridge.kept_state import HALTS, KeptPart, KeptState
from livehost.engine.state import EngineState
from livehost.errors import LivehostError
from livehost.players.nearest.player import DENIED, REJECTED
from livehost.rt.gate import LET_RING
from livehost.stage.context_files import read_context, write_context
from livehost.stage.hot_swap import HotSwap
from livehost.stage.notices import Notices
from livehost.stage.recorder import Recorder
from livehost.stage.scene_list import SceneList


class SessionState:
    """Looks at a session to keep what it has become, and begins one with what was kept.

    Parameters
    ----------
    scenes : SceneList
        Settings and scene.
    engine : EngineState
        Its gate and its rate.
    hot_swap : HotSwap
        Who plays each part.
    recorder : Recorder
    notices : Notices
        Told what goes on, and what cannot.
    """

    def __init__(
        self, scenes: SceneList, engine: EngineState, hot_swap: HotSwap, recorder: Recorder, notices: Notices
    ) -> None:
        self._scenes, self._engine, self._hot_swap = scenes, engine, hot_swap
        self._recorder, self._notices = recorder, notices

    def now(self) -> KeptState:
        """Give what is now."""
        gate, parts = self._engine.gate, dict[int, KeptPart]()
        for part, active in enumerate(self._hot_swap.active):
            if active is not None:
                bits = active.player.verdicts()
                denied, rejected = (tuple(np.flatnonzero(bits & bit).tolist()) for bit in (DENIED, REJECTED))
                parts[part] = KeptPart(active.bank.hash, denied, rejected)
        halted = HALTS[0] if not gate.is_shut else HALTS[2] if gate.lets_ring else HALTS[1]
        return replace(self._scenes.state(), halted=halted, recording=self._recorder.recording, parts=parts)

    def write_contexts(self, path: Path) -> None:
        """Write the context of each part that has one, beside the kept state.

        Raises
        ------
        LivehostError
            Where one cannot be written.
        """
        for part, active in enumerate(list(self._hot_swap.active)):
            if active is not None and active.player.has_context:
                write_context(path, part, active.player, active.bank.hash, self._engine.rate)

    def take_up(self, kept: KeptState, path: Path | None) -> None:
        """Begin with verdicts, gate and contexts as they were kept; before anything plays, with players that are warm.

        Parameters
        ----------
        kept : KeptState
        path : Path, optional
            Where it was kept, and the contexts beside it.
        """
        if kept.halted:
            fade = int(self._engine["panic_fade"]) if kept.halted == HALTS[1] else LET_RING
            self._engine.gate.shut(fade)
            self._notices.warn(f"Nothing plays since the {kept.halted} of the last session: /livehost/start goes on.")
        for part, active in enumerate(self._hot_swap.active):
            there = kept.parts.get(part)
            if active is None or there is None or there.bank != active.bank.hash:
                continue
            bits = np.ones(len(active.bank), np.uint8)
            for items, bit in ((there.denied, DENIED), (there.rejected, REJECTED)):
                bits[[item for item in items if item < len(bits)]] |= bit
            active.player.use_verdicts(bits)
            if path is not None and active.player.has_context:
                self._remember(part, path)

    def record_on(self, kept: KeptState) -> None:
        """Begin to record where a recording went on; once the session runs."""
        if kept.recording and not self._recorder.recording:
            try:
                self._notices.say(self._recorder.record())
            except LivehostError as error:
                self._notices.warn(str(error))

    def _remember(self, part: int, path: Path) -> None:
        active = self._hot_swap.active[part]
        if active is None:
            return
        try:
            context = read_context(path, part, active.player, active.bank.hash, self._engine.rate)
            if len(context):
                active.feed(context)
                self._notices.say(f"Part {part} remembers the last session: a context of {len(context)}.")
        except LivehostError as error:
            self._notices.warn(f"Part {part} begins with nothing in its mind. {error}")
