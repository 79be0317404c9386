"""One moment of a session, as plain values: what dashboard, web page and summary are drawn from."""

import math
from dataclasses import dataclass, field
from typing import Any

NAN = math.nan
SILENT_DB = (-math.inf, -math.inf)


@dataclass
class Snapshot:
    """Everything that is shown; any field may be left out.

    Parameters
    ----------
    state : str
        starting, ready, running, degraded, failsafe, error, closed.
    driver, device : str
        Kind of driver; name of the device.
    rate : float
        Hz.
    block : int
        Frames a block, 0 where it varies.
    uptime_s : float
        Since the start.
    frame : int
        Position of the input stream.
    blocks : int
        Blocks served.
    meter_in_db, meter_out_db : tuple of float
        Peak of the last quarter of a second and RMS, dBFS; to hold a peak longer is up to who shows it (`PeakHold`).
    limiter_reduction_db : float
        Largest gain reduction of the last quarter of a second, dB, 0 or more.
    voices : int
        Voices sounding.
    cpu : float
        Share of the block's time that the callback uses, 0 … 1.
    callback_us : tuple of float
        Median, p99 and longest run time of the callback, µs; nan where nothing was measured, here and below.
    histogram, histogram_edges_us : sequence
        Counts of the callback's run time, and the lower edge of each bin (one more edge at the end is welcome).
    onset_to_sound_ms : tuple of float
        Median, p99 and longest way from an onset to its answer.
    decide_ms : tuple of float
        Median and p99 of the time that a decision takes (more values are passed over).
    counters : dict
        What went wrong, counted: xruns, late, ring overruns, fallbacks, …
    counts : dict
        Events so far by kind: onset, sample, masked, …
    armed : list of (str, float)
        What stands ready, best first: name, probability.
    recent : list of dict
        Newest events, newest last, as in ``events.jsonl``; a `sample` may carry the ``level_db`` of its onset.
    bank : str
        Folder of the sounds.
    bank_size : int
        How many sounds it has.
    player, mode : str
        Who answers, and in which mode.
    muted, bypassed, resting, halted, recording : bool
        Switches; resting: no part plays anything new; halted: nothing plays since a panic or a stop.
    attention : sequence of float, optional
        The model's newest attention row; None where the player has none.
    beat : (int, int, float), optional
        Bar, beat and tempo (beats a minute) of the newest beat; None while the transport is stopped.
    heard_beat, room : dict, optional
        The musician's newest beat, and how much room part 0 leaves to them, as events; None where there was none yet.
    keys : sequence of (str, str)
        Keys and what they do.
    notice : str
        Last sentence for the person at the desk.
    """

    state: str = "starting"
    driver: str = ""
    device: str = ""
    rate: float = 48000.0
    block: int = 0
    uptime_s: float = 0.0
    frame: int = 0
    blocks: int = 0
    meter_in_db: tuple[float, float] = SILENT_DB
    meter_out_db: tuple[float, float] = SILENT_DB
    limiter_reduction_db: float = 0.0
    voices: int = 0
    cpu: float = 0.0
    callback_us: tuple[float, float, float] = (NAN, NAN, NAN)
    histogram: Any = ()
    histogram_edges_us: Any = ()
    onset_to_sound_ms: tuple[float, float, float] = (NAN, NAN, NAN)
    decide_ms: tuple[float, ...] = (NAN, NAN)
    counters: dict[str, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    armed: list[tuple[str, float]] = field(default_factory=list)
    recent: list[dict[str, Any]] = field(default_factory=list)
    bank: str = ""
    bank_size: int = 0
    player: str = ""
    mode: str = ""
    muted: bool = False
    bypassed: bool = False
    resting: bool = False
    halted: bool = False
    recording: bool = False
    attention: Any = None
    beat: tuple[int, int, float] | None = None
    heard_beat: dict[str, Any] | None = None
    room: dict[str, Any] | None = None
    keys: tuple[tuple[str, str], ...] = (("Ctrl-C", "end"),)
    notice: str = ""
