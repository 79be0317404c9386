"""Validation while training, on recordings that are held out: the true answers among all items, as on stage.

Closed loop: what the model chose stands in its context. A few recordings of each domain are asked, and of each its
beginning, so that it takes seconds; the nearest player is asked once.
"""

from collections.abc import Iterable, Sequence

import numpy as np
import torch
from rich.table import Table as RichTable

from livehost.studio.audio_data.recording import Recording
from livehost.studio.bank_transformer.closed_loop import play
from livehost.studio.bank_transformer.model import BankTransformer
from livehost.studio.bank_transformer.split import piece, piece_name
from livehost.studio.bank_transformer.stage_cases import MODES, StageCase, stage_cases
from livehost.studio.training.task import Row, Table

#: Recordings of each domain, at most.
MOST_RECORDINGS = 4
#: Steps of a piece that are drawn together for the interval of a verdict.
BLOCK = 16
#: Tokens of a case that are kept for the checks of an export, and of all together.
PROBE_STEPS, PROBE_TOKENS = 64, 640
#: Ratios of MRR are taken over at least this.
LEAST = 1e-4


class Validation:
    """Stage cases of recordings that are held out.

    Parameters
    ----------
    recordings : sequence of Recording
        None of them learnt from.
    mean, scale : float32 [SEGMENT_SIZE]
        Of the training data.
    most : int
        Recordings of each domain.

    Attributes
    ----------
    held_out : int
        Number of recordings.
    """

    def __init__(
        self, recordings: Sequence[Recording], mean: np.ndarray, scale: np.ndarray, most: int = MOST_RECORDINGS
    ) -> None:
        self.held_out = len(recordings)
        self.cases: list[StageCase] = stage_cases(choose(recordings, most), mean, scale)

    def __len__(self) -> int:
        return len(self.cases)

    def measure(self, model: BankTransformer) -> Table:
        """Rank the true answers by the model: for each domain and mode `steps`, `mrr`, `top1`, and the `nearest` MRR.

        `gain` is the ratio of the two, over which `score` takes the mean.
        """
        rows: dict[tuple[str, int], list[tuple[np.ndarray, np.ndarray]]] = {}
        for case, ranks in zip(self.cases, self._play(model), strict=True):
            asked = case.truth >= 0
            place = (case.domain, MODES.index(case.mode))
            rows.setdefault(place, []).append((ranks[asked], case.nearest[asked]))
        found = {f"{name} {MODES[mode].name}": _row(pairs) for (name, mode), pairs in sorted(rows.items())}
        return {name: row for name, row in found.items() if row["steps"]}

    def groups(self, model: BankTransformer) -> tuple[np.ndarray, np.ndarray]:
        """Give the sums of reciprocal ranks and the number of steps of stretches of music, float64 [groups] each."""
        found: dict[tuple[str, int], list[float]] = {}
        for case, ranks in zip(self.cases, self._play(model), strict=True):
            for step in np.flatnonzero(case.truth >= 0):
                found.setdefault((piece_name(case.piece), int(step) // BLOCK), []).append(float(ranks[step]))
        return np.array([sum(f) for f in found.values()]), np.array([float(len(f)) for f in found.values()])

    def _play(self, model: BankTransformer) -> list[np.ndarray]:
        training = model.training
        model.eval()
        with torch.inference_mode():
            found = play(model, self.cases)
        model.train(training)
        return found

    def probe(self) -> dict[str, torch.Tensor]:
        """Give what an export is checked with: `probe` [n, TOKEN_SIZE] and `probe_items` [m, ITEM_SIZE].

        Held-out tokens, the beginnings of recordings one after the other, and their items.
        """
        if not self.cases:
            return {}
        some = self.cases[:: max(len(self.cases) * PROBE_STEPS // PROBE_TOKENS, 1)]
        tokens = np.concatenate(
            [np.stack([c.peeks, c.heard], 1).reshape(-1, c.peeks.shape[1])[:PROBE_STEPS] for c in some]
        )
        items = np.concatenate([c.items[:PROBE_STEPS] for c in some])
        return {"probe": torch.from_numpy(tokens[:PROBE_TOKENS]), "probe_items": torch.from_numpy(items[:PROBE_TOKENS])}


def score(table: Table) -> float:
    """Give the geometric mean, over domains and modes, of how many times the nearest player's MRR the model's is."""
    logs = [np.log(max(row["gain"], LEAST)) for row in table.values()]
    return float(np.exp(np.mean(logs))) if logs else 0.0


def validation_table(table: Table, before: Table | None = None) -> RichTable:
    """Make a table for the terminal: MRR of the model and of the nearest player, by domain and mode."""
    columns = ["domain and delay", "steps", *(["before"] if before else []), "model", "top-1", "nearest", "× nearest"]
    rich = RichTable(*columns, title="MRR as on stage, on recordings that were not learnt from")
    for name, row in table.items():
        was = [f"{before[name]['mrr']:.3f}" if name in before else ""] if before else []
        numbers = (f"{row[key]:.3f}" for key in ("mrr", "top1", "nearest"))
        rich.add_row(name, f"{row['steps']:.0f}", *was, *numbers, f"{row['gain']:.2f}")
    return rich


def choose(recordings: Iterable[Recording], most: int) -> list[Recording]:
    """Choose at most so many recordings of each domain, spread over them, each of another piece where there are."""
    by_domain: dict[str, dict[str, list[Recording]]] = {}
    for recording in recordings:
        if not recording.augmented:
            by_domain.setdefault(recording.domain, {}).setdefault(piece(recording), []).append(recording)
    chosen = []
    for pieces in by_domain.values():
        queue = [group[k] for k in range(max(map(len, pieces.values()))) for group in pieces.values() if k < len(group)]
        first = queue[: max(len(pieces), 1)]
        spread = [first[int(k * len(first) / most)] for k in range(most)] if len(first) > most else first
        chosen += spread + queue[len(first) :][: most - len(spread)]
    return chosen


def _row(pairs: Sequence[tuple[np.ndarray, np.ndarray]]) -> Row:
    ranks, nearest = (np.concatenate([pair[k] for pair in pairs]) for k in (0, 1))
    if not len(ranks):
        return {"steps": 0.0}
    mrr, other = float(ranks.mean()), float(nearest.mean())
    top1 = float((ranks > 0.99).mean())
    return {"steps": float(len(ranks)), "mrr": mrr, "top1": top1, "nearest": other, "gain": mrr / max(other, LEAST)}
