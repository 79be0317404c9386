"""Sound to segments exactly as on stage: the same compiled detector and segmenter, over a whole recording."""

import numpy as np
from numpy.typing import ArrayLike

from livehost.dsp.features import FEATURE_SIZE
from livehost.dsp.onset.detector import detect
from livehost.dsp.segmenter import HELD, QUIET_MS, SEGMENTER, SEGMENTER_IO, SUSTAIN_LEAST_MS, Segmenter, segmenter_step
from livehost.dsp.tables import SEGMENT_SIZE
from livehost.errors import LivehostError
from livehost.rt.native import STEP, call2, entry, f32, i64, kernel, record_at, run1
from livehost.settings import TABLE
from livehost.studio.audio_data.recording import Stream

#: Everything is learnt at this rate.
RATE = 48000
_JOB = np.dtype(
    [(n, "i8") for n in ("step", "segmenter", "io", "summary", "samples", "hop", "hops", "onsets", "count")]
    + [(n, "i8") for n in ("features", "marks", "most", "rows", "first", "most_rows")],
    align=True,
)


@kernel
def _copy_rows(job, s, first, known, upto):
    """Copy the newest rows of the open segment behind those already known; return how many are known now. RT: never."""
    for row in range(known, upto):
        if first + row < job.most_rows:
            to = f32(job.rows + 4 * FEATURE_SIZE * (first + row), FEATURE_SIZE)
            of = f32(s.recent + 4 * FEATURE_SIZE * (row % HELD), FEATURE_SIZE)
            for i in range(FEATURE_SIZE):
                to[i] = of[i]
    return max(known, upto)


@entry(STEP)
def segment_scan(address):
    """Cut sound at onsets, and keep its rows; return the number of segments that were closed. RT: never."""
    job = record_at(address, _JOB)
    io, s = record_at(job.io, SEGMENTER_IO), record_at(job.segmenter, SEGMENTER)
    onsets, marks = i64(job.onsets, 2 * job.count), i64(job.marks, 2 * job.most)
    summary, features = f32(job.summary, SEGMENT_SIZE), f32(job.features, job.most * SEGMENT_SIZE)
    upcoming, closed, known = 0, 0, 0
    first = i64(job.first, job.most + 1)
    first[0] = 0
    for step in range(job.hops):
        io.samples, io.count, io.now = job.samples + 4 * job.hop * step, job.hop, job.hop * (step + 1)
        io.onset = 0
        if upcoming < job.count and onsets[2 * upcoming + 1] <= io.now:
            io.onset, io.onset_frame = 1, onsets[2 * upcoming]
            upcoming += 1
        call2(job.step, job.segmenter, job.io)
        if io.closed != 0 and closed < job.most:
            for i in range(SEGMENT_SIZE):
                features[closed * SEGMENT_SIZE + i] = summary[i]
            marks[2 * closed], marks[2 * closed + 1] = io.closed_onset, io.closed_frames
            rows = max(io.closed_frames // s.hop, 1)
            # what closed by itself has its last row from this very step
            known = known if io.onset != 0 else _copy_rows(job, s, first[closed], known, rows)
            first[closed + 1] = first[closed] + min(rows, known)
            closed += 1
            known = 0
        known = 0 if io.onset != 0 or io.opened != 0 else known
        if s.open != 0:
            known = _copy_rows(job, s, first[closed], known, s.rows)
    return closed


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
    hop, onset_hop = int(values["hop_samples"]), int(values["onset_hop_samples"])
    x = mono(samples)
    silence = np.zeros(int(0.001 * rate * (values["segment_ms"] + QUIET_MS)) + 4 * hop, np.float32)
    x = np.concatenate([x, silence, np.zeros(-(len(x) + len(silence)) % onset_hop, np.float32)])
    listening = {name: values[name] for name in ("gate_db", "sensitivity", "refractory_ms")}
    found = detect(x, rate, hop_samples=onset_hop, room_max_ms=0.0, **listening)
    segmenter = Segmenter(rate, int(values["frame_samples"]), hop)
    io = segmenter.io[0]
    io["gate_db"], io["longest"], io["sustain"] = values["gate_db"], round(0.001 * rate * values["segment_ms"]), 1
    onsets = np.ascontiguousarray(np.stack([found["frame"], found["reported_frame"]], axis=1), np.int64)
    most = len(found) + int(len(x) / rate * 1000.0 / SUSTAIN_LEAST_MS) + 2
    features, marks = np.zeros((most, SEGMENT_SIZE), np.float32), np.zeros((most, 2), np.int64)
    rows, first = np.zeros((len(x) // hop + most, FEATURE_SIZE), np.float32), np.zeros(most + 1, np.int64)
    job = np.zeros(1, _JOB)
    job[0] = (
        segmenter_step.address, segmenter.address, segmenter.io_address, segmenter.closed_summary.ctypes.data,
        x.ctypes.data, onset_hop, len(x) // onset_hop, onsets.ctypes.data, len(found), features.ctypes.data,
        marks.ctypes.data, most, rows.ctypes.data, first.ctypes.data, len(rows),
    )  # fmt: skip
    closed = run1(segment_scan)(job.ctypes.data)
    marks, rows, first = marks[:closed], rows[: first[closed]], first[: closed + 1].copy()
    if not np.diff(first).all():  # a segment that was over as soon as it began
        cuts = [segmenter.analyzer.extract(x[at : at + max(length // hop, 1) * hop]) for at, length in marks]
        rows, first = np.concatenate(cuts), np.cumsum([0, *map(len, cuts)], dtype=np.int64)
    return Stream(
        features[:closed].copy(), np.ascontiguousarray(marks[:, 0]), (marks[:, 1] / rate).astype(np.float32),
        rows=rows.astype(np.float16), first=first,
    )  # fmt: skip
