"""What hearing costs: a feature frame, a look for an onset, a second through the whole engine; and librosa's."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from livehost.bench.material import RATE, demo_bank, make_settings, write_take
from livehost.bench.measure import Timer, timed_python
from livehost.bench.suite import Context, Figure, absent
from livehost.dsp.features import Analyzer, analyze
from livehost.dsp.onset.detector import ONSET_IO, OnsetDetector, onset_step
from livehost.dsp.segment import SegmentSummary, segment_add, segment_close, segment_reset
from livehost.rt.native import run1
from livehost.synthesis.performer import perform
from livehost.synthesis.takes import make_take

_FRAME, _HOP, _ONSET_HOP = 1024, 128, 32


def run(context: Context) -> Iterator[Figure]:
    """Time each part on a performer's take, then beside librosa."""
    timer = Timer(8 if context.quick else 24)
    take = perform(4.0, RATE, 2)[0]
    yield frame(timer, take)
    yield from _parts(timer, take)
    yield _engine(context, timer)
    yield from _beside_librosa(context, take)
    if context.peers:
        yield from _beside_paa(context, take)


def frame(timer: Timer, take: np.ndarray, function: Any = None) -> Figure:
    """Time one feature frame."""
    analyzer = Analyzer(RATE, _FRAME, _HOP)
    hops = take.size // _HOP
    timing = timer.timed(
        hops, function=(function or analyze).address, form=2, state=analyzer.address, argument=take.ctypes.data,
        stride=4 * _HOP, wrap=hops,
    )  # fmt: skip
    share = timing.typical_us[-1] / (_HOP / RATE * 1e6)
    note = f"{_FRAME} samples at hop {_HOP}, {RATE // 1000} kHz: {share:.1%} of the hop"
    return timing.figure("frame", typical=True, note=note)


def _parts(timer: Timer, take: np.ndarray) -> Iterator[Figure]:
    detector, io = OnsetDetector(RATE, _ONSET_HOP), np.zeros(8, ONSET_IO)
    quiet = np.zeros(_ONSET_HOP, np.float32)
    io["left"] = io["right"] = quiet.ctypes.data
    io["heard"] = take.ctypes.data + 4 * _ONSET_HOP * (np.arange(8) + 400)
    io["frame"] = _ONSET_HOP * np.arange(8)
    # eight hops, again and again: the average of all that a tick does, not of the cheap hops between two ticks
    timing = timer.timed(
        800, function=onset_step.address, form=2, state=detector.address, argument=io.ctypes.data,
        stride=ONSET_IO.itemsize, wrap=8,
    )  # fmt: skip
    yield timing.figure("onset hop", typical=True, note=f"{_ONSET_HOP} samples")
    analyzer, segment = Analyzer(RATE, _FRAME, _HOP), SegmentSummary(RATE, _HOP)
    analyzer.extract(take[:RATE])

    def begin() -> None:
        run1(segment_reset)(segment.address)

    add = {"function": segment_add.address, "form": 2, "state": segment.address, "argument": analyzer.vector_address}
    yield timer.timed(150, before=begin, **add).figure("frame added to a segment")
    close = {"function": segment_close.address, "form": 1, "state": segment.address}
    yield timer.timed(50, **close).figure("segment closed")


def _engine(context: Context, timer: Timer) -> Figure:
    """Time one second of music through callback and worker, all of it: hear, decide, play."""
    from livehost.stage.stage import Stage

    take = make_take(5, RATE, 3.0, "drums")[0]
    path = write_take(context.scratch / "drums.wav", take)
    stage = Stage(make_settings(demo_bank(), audio__input=str(path)), lambda _: None)
    stage.start()
    first = int(stage.engine["source"])
    job = stage.driver._lockstep  # type: ignore[attr-defined]
    try:
        stage.driver.run(RATE)

        def rewind() -> None:
            job[0]["frames"] = RATE
            stage.engine.state[0]["source"] = first - 4 * int(stage.engine["frame"] - RATE)
            stage.engine.state[0]["source_frames"] = int(stage.engine["frame"]) + 2 * RATE
            for ring in (stage.engine.events, stage.worker.events):
                for _ in ring.drain():
                    pass

        timing = timer.timed(1, before=rewind, warm_up=1, function=_lockstep(), form=1, state=job.ctypes.data)
    finally:
        stage.close()
    note = f"{timing.best_us / 1e4:.1f} % of real time: callback, onsets, features, decisions"
    return timing.figure("one second through the engine", scale=1e-3, unit="ms", note=note)


def _lockstep() -> int:
    from livehost.engine.drivers.offline import lockstep

    return lockstep.address


def _librosa_features() -> dict[str, Callable[[np.ndarray], Any]]:
    """Give what librosa has of our vector, as one writes it for one frame of a stream."""
    import librosa

    spectrum: list[np.ndarray] = [np.zeros(1)]

    def stft(y: np.ndarray) -> None:
        spectrum[0] = np.abs(librosa.stft(y[-_FRAME:], n_fft=_FRAME, hop_length=_FRAME, center=False))

    return {
        "spectrum": stft,
        "rms": lambda y: librosa.feature.rms(y=y[-_FRAME:], frame_length=_FRAME, hop_length=_FRAME, center=False),
        "zero crossings": lambda y: librosa.feature.zero_crossing_rate(
            y[-_FRAME:], frame_length=_FRAME, hop_length=_FRAME, center=False
        ),
        "centroid": lambda _: librosa.feature.spectral_centroid(S=spectrum[0], sr=RATE),
        "spread": lambda _: librosa.feature.spectral_bandwidth(S=spectrum[0], sr=RATE),
        "rolloff": lambda _: librosa.feature.spectral_rolloff(S=spectrum[0], sr=RATE),
        "flatness": lambda _: librosa.feature.spectral_flatness(S=spectrum[0]),
        "mfcc": lambda _: librosa.feature.mfcc(
            S=librosa.power_to_db(librosa.feature.melspectrogram(S=spectrum[0] ** 2, sr=RATE, n_mels=40)), n_mfcc=13
        ),
        "chroma": lambda _: librosa.feature.chroma_stft(S=spectrum[0] ** 2, sr=RATE, tuning=0.0),
        "f0": lambda y: librosa.yin(
            y, fmin=40, fmax=2000, sr=RATE, frame_length=y.size, hop_length=y.size, center=False
        ),
    }


def _beside_librosa(context: Context, take: np.ndarray) -> Iterator[Figure]:
    """Run both on the same frames, in turn: librosa only what we have too, we all that we have."""
    name = "times as fast as librosa"
    try:
        import librosa  # noqa: F401

        theirs = _librosa_features()
    except ImportError:
        yield absent(name, "×", "ratio", "librosa is not installed: pip install librosa")
        return
    analyzer = Analyzer(RATE, _FRAME, _HOP)
    piece = np.ascontiguousarray(take[RATE : RATE + 8 * 2048])
    hops = piece.size // _HOP
    window = piece[:4096]

    def librosa_frame() -> None:
        for feature in theirs.values():
            feature(window)

    ours, frames = timed_python([lambda: analyzer.extract(piece), librosa_frame], 12 if context.quick else 60)
    ours = ours / hops
    note = f"{len(theirs) - 1} features: {frames.min():,.0f} µs a frame against {ours.min():.1f} for all of ours"
    rounds = [float(f / o) for f, o in zip(frames, ours, strict=True)]
    yield Figure(
        name, float(frames.min() / ours.min()), "×", "ratio", samples=rounds, rounds=rounds, better="higher",
        noise=0.3, peer="librosa", note=note,
    )  # fmt: skip


def _beside_paa(context: Context, take: np.ndarray) -> Iterator[Figure]:
    name = "times as fast as pyAudioAnalysis"
    try:
        from pyAudioAnalysis import ShortTermFeatures
    except ImportError as error:
        note = (
            f"{error.name} is not installed: pip install --no-deps pyAudioAnalysis eyed3 pydub hmmlearn imblearn plotly"
        )
        yield absent(name, "×", "ratio", note)
        return
    analyzer, piece = Analyzer(RATE, _FRAME, _HOP), np.ascontiguousarray(take[RATE : 2 * RATE])
    hops = piece.size // _HOP
    pair = [
        lambda: analyzer.extract(piece),
        lambda: ShortTermFeatures.feature_extraction(piece.astype(float), RATE, _FRAME, _HOP, deltas=False),
    ]
    ours, theirs = timed_python(pair, 3 if context.quick else 8, warm_up=1)
    note = f"34 features over a whole second: {theirs.min() / hops:,.0f} µs a frame against {ours.min() / hops:.1f}"
    yield Figure(name, float(theirs.min() / ours.min()), "×", "ratio", better="higher", noise=0.3,
                 peer="pyAudioAnalysis", note=note)  # fmt: skip
