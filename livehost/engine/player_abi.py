"""The contract between the worker and a player: a table of C functions, one record of arguments, timed outputs.

The worker's compiled loop calls a player by address, so a new player changes nothing in the engine, and a running
session changes its player between two decisions by changing one table. `PARTS` players play at once, each with its own
`PLAYER`, its own `PLAYER_IO` and its own live settings (`PART`).

What the worker does, for every hop of sound (`listen.onset_hop_samples`), and what a player owes it:

1. `command`, where somebody asked for something (`verb` says what) or settings changed (`CHANGED`).
2. `step`, always: whatever is to sound soon is put into `outs` (up to `room` of them, never more) and counted in
   `count`. In a hop with an onset it comes before 3 and 4, and must not take long: it stands between an onset and its
   answer. In any other hop it comes after them. With `may_play` 0 it learns, and puts out nothing but the ends of its
   notes.
3. `hear_segment`, where a heard segment is over, or still sounds and is shown (`provisional`): again and again while it
   does, and once more at `look_at`, where the player has set that frame; `hear_note` for each note of a MIDI input.
4. `think`, where the player has set `io.think` (in any of its functions): what takes as long as a decision. It clears
   `io.think`, or leaves it to be asked again at the next hop.

What a player asks that is no function of what it was told (a clock, whether another thread is done) and plays by goes
through `livehost.engine.input_log.input_value`, or a session cannot be played again.

Every function is a `STEP2` entry (state address, `PLAYER_IO` address) and runs on the worker's thread. It gives 0, or
`FAILED` where the player cannot go on: then its part is silent and named, and the other parts play on. An output is a
voice (an item of the part's bank), a note (MIDI pitch and velocity; velocity 0 ends it), another gain for the voices
that answer an onset, or the end of one voice, with the frame at which it starts: the audio thread carries them out on
that frame, and a panic drops what would begin to sound. Voices, and notes that begin, are numbered in the order in
which they are put out, from `decisions` + 1 on.
"""

import numpy as np

from livehost import settings
from livehost.events import NOW
from livehost.rt.native import array_at, kernel, record_at

#: What a function gives where its player cannot go on.
FAILED = -1
#: Outputs of one step, at most.
MAX_OUTS = 8
#: Kinds of output.
VOICE, NOTE, GAIN, END = range(4)
#: Verbs of `command`: forget what was heard and played; judge the last choice; let an item be chosen or not; drop what
#: is to come (a panic or a stop); live settings have changed, what stands armed is to be decided anew; open a piece in
#: silence, in the beat that has been begun.
RESET, STEER, ALLOW, STOP, CHANGED, BEGIN = range(6)
#: Verdicts of `STEER`.
APPROVE, REJECT, CHANGE = range(3)

#: Live settings of a part, as its player reads them.
PART = settings.record("part")

#: A player, to the worker: its state and its functions; `step` 0 where a part has no player.
PLAYER = np.dtype(
    [
        ("state", "i8"),
        ("step", "i8"),
        ("think", "i8"),
        ("hear_segment", "i8"),
        ("hear_note", "i8"),
        ("command", "i8"),
    ],
    align=True,
)

#: What a player puts out. What a kind does not name is passed over for it.
OUT = np.dtype(
    [
        ("frame", "i8"),  # at which it starts; `events.NOW` for as soon as possible
        ("kind", "i8"),  # VOICE, NOTE, GAIN or END
        ("index", "i8"),  # voice: item of the bank; note: MIDI pitch; end: number of the voice's decision
        ("velocity", "i8"),  # note: 1 … 127, 0 ends it
        ("gain_db", "f8"),  # voice; gain: on top of what the voices have
        ("frames", "i8"),  # length; voice: 0 for all of the item; note: 0 until it is ended; end: of its fade
        ("rate", "f8"),  # voice: speed of reading; 0 as recorded
        ("noted", "i8"),  # voice: 1 where it sounds a note that is put out as well
        ("fade_in", "i8"),  # voice: frames at least; `engine.fade_in_ms` may be longer
        ("choke", "i8"),  # voice: choke group within the part, 0 for none
        ("onset_frame", "i8"),  # onset that it answers, −1 for none; gain: which voices
        ("reason", "i8"),  # place in `events.REASONS`
        ("probability", "f8"),  # when it was chosen, 0 … 1
        ("heard_ms", "f8"),  # how much of what it answers had been heard by then
        ("fallback", "i8"),  # 1: a stand-in chose in place of the model
        ("decide_ms", "f8"),  # how long the choice took
    ],
    align=True,
)

#: Arguments and results.
PLAYER_IO = np.dtype(
    [
        # always
        ("frame", "i8"),  # first frame not yet heard
        ("part", "i8"),
        ("parameters", "i8"),  # address of its `PART`
        ("events", "i8"),  # ring for events of its own (plans, attention); they carry its part
        ("input_log", "i8"),  # for `input_log.input_value`
        ("virtual", "i8"),  # 1: offline, no clock: durations are 0, and a decision may take its time
        ("lead", "i8"),  # frames that "as soon as possible" leaves to the audio thread
        ("block", "i8"),  # frames that the sound card asks for at a time: what starts at F goes out by F − block
        ("hop", "i8"),  # frames from one `step` to the next
        ("behind", "i8"),  # frames that the worker is behind, beyond what is usual
        ("beat", "i8"),  # address of the beat to play by, for `livehost.dsp.beat.grid` and `.strokes`
        ("quantum", "i8"),  # beats of a bar
        ("latency", "i8"),  # frames from the input of the sound card to its output, our own delay among them
        ("may_play", "i8"),  # 0: nothing may be put out (panic, stop, player off or told not to respond)
        # step
        ("onset", "i8"),  # 1 where an onset was heard in this hop
        ("onset_frame", "i8"),
        ("onset_level_db", "f8"),
        ("average_level_db", "f8"),  # the musician's level (first 100 ms of a sound), averaged; nan before the first
        ("average_loudness_db", "f8"),  # the same, K-weighted, LKFS
        ("room", "i8"),  # outputs that may be put out now
        ("decisions", "i8"),  # of all parts so far
        # hear_segment
        ("features", "i8"),  # address of the segment's float32 summary
        ("frames", "i8"),  # length of the segment so far
        ("segment_onset", "i8"),  # its first frame
        ("gap", "i8"),  # frames between its onset and the one before, 0 for the first
        ("segment_level_db", "f8"),  # of its first 100 ms; while it sounds, as that is expected to be
        ("segment_loudness_db", "f8"),  # the same, K-weighted, LKFS
        ("provisional", "i8"),  # 1 while the segment still sounds: a later call replaces this one
        # hear_note
        ("pitch", "i8"),
        ("velocity", "i8"),  # 0: the note ends
        # command
        ("verb", "i8"),
        ("verdict", "i8"),  # STEER
        ("item", "i8"),  # ALLOW: item, −1 for all
        ("allowed", "i8"),  # ALLOW
        # out
        ("think", "i8"),  # 1: call `think`
        ("look_at", "i8"),  # frame at which the player wants to be shown what sounds then, −1 for none
        ("plan", "i8"),  # plans of this part so far, whoever made them; a player that plans counts them up
        ("outs", "i8"),  # address of `OUT` [MAX_OUTS]
        ("count", "i8"),  # of outputs of this step
        ("refused", "i8"),  # outputs that found no room, counted up by the player
    ],
    align=True,
)


@kernel
def io_at(address):
    """View the `PLAYER_IO` record at an address. RT: worker."""
    return record_at(address, PLAYER_IO)


@kernel
def part_at(address):
    """View the `PART` record at an address. RT: worker."""
    return record_at(address, PART)


@kernel
def soonest(io):
    """Give the frame of "as soon as possible": one that no block moves, where the audio thread is left time for it.

    RT: worker
    """
    return io.frame + io.lead if io.lead > 0 else NOW


@kernel
def next_out(io):
    """View the next free output, which `io.count` does not count yet; its voice is read as recorded. RT: worker."""
    out = array_at(io.outs, MAX_OUTS, OUT)[io.count]
    out.rate, out.noted = 0.0, 0
    return out
