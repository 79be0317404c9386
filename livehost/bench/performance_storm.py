"""A performance player in everything that may happen to it: panics, resets, contexts, notes, settings, at random."""

from typing import Any

import numpy as np

from livehost.bench.performance_rig import RATE, PlayerRig
from livehost.players.modes import MODES

#: Limits of its notes in a storm.
LONGEST_S, POLYPHONY, HOP = 1.0, 8, 480
#: What happens in a hop, and how often; what is left is nothing.
_CHANCES = {
    "panic": 0.01, "reset": 0.003, "save": 0.005, "load": 0.005, "note": 0.08, "end": 0.1, "set": 0.01
}  # fmt: skip
#: Hops in which a player that is to be replaced ends its notes, and after the storm.
_ENDING = 6


class _Storm:
    """What happens, by name."""

    def __init__(self, rig: PlayerRig, seed: int) -> None:
        self.rig, self.rng = rig, np.random.default_rng(seed)
        self.context: Any = None
        self.held: list[int] = []
        self.counts = {"panics": 0, "resets": 0, "saves": 0, "loads": 0, "events": 0}

    def panic(self) -> None:
        self.rig.panic(int(self.rng.integers(1, 20)))
        self.counts["panics"] += 1

    def reset(self) -> None:
        self.count_events()
        self.rig.reset()
        self.rig.hops()
        self.counts["resets"] += 1

    def save(self) -> None:
        self.context = self.rig.player.context()
        self.counts["saves"] += 1

    def load(self) -> None:
        """Replace the player by one that is told a context: with the model's state, or by its events alone."""
        if self.context is None:
            return
        self.count_events()
        old = self.rig.player
        self.rig.panic(_ENDING)
        new, whole = self.rig.new_player(), self.rng.random() < 0.5
        new.feed(self.context if whole else self.context.without_state())
        self._before = new["told"]
        old.close()
        self.counts["loads"] += 1

    def note(self) -> None:
        self.held.append(int(self.rng.integers(30, 90)))
        self.rig.hear(self.held[-1], int(self.rng.integers(1, 128)))

    def end(self) -> None:
        if self.held:
            self.rig.hear(self.held.pop(), 0)

    def set(self) -> None:
        rng = self.rng
        self.rig.set(
            mode=int(rng.integers(0, len(MODES))), note_temperature=2 * rng.random(), follow=rng.random(),
            note_density=30 * rng.random(), lookahead_ms=rng.uniform(50, 500), hold=float(rng.integers(0, 2)),
        )  # fmt: skip

    _before = 0

    def count_events(self) -> None:
        """Count what this player has been told since it was made or reset."""
        self.counts["events"] += max(self.rig.player["told"] - self._before, 0)
        self._before = 0


def storm(export: Any, *, events: int, seed: int = 1) -> tuple[PlayerRig, dict[str, float]]:
    """Play through a storm until the model has been told so many events.

    Parameters
    ----------
    export : livehost.inference.performance_export.PerformanceExport
    events, seed : int

    Returns
    -------
    rig : PlayerRig
        Its `notes` are all that was put out.
    told : dict
        What happened how often, "events" told, and the limits: "longest" (frames), "polyphony".
    """
    rig = PlayerRig(export, hop=HOP, max_note_s=LONGEST_S, polyphony=POLYPHONY)
    s = _Storm(rig, seed)
    acts = {
        "panic": s.panic, "reset": s.reset, "save": s.save, "load": s.load, "note": s.note, "end": s.end, "set": s.set
    }  # fmt: skip
    names, edges = list(_CHANCES), np.cumsum(list(_CHANCES.values()))
    while s.counts["events"] + rig.player["told"] - s._before < events:
        place = int(np.searchsorted(edges, s.rng.random(), side="right"))
        if place < len(names):
            acts[names[place]]()
        rig.hops()
    s.count_events()
    rig.io["may_play"] = 0
    rig.hops(_ENDING)
    rig.player.close()
    return rig, {**s.counts, "longest": LONGEST_S * RATE + HOP, "polyphony": POLYPHONY}
