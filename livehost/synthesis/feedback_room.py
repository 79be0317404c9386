"""A stage to rehearse on: the machine answers each onset that it hears, and its speakers reach its own microphone."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from livehost.dsp.onset.detector import ONSET, ONSET_IO, OnsetDetector, onset_step
from livehost.rt.native import run2
from livehost.synthesis.takes import Sound, match

#: How much the rooms of `impulse_response` add after the direct sound.
_TAIL_FROM_MS = 4.0


def impulse_response(rate: float, delay_ms: float, feedback_db: float, t60_ms: float = 0.0, seed: int = 0) -> Sound:
    """Make the way from speaker to microphone: one delay, then a tail of as much energy if `t60_ms` > 0. RT: never."""
    direct = round(delay_ms * rate / 1000)
    tail = np.zeros(int(t60_ms * rate / 1000))
    if tail.size:
        t = np.arange(tail.size) / rate
        tail = np.random.default_rng(seed).standard_normal(tail.size) * 10 ** (-3000 * t / t60_ms)
        tail[: int(_TAIL_FROM_MS * rate / 1000)] = 0
        tail /= np.sqrt(np.sum(tail**2))
    response = np.zeros(direct + 1 + tail.size)
    response[direct] = 1
    response[direct + 1 :] += tail
    return (10 ** (feedback_db / 20) * response).astype(np.float32)


def rehearse(
    take: ArrayLike,
    rate: float,
    bank: list[Sound],
    response: ArrayLike | None = None,
    *,
    machine_db: float = 0.0,
    answer_ms: tuple[float, float] = (1.0, 3.0),
    hop_samples: int = 32,
    seed: int = 0,
    **settings: float,
) -> tuple[NDArray[Any], Sound]:
    """Answer each heard onset of a take with a one-shot, hop by hop, while the answers come back through the room.

    Parameters
    ----------
    take : float [frames]
        The musician.
    rate : float
        Hz.
    bank : list of float32 arrays, peak 1
        One-shots; each onset starts one of them, drawn at random.
    response : float [taps], optional
        From speaker to microphone; its first `hop_samples` taps must be 0. None: headphones.
    machine_db : float
        Peak of the answers against the peak of the take.
    answer_ms : tuple of float
        Shortest and longest time from a report to its answer.
    hop_samples, settings
        Of the detector.
    seed : int
        Of the answers.

    Returns
    -------
    found : ONSET array
        Onsets heard, thus voices started.
    played : float32 [frames]
        What the speakers played.

    RT: never
    """
    rng = np.random.default_rng(seed)
    heard = np.array(take, np.float32)
    level = 10 ** (machine_db / 20) * float(np.abs(heard).max())
    played, silence = np.zeros_like(heard), np.zeros(hop_samples, np.float32)
    returns = [None if response is None else _convolve(sound, np.asarray(response)) for sound in bank]
    detector, io = OnsetDetector(rate, hop_samples, **settings), np.zeros(1, ONSET_IO)
    step, record, found = run2(onset_step), io[0], []
    for frame in range(0, heard.size - hop_samples + 1, hop_samples):
        record["heard"] = heard.ctypes.data + 4 * frame
        record["left"], record["right"] = played.ctypes.data + 4 * frame, silence.ctypes.data
        record["frame"] = frame
        if step(detector.address, io.ctypes.data) != 1:
            continue
        found.append((record["onset_frame"], frame + hop_samples, record["strength"], record["level_db"]))
        start = frame + hop_samples + int(rng.uniform(*answer_ms) * rate / 1000)
        choice = int(rng.integers(len(bank)))
        for track, sound in ((played, bank[choice]), (heard, returns[choice])):
            if sound is not None and start < heard.size:
                part = sound[: heard.size - start]
                track[start : start + part.size] += level * part
    return np.array(found, ONSET), played


def _convolve(sound: Sound, response: NDArray[Any]) -> Sound:
    size = 1 << int(np.ceil(np.log2(sound.size + response.size)))
    wet = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(response, size), size)
    return wet[: sound.size + response.size - 1].astype(np.float32)


@dataclass(frozen=True)
class Rehearsal:
    """What feedback did: parts of 1. `own`: voices that answered the machine itself; `lost`: onsets no longer heard."""

    own: float
    lost: float
    voices: int
    heard_alone: int


def compare(
    closed: ArrayLike, alone: ArrayLike, truth: ArrayLike, rate: float, tolerance_ms: float = 25.0
) -> Rehearsal:
    """Compare the onsets heard in a room with those heard in the same take without feedback.

    A voice that answers neither a true onset nor one that is also heard without feedback answers the machine.

    Parameters
    ----------
    closed, alone, truth : int [n], [m], [k]
        Onset frames heard in the room, heard without feedback, and true ones.
    rate, tolerance_ms : float

    Returns
    -------
    Rehearsal

    RT: never
    """
    closed, alone, truth = (np.asarray(frames, np.int64) for frames in (closed, alone, truth))
    tolerance = tolerance_ms * rate / 1000
    musical = {i for i, _ in match(closed, truth, tolerance)} | {i for i, _ in match(closed, alone, tolerance)}
    true_alone = {j for _, j in match(alone, truth, tolerance)}
    true_closed = {j for _, j in match(closed, truth, tolerance)}
    own = (closed.size - len(musical)) / max(closed.size, 1)
    return Rehearsal(own, len(true_alone - true_closed) / max(len(true_alone), 1), closed.size, len(true_alone))
