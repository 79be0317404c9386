"""A mel spectrogram as one vector: what a prior over codes is told of the sounds that it is to be like."""

import numpy as np

from livehost.dsp.mel_contract import MelContract


def summary_size(contract: MelContract) -> int:
    """Count the numbers of a summary."""
    return 2 * contract.bands + 1


def summary(mel_db: np.ndarray, contract: MelContract) -> np.ndarray:
    """Sum up a mel: mean and largest value of each band in unit scale, and how long it is (log2 s).

    Parameters
    ----------
    mel_db : numpy.ndarray
        Float [bands, frames], dB.
    contract : MelContract

    Returns
    -------
    numpy.ndarray
        Float32 [2 · bands + 1].
    """
    unit = contract.to_unit(np.asarray(mel_db, np.float32))
    length = np.log2(max(mel_db.shape[1], 1) * contract.frame_s)
    return np.concatenate([unit.mean(axis=1), unit.max(axis=1), [length]]).astype(np.float32)
