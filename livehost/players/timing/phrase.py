"""The musician's phrase: where it begins and ends, and its rhythm."""

from livehost.players.rhythm import PHRASE, REMEMBERED, learn
from livehost.players.timing.room import count_stroke
from livehost.rt.native import kernel


@kernel
def phrase_is_over(state, io):
    """Tell whether the musician's phrase ends with this hop. RT: worker."""
    last = max(state.last_onset, io.onset_frame) if io.onset != 0 else io.now
    return state.open != 0 and last - state.last_onset >= io.phrase_gap_frames


@kernel
def close_phrase(state, io):
    """End the musician's phrase, and tell of it. RT: worker."""
    io.phrase_over, io.phrase_onset_frame, io.phrase_onsets = 1, state.phrase_onset, state.phrase_count
    state.open = 0


@kernel
def take_onset(state, io):
    """Write an onset into the phrase and the rhythm. RT: worker."""
    ioi = io.onset_frame - state.last_onset
    if state.open == 0:
        state.open, state.phrase_onset, state.phrase_count, ioi = 1, io.onset_frame, 0, 0
        io.comes_back = 1
    elif ioi > 0:
        learn(state, ioi, io.level_db, 1 if state.phrase_count == 1 else 0)
    else:
        return  # no later than the one before: no rhythm
    k = state.phrase_count % PHRASE
    state.phrase_ioi[k], state.phrase_level[k] = ioi, io.level_db
    state.phrase_count += 1
    state.onsets += 1
    state.last_onset = io.onset_frame
    count_stroke(state, io.onset_frame, state.rate)


@kernel
def timing_level(state, onset_frame, level_db):
    """Remember the newest onset as loud as its sound turned out to be. RT: worker."""
    if state.open == 0 or onset_frame != state.last_onset:
        return
    state.phrase_level[(state.phrase_count - 1) % PHRASE] = level_db
    if state.phrase_count > 1:
        state.level[(state.learnt - 1) % REMEMBERED] = level_db
