"""When to play, whoever plays: answer each onset, continue by oneself in time, or call: phrase for phrase.

Everything is counted in frames of the input stream; no clock is read, and the same onsets give the same plays.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np

from livehost.errors import LivehostError
from livehost.events import REASONS
from livehost.players.rhythm import PHRASE, REMEMBERED, RHYTHM_FIELDS, learn, median, walk
from livehost.players.rng import advance, seeded, unit
from livehost.rt.native import STEP, STEP2, entry, kernel, record_at, run1, run2

#: Plays that one step may give.
PLAYS = 8
#: How long before its frame a play of the modes continue and call is given out, on top of `lead_frames`: enough for
#: the audio thread to start it exactly, and little enough to give way to a musician who begins again.
LEAD_MS = 20.0

#: Modes, in the order of the setting and of `events.REASONS`.
ANSWER, CONTINUE, CALL = (REASONS.index(mode) for mode in ("answer", "continue", "call"))

#: State of the timing.
TIMING = np.dtype(
    [
        ("seed", "u8"),
        ("random", "u8"),
        ("lead", "i8"),  # frames of LEAD_MS
        ("mode", "i8"),  # of the step before
        ("last_onset", "i8"),
        # the musician's phrase
        ("open", "i8"),  # 1 while one goes on
        ("phrase_onset", "i8"),
        ("phrase_count", "i8"),
        ("phrase_ioi", "i8", (PHRASE,)),  # onset k of the phrase at k % PHRASE: frames from the onset before
        ("phrase_level", "f8", (PHRASE,)),
        *RHYTHM_FIELDS,
        # what is to come
        ("next_frame", "i8"),
        ("anchor", "i8"),  # continue: the beat before `next_frame`
        ("running", "i8"),  # continue: 1 while it plays
        ("reply", "i8"),  # call: onset of the phrase that is answered next …
        ("reply_end", "i8"),  # … up to this one
    ],
    align=True,
)

#: Arguments and results of a step.
TIMING_IO = np.dtype(
    [
        ("now", "i8"),  # frame after this hop
        ("onset", "i8"),  # 1 if an onset was confirmed in this hop
        ("onset_frame", "i8"),
        ("level_db", "f8"),
        ("mode", "i8"),  # ANSWER, CONTINUE or CALL
        ("respond", "i8"),  # 0: learn, and play nothing
        ("density", "f8"),  # probability of each play
        ("delay_frames", "i8"),  # answer: from onset to start; 0: as soon as possible
        ("lead_frames", "i8"),  # the earliest start is now + slack
        ("phrase_gap_frames", "i8"),  # this long without an onset ends a phrase
        ("count", "i8"),  # out: plays
        ("start_frame", "i8", (PLAYS,)),  # out
        ("play_onset_frame", "i8", (PLAYS,)),  # out: onset that it answers, -1 for none
        ("reason", "i8", (PLAYS,)),  # out: place in `events.REASONS`
        ("play_level_db", "f8", (PLAYS,)),  # out: level of the onset that it answers or that is remembered
        ("phrase_over", "i8"),  # out: 1 where the musician's phrase has ended
        ("phrase_onset_frame", "i8"),  # out
        ("phrase_onsets", "i8"),  # out
    ],
    align=True,
)


@kernel
def _chance(state, density):
    """Draw whether to play. RT: worker."""
    state.random = advance(state.random)
    return unit(state.random) < density


@kernel
def _play(io, start_frame, onset_frame, level_db):
    """Give out one play, for the reason that is the mode. RT: worker."""
    k = io.count
    io.start_frame[k], io.play_onset_frame[k] = start_frame, onset_frame
    io.reason[k], io.play_level_db[k] = io.mode, level_db
    io.count = k + 1


@kernel
def _close_phrase(state, io):
    """End the musician's phrase; in mode call, its rhythm is answered from the next beat on. RT: worker."""
    io.phrase_over, io.phrase_onset_frame, io.phrase_onsets = 1, state.phrase_onset, state.phrase_count
    state.open = 0
    if io.mode != CALL or io.respond == 0:
        return
    earliest = io.now + io.lead_frames
    state.reply_end = state.phrase_count
    state.reply = max(state.phrase_count - PHRASE, 0)
    state.next_frame = earliest
    if state.phrase_count > 1:
        first_ioi = max(state.phrase_count - PHRASE, 1)
        beat = median(state.phrase_ioi, state.scratch, first_ioi, state.phrase_count)
        beats = (earliest - state.last_onset + beat - 1) // beat
        state.next_frame = state.last_onset + beats * beat


@kernel
def _take_onset(state, io):
    """Write an onset into the phrase and the rhythm. RT: worker."""
    ioi = io.onset_frame - state.last_onset
    if state.open == 0:
        state.open, state.phrase_onset, state.phrase_count, ioi = 1, io.onset_frame, 0, 0
    elif ioi > 0:
        learn(state, ioi, io.level_db, 1 if state.phrase_count == 1 else 0)
    else:
        return  # no later than the one before: no rhythm
    k = state.phrase_count % PHRASE
    state.phrase_ioi[k], state.phrase_level[k] = ioi, io.level_db
    state.phrase_count += 1
    state.last_onset = io.onset_frame


@kernel
def _follow(state, io):
    """Move the beats onto an onset near one; True where it is the beat to come, which the line joins at once.

    RT: worker
    """
    tolerance = (state.next_frame - state.anchor) // 4
    if abs(io.onset_frame - state.anchor) <= tolerance:
        state.next_frame += io.onset_frame - state.anchor
        state.anchor = io.onset_frame
    elif abs(io.onset_frame - state.next_frame) <= tolerance:
        state.next_frame = io.onset_frame
        return True
    return False


@kernel
def _continue(state, io, new_onset):
    """Play on. Beats that cannot be reached in time are left out, never played late: the line stays on its grid.

    RT: worker
    """
    earliest = io.now + io.lead_frames
    begins = joins = False
    if state.running == 0:
        if state.learnt < 2:
            return
        # from the musician's last onset on, as if that had been the line's own beat
        state.running, state.next_frame, state.place = 1, state.last_onset, state.learnt - 1
        state.place_ioi = state.ioi[state.place % REMEMBERED]
        begins = True
    elif new_onset:
        joins = _follow(state, io)
    skipped = 0
    while begins or joins or (state.next_frame <= earliest + state.lead and io.count < PLAYS):
        if begins:
            begins = False
        elif joins or state.next_frame >= earliest:
            if io.respond != 0 and _chance(state, io.density):
                _play(io, max(state.next_frame, earliest), -1, state.level[state.place % REMEMBERED])
        elif skipped == REMEMBERED:
            state.next_frame = earliest  # silent for so long that there is no beat left to keep
            continue
        else:
            skipped += 1
        joins = False
        walk(state)
        state.anchor = state.next_frame
        state.next_frame += state.place_ioi


@kernel
def _reply(state, io):
    """Play what is left of the answer to a phrase. RT: worker."""
    earliest = io.now + io.lead_frames
    while state.reply < state.reply_end and state.next_frame <= earliest + state.lead and io.count < PLAYS:
        if io.respond != 0 and _chance(state, io.density):
            _play(io, max(state.next_frame, earliest), -1, state.phrase_level[state.reply % PHRASE])
        state.reply += 1
        state.next_frame += state.phrase_ioi[state.reply % PHRASE]


@entry(STEP2)
def timing_step(state_address, io_address):
    """Take in one hop and say what to play; called for every onset hop, in order. RT: worker."""
    state = record_at(state_address, TIMING)
    io = record_at(io_address, TIMING_IO)
    io.count = io.phrase_over = 0
    if io.mode != state.mode:
        state.mode, state.running, state.reply_end = io.mode, 0, 0
    new_onset = io.onset != 0
    last = max(state.last_onset, io.onset_frame) if new_onset else io.now
    if state.open != 0 and last - state.last_onset >= io.phrase_gap_frames:
        _close_phrase(state, io)
    if new_onset:
        _take_onset(state, io)
        state.reply_end = 0
    if io.mode == ANSWER:
        if new_onset and _chance(state, io.density) and io.respond != 0:
            start = io.onset_frame + io.delay_frames if io.delay_frames > 0 else io.now + io.lead_frames
            _play(io, start, io.onset_frame, io.level_db)
    elif io.mode == CONTINUE:
        _continue(state, io, new_onset)
    else:
        _reply(state, io)
    return 0


@kernel
def timing_level(state, onset_frame, level_db):
    """Remember the newest onset as loud as its sound turned out to be. RT: worker."""
    if state.open == 0 or onset_frame != state.last_onset:
        return
    state.phrase_level[(state.phrase_count - 1) % PHRASE] = level_db
    if state.phrase_count > 1:
        state.level[(state.learnt - 1) % REMEMBERED] = level_db


@entry(STEP)
def timing_reset(state_address):
    """Drop what is to come and the phrase that goes on; what was learnt stays. RT: worker."""
    state = record_at(state_address, TIMING)
    state.open = state.running = state.reply_end = 0
    return 0


@entry(STEP)
def timing_forget(state_address):
    """Go back to the beginning: nothing heard, nothing learnt, the same random numbers again. RT: worker."""
    state = record_at(state_address, TIMING)
    state.open = state.running = state.reply_end = state.learnt = 0
    state.random = state.seed
    return 0


class Timing:
    """State of the timing and its arguments. RT: never (its entries run in the worker).

    Parameters
    ----------
    rate : int
        Sample rate, Hz.
    seed : int, default 0
        Of its random choices.

    Attributes
    ----------
    state, io : np.ndarray
        One `TIMING` record, one `TIMING_IO` record.
    address, io_address : int
        Where they stand, for `timing_step`.
    """

    def __init__(self, rate: int, seed: int = 0) -> None:
        self.state, self.io = np.zeros(1, TIMING), np.zeros(1, TIMING_IO)
        self.address, self.io_address = self.state.ctypes.data, self.io.ctypes.data
        self.state["lead"] = round(LEAD_MS * rate / 1000)
        self.state["seed"] = seeded(seed ^ 0x7171)  # other numbers than a player of the same seed
        self.forget()
        self._step = run2(timing_step)

    def reset(self) -> None:
        """Drop what is to come, as after a panic."""
        run1(timing_reset)(self.address)

    def forget(self) -> None:
        """Go back to the beginning."""
        run1(timing_forget)(self.address)

    def run(
        self,
        onsets: Iterable[int | tuple[int, float]],
        frames: int,
        *,
        hop_samples: int = 32,
        confirm_frames: int = 0,
        mode: str = "answer",
        respond: bool = True,
        density: float = 1.0,
        delay_frames: int = 0,
        lead_frames: int = 0,
        phrase_gap_frames: int = 2**31,
    ) -> tuple[list[dict[str, Any]], list[dict[str, int]]]:
        """Step from the frame where the last run ended (0 at first), hop by hop, as the worker does.

        Parameters
        ----------
        onsets : iterable of int or (int, float)
            Onset frames, ascending, with levels in dB (-20 where not given). Each is told in the hop that ends
            `confirm_frames` or more after it, at most one a hop.
        frames : int
            Go on as long as a whole hop fits before this frame.

        Returns
        -------
        plays : list of dict
            now, start_frame, onset_frame, reason (the word), level_db.
        phrases : list of dict
            now, onset_frame, onsets.

        Raises
        ------
        LivehostError
            For an unknown mode.
        """
        if mode not in REASONS[:3]:
            raise LivehostError(f"A mode is one of {', '.join(REASONS[:3])}, not {mode!r}.", 2)
        io = self.io[0]
        io["mode"], io["respond"], io["density"] = REASONS.index(mode), respond, density
        io["delay_frames"], io["lead_frames"], io["phrase_gap_frames"] = delay_frames, lead_frames, phrase_gap_frames
        queue = [onset if isinstance(onset, tuple) else (onset, -20.0) for onset in onsets]
        plays: list[dict[str, Any]] = []
        phrases: list[dict[str, int]] = []
        while io["now"] + hop_samples <= frames:
            io["now"] += hop_samples
            io["onset"] = bool(queue) and queue[0][0] + confirm_frames < io["now"]
            if io["onset"]:
                io["onset_frame"], io["level_db"] = queue.pop(0)
            self._step(self.address, self.io_address)
            now = int(io["now"])
            plays += [
                {
                    "now": now,
                    "start_frame": int(io["start_frame"][k]),
                    "onset_frame": int(io["play_onset_frame"][k]),
                    "reason": REASONS[io["reason"][k]],
                    "level_db": float(io["play_level_db"][k]),
                }
                for k in range(int(io["count"]))
            ]
            if io["phrase_over"]:
                phrases.append(
                    {"now": now, "onset_frame": int(io["phrase_onset_frame"]), "onsets": int(io["phrase_onsets"])}
                )
        return plays, phrases
