"""Cuts a stream of sound into segments, each analysed from its own onset on; the same entry on stage and in the studio.

A segment opens at an onset, at its exact frame, and nothing of before is in it. While it sounds it can be looked at: a
*peek* is its summary so far. It is closed by the next onset (what was analysed beyond that frame is left out), by
quiet, or by its length; and sound that goes on after that opens the next one, when it has changed or has lasted.
"""

import numpy as np

from livehost.dsp.features import FEATURE_SIZE, SLICES, Analyzer, analyze, analyzer_reset
from livehost.dsp.loudness import BS1770_OFFSET_DB
from livehost.dsp.mel import BANDS
from livehost.dsp.segment import SegmentSummary, segment_add, segment_close, segment_copy, segment_reset
from livehost.errors import LivehostError
from livehost.rt.memory import zeros
from livehost.rt.native import STEP, STEP2, call1, call2, entry, f32, f64, kernel, record_at, run1

#: A sounding segment is peeked at when it is this many rows long, then every `PEEK_EVERY` rows: at the usual hop of
#: 2.7 ms after 2.7, 8, 16, 24 ms, then every 24.
PEEK_ROWS, PEEK_EVERY = (1, 3, 6), 9
#: A segment whose level stays under the gate this long is over.
QUIET_MS = 60.0
#: Level is energy over this much from the onset on, at most.
LEVEL_MS = 100.0
#: How far the level over that lies above the level over the first rows, at first; then learnt from what is heard.
LEVEL_ROWS, LEVEL_GAP_DB = (1, 3, 6, 9, 18, 27), (0.8, -0.9, -1.5, -1.7, -1.2, -0.7)
_LEVEL_MEMORY = 0.9
#: Rows that a late report of the next onset may take back.
HELD = 16
#: Sound that goes on opens a new segment after this long …
SUSTAIN_MS = 2500.0
#: … or where it has changed: for this long, by this much (mean difference of the loud mel bands, without level).
NOVEL_MS, NOVEL_DB = 40.0, 5.0
#: No sooner after the segment's onset than this.
SUSTAIN_LEAST_MS = 200.0
#: What sounds now and what has sounded: time constants of the two spectra that are compared.
_FAST_MS, _SLOW_MS = 30.0, 300.0
#: An attack says nothing about what sounds after it.
_ATTACK_MS = 80.0
#: Bands this far below the loudest say nothing; sound that fell by more than this is ringing out, not going on.
_LOUD_DB, _FALL_DB = 30.0, 6.0
#: Sound that goes on is louder than what has long been there by this: that rises so fast, and falls in so long.
ABOVE_FLOOR_DB, FLOOR_RISE_DB_S, FLOOR_FALL_MS, POWER_MS = 12.0, 1.0, 200.0, 20.0
#: Samples that are kept of the past; the latest report of an onset is far nearer.
_HISTORY = 8192

_RMS, _MEL = SLICES["rms"].start, SLICES["mel"].start

_COUNTS = ("hop", "size", "open", "analysing", "onset", "before", "analysed", "rows", "shown", "quiet", "novel",
           "level_rows", "sounding")  # fmt: skip
_FLOATS = ("rate", "fast_share", "slow_share", "sustain_db", "square", "power", "floor_db")
_ADDRESSES = ("history", "analyzer", "vector", "weighted", "energy", "weighted_energy", "gaps", "recent", "base",
              "closing", "peeking", "closed_summary", "peek_summary", "fast", "slow", "analyze", "analyzer_reset",
              "reset", "add", "copy", "close")  # fmt: skip
SEGMENTER = np.dtype(
    [(n, "i8") for n in _COUNTS] + [(n, "f8") for n in _FLOATS] + [(n, "i8") for n in _ADDRESSES], align=True
)

#: Arguments and results of a step.
SEGMENTER_IO = np.dtype(
    [
        ("samples", "i8"),  # address of the newest hop, float32 [count]
        ("count", "i8"),
        ("now", "i8"),  # frame after it
        ("onset", "i8"),  # 1 where an onset was confirmed in it
        ("onset_frame", "i8"),
        ("gate_db", "f8"),
        ("longest", "i8"),  # frames after which a segment is closed
        ("sustain", "i8"),  # 1: sound that goes on may open a segment
        ("look", "i8"),  # not 0: a player wants a peek now
        ("closed", "i8"),  # out: 1 where a segment is over: `closed_…`, and the summary `closed_summary`
        ("closed_onset", "i8"),
        ("closed_frames", "i8"),
        ("closed_gap", "i8"),  # frames from the onset before, 0 for the first
        ("closed_level_db", "f8"),  # of its first `LEVEL_MS`, and no more than its rows, dBFS
        ("closed_loudness_db", "f8"),  # the same, K-weighted, LKFS
        ("peek", "i8"),  # out: 1 where there is one, 2 where only `look` has made it: `peek_…`, `peek_summary`
        ("peek_onset", "i8"),
        ("peek_frames", "i8"),
        ("peek_gap", "i8"),
        ("peek_level_db", "f8"),  # as it is expected to be in the end
        ("peek_loudness_db", "f8"),
        ("opened", "i8"),  # out: 1 where sound that goes on opened a segment at `now`
    ],
    align=True,
)


@kernel
def segmenter_at(address):
    """View the `SEGMENTER` record at an address. RT: worker."""
    return record_at(address, SEGMENTER)


@kernel
def _level_db(s, energy_address, rows):
    """Energy over the first rows, of those that count for it, in dBFS. RT: worker."""
    counted = max(min(rows, s.level_rows), 1)
    return 10.0 * np.log10(f64(energy_address, s.level_rows)[counted - 1] / (counted * s.hop) + 1e-12)


@kernel
def _remember(s, samples, count, now):
    """Write samples into the history, twice, so that any stretch of it is contiguous; what is no number is 0.

    RT: worker
    """
    history = f32(s.history, 2 * s.size)
    for i in range(count):
        x = samples[i]
        x = x if abs(x) < np.float32(1e6) else np.float32(0.0)
        place = (now - count + i) & (s.size - 1)
        history[place] = x
        history[place + s.size] = x


@kernel
def _energy(samples, first, count):
    """Sum up the squares of some samples. RT: worker."""
    total = 0.0
    for i in range(first, first + count):
        total += np.float64(samples[i]) * np.float64(samples[i])
    return total


@kernel
def _follow_level(s, io, ms):
    """Follow the level, and that of what has long been there. RT: worker."""
    # over the newest POWER_MS and nothing before, so that what has ended soon sounds no more
    width, frames = min(np.int64(POWER_MS * ms), s.size), np.float64(io.count)
    history, end = f32(s.history, 2 * s.size), ((io.now - 1) & (s.size - 1)) + 1 + s.size
    if io.count + width > s.size or (io.now - io.count) // s.size != io.now // s.size:
        s.square = _energy(history, end - width, width)  # anew now and then: sums drift
    else:
        s.square += _energy(history, end - io.count, io.count) - _energy(history, end - width - io.count, io.count)
    s.power = max(s.square, 0.0) / width
    level = 10.0 * np.log10(s.power + 1e-12)
    s.floor_db = max(s.floor_db, io.gate_db)
    if level < s.floor_db:
        s.floor_db += min(frames / (FLOOR_FALL_MS * ms), 1.0) * (level - s.floor_db)
    else:
        s.floor_db += FLOOR_RISE_DB_S * frames / s.rate
    s.sounding = s.sounding + io.count if level > s.floor_db + ABOVE_FLOOR_DB else 0


@kernel
def _open(s, onset_frame, now):
    """Open a segment. RT: worker."""
    # dated back before the segment that opened last, it begins with it, or else behind it
    s.before, s.onset = s.onset, max(onset_frame, now - s.size + s.hop, s.onset + 1)
    s.open = s.analysing = 1
    s.analysed = s.onset
    s.rows = s.shown = s.quiet = s.novel = 0
    call1(s.analyzer_reset, s.analyzer)
    call1(s.reset, s.base)


@kernel
def _sum_up(s, target, end):
    """Write the summary of the rows up to a frame to the segment at `target`; give how many they are. RT: worker."""
    call2(s.copy, s.base, target)
    first = max(s.rows - HELD, 0)
    rows = first
    for row in range(first, s.rows):
        if s.onset + (row + 1) * s.hop <= end or row == 0:
            call2(s.add, target, s.recent + 4 * FEATURE_SIZE * (row % HELD))
            rows = row + 1
    call1(s.close, target)
    return rows


@kernel
def _close(s, io, end):
    """Close the segment at a frame; nothing where not even one row of it is known. RT: worker."""
    s.open = 0
    if s.rows == 0:
        return
    rows = _sum_up(s, s.closing, end)
    io.closed, io.closed_onset, io.closed_frames = 1, s.onset, max(end - s.onset, s.hop)
    io.closed_gap = s.onset - s.before if s.before >= 0 else 0
    io.closed_level_db = _level_db(s, s.energy, rows)
    io.closed_loudness_db = _level_db(s, s.weighted_energy, rows) + BS1770_OFFSET_DB
    if rows < LEVEL_ROWS[-1]:
        return
    gaps = f64(s.gaps, len(LEVEL_ROWS))
    for k in range(len(LEVEL_ROWS)):
        gaps[k] += (1.0 - _LEVEL_MEMORY) * (io.closed_level_db - _level_db(s, s.energy, LEVEL_ROWS[k]) - gaps[k])


@kernel
def _level_gap_db(s):
    """Give how far the level will lie above what it is now, as learnt; 0 once all of it is heard. RT: worker."""
    gaps, gap = f64(s.gaps, len(LEVEL_ROWS)), 0.0
    if s.rows < s.level_rows:
        for k in range(len(LEVEL_ROWS)):
            if s.rows >= LEVEL_ROWS[k]:
                gap = gaps[k]
    return gap


@kernel
def _follow_spectrum(s):
    """Take the newest row into the two spectra; give how far they are apart, 0 where it fades. RT: worker."""
    row = f32(s.vector, FEATURE_SIZE)
    fast, slow = f32(s.fast, BANDS), f32(s.slow, BANDS)
    first = s.analysed - s.onset <= _ATTACK_MS * s.rate * 0.001
    top = np.float32(-200.0)
    for k in range(BANDS):
        db = row[_MEL + k]
        fast[k] = db if first else fast[k] + np.float32(s.fast_share) * (db - fast[k])
        slow[k] = db if first else slow[k] + np.float32(s.slow_share) * (db - slow[k])
        top = max(top, fast[k], slow[k])
    mean, count = np.float32(0.0), 0
    for k in range(BANDS):
        if max(fast[k], slow[k]) > top - np.float32(_LOUD_DB):
            mean += fast[k] - slow[k]
            count += 1
    mean /= np.float32(count)
    if mean < np.float32(-_FALL_DB):
        return 0.0
    apart = np.float32(0.0)
    for k in range(BANDS):
        if max(fast[k], slow[k]) > top - np.float32(_LOUD_DB):
            apart += abs(fast[k] - slow[k] - mean)
    return np.float64(apart / np.float32(count))


@kernel
def _take_row(s):
    """Analyse the next row of the segment. RT: worker."""
    start = s.analysed & (s.size - 1)
    address = s.history + 4 * start
    call2(s.analyze, s.analyzer, address)
    samples = f32(address, s.hop)
    s.analysed += s.hop
    s.rows += 1
    if s.rows <= s.level_rows:
        weighted, square, weighted_square = f32(s.weighted, s.hop), 0.0, 0.0
        for i in range(s.hop):
            square += np.float64(samples[i]) * np.float64(samples[i])
            weighted_square += np.float64(weighted[i]) * np.float64(weighted[i])
        energy, weighted_energy = f64(s.energy, s.level_rows), f64(s.weighted_energy, s.level_rows)
        energy[s.rows - 1], weighted_energy[s.rows - 1] = square, weighted_square
        if s.rows > 1:
            energy[s.rows - 1] += energy[s.rows - 2]
            weighted_energy[s.rows - 1] += weighted_energy[s.rows - 2]
    if s.open == 0:
        return
    row, vector = s.rows - 1, f32(s.vector, FEATURE_SIZE)
    place = row % HELD
    recent = f32(s.recent + 4 * FEATURE_SIZE * place, FEATURE_SIZE)
    if row >= HELD:
        call2(s.add, s.base, s.recent + 4 * FEATURE_SIZE * place)
    for i in range(FEATURE_SIZE):
        recent[i] = vector[i]


@kernel
def _sustained(s, io, ms):
    """Tell whether sound that goes on is to open a segment after its newest row. RT: worker."""
    level = np.float64(f32(s.vector, FEATURE_SIZE)[_RMS])
    apart = _follow_spectrum(s)
    age = s.analysed - s.onset
    if age <= SUSTAIN_LEAST_MS * ms:
        s.sustain_db, s.novel = level, 0
        return 0
    s.novel = s.novel + s.hop if apart > NOVEL_DB else 0
    changed = s.novel >= NOVEL_MS * ms
    lasted = age >= SUSTAIN_MS * ms
    if io.sustain == 0 or s.sounding < SUSTAIN_LEAST_MS * ms or not (changed or lasted):
        return 0
    # what only rings on is no news
    return 1 if level > s.sustain_db - 2.0 * _FALL_DB else 0


@entry(STEP2)
def segmenter_step(state_address, io_address):
    """Take the next samples; say what is over, and how what sounds is known so far. RT: worker."""
    s, io = segmenter_at(state_address), record_at(io_address, SEGMENTER_IO)
    io.closed = io.peek = io.opened = 0
    _remember(s, f32(io.samples, io.count), io.count, io.now)
    ms = s.rate * 0.001
    _follow_level(s, io, ms)
    if io.onset != 0:
        while s.open != 0 and s.analysed + s.hop <= io.onset_frame:
            _take_row(s)
        if s.open != 0:
            _close(s, io, io.onset_frame)
        _open(s, io.onset_frame, io.now)
    elif s.analysing == 0 and io.sustain != 0 and s.sounding >= SUSTAIN_LEAST_MS * ms:
        _open(s, io.now, io.now)  # what swelled up, without an onset
        io.opened = 1
    while s.analysing != 0 and s.analysed + s.hop <= io.now:
        _take_row(s)
        level = np.float64(f32(s.vector, FEATURE_SIZE)[_RMS])
        s.quiet = s.quiet + s.hop if level < io.gate_db else 0
        over = s.quiet >= QUIET_MS * ms
        again = _sustained(s, io, ms)
        if s.open != 0 and (over or again != 0 or s.analysed - s.onset >= io.longest):
            _close(s, io, s.analysed)
        if over:
            s.analysing = 0
        elif again != 0 and io.opened == 0:
            _open(s, s.analysed, io.now)
            io.opened = 1
    if s.open != 0 and s.rows > 0:
        due = s.rows >= PEEK_EVERY and s.rows // PEEK_EVERY > s.shown // PEEK_EVERY
        for k in range(len(PEEK_ROWS)):
            due = due or s.shown < PEEK_ROWS[k] <= s.rows
        if due or (io.look != 0 and s.rows > s.shown):
            _sum_up(s, s.peeking, s.analysed)
            # a look changes nothing for those who did not ask for it
            if due:
                s.shown = s.rows
            io.peek, io.peek_onset, io.peek_frames = 1 if due else 2, s.onset, s.rows * s.hop
            io.peek_gap = s.onset - s.before if s.before >= 0 else 0
            gap = _level_gap_db(s)
            io.peek_level_db = _level_db(s, s.energy, s.rows) + gap
            io.peek_loudness_db = _level_db(s, s.weighted_energy, s.rows) + BS1770_OFFSET_DB + gap
    return 0


@entry(STEP)
def segmenter_reset(state_address):
    """Forget all sound heard. RT: worker."""
    s = segmenter_at(state_address)
    s.open = s.analysing = 0
    s.onset = s.before = -1
    s.square, s.power, s.floor_db, s.sounding = 0.0, 0.0, -200.0, 0
    history = f32(s.history, 2 * s.size)
    for i in range(2 * s.size):
        history[i] = np.float32(0.0)
    return 0


class Segmenter:
    """Cuts a stream of sound into segments. RT: never (its entries run in the worker).

    Parameters
    ----------
    rate : float
        Sample rate in Hz.
    frame_samples : int
        Samples of a frame.
    hop_samples : int
        Samples between frames.

    Attributes
    ----------
    closed_summary, peek_summary : ndarray of float32, shape [SEGMENT_SIZE]
        Of the segment that was closed last, and of the newest peek.
    io : ndarray
        One `SEGMENTER_IO` record.

    Raises
    ------
    LivehostError
        Where a frame and a hop do not fit into what is kept of the past.
    """

    def __init__(self, rate: float, frame_samples: int = 1024, hop_samples: int = 128) -> None:
        if hop_samples * 2 > _HISTORY:
            raise LivehostError(f"A segment's rows want hops of {_HISTORY // 2} samples at most, not {hop_samples}.")
        self.analyzer = Analyzer(rate, frame_samples, hop_samples)
        self._base, self._closing, self._peeking = (SegmentSummary(rate, hop_samples) for _ in range(3))
        self.closed_summary, self.peek_summary = self._closing.summary, self._peeking.summary
        self._history, self._recent = zeros(2 * _HISTORY, np.float32), zeros(HELD * FEATURE_SIZE, np.float32)
        self._spectra = zeros(2 * BANDS, np.float32).reshape(2, BANDS)
        self._state, self.io = zeros(1, SEGMENTER), zeros(1, SEGMENTER_IO)
        s = self._state[0]
        s["hop"], s["size"], s["rate"] = hop_samples, _HISTORY, rate
        hop_ms = 1000.0 * hop_samples / rate
        s["fast_share"], s["slow_share"] = (1.0 - np.exp(-hop_ms / t) for t in (_FAST_MS, _SLOW_MS))
        s["history"], s["recent"] = self._history.ctypes.data, self._recent.ctypes.data
        s["fast"], s["slow"] = (row.ctypes.data for row in self._spectra)
        s["analyzer"], s["vector"] = self.analyzer.address, self.analyzer.vector_address
        s["weighted"] = self.analyzer.weighted_address
        s["level_rows"] = level_rows = int(np.ceil(LEVEL_MS * rate / 1000 / hop_samples - 1e-9))
        self._energy, self._gaps = zeros(2 * level_rows, np.float64).reshape(2, -1), zeros(len(LEVEL_ROWS), np.float64)
        s["energy"], s["weighted_energy"] = (row.ctypes.data for row in self._energy)
        s["gaps"] = self._gaps.ctypes.data
        s["base"], s["closing"], s["peeking"] = self._base.address, self._closing.address, self._peeking.address
        s["closed_summary"], s["peek_summary"] = self._closing.summary_address, self._peeking.summary_address
        functions = {
            "analyze": analyze, "analyzer_reset": analyzer_reset, "reset": segment_reset, "add": segment_add,
            "copy": segment_copy, "close": segment_close,
        }  # fmt: skip
        for name, function in functions.items():
            s[name] = function.address
        self.reset()

    def reset(self) -> None:
        """Forget all sound heard, and what was learnt of levels. RT: never."""
        self._gaps[:] = LEVEL_GAP_DB
        run1(segmenter_reset)(self.address)

    @property
    def address(self) -> int:
        """Address of the state, for `segmenter_step`."""
        return int(self._state.ctypes.data)

    @property
    def io_address(self) -> int:
        """Address of the arguments, for `segmenter_step`."""
        return int(self.io.ctypes.data)

    @property
    def arrays(self) -> list[np.ndarray]:
        """Memory that the worker touches, to be locked."""
        return [self._state, self.io, self._history, self._recent, self._spectra, self._energy, self._gaps]
