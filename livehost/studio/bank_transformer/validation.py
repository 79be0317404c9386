"""Validation while training, on recordings that are held out: MRR and top-1 as in `livehost evaluate bank`.

A few recordings of each task and domain are asked, and of each its beginning, so that it takes seconds. The baselines
are asked once.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import torch
from rich.table import Table as RichTable

from livehost.inference.tokens import bank_statistics, item_vectors, tokenise
from livehost.studio.audio_data.recording import Recording
from livehost.studio.bank_transformer.evaluation.baselines import BASELINES, Places
from livehost.studio.bank_transformer.evaluation.cases import Case, cases
from livehost.studio.bank_transformer.evaluation.ranking import rank
from livehost.studio.bank_transformer.model import BankTransformer
from livehost.studio.training.task import Row, Table

#: Cases of each task and domain, and events of each, at most.
MOST_CASES, MOST_EVENTS = 10, 300
#: Baselines that are cheap enough to be asked while training.
SHOWN = ("nearest", "own nearest", "successor")
#: Tokens of a recording that are kept for the checks of an export, and of all together.
PROBE_STEPS, PROBE_TOKENS = 64, 640


class Validation:
    """Cases from recordings that are held out, made into tensors once.

    Parameters
    ----------
    recordings : sequence of Recording
        None of them learnt from.
    mean, scale : float32 [SEGMENT_SIZE]
        Of the training data.
    most : int
        Cases of each task and domain.

    Attributes
    ----------
    held_out : int
        Number of recordings.
    """

    def __init__(
        self, recordings: Sequence[Recording], mean: np.ndarray, scale: np.ndarray, most: int = MOST_CASES
    ) -> None:
        self.held_out = len(recordings)
        self.cases = _choose((beginning(r, MOST_EVENTS) for r in recordings if not r.augmented), most)
        self._vectors = []
        for case in self.cases:
            statistics = bank_statistics(case.bank, mean, scale)
            tokens = tokenise(case.features, case.source, case.seconds, case.gaps, mean, scale, *statistics)
            self._vectors.append((torch.from_numpy(tokens), torch.from_numpy(item_vectors(case.bank, mean, scale))))
        self._baselines: list[dict[str, np.ndarray]] | None = None

    def __len__(self) -> int:
        return len(self.cases)

    def measure(self, model: BankTransformer) -> Table:
        """Rank the true items by the model: for each task and domain `steps`, `mrr`, `top1`, and the MRR of `SHOWN`."""
        if self._baselines is None:
            self._baselines = [_ask_baselines(case) for case in self.cases]
        device = next(model.parameters()).device
        training = model.training
        model.eval()
        rows: dict[str, list[dict[str, np.ndarray]]] = {}
        with torch.inference_mode():
            for case, (tokens, items), others in zip(self.cases, self._vectors, self._baselines, strict=True):
                query = model(tokens[None].to(device))[0, torch.from_numpy(case.after)]
                scores = (query @ model.embed(items.to(device)).T).float().cpu().numpy()
                ranks = rank(scores, case.target, case.excluded)
                own = {"mrr": ranks.reciprocal(), "top1": ranks.within(1)}
                rows.setdefault(f"{case.task} {case.domain}", []).append(own | others)
        model.train(training)
        return {name: _mean(found) for name, found in sorted(rows.items())}

    def probe(self) -> dict[str, torch.Tensor]:
        """Give what an export is checked with: `probe` [n, TOKEN_SIZE] and `probe_items` [m, ITEM_SIZE].

        Held-out tokens, the beginnings of recordings of every task and domain one after the other, and their items.
        """
        if not self._vectors:
            return {}
        tokens = torch.cat([tokens[:PROBE_STEPS] for tokens, _ in self._vectors])[:PROBE_TOKENS]
        items = torch.cat([items[:PROBE_STEPS] for _, items in self._vectors])[:PROBE_TOKENS]
        return {"probe": tokens, "probe_items": items}


def validation_table(table: Table, before: Table | None = None) -> RichTable:
    """Make a table for the terminal: MRR of the model and of the baselines, by task and domain."""
    columns = ["task and domain", "steps", *(["before"] if before else []), "model", "top-1", *SHOWN, "× best"]
    rich = RichTable(*columns, title="MRR on recordings that were not learnt from")
    for name, row in table.items():
        best = max((row[method] for method in SHOWN if method in row), default=0.0)
        was = [f"{before[name]['mrr']:.3f}" if name in before else ""] if before else []
        others = [f"{row[method]:.3f}" if method in row else "" for method in SHOWN]
        ratio = f"{row['mrr'] / best:.2f}" if best else ""
        rich.add_row(name, f"{row['steps']:.0f}", *was, f"{row['mrr']:.3f}", f"{row['top1']:.3f}", *others, ratio)
    return rich


def beginning(recording: Recording, count: int) -> Recording:
    """Keep the first events of a recording."""
    parts = recording.parts
    if parts is not None:
        end = min(stream.onset[min(count, len(stream)) - 1] for stream in parts if len(stream)) if all(parts) else 0
        parts = (parts[0].take(parts[0].onset <= end), parts[1].take(parts[1].onset <= end))
    values: dict[str, Any] = recording.__dict__ | {
        "renderings": tuple(stream.take(slice(count)) for stream in recording.renderings),
        "parts": parts,
    }
    return Recording(**values)


def _choose(recordings: Iterable[Recording], most: int) -> list[Case]:
    """Give at most so many cases of each task and domain, of as many recordings as there are."""
    found: dict[tuple[str, str], dict[str, list[Case]]] = {}
    for case in cases(recordings):
        found.setdefault((case.task, case.domain), {}).setdefault(case.recording, []).append(case)
    chosen = []
    for by_recording in found.values():
        queue = list(by_recording.values())
        turn = [group[k] for k in range(max(map(len, queue))) for group in queue if k < len(group)]
        first = turn[: len(queue)]
        step = max(len(first) / most, 1.0)
        spread = [first[int(k * step)] for k in range(min(most, len(first)))]
        chosen += spread + turn[len(queue) :][: most - len(spread)]
    return chosen


def _ask_baselines(case: Case) -> dict[str, np.ndarray]:
    places, found = Places(case), {}
    for name in SHOWN:
        scores = BASELINES[name](case, places)
        if scores is not None:
            found[name] = rank(scores, case.target, case.excluded).reciprocal()
    return found


def _mean(found: Sequence[dict[str, np.ndarray]]) -> Row:
    row = {key: float(np.concatenate([f[key] for f in found]).mean()) for key in found[0]}
    return {"steps": float(sum(len(f["mrr"]) for f in found))} | row
