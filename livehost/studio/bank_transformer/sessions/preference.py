"""Learns from verdicts: what was approved is to be likelier, what was rejected less likely, than what stood beside it.

In pairs, against the model as it was (direct preference optimisation). Only the encoder of items learns from it, at the
queries that the model had in the session, and is held where it was for every other sound: what was judged moves away
from what asks for it, or nearer, and nothing else does. Source: Rafailov et al. 2023 (DPO).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from livehost.inference.tokens import ITEM_SIZE
from livehost.players.chooser import CHOICES
from livehost.studio.bank_transformer.model import BankTransformer
from livehost.studio.bank_transformer.sessions.contexts import Contexts
from livehost.studio.bank_transformer.sessions.verdicts import LASTING, VERDICTS, Verdict

#: What a change counts of what was not judged: as divergence of what would be chosen, and as movement of the embeddings
#: of what was heard.
ANCHOR, STILL = 1.0, 0.3
#: Heard sounds that are to stay where they are, at most.
MOST_STILL = 512
#: A verdict is followed wholly where what was approved has become likelier, what was rejected less likely, by so much
#: (log).
ENOUGH_MORE, ENOUGH_LESS = math.log(2.0), math.log(8.0)
#: Chunks that a step learns from, at most.
CHUNKS_A_STEP = 2


@dataclass(eq=False)
class Pairs:
    """Judged answers and what they are compared with.

    Attributes
    ----------
    chunk, place : int64 [n]
        Which question, as in `Contexts`.
    item : int64 [n]
        The judged item.
    sign, weight : float32 [n]
        1 where it is to be likelier, −1 less likely; and what that counts.
    others : int64 [n, CHOICES]
        Items that it is compared with, −1 for none.
    """

    chunk: Tensor
    place: Tensor
    item: Tensor
    sign: Tensor
    weight: Tensor
    others: Tensor


class Preference:
    """Verdicts of one session on one bank, ready to be learnt.

    A lasting verdict (approve, reject) is about the sound: it is learnt at its own moment, and wherever else in the
    session the model as it was would have armed that sound.

    Parameters
    ----------
    contexts : Contexts
    verdicts : sequence of Verdict
        One at least.
    answered : int64 [answers]
        Items that were played.
    items : float32 [m, ITEM_SIZE]
        Vectors of the bank's items.
    start : BankTransformer
        The model as it was, in evaluation.

    Attributes
    ----------
    judged : int
        Verdicts whose moment is known.
    """

    def __init__(
        self,
        contexts: Contexts,
        verdicts: Sequence[Verdict],
        answered: np.ndarray,
        items: np.ndarray,
        start: BankTransformer,
    ) -> None:
        self._tokens, self._peeks = torch.from_numpy(contexts.tokens), torch.from_numpy(contexts.peeks)
        self._before, self._asked = torch.from_numpy(contexts.before), torch.from_numpy(contexts.asked)
        self._there = torch.from_numpy(contexts.answer >= 0)
        self.items = torch.from_numpy(items)
        heard = contexts.tokens[contexts.tokens[..., ITEM_SIZE] > 0][:, :ITEM_SIZE]
        heard = np.concatenate([heard, contexts.peeks[contexts.peeks[..., ITEM_SIZE] > 0][:, :ITEM_SIZE]])
        self._heard = torch.from_numpy(heard[:: max(-(-len(heard) // MOST_STILL), 1)].copy())
        with torch.no_grad():
            self._query = self._queries(start)
            self._was = (self._query @ start.embed(self.items).T).log_softmax(-1)
            self._stood = start.embed(self._heard)
        self.pairs, self.judged = self._pairs(contexts.answer, verdicts, answered)
        weight = torch.zeros(len(self._tokens)).index_add(0, self.pairs.chunk, self.pairs.weight)
        self._chances = weight / weight.sum().clamp(min=1e-9)
        touched = torch.zeros(len(self.items), dtype=torch.bool)
        touched[self.pairs.item] = True
        self._untouched = ~touched

    def __len__(self) -> int:
        return len(self.pairs.item)

    def _pairs(self, answer: np.ndarray, verdicts: Sequence[Verdict], answered: np.ndarray) -> tuple[Pairs, int]:
        armed = self._was.topk(min(CHOICES, len(self.items)), dim=2).indices.numpy()
        where = {int(one): divmod(at, answer.shape[1]) for at, one in enumerate(answer.ravel().tolist()) if one >= 0}
        against = {int(answered[v.answer]) for v in verdicts if VERDICTS[v.word][0] < 0}
        rows: list[tuple[int, int, int, float, float, list[int]]] = []
        judged = 0
        for verdict in verdicts:
            item = int(answered[verdict.answer])
            sign, weight = VERDICTS[verdict.word]
            moments = []
            if verdict.answer in where:
                chunk, place = where[verdict.answer]
                others = verdict.others or armed[chunk, place].tolist()
                moments.append((chunk, place, list(others)))
                judged += 1
                rows.append((chunk, place, item, sign, weight, list(others)))
            if verdict.word in LASTING:
                like = np.argwhere((armed == item).any(2) & (answer >= 0))
                own = where.get(verdict.answer)
                alike = [(int(b), int(p)) for b, p in like if (int(b), int(p)) != own]
                rows += [(b, p, item, sign, weight / len(alike), armed[b, p].tolist()) for b, p in alike]
        others = np.full((len(rows), CHOICES), -1, np.int64)
        for k, row in enumerate(rows):
            beside = [one for one in row[5] if one != row[2] and one not in against][:CHOICES]
            others[k, : len(beside)] = beside
        kept = (others >= 0).any(1)
        columns = [np.array([row[k] for row in rows])[kept] if rows else np.zeros(0) for k in range(5)]
        kinds = (np.int64, np.int64, np.int64, np.float32, np.float32)
        a, b, c, d, e = (torch.from_numpy(column.astype(kind)) for column, kind in zip(columns, kinds, strict=True))
        return Pairs(a, b, c, d, e, torch.from_numpy(others[kept])), judged

    def _queries(self, model: BankTransformer) -> Tensor:
        """Give what the model asks for at each question [B, P, embedding]."""
        device = model.frequencies.device
        query = model(self._tokens.to(device), self._peeks.to(device), self._before.to(device))
        return query.gather(1, self._asked.to(device)[..., None].expand(-1, -1, query.shape[-1])).cpu()

    def log_probabilities(self, model: BankTransformer) -> Tensor:
        """Give what a model would choose at each question, log p [B, P, items]."""
        with torch.inference_mode():
            embedding = model.embed(self.items.to(model.frequencies.device)).cpu()
            return (self._queries(model) @ embedding.T).log_softmax(-1)

    def loss(self, model: BankTransformer) -> tuple[Tensor, Tensor]:
        """Compute the loss of some chunks: of the pairs, and of all that moves besides."""
        device = model.frequencies.device
        count = min(CHUNKS_A_STEP, int((self._chances > 0).sum()))
        chunks = torch.multinomial(self._chances, count)
        embedding, was = model.embed(self.items.to(device)).cpu(), self._was[chunks]
        now = (self._query[chunks] @ embedding.T).log_softmax(-1)
        number = torch.full((len(self._tokens),), -1)
        number[chunks] = torch.arange(count)
        pairs, at = self.pairs, number[self.pairs.chunk]
        chosen = at >= 0
        moved = (now - was)[at[chosen], pairs.place[chosen]]
        margin = self._margins(moved, chosen)
        beside = pairs.others[chosen] >= 0
        each = (-functional.logsigmoid(margin) * beside).sum(1) / beside.sum(1)
        weight = pairs.weight[chosen]
        left_now, left_was = (p[..., self._untouched].log_softmax(-1) for p in (now, was))
        other = (left_was.exp() * (left_was - left_now)).sum(-1)[self._there[chunks]].mean()
        if len(self._heard):
            away = (model.embed(self._heard.to(device)).cpu() - self._stood).square().sum(-1).mean()
            other = ANCHOR * other + STILL * away / float(model.temperature().detach()) ** 2
        return (weight * each).sum() / weight.sum(), other

    def _margins(self, moved: Tensor, chosen: Tensor) -> Tensor:
        """Give how far judged items have moved beside the others, as is wanted: nats [n, CHOICES]."""
        pairs = self.pairs
        own = moved.gather(1, pairs.item[chosen][:, None])
        others = moved.gather(1, pairs.others[chosen].clamp(min=0))
        margin: Tensor = pairs.sign[chosen][:, None] * (own - others)
        return margin

    def followed(self, model: BankTransformer) -> tuple[float, float]:
        """Give how far a model goes by the verdicts, 0 … 1, weighted mean; and the weight of all."""
        moved = self.log_probabilities(model) - self._was
        pairs = self.pairs
        own = pairs.sign * moved[pairs.chunk, pairs.place].gather(1, pairs.item[:, None])[:, 0]
        wanted = torch.where(pairs.sign > 0, ENOUGH_MORE, ENOUGH_LESS)
        share, total = (own / wanted).clamp(0.0, 1.0), float(pairs.weight.sum())
        return float((share * pairs.weight).sum()) / max(total, 1e-9), total
