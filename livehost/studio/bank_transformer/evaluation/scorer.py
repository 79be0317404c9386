"""Scores of all items by a model, step by step as on stage."""

from collections.abc import Callable
from functools import partial

import numpy as np

from livehost.inference.bank_export import Export
from livehost.inference.embed import embed_items
from livehost.inference.tokens import HEARD, PLAYED, Tokeniser, bank_statistics, item_vectors
from livehost.studio.bank_transformer.evaluation.cases import Case

#: Maps a case to scores, float [steps, items], higher is better: logits, where perplexity is to mean something.
Scorer = Callable[[Case], np.ndarray]


class TokenScorer:
    """Scores items by query and embedding, whatever computes these.

    Parameters
    ----------
    mean, scale : np.ndarray
        Float32 [features], of the training data.
    queries : callable
        Float32 tokens [tokens, TOKEN_SIZE] of a sequence → float32 [tokens, embedding].
    embed : callable
        Float32 items [items, ITEM_SIZE] → float32 [items, embedding].
    """

    def __init__(
        self,
        mean: np.ndarray,
        scale: np.ndarray,
        queries: Callable[[np.ndarray], np.ndarray],
        embed: Callable[[np.ndarray], np.ndarray],
    ) -> None:
        self._mean, self._scale, self._queries, self._embed = mean, scale, queries, embed

    def __call__(self, case: Case) -> np.ndarray:
        """Score all items at all steps of a case, float64 [steps, items]."""
        statistics = bank_statistics(case.bank, self._mean, self._scale)
        used = case.after.max() + 1
        features, sources, seconds = (column[:used] for column in (case.features, case.source, case.seconds))
        gaps = [case.gaps_from(source)[:used] for source in (HEARD, PLAYED)]
        tokens = Tokeniser(self._mean, self._scale, *statistics).rows(features, sources, seconds, *gaps)
        queries = self._queries(tokens)[case.after].astype(np.float64)
        items = self._embed(item_vectors(case.bank, self._mean, self._scale)).astype(np.float64)
        # no matrix product: it would round equal items differently, and part what is tied
        return np.stack([(items * query).sum(1) for query in queries])


class ExportScorer(TokenScorer):
    """Scores items by an export, one cached step a token, as on stage.

    Parameters
    ----------
    export : Export
        Open; its stepper's cache is emptied for each case.
    """

    def __init__(self, export: Export) -> None:
        manifest = export.manifest
        self._stepper = export.stepper()
        super().__init__(manifest.mean, manifest.scale, self._steps, partial(embed_items, manifest))

    def _steps(self, tokens: np.ndarray) -> np.ndarray:
        self._stepper.reset()
        return np.stack([self._stepper.step(token)[0] for token in tokens])
