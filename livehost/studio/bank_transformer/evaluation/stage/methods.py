"""Who answers in a stage case: the model's player as it stands on stage, and methods without a network.

All are asked in the same way: `hear`, `choose`, `played`, as an `ItemChooser`. To add a method: a row in `BASELINES`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Protocol

import numpy as np

from livehost.engine.player_abi import PART
from livehost.inference.bank_export import Export
from livehost.inference.embed import embed_items
from livehost.inference.tokens import item_vectors
from livehost.players.bank_transformer.player import TransformerChooser
from livehost.players.chooser import CHOICES
from livehost.players.fallback import FallbackChooser
from livehost.players.nearest.player import NearestChooser
from livehost.settings import TABLE
from livehost.studio.bank_transformer.evaluation.stage.cases import StageCase

#: Names of the model: as shipped, and without the memory of the session.
MODEL, MODEL_ALONE = "model", "model alone"


class Answerer(Protocol):
    """What is asked of whoever answers; see `livehost.players.chooser.ItemChooser`."""

    def hear(
        self, features: np.ndarray, *, frame: int = 0, frames: int = 4800, onset: int | None = None,
        provisional: bool = False,
    ) -> None:  # fmt: skip
        """Take in a heard segment."""

    def played(self, index: int, *, frame: int = 0) -> None:
        """Take in what was played."""

    def choose(
        self, *, temperature: float = 0.0, top_k: int = 8, top_p: float = 1.0, repeat: float = 0.0,
        follow: float | None = None, now: bool = False,
    ) -> list[tuple[int, float]]:  # fmt: skip
        """Give at most `CHOICES` items, best first."""
        ...

    def reset(self) -> None:
        """Forget everything."""


@dataclass(eq=False)
class CaseBank:
    """The bank of a case, as a chooser wants it."""

    features: np.ndarray
    items: Mapping[str, np.ndarray]

    def __len__(self) -> int:
        return len(self.features)


def bank_of(case: StageCase) -> CaseBank:
    """Make the bank of a case; which item followed which in its source is kept from everybody."""
    nobody = np.full(len(case.features), -1, np.int64)
    items = {"successor": nobody, "frames": case.frames, "gain": np.ones(len(nobody), np.float32)}
    return CaseBank(case.features, items)


class HeardNearest(NearestChooser):
    """The nearest chooser at `follow` 1, whatever is asked: what is heard alone counts."""

    def choose(
        self, *, temperature: float = 0.0, top_k: int = 8, top_p: float = 1.0, repeat: float = 0.0,
        follow: float | None = None, now: bool = False,  # noqa: ARG002
    ) -> list[tuple[int, float]]:  # fmt: skip
        """Choose."""
        return super().choose(temperature=temperature, top_k=top_k, top_p=top_p, repeat=repeat, follow=1.0, now=now)


class SuccessorMethod:
    """Near to what followed the earlier moment that is most like this one; while nothing did, near to what is heard.

    Works in the nearest player's space; knows nothing but what was heard.

    Parameters
    ----------
    case : StageCase
    """

    def __init__(self, case: StageCase) -> None:
        self._space = NearestChooser(bank_of(case)).space
        self._past: list[np.ndarray] = []
        self._peek: np.ndarray | None = None

    def hear(
        self, features: np.ndarray, *, frame: int = 0, frames: int = 4800, onset: int | None = None,  # noqa: ARG002
        provisional: bool = False,
    ) -> None:  # fmt: skip
        """Take in a heard segment."""
        place = self._space.project(np.atleast_2d(features))[0].astype(np.float64)
        if provisional:
            self._peek = place
        else:
            self._past.append(place)
            self._peek = None

    def played(self, index: int, *, frame: int = 0) -> None:
        """Know nothing of it."""

    def reset(self) -> None:
        """Forget what was heard."""
        self._past, self._peek = [], None

    def choose(
        self, *, temperature: float = 0.0, top_k: int = 8, top_p: float = 1.0, repeat: float = 0.0,  # noqa: ARG002
        follow: float | None = None, now: bool = False,
    ) -> list[tuple[int, float]]:  # fmt: skip
        """Choose; with `now` and `follow` above 0.5 what is wanted is what sounds."""
        line = self._past if self._peek is None else [*self._past, self._peek]
        if not line:
            return [(int(k), 0.0) for k in range(min(CHOICES, len(self._space.matrix)))]
        wanted = line[-1]
        if len(line) > 1 and not (now and follow is not None and follow > 0.5):
            like = int(((np.array(line[:-1]) - wanted) ** 2).sum(1).argmin())
            wanted = line[like + 1]
        order = np.argsort(((self._space.matrix - wanted) ** 2).sum(1), kind="stable")[:CHOICES]
        return [(int(k), 0.0) for k in order]


def _nearest(case: StageCase) -> Answerer:
    return HeardNearest(bank_of(case), cuts=case.cuts)


def _memory(case: StageCase) -> Answerer | None:
    chooser: Any = NearestChooser(bank_of(case), cuts=case.cuts)
    if not has_memory():
        return None
    chooser.remember_session()
    chooser.set_parameters(memory=1.0)
    return chooser


#: Name → method without a network; None where this version has none.
BASELINES: dict[str, Callable[[StageCase], Answerer | None]] = {
    "nearest": _nearest,
    "successor": SuccessorMethod,
    "memory": _memory,
}


def has_memory() -> bool:
    """Tell whether players keep a memory of the session."""
    return "memory" in (PART.names or ())


class ModelPlayer:
    """Makes the choosers that a stage plays with: the model, the nearest chooser standing in, the session's memory.

    All of them step the same stepper: one may be asked at a time, and each begins anew by `reset`.

    Parameters
    ----------
    export : Export
    """

    def __init__(self, export: Export) -> None:
        manifest, stepper = export.manifest, export.stepper()
        # nothing of these banks is kept on disk
        self._export = SimpleNamespace(
            manifest=manifest,
            stepper=lambda: stepper,
            embed=lambda bank: embed_items(manifest, item_vectors(bank.features, manifest.mean, manifest.scale)),
        )

    def __call__(self, case: StageCase, *, memory: bool = True) -> Answerer:
        """Make a chooser; the memory has the share that `player.memory` has by default, or none."""
        bank = bank_of(case)
        stand_in: Any = NearestChooser(bank, cuts=case.cuts)
        chooser: Any = TransformerChooser(bank, 0, self._export, case.rate, stand_in.allowed_bits)
        chooser.mirror_by(stand_in)
        both = FallbackChooser(chooser, stand_in, "bank")
        if has_memory():
            chooser.ask_memory(stand_in.remember_session())
            both.set_parameters(memory=float(TABLE["player.memory"].default) if memory else 0.0)
        return both
