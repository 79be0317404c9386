"""The bank of a session that has none: no items, for players that need no sounds."""

from pathlib import Path

import numpy as np

from livehost.bank.layout import GUARD_SAMPLES, ITEM, SOURCE, Bank
from livehost.dsp.segment import SEGMENT_SIZE


def no_bank(rate: int) -> Bank:
    """Make a bank without items.

    Parameters
    ----------
    rate : int
        Hz.

    Returns
    -------
    Bank
        Its `directory` is empty, too.
    """
    return Bank(
        directory=Path(),
        rate=rate,
        hash="none",
        items=np.zeros(0, ITEM),
        block=np.zeros(2 * GUARD_SAMPLES, np.float32),
        features=np.zeros((0, SEGMENT_SIZE), np.float32),
        names=[],
        sources=np.zeros(0, SOURCE),
        source_names=[],
    )
