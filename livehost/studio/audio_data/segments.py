"""Sound to segments exactly as on stage: the same compiled detector, features, sums and rule of closing.

What a musician plays is cut by `livehost.engine.worker.loop`: a segment opens when an onset is reported, takes in every
analysis frame that ends from then on, and closes at the next onset, when it has been quiet, or after
`listen.segment_ms`. Here the same is done over a whole recording, by entries that call the stage's own by address.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from livehost.dsp.features import FEATURE_SIZE, SLICES, Analyzer
from livehost.dsp.onset.detector import detect
from livehost.dsp.segment import SEGMENT_SIZE, SegmentSummary, segment_add, segment_close, segment_reset
from livehost.errors import LivehostError
from livehost.rt.native import STEP, call1, call2, entry, f32, i64, record_at, run1
from livehost.settings import TABLE
from livehost.studio.audio_data.recording import Stream

#: Everything is learnt at this rate.
RATE = 48000
_QUIET_MS = 60.0  # as the worker has it
_RMS = SLICES["rms"].start
_ADDRESSES = ("reset", "add", "close", "segment", "summary", "rows", "onsets", "features", "marks")
_JOB = np.dtype(
    [(n, "i8") for n in _ADDRESSES]
    + [(n, "i8") for n in ("hops", "hop", "count")]
    + [(n, "f8") for n in ("gate_db", "longest", "quiet")],
    align=True,
)


@entry(STEP)
def segment_scan(address):
    """Cut rows of features at onsets; return the number of segments that were closed. RT: never."""
    job = record_at(address, _JOB)
    onsets, marks = i64(job.onsets, 2 * job.count), i64(job.marks, 2 * job.count)
    summary, features = f32(job.summary, SEGMENT_SIZE), f32(job.features, job.count * SEGMENT_SIZE)
    levels = f32(job.rows, job.hops * FEATURE_SIZE)
    opened, start, quiet, upcoming, closed = 0, np.int64(0), np.int64(0), 0, 0
    row = np.int64(0)
    taken = np.int64(-1)  # the last row taken in
    while row < job.hops:
        end = (row + 1) * job.hop
        # what happens next: an onset inside this hop, the frame at its end, or both at once
        at = onsets[2 * upcoming + 1] if upcoming < job.count else end + 1
        over = 0
        if at >= end and taken < row:
            taken = row
            if opened != 0:
                call2(job.add, job.segment, job.rows + 4 * FEATURE_SIZE * row)
                if at > end:
                    quiet = quiet + job.hop if levels[row * FEATURE_SIZE + _RMS] < job.gate_db else 0
                    over = 1 if end - start >= job.longest or quiet >= job.quiet else 0
        if over != 0 or (at <= end and opened != 0):
            call1(job.close, job.segment)
            for i in range(SEGMENT_SIZE):
                features[closed * SEGMENT_SIZE + i] = summary[i]
            marks[2 * closed], marks[2 * closed + 1] = start, (end if over != 0 else at) - start
            closed += 1
            opened = 0
        if at <= end:
            opened, start, quiet = 1, onsets[2 * upcoming], 0
            call1(job.reset, job.segment)
            upcoming += 1
        else:
            row += 1
    return closed


@lru_cache(maxsize=4)
def _ears(rate: int, frame_samples: int, hop_samples: int) -> tuple[Analyzer, SegmentSummary]:
    return Analyzer(rate, frame_samples, hop_samples), SegmentSummary(rate, hop_samples)


def mono(samples: ArrayLike) -> np.ndarray:
    """Return the mean of the channels, float32 [frames], of samples [frames] or [frames, channels]."""
    x = np.asarray(samples, np.float32)
    if x.ndim not in (1, 2) or (x.ndim == 2 and not 1 <= x.shape[1] <= 64):
        raise LivehostError(f"Sound wants the shape [frames] or [frames, channels], not {x.shape}.")
    return np.ascontiguousarray(x if x.ndim == 1 else x.mean(axis=1, dtype=np.float32))


def segment(samples: ArrayLike, rate: int = RATE, **settings: float) -> Stream:
    """Cut sound into segments as the stage does. RT: never.

    The sound is followed by silence, so that the last segment closes too.

    Parameters
    ----------
    samples : array_like, shape [frames] or [frames, channels]
        Sound, 1 at full scale.
    rate : int
        Sample rate in Hz.
    **settings : float
        Other values of `input.gate_db`, `listen.sensitivity`, `listen.refractory_ms`, `listen.segment_ms`,
        `listen.hop_samples`, `listen.onset_hop_samples`, `listen.frame_samples`, without the group's name.

    Returns
    -------
    Stream

    Raises
    ------
    LivehostError
        For another shape or an unknown setting.
    """
    values = {
        name.partition(".")[2]: float(TABLE[name].default)
        for name in ("input.gate_db", "listen.sensitivity", "listen.refractory_ms", "listen.segment_ms",
                     "listen.hop_samples", "listen.onset_hop_samples", "listen.frame_samples")
    }  # fmt: skip
    if unknown := set(settings) - set(values):
        raise LivehostError(f"Segments have no setting “{min(unknown)}”; they have {', '.join(values)}.", 2)
    values |= settings
    hop = int(values["hop_samples"])
    x = mono(samples)
    x = np.concatenate([x, np.zeros(int(0.001 * rate * (values["segment_ms"] + _QUIET_MS)) + 4 * hop, np.float32)])
    listening = {name: values[name] for name in ("gate_db", "sensitivity", "refractory_ms")}
    found = detect(x, rate, hop_samples=int(values["onset_hop_samples"]), room_max_ms=0.0, **listening)
    analyzer, summary = _ears(rate, int(values["frame_samples"]), hop)
    rows = analyzer.extract(x)
    count = len(found)
    onsets = np.stack([found["frame"], found["reported_frame"]], axis=1).astype(np.int64)
    features, marks = np.zeros((count, SEGMENT_SIZE), np.float32), np.zeros((count, 2), np.int64)
    job = np.zeros(1, _JOB)
    job[0] = (
        segment_reset.address, segment_add.address, segment_close.address, summary.address, summary.summary_address,
        rows.ctypes.data, onsets.ctypes.data, features.ctypes.data, marks.ctypes.data,
        len(rows), hop, count, values["gate_db"], 0.001 * rate * values["segment_ms"], 0.001 * rate * _QUIET_MS,
    )  # fmt: skip
    closed = run1(segment_scan)(job.ctypes.data)
    marks, features = marks[:closed], features[:closed]
    return Stream(features, np.ascontiguousarray(marks[:, 0]), (marks[:, 1] / rate).astype(np.float32))
