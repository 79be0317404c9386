"""A segment (a note, a stroke, a bank item) as one vector: what models and banks compare.

Frames go in as they come, into running sums (West, CACM 22, 1979); only the envelope, one number a frame, is kept,
because where an attack begins is known only once its peak is. Means and deviations weigh each frame by its amplitude,
so that how long the tail is let ring hardly changes the timbre. Frequencies count in semitones (MIDI pitch), as ears
do.
"""

import numpy as np
from numpy.typing import ArrayLike

from livehost.dsp.loudness import FLOOR_DB
from livehost.dsp.tables import (
    FEATURE_SIZE,
    SEGMENT_FEATURES,
    SEGMENT_NAMES,
    SEGMENT_SCHEMA,
    SEGMENT_SIZE,
    SEGMENT_SLICES,
    SLICES,
)
from livehost.errors import LivehostError
from livehost.rt.native import STEP, STEP2, call1, call2, entry, f32, f64, fast_kernel, i64, kernel, record_at, run1

__all__ = ["SEGMENT_FEATURES", "SEGMENT_NAMES", "SEGMENT_SCHEMA", "SEGMENT_SIZE", "SEGMENT_SLICES", "SegmentSummary",
           "segment_add", "segment_close", "segment_copy", "segment_reset", "summarize", "summarize_cuts"]  # fmt: skip

START_MS = 50.0
_SEMITONES = ("centroid", "spread", "rolloff", "zero_crossings")
#: Frame features that are averaged, in the order of the running sums.
_FOLLOWED = ("loudness", "rms", "zero_crossings", "centroid", "spread", "skewness", "rolloff", "flatness", "entropy",
             "flux", "f0_confidence", "mel", "mfcc", "chroma")  # fmt: skip
_START = ("loudness", "centroid", "mfcc")
_SOURCE = [slot for name in _FOLLOWED for slot in range(SLICES[name].start, SLICES[name].stop)]
_N = len(_SOURCE)
_FIRST = {name: _SOURCE.index(SLICES[name].start) for name in _FOLLOWED}
_CENTROID = _FIRST["centroid"]

_RMS, _PEAK, _LOUDNESS, _FLUX, _F0 = (SLICES[n].start for n in ("rms", "peak", "loudness", "flux", "f0"))
_OUT = {name: place.start for name, place in SEGMENT_SLICES.items()}
_DURATION, _LOUDNESS_PEAK, _PEAK_LEVEL, _FLUX_PEAK = (
    _OUT[n] for n in ("log_duration", "loudness_peak", "peak_level", "flux_peak")
)
_ATTACK, _ATTACK_SLOPE, _TEMPORAL, _DECAY = (
    _OUT[n] for n in ("log_attack_time", "attack_slope", "temporal_centroid", "decay_slope")
)
_CENTROID_SLOPE, _PITCH, _PITCH_STD, _VOICED = (
    _OUT[n] for n in ("centroid_slope", "pitch_mean", "pitch_std", "voiced")
)
_NO_PITCH = 60.0
_SHORTEST_ATTACK_S, _FULL_RISE_DB, _DECAY_DB = 1e-3, 40.0, 60.0

_COUNTS = ("frames", "max_frames", "start_frames")
_SUMS = ("hop_s", "weight", "start_weight", "voiced_weight", "pitch_mean", "pitch_square", "time_mean", "time_square",
         "time_centroid", "loudness_peak", "flux_peak")  # fmt: skip
_ADDRESSES = ("source", "semitone", "means", "squares", "start_means", "envelope", "copies", "summary")
STATE = np.dtype(
    [(n, "i8") for n in _COUNTS] + [(n, "f8") for n in _SUMS] + [(n, "i8") for n in _ADDRESSES], align=True
)


def _copies() -> np.ndarray:
    """Return which running value goes to which slot: (kind, index, slot); 0 mean, 1 deviation, 2 of the start."""
    rows = []
    for kind, pattern, names in ((0, "{}_mean", _FOLLOWED), (1, "{}_std", _FOLLOWED), (2, "start_{}", _START)):
        for name in names:
            slot = _OUT.get(pattern.format(name))
            if slot is not None:
                width = SLICES[name].stop - SLICES[name].start
                rows += [(kind, _FIRST[name] + i, slot + i) for i in range(width)]
    return np.array(rows, np.int64)


_COPIES = len(_copies())


@kernel
def semitones(hz):
    """Return the MIDI pitch of a frequency, not below 20 Hz. RT: worker."""
    return 69.0 + 12.0 * np.log2(max(np.float64(hz), 20.0) / 440.0)


@entry(STEP)
def segment_reset(state_address):
    """Begin a new segment; return 0. RT: worker."""
    s = record_at(state_address, STATE)
    s.frames = 0
    s.weight = s.start_weight = s.voiced_weight = 0.0
    s.pitch_mean = s.pitch_square = 0.0
    s.time_mean = s.time_square = s.time_centroid = 0.0
    s.loudness_peak = FLOOR_DB
    s.flux_peak = 0.0
    means, squares, starts = f64(s.means, _N), f64(s.squares, _N), f64(s.start_means, _N)
    for i in range(_N):
        means[i] = squares[i] = starts[i] = 0.0
    return 0


@entry(STEP2)
def segment_add(state_address, vector_address):
    """Add one frame's features; return 1, or 0 where the segment is full already. RT: worker."""
    s = record_at(state_address, STATE)
    if s.frames >= s.max_frames:
        return 0
    x, source, in_semitones = f32(vector_address, FEATURE_SIZE), i64(s.source, _N), i64(s.semitone, _N)
    means, squares, starts = f64(s.means, _N), f64(s.squares, _N), f64(s.start_means, _N)
    weight = 10.0 ** (np.float64(x[_RMS]) / 20.0)
    s.weight += weight
    share = weight / s.weight
    start_share = 0.0
    if s.frames < s.start_frames:
        s.start_weight += weight
        start_share = weight / s.start_weight
    seconds = s.frames * s.hop_s
    time_step = seconds - s.time_mean
    for i in range(_N):
        value = np.float64(x[source[i]])
        if in_semitones[i] > 0:
            # a period crosses zero twice: crossings count as half as many Hz
            value = semitones(value / in_semitones[i])
        step = value - means[i]
        means[i] += share * step
        squares[i] += weight * step * (value - means[i])
        starts[i] += start_share * (value - starts[i])
        if i == _CENTROID:
            s.time_centroid += weight * time_step * (value - means[i])
    s.time_mean += share * time_step
    s.time_square += weight * time_step * (seconds - s.time_mean)
    if x[_F0] > 0:
        s.voiced_weight += weight
        value = semitones(x[_F0])
        step = value - s.pitch_mean
        s.pitch_mean += weight / s.voiced_weight * step
        s.pitch_square += weight * step * (value - s.pitch_mean)
    s.loudness_peak = max(s.loudness_peak, x[_LOUDNESS])
    s.flux_peak = max(s.flux_peak, x[_FLUX])
    f32(s.envelope, s.max_frames)[s.frames] = x[_PEAK]
    s.frames += 1
    return 1


@entry(STEP2)
def segment_copy(source_address, target_address):
    """Let one segment continue from where another of the same size stands; return 0. RT: worker."""
    s, t = record_at(source_address, STATE), record_at(target_address, STATE)
    t.frames = s.frames
    t.weight, t.start_weight, t.voiced_weight = s.weight, s.start_weight, s.voiced_weight
    t.pitch_mean, t.pitch_square = s.pitch_mean, s.pitch_square
    t.time_mean, t.time_square, t.time_centroid = s.time_mean, s.time_square, s.time_centroid
    t.loudness_peak, t.flux_peak = s.loudness_peak, s.flux_peak
    means, squares, starts = f64(s.means, _N), f64(s.squares, _N), f64(s.start_means, _N)
    to_means, to_squares, to_starts = f64(t.means, _N), f64(t.squares, _N), f64(t.start_means, _N)
    for i in range(_N):
        to_means[i], to_squares[i], to_starts[i] = means[i], squares[i], starts[i]
    envelope, to_envelope = f32(s.envelope, s.max_frames), f32(t.envelope, s.max_frames)
    for i in range(s.frames):
        to_envelope[i] = envelope[i]
    return 0


@fast_kernel
def envelope_shape(envelope, frames, hop_s, out):
    """Write peak, attack time and slope, temporal centroid and decay slope. RT: worker."""
    top, at_top, mass, moment = np.float32(FLOOR_DB), 0, 0.0, 0.0
    for i in range(frames):
        if envelope[i] > top:
            top, at_top = envelope[i], i
        amplitude = 10.0 ** (envelope[i] / 20.0)
        mass += amplitude
        moment += amplitude * i
    out[_PEAK_LEVEL] = top
    out[_TEMPORAL] = moment / mass * hop_s
    begin = 0
    while begin < at_top and envelope[begin] < top - 20.0:
        begin += 1
    end = begin
    while end < at_top and envelope[end] < top - 0.915:
        end += 1
    out[_ATTACK] = np.log10(max((end - begin) * hop_s, _SHORTEST_ATTACK_S))
    rise = np.float64(_FULL_RISE_DB)
    if begin > 0:
        rise = min(rise, np.float64(envelope[end] - envelope[begin - 1]))
    out[_ATTACK_SLOPE] = rise / ((end - begin + 1) * hop_s * 1000.0)
    count, mean_t, mean_y, square, cross = 0, 0.0, 0.0, 0.0, 0.0
    for i in range(at_top, frames):
        y = np.float64(envelope[i])
        if y < top - _DECAY_DB:
            break
        count += 1
        step = i - mean_t
        mean_t += step / count
        mean_y += (y - mean_y) / count
        cross += step * (y - mean_y)
        square += step * (i - mean_t)
    out[_DECAY] = cross / (max(square, 1e-9) * hop_s) if count > 2 else 0.0


@entry(STEP)
def segment_close(state_address):
    """Write the summary of the frames so far; return how many they are. RT: worker."""
    s = record_at(state_address, STATE)
    out = f32(s.summary, SEGMENT_SIZE)
    for i in range(SEGMENT_SIZE):
        out[i] = np.float32(0.0)
    if s.frames == 0:
        return 0
    means, squares, starts = f64(s.means, _N), f64(s.squares, _N), f64(s.start_means, _N)
    copies = i64(s.copies, 3 * _COPIES)
    for row in range(_COPIES):
        kind, index, slot = copies[3 * row], copies[3 * row + 1], copies[3 * row + 2]
        if kind == 0:
            out[slot] = means[index]
        elif kind == 1:
            out[slot] = np.sqrt(max(squares[index] / s.weight, 0.0))
        else:
            out[slot] = starts[index]
    envelope_shape(f32(s.envelope, s.max_frames), s.frames, s.hop_s, out)
    out[_DURATION] = np.log10(s.frames * s.hop_s)
    out[_LOUDNESS_PEAK], out[_FLUX_PEAK] = s.loudness_peak, s.flux_peak
    out[_CENTROID_SLOPE] = s.time_centroid / s.time_square if s.frames > 2 and s.time_square > 0.0 else 0.0
    out[_VOICED] = s.voiced_weight / s.weight
    out[_PITCH] = s.pitch_mean if s.voiced_weight > 0.0 else _NO_PITCH
    out[_PITCH_STD] = np.sqrt(max(s.pitch_square / s.voiced_weight, 0.0)) if s.voiced_weight > 0.0 else 0.0
    return s.frames


class SegmentSummary:
    """Sum up the frames of one segment.

    Parameters
    ----------
    rate : float
        Sample rate in Hz.
    hop_samples : int
        Samples between frames.
    max_ms : float, default 1000
        Frames later than this are ignored.

    Attributes
    ----------
    summary : ndarray of float32, shape [SEGMENT_SIZE]
        What `segment_close` writes; all 0 for a segment without frames.

    Raises
    ------
    LivehostError
        Where a number is not above 0.
    """

    def __init__(self, rate: float, hop_samples: int, max_ms: float = 1000) -> None:
        if not (rate > 0 and hop_samples > 0 and max_ms > 0):
            raise LivehostError(
                f"A segment wants a rate, a hop and a length above 0, not {rate}, {hop_samples}, {max_ms}."
            )
        hop_s = hop_samples / rate
        most = max(1, int(np.ceil(max_ms / 1000 / hop_s - 1e-9)))
        divisors = [2 if n == "zero_crossings" else 1 for n in _FOLLOWED]
        semitone = [
            d if n in _SEMITONES else 0
            for n, d in zip(_FOLLOWED, divisors, strict=True)
            for _ in range(SLICES[n].stop - SLICES[n].start)
        ]
        self.summary = np.zeros(SEGMENT_SIZE, np.float32)
        self._arrays: dict[str, np.ndarray] = {
            "source": np.array(_SOURCE, np.int64),
            "semitone": np.array(semitone, np.int64),
            "means": np.zeros(_N),
            "squares": np.zeros(_N),
            "start_means": np.zeros(_N),
            "envelope": np.zeros(most, np.float32),
            "copies": _copies(),
            "summary": self.summary,
        }
        self._record = np.zeros(1, STATE)
        record = self._record[0]
        record["max_frames"], record["hop_s"] = most, hop_s
        record["start_frames"] = max(1, round(START_MS / 1000 / hop_s))
        for name, array in self._arrays.items():
            record[name] = array.ctypes.data
        run1(segment_reset)(self.address)

    @property
    def address(self) -> int:
        """Address of the state."""
        return int(self._record.ctypes.data)

    @property
    def summary_address(self) -> int:
        """Address of `summary`."""
        return int(self.summary.ctypes.data)

    @property
    def max_frames(self) -> int:
        """Frames that count; later ones are ignored."""
        return int(self._record[0]["max_frames"])


_CUTS = np.dtype(
    [(n, "i8") for n in ("segment", "reset", "add", "close", "rows", "first", "counts", "cuts", "summary", "out")],
    align=True,
)


@entry(STEP)
def summarize_rows(job_address):
    """Sum up cuts of rows, each on its own; return how many. RT: never."""
    job = record_at(job_address, _CUTS)
    first, counts = i64(job.first, job.cuts), i64(job.counts, job.cuts)
    summary, out = f32(job.summary, SEGMENT_SIZE), f32(job.out, job.cuts * SEGMENT_SIZE)
    for cut in range(job.cuts):
        call1(job.reset, job.segment)
        for row in range(first[cut], first[cut] + counts[cut]):
            call2(job.add, job.segment, job.rows + 4 * FEATURE_SIZE * row)
        call1(job.close, job.segment)
        for i in range(SEGMENT_SIZE):
            out[cut * SEGMENT_SIZE + i] = summary[i]
    return job.cuts


def summarize_cuts(
    features: np.ndarray, first: ArrayLike, counts: ArrayLike, rate: float, hop_samples: int, max_ms: float = 1000
) -> np.ndarray:
    """Sum up many stretches of rows, each on its own, as segments that were heard that far. RT: never.

    Parameters
    ----------
    features : array_like, shape [n, FEATURE_SIZE]
        Rows of `Analyzer.extract`, of any floating type.
    first, counts : array_like of int, shape [cuts]
        The first row of each stretch, and how many.
    rate, hop_samples, max_ms
        As for `summarize`.

    Returns
    -------
    ndarray of float32, shape [cuts, SEGMENT_SIZE]
        The summaries; all 0 for a stretch of no rows.

    Raises
    ------
    LivehostError
        Where the shape is another, or a stretch is outside of the rows.
    """
    rows = np.asarray(features)
    if rows.ndim != 2 or rows.shape[1] != FEATURE_SIZE:
        raise LivehostError(f"A summary wants rows of {FEATURE_SIZE} features, not shape {rows.shape}.")
    starts = np.atleast_1d(np.ascontiguousarray(first, np.int64))
    sizes = np.atleast_1d(np.ascontiguousarray(counts, np.int64))
    outside = (
        len(starts)
        and starts.shape == sizes.shape
        and (min(starts.min(), sizes.min()) < 0 or (starts + sizes).max() > len(rows))
    )
    if starts.shape != sizes.shape or outside:
        raise LivehostError(f"Stretches of rows lie within the {len(rows)} rows that there are, each with its length.")
    if rows.dtype != np.float32 or not rows.flags.c_contiguous:
        # only what is needed is converted, each stretch once
        wanted = np.unique(np.stack([starts, sizes], 1), axis=0)
        at = np.concatenate([np.zeros(0, np.int64), *(np.arange(a, a + n) for a, n in wanted)])
        at = np.unique(at)
        rows = np.ascontiguousarray(rows[at], np.float32)
        starts = np.searchsorted(at, starts)
    segment = SegmentSummary(rate, hop_samples, max_ms)
    out = np.zeros((len(starts), SEGMENT_SIZE), np.float32)
    job = np.zeros(1, _CUTS)
    job[0] = (
        segment.address, segment_reset.address, segment_add.address, segment_close.address, rows.ctypes.data,
        starts.ctypes.data, sizes.ctypes.data, len(starts), segment.summary_address, out.ctypes.data,
    )  # fmt: skip
    run1(summarize_rows)(job.ctypes.data)
    return out


def summarize(features: np.ndarray, rate: float, hop_samples: int, max_ms: float = 1000) -> np.ndarray:
    """Sum up a segment from the rows of `Analyzer.extract`. RT: never.

    Parameters
    ----------
    features : array_like, shape [n, FEATURE_SIZE]
        Frames.
    rate : float
        Sample rate in Hz.
    hop_samples : int
        Samples between frames.
    max_ms : float, default 1000
        Frames later than this are ignored.

    Returns
    -------
    ndarray of float32, shape [SEGMENT_SIZE]
        The summary.

    Raises
    ------
    LivehostError
        Where the shape is another.
    """
    rows = np.asarray(features)
    summary: np.ndarray = summarize_cuts(rows, [0], [len(rows)], rate, hop_samples, max_ms)[0]
    return summary
