"""`Task` of `livehost train strike`: size and position by regression, the shape by classes, from one window."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from livehost.errors import LivehostError
from livehost.inference.kinds.strike import FRAMES, RATE
from livehost.studio.family import Setup
from livehost.studio.models.mode import in_evaluation
from livehost.studio.models.strike import PRESETS, Hyperparameters, StrikeNet
from livehost.studio.strike.augment import ASKED, LEARNT, detected, speeds, windows
from livehost.studio.strike.scores import Answers, score
from livehost.studio.strike.sounds import SHAPES, StrikeSounds, prepare_sounds
from livehost.studio.training.task import Labels, Table, Task
from livehost.view.progress import progress_bar

#: Strokes on which the detector's errors are measured, and those of a validation, and of the probe.
JITTER, HELD_OUT, PROBE = 400, 1500, 32
#: What each part weighs: size and position are standardised, the shape is in nats.
WEIGHTS = {"size": 1.0, "rough size": 1.0, "position": 1.0, "shape": 1.0}
#: Standard deviation of a position that is spread evenly over 0 … 0.9.
_POSITION = 0.26


class Batch(NamedTuple):
    """Windows, and what was struck.

    Attributes
    ----------
    sound : Tensor [n, frames]
    log_size : Tensor [n]
        Standardised.
    position : Tensor [n]
    shape : Tensor of int64 [n]
    """

    sound: Tensor
    log_size: Tensor
    position: Tensor
    shape: Tensor


class StrikeTask(Task):
    """Tell what was struck, and where.

    Parameters
    ----------
    sounds : StrikeSounds
    hyperparameters : mapping
        Of the network.
    seed, rank : int
    size : int
        Strokes of a batch.
    """

    labels = Labels(
        unit="strokes", score="loss", column="loss", lower_is_better=True, held_out="drums that were held out"
    )

    def __init__(
        self, sounds: StrikeSounds, hyperparameters: Mapping[str, Any], seed: int = 0, rank: int = 0, size: int = 64
    ) -> None:
        self.hyperparameters, self._seed, self._rank, self._size = dict(hyperparameters), seed, rank, size
        self.train, held_out = sounds.of("train"), sounds.of("valid")
        if not len(self.train) or not len(held_out):
            raise LivehostError("There are too few drums to hold some out: 10 or more.", 2)
        seconds = len(sounds) * sounds.sound.shape[1] / RATE
        self.data = [{
            "name": "drums from physics", "licence": "CC0", "hours": seconds / 3600, "recordings": len(sounds)
        }]  # fmt: skip
        self._log_size = self.hyperparameters["log_size_mean"], self.hyperparameters["log_size_scale"]
        rng = np.random.default_rng([seed, 1])
        some = self.train.take(np.sort(rng.choice(len(self.train), min(JITTER, len(self.train)), replace=False)))
        late = detected(some, LEARNT, rng)[1]
        self._late = late[np.isfinite(late)].astype(np.int64)
        if not len(self._late):
            raise LivehostError("The onset detector finds none of the strokes: nothing can be learnt.")
        some = held_out.take(np.sort(rng.permutation(len(held_out))[:HELD_OUT]))
        window, late = detected(some, ASKED["noise −30 dB"], rng)
        there = np.isfinite(late)
        self._asked = self._batch(some.take(there), window[there])

    def _batch(self, sounds: StrikeSounds, window: np.ndarray) -> Batch:
        mean, scale = self._log_size
        return Batch(
            torch.from_numpy(window), torch.from_numpy(((np.log(sounds.size_m) - mean) / scale).astype(np.float32)),
            torch.from_numpy(sounds.position), torch.from_numpy(sounds.shape),
        )  # fmt: skip

    def batch(self, number: int) -> Batch:
        """Draw strokes, and what a microphone makes of them."""
        rng = np.random.default_rng([self._seed, 2, self._rank, number])
        some = self.train.take(rng.integers(0, len(self.train), self._size))
        late = rng.choice(self._late, self._size)
        faster = speeds(some, late, rng)
        return self._batch(replace(some, size_m=some.size_m / faster), windows(some, late, LEARNT, rng, faster))

    def loss(self, model: StrikeNet, batch: Batch, *_: Any) -> tuple[Tensor, dict[str, Tensor]]:
        """Compute the weighted sum of a Huber loss of size and position, and the cross-entropy of the shape."""
        heard = model(batch.sound)
        parts = {
            "size": functional.smooth_l1_loss(heard.log_size, batch.log_size, beta=0.3),
            "position": functional.smooth_l1_loss(heard.position / _POSITION, batch.position / _POSITION, beta=0.3),
            "shape": functional.cross_entropy(heard.logits, batch.shape),
        }
        if heard.rough is not None:
            parts["rough size"] = functional.smooth_l1_loss(heard.rough, batch.log_size, beta=0.3)
        loss = sum((WEIGHTS[name] * part for name, part in parts.items()), torch.zeros((), device=heard.logits.device))
        return loss, {name: part.detach() for name, part in parts.items()}

    def validate(self, model: StrikeNet) -> Table:
        """Ask about strokes on drums that are held out, found by the detector in noise."""
        with in_evaluation(model), torch.inference_mode():
            loss, _ = self.loss(model, self._asked)
            answers = answers_of(model, self._asked.sound.numpy())
        mean, scale = self._log_size
        found = score(
            answers, np.exp(self._asked.log_size.numpy() * scale + mean), self._asked.shape.numpy(),
            self._asked.position.numpy(),
        )  # fmt: skip
        return {"noise −30 dB": {"loss": float(loss), **found}}

    def probe(self) -> Mapping[str, Tensor]:
        """Give windows of held-out strokes."""
        return {"probe": self._asked.sound[:PROBE].clone()}

    def summary(self) -> str:
        """Count drums and strokes."""
        return f"Learning from {len(self.train):,} strokes on {len(np.unique(self.train.drum)):,} drums"


def answers_of(model: StrikeNet, sound: np.ndarray, rows: int = 256) -> Answers:
    """Ask a network about windows [n, frames]."""
    parts, device = [], next(model.parameters()).device
    with torch.inference_mode():
        for first in range(0, len(sound), rows):
            heard = model(torch.from_numpy(sound[first : first + rows]).to(device))
            told = (model.sizes_m(heard.log_size), heard.logits.argmax(1), heard.position.clamp(0, 1))
            parts.append([column.cpu().numpy() for column in told])
    return Answers(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def prepare_data(setup: Setup) -> StrikeSounds:
    """Render the strokes."""
    given = setup.options
    cache = given["cache"] or Path(given["out"]) / "data"
    with progress_bar(setup.console, setup.waiting) as progress:
        return prepare_sounds(cache, given["drums"], given["strokes"], setup.seed, progress, given["threads"])


def make_task(setup: Setup, sounds: StrikeSounds) -> StrikeTask:
    """Make the task of strokes that are rendered."""
    given = setup.options
    log_size = np.log(sounds.of("train").size_m) if len(sounds.of("train")) else np.zeros(1)
    asked = {
        "log_size_mean": float(log_size.mean()), "log_size_scale": float(max(log_size.std(), 1e-3)),
        "shapes": list(SHAPES), "frames": FRAMES, "preset": given["preset"], "dropout": given["dropout"],
    }  # fmt: skip
    hyperparameters: Mapping[str, Any]
    if setup.known is not None:
        hyperparameters = setup.known["hyperparameters"]
    else:
        try:
            hyperparameters = Hyperparameters(**{**asked, **(setup.hyperparameters or {})}).as_dict()
        except ValueError as error:
            raise LivehostError(
                f"There is no such network: --preset is {' or '.join(PRESETS)}, --dropout below 1.", 2
            ) from error
    return StrikeTask(sounds, hyperparameters, setup.seed, setup.rank, given["batch"])
