"""Samples to features, one frame per hop: the same compiled function on stage and in the studio.

`Analyzer` owns the memory; the worker calls `analyze` by address, and arrays go through `Analyzer.extract`.
"""

import numpy as np

from livehost.dsp import chroma, delta, loudness, mel, pitch, spectral
from livehost.dsp.fft import PLAN, RealFFT, hann, transform
from livehost.dsp.tables import FEATURE_SIZE, FEATURES, SLICES
from livehost.errors import LivehostError
from livehost.rt.native import STEP, STEP2, array_at, call1, call2, entry, f32, f64, i64, record_at, run1, run2

__all__ = ["FEATURES", "FEATURE_SIZE", "SLICES", "Analyzer", "analyze", "analyzer_reset"]

_CHROMA_MS = 85.0
#: Lengths that a frame has while it grows, at most.
_MOST_LENGTHS = 64
_SIZES = ("frame", "hop", "history_size", "step", "phase", "taps_size", "slow_size", "tail", "last_lag", "delta_n",
          "delta_at", "mel_weights_size", "memory_size", "age", "lengths")  # fmt: skip
_FLOATS = ("rate", "hop_ms", "slow_rate", "shortest", "chroma_power_scale")
_ADDRESSES = ("history", "weighted", "biquads", "filters", "slow", "taps", "high_pass", "high_pass_state", "similarity",
              "fft", "plans", "windows", "scales", "power", "magnitude",
              "mel_spans", "mel_weights", "previous", "cosines", "chroma_weights",
              "ring", "memory", "vector")  # fmt: skip
#: The arrays that remember what was heard.
_REMEMBER = ("history", "weighted", "filters", "slow", "high_pass_state", "previous", "ring", "vector")
#: Everything `analyze` knows: sizes, settings and addresses.
STATE = np.dtype(
    [(n, "i8") for n in _SIZES] + [(n, "f8") for n in _FLOATS] + [(n, "i8") for n in _ADDRESSES], align=True
)

PLAN_BYTES = PLAN.itemsize
JOB = np.dtype([(n, "i8") for n in ("function", "state", "hop", "hops", "samples", "vector", "rows")], align=True)


@entry(STEP2)
def analyze(state_address, hop_address):
    """Take one hop of float32 samples, slide the frame, write the vector; return 0. RT: callback."""
    s = record_at(state_address, STATE)
    frame, hop, size = s.frame, s.hop, s.history_size
    history, out = f32(s.history, size), f32(s.vector, FEATURE_SIZE)
    weighted, slow = f32(s.weighted, frame), f32(s.slow, s.slow_size)
    loudness.take_in(history, size, f32(hop_address, hop), hop)
    loudness.weigh(history, size, weighted, frame, hop, s.biquads, s.filters)
    s.phase = pitch.decimate(
        history, size, hop, s.step, s.phase, s.taps, s.taps_size, slow, s.slow_size, s.high_pass, s.high_pass_state
    )
    # until a whole frame was heard since the last reset, a frame is what was heard
    s.age = min(s.age + hop, frame)
    length = max(s.lengths * s.age // frame, 1)
    heard = length * frame // s.lengths
    frame_power = loudness.level(history, size, weighted[frame - heard :], heard, hop, s.rate, out)

    # two transforms through one copy of the code: the slow history's, then the frame's
    plans = array_at(s.plans, 2, PLAN)
    plans[1].window = s.windows + 4 * frame * (length - 1)
    power_scale = f64(s.scales, s.lengths)[length - 1]
    for which in range(2):
        plan = plans[which]
        power = f32(s.power, plan.size // 2 + 1)
        call1(s.fft, s.plans + which * PLAN_BYTES)
        spectral.power_spectrum(plan, power, s.chroma_power_scale if which == 0 else power_scale)
        if which == 0:
            chroma.chroma(power, s.chroma_weights, plan.size // 2 + 1, out)
    bins = frame // 2 + 1
    power = f32(s.power, bins)
    spectral.shape(power, f32(s.magnitude, bins), bins, s.rate / frame, out)
    mel.mel_bands(power, s.mel_spans, s.mel_weights, s.mel_weights_size, s.previous, s.hop_ms, out)
    mel.mfcc(f32(s.cosines, mel.COEFFICIENTS * mel.BANDS), out)
    tail_address = s.slow + 4 * (s.slow_size - s.tail)
    pitch.pitch(tail_address, s.tail, s.similarity, s.last_lag, s.shortest, s.slow_rate, frame_power, out)
    s.delta_at = delta.slopes(out, s.ring, s.delta_at, s.delta_n, s.hop_ms)
    return 0


@entry(STEP)
def analyzer_reset(state_address):
    """Forget everything heard, as if silence had come before; return 0. RT: callback."""
    s = record_at(state_address, STATE)
    rows = i64(s.memory, 3 * s.memory_size)
    for row in range(s.memory_size):
        live, still = f32(rows[3 * row], rows[3 * row + 2]), f32(rows[3 * row + 1], rows[3 * row + 2])
        for i in range(np.uint64(rows[3 * row + 2])):
            live[i] = still[i]
    s.delta_at = s.phase = s.age = 0
    return 0


@entry(STEP)
def run_hops(job_address):
    """Run `analyze` on each hop of an array, copying the vectors to rows. RT: worker."""
    job = record_at(job_address, JOB)
    vector, rows = f32(job.vector, FEATURE_SIZE), f32(job.rows, job.hops * FEATURE_SIZE)
    for row in range(job.hops):
        call2(job.function, job.state, job.samples + 4 * job.hop * row)
        for i in range(FEATURE_SIZE):
            rows[row * FEATURE_SIZE + i] = vector[i]
    return job.hops


def growing_windows(frame: int, lengths: int) -> np.ndarray:
    """Return the windows of a frame that grows: each over its newest samples, the last one over all of them.

    What begins is heard from its first sample on: a window shorter than the frame does not fade in, and fades out over
    its second half.

    Parameters
    ----------
    frame : int
        Samples of the frame.
    lengths : int
        How many; a divisor of `frame`.

    Returns
    -------
    ndarray of float32, shape [lengths, frame]
    """
    windows = np.zeros((lengths, frame), np.float32)
    for row in range(lengths - 1):
        heard = (row + 1) * frame // lengths
        half = heard // 2
        windows[row, frame - heard :] = 1.0
        windows[row, frame - half :] = hann(2 * half)[half:]
    windows[-1] = hann(frame)
    return windows


class Analyzer:
    """Turn a stream of samples into feature vectors.

    The frames after a reset hold nothing of before: they grow, from one hop to `frame_samples`.

    Parameters
    ----------
    rate : float
        Sample rate in Hz, 4,000 to 400,000.
    frame_samples : int, default 1024
        Samples of a frame; a power of two, 256 or more.
    hop_samples : int, default 128
        Samples between frames, 1 to `frame_samples`.

    Attributes
    ----------
    vector : ndarray of float32, shape [FEATURE_SIZE]
        The newest features, overwritten by each step.

    Raises
    ------
    LivehostError
        Where rate, frame or hop are outside these ranges.
    """

    def __init__(self, rate: float, frame_samples: int = 1024, hop_samples: int = 128) -> None:
        if not 4_000 <= rate <= 400_000:
            raise LivehostError(f"Features want a sample rate of 4,000 to 400,000 Hz, not {rate}.")
        if frame_samples < 256 or frame_samples & (frame_samples - 1):
            raise LivehostError(f"A feature frame wants a power of two of at least 256 samples, not {frame_samples}.")
        if not 1 <= hop_samples <= frame_samples:
            raise LivehostError(f"A hop wants 1 to {frame_samples} samples (the frame), not {hop_samples}.")
        self.rate, self.frame_samples, self.hop_samples = rate, frame_samples, hop_samples
        self._record = np.zeros(1, STATE)
        self._arrays: dict[str, np.ndarray] = {}
        self.vector = np.zeros(FEATURE_SIZE, np.float32)
        self._set(rate=rate, frame=frame_samples, hop=hop_samples, hop_ms=1000 * hop_samples / rate)
        self._hold(vector=self.vector)
        self._hear()
        self._transform()
        self._learn_silence()

    def _set(self, **fields: float) -> None:
        for name, value in fields.items():
            self._record[0][name] = value

    def _hold(self, **arrays: np.ndarray) -> None:
        """Keep arrays alive and write their addresses."""
        self._arrays.update(arrays)
        self._set(**{name: array.ctypes.data for name, array in arrays.items()})

    def _hear(self) -> None:
        """Set up histories, filters and pitch."""
        step = pitch.decimation(self.rate)
        slow_rate, taps = self.rate / step, pitch.low_pass(step)
        last_lag, shortest = pitch.lags(self.rate)
        tail = max(int(slow_rate * pitch.WINDOW_MS / 1000), 3 * last_lag // 2)
        self._chroma_size = 1 << round(np.log2(slow_rate * _CHROMA_MS / 1000))
        size, slow_size = (
            max(self.frame_samples, self.hop_samples + taps.size),
            max(self._chroma_size, tail, self.frame_samples),
        )
        self._set(history_size=size, slow_size=slow_size, step=step, taps_size=taps.size, tail=tail)
        self._set(last_lag=last_lag, shortest=shortest, slow_rate=slow_rate)
        self._hold(
            history=np.zeros(size, np.float32),
            weighted=np.zeros(self.frame_samples, np.float32),
            slow=np.zeros(slow_size, np.float32),
            similarity=np.zeros(3 * (last_lag + 1), np.float32),
            biquads=loudness.k_weighting(self.rate),
            filters=np.zeros(4),
            taps=taps,
            high_pass=pitch.high_pass(slow_rate),
            high_pass_state=np.zeros(2),
        )

    def _transform(self) -> None:
        """Set up the two transforms and what reads them."""
        frame, record, size = self.frame_samples, self._record[0], self._chroma_size
        lengths = min(1 << int(np.log2(frame // self.hop_samples)), _MOST_LENGTHS)
        windows, slow_window = growing_windows(frame, lengths), hann(size)
        self._ffts = (
            RealFFT(size, slow_window, int(record["slow"] + 4 * (record["slow_size"] - size))),
            RealFFT(frame, windows[-1], int(record["history"] + 4 * (record["history_size"] - frame))),
        )
        self._set(fft=transform.address)
        self._set(lengths=len(windows))
        self._set(chroma_power_scale=2 / (size * np.sum(slow_window.astype(float) ** 2)))
        spans, weights = mel.pack(mel.filterbank(self.rate, frame))
        n = delta.half_width(self.rate, self.hop_samples)
        self._set(mel_weights_size=weights.size, delta_n=n)
        self._hold(
            plans=np.concatenate([fft.plan for fft in self._ffts]),
            windows=windows,
            scales=2 / (frame * np.sum(windows.astype(float) ** 2, axis=1)),
            power=np.zeros(max(frame, size) // 2 + 1, np.float32),
            magnitude=np.zeros(frame // 2 + 1, np.float32),
            mel_spans=spans,
            mel_weights=weights,
            previous=np.zeros(mel.BANDS, np.float32),
            cosines=mel.cosines(),
            chroma_weights=chroma.filterbank(float(record["slow_rate"]), size),
            ring=np.zeros((2 * n + 1) * delta.TRACKED, np.float32),
        )

    def _learn_silence(self) -> None:
        """Keep a copy of all that remembers, as silence leaves it, for `analyzer_reset` to copy back."""
        still = {name: np.zeros_like(self._arrays[name]) for name in _REMEMBER}
        still["previous"][:] = mel.SILENT_BAND
        rows = [[self._arrays[n].ctypes.data, a.ctypes.data, a.nbytes // 4] for n, a in still.items()]
        self._hold(memory=np.array(rows, np.int64))
        self._set(memory_size=len(rows))
        self._arrays.update({f"still {name}": array for name, array in still.items()})
        hop = np.zeros(self.hop_samples, np.float32)
        # the first silent hop says what the slopes start from, the second what the vector does
        for _ in range(2):
            self.reset()
            run2(analyze)(self.address, hop.ctypes.data)
            still["ring"].reshape(-1, delta.TRACKED)[:] = self.vector[delta.SLOTS]
        still["vector"][:] = self.vector
        self.reset()

    @property
    def address(self) -> int:
        """Address of the state, for `analyze` and `analyzer_reset`."""
        return int(self._record.ctypes.data)

    @property
    def chroma_samples(self) -> int:
        """How far back chroma hears, in samples."""
        return self._chroma_size * int(self._record[0]["step"])

    @property
    def vector_address(self) -> int:
        """Address of `vector`."""
        return int(self.vector.ctypes.data)

    @property
    def weighted_address(self) -> int:
        """Address of the newest hop, K-weighted, float32 [hop_samples]."""
        return int(self._arrays["weighted"].ctypes.data + 4 * (self.frame_samples - self.hop_samples))

    def reset(self) -> None:
        """Forget everything heard. RT: never."""
        run1(analyzer_reset)(self.address)

    def extract(self, samples: np.ndarray) -> np.ndarray:
        """Return the features of an array; its first frames grow. RT: never.

        Parameters
        ----------
        samples : array_like, shape [n]
            Mono samples, 1 at full scale. NaN and Inf are heard as 0.

        Returns
        -------
        ndarray of float32, shape [n // hop_samples, FEATURE_SIZE]
            Row i describes the frame that ends at sample (i + 1) · hop_samples.

        Raises
        ------
        LivehostError
            Where the samples are not mono.
        """
        samples = np.ascontiguousarray(samples, np.float32)
        if samples.ndim != 1:
            raise LivehostError(f"Features are of one channel: samples want one dimension, not shape {samples.shape}.")
        hops = samples.size // self.hop_samples
        rows = np.zeros((hops, FEATURE_SIZE), np.float32)
        job = np.zeros(1, JOB)
        job[0] = (
            analyze.address, self.address, self.hop_samples, hops, samples.ctypes.data, self.vector_address,
            rows.ctypes.data,
        )  # fmt: skip
        self.reset()
        run1(run_hops)(job.ctypes.data)
        return rows
