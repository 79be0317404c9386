"""Trains the head on what a frozen network makes of sequences: its last hidden vectors, kept once for all steps."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from livehost.dsp.beat.intervals import BINS, bins_of
from livehost.studio.audio_data.recording import Recording
from livehost.studio.bank_transformer.augment import NONE, Strength
from livehost.studio.bank_transformer.model import BankTransformer, StrokeHead
from livehost.studio.bank_transformer.strokes.questions import draw_questions

#: Questions of a step, learning rate, weight decay.
BATCH, RATE, DECAY = 512, 2e-3, 1e-2
#: What the network made of a sound tells which recording it is of: of that little is let through, and it learns slowly.
HIDDEN_DROPOUT, HIDDEN_RATE, HIDDEN_DECAY = 0.5, 1e-4, 0.3
#: Steps between two looks at what is held out; so many looks without a new best end it.
EVERY, PATIENCE = 150, 6


@dataclass(eq=False)
class Answers:
    """What a network made of sounds, and when the next stroke came.

    Attributes
    ----------
    hidden, aside : float32 Tensor [q, width], [q, ASIDE]
    seconds, elapsed, last : float64 [q]
        As of `Questions`.
    """

    hidden: torch.Tensor
    aside: torch.Tensor
    seconds: np.ndarray
    elapsed: np.ndarray
    last: np.ndarray

    def __len__(self) -> int:
        return len(self.seconds)


def gather(
    model: BankTransformer,
    recordings: Sequence[Recording],
    mean: np.ndarray,
    scale: np.ndarray,
    *,
    sequences: int,
    until: float = float("inf"),
    seed: int = 0,
    strength: Strength = NONE,
    composed: float = 0.0,
    progress: Callable[[int, int, str], None] | None = None,
) -> Answers:
    """Draw sequences, and keep what the network makes of them.

    Parameters
    ----------
    model : BankTransformer
        In evaluation.
    recordings : sequence of Recording
    mean, scale : float32 [SEGMENT_SIZE]
    sequences : int
        How many.
    until : float
        `time.monotonic` at which no other is begun.
    seed : int
    strength : Strength
        Of the augmentation.
    composed : float
        How often sounds are played in other rhythms.
    progress : callable, optional
        Gets (done, total, name).
    """
    hidden, aside, columns = [], [], []
    for number in range(sequences):
        if number and time.monotonic() > until:
            break
        q = draw_questions(recordings, mean, scale, np.random.default_rng([seed, number]), strength, composed)
        with torch.inference_mode():
            tokens, peeks, before = (torch.from_numpy(array)[None] for array in (q.tokens, q.peeks, q.before))
            found, _, _ = model.hidden(tokens, peeks, before)
        asked = torch.from_numpy(q.asked)
        hidden.append(found[0, asked].clone())
        aside.append(torch.cat((tokens, peeks), 1)[0, asked, model.shape.item_size :])
        columns.append(np.stack([q.seconds, q.elapsed, q.last]))
        if progress is not None:
            progress(number + 1, sequences, "sequences")
    return Answers(torch.cat(hidden), torch.cat(aside), *np.concatenate(columns, 1))


def head_nats(head: StrokeHead, answers: Answers) -> np.ndarray:
    """Give −log p of what came, nats, float64 [q]."""
    with torch.inference_mode():
        logits = head(answers.hidden, answers.aside)
        rows = functional.cross_entropy(logits, torch.from_numpy(bins_of(answers.seconds)), reduction="none")
    return np.asarray(rows.numpy(), np.float64)


def train_head(taught: Answers, held_out: Answers, *, until: float, seed: int = 0, steps: int = 20_000) -> StrokeHead:
    """Train a head by cross-entropy (Adam); the best on what is held out is given.

    Parameters
    ----------
    taught, held_out : Answers
        None of `held_out` is of music that teaches.
    until : float
        `time.monotonic` at which it ends.
    seed, steps : int
    """
    generator = torch.Generator().manual_seed(seed)
    torch.manual_seed(seed)
    head = StrokeHead(taught.hidden.shape[1], taught.aside.shape[1], BINS)
    nn.init.zeros_(head.out.weight)
    nn.init.zeros_(head.of_hidden.weight)
    counts = torch.bincount(torch.from_numpy(bins_of(taught.seconds)), minlength=BINS).float() + 1.0
    with torch.no_grad():
        head.out.bias.copy_((counts / counts.sum()).log())
    slow = [head.of_hidden.weight]
    others = [parameter for parameter in head.parameters() if parameter is not slow[0]]
    groups: list[dict[str, Any]] = [
        {"params": others},
        {"params": slow, "lr": HIDDEN_RATE, "weight_decay": HIDDEN_DECAY},
    ]
    optimizer = torch.optim.AdamW(groups, RATE, weight_decay=DECAY)
    wanted = torch.from_numpy(bins_of(taught.seconds))
    best, kept, stale = float(head_nats(head, held_out).mean()), {k: v.clone() for k, v in head.state_dict().items()}, 0
    for step in range(1, steps + 1):
        rows = torch.randint(len(taught), (BATCH,), generator=generator)
        hidden = functional.dropout(taught.hidden[rows], HIDDEN_DROPOUT)
        loss = functional.cross_entropy(head(hidden, taught.aside[rows]), wanted[rows])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step % EVERY:
            continue
        value = float(head_nats(head, held_out).mean())
        stale = 0 if value < best else stale + 1
        if value < best:
            best, kept = value, {k: v.clone() for k, v in head.state_dict().items()}
        if stale >= PATIENCE or time.monotonic() > until:
            break
    head.load_state_dict(kept)
    return head
