"""What the performance player knows: one record.

Time is counted in steps of 10 ms from `origin` on. `step` is the time that the model has been told of; it runs ahead of
the sound by `lookahead_ms`. The newest `LOG` events that were told are kept, so that they can be taken back.
"""

import numpy as np

from livehost.dsp.beat.state import EXPECTED
from livehost.events import REASONS
from livehost.inference.recurrent_state import UNDO
from livehost.performance.condition import SIZE as CONDITION
from livehost.performance.vocabulary import SIZE as EVENTS
from livehost.players.timing.room import ROOM_FIELDS
from livehost.rt.native import kernel, record_at

#: Events that can be taken back; events that wait to be told; notes planned; notes heard that are remembered, and that
#: wait.
LOG, QUEUE, PLAN, HEARD_NOTES, INBOX = UNDO, 512, 2048, 128, 64
#: Events whose kind and frame attention can name, a power of two.
SEEN = 2048
PITCHES, CLASSES = 128, 12
OWN, HEARD = 0, 1
#: Why a note sounds that strikes along with the musician.
UNISON = REASONS.index("unison")

#: What an event in the log or the queue is.
EVENT = np.dtype(
    [
        ("step", "i8"),  # when it takes effect; in the log: the time before it
        ("event", "i8"),
        ("source", "i8"),
        ("planned", "i8"),  # own: 1 where its note is planned, or has been put out, already
        ("probability", "f8"),
        ("velocity", "i8"),  # log: velocity of its own line before it
        ("since", "i8"),  # log: step at which the note began that it ended, −1 for none
        ("plan", "i8"),  # log: notes planned before it
    ],
    align=True,
)
#: A note, or the end of one, that is to be put out.
PLANNED = np.dtype(
    [("frame", "i8"), ("pitch", "i8"), ("velocity", "i8"), ("probability", "f8"), ("reason", "i8")],
    align=True,
)
#: What was heard, for pitch classes and density.
REMEMBERED = np.dtype([("frame", "i8"), ("pitch_class", "i8"), ("weight", "f8"), ("notes", "f8")], align=True)

#: A note that was heard: when it was, and when the player was told.
HEARD_NOTE = np.dtype([("frame", "i8"), ("told", "i8"), ("pitch", "i8"), ("velocity", "i8")], align=True)

PERFORMANCE = np.dtype(
    [
        ("rate", "f8"),
        ("seed", "u8"),
        ("model_temperature", "f8"),
        # the stepper: state, functions, tensors
        ("stepper", "i8"),
        ("begin", "i8"),
        ("poll", "i8"),
        ("back", "i8"),
        ("reset", "i8"),
        ("event_in", "i8"),
        ("source_in", "i8"),
        ("condition_in", "i8"),
        ("logits", "i8"),
        ("attention", "i8"),  # 0 where the model has none
        ("attention_memory", "i8"),
        ("window", "i8"),
        ("steps_kept", "i8"),  # address of int64: steps that the model has kept
        # a step that goes on elsewhere
        ("waiting", "i8"),
        ("changing", "i8"),  # odd while the model's state is being changed
        ("failures", "i8"),  # one after another
        ("ready", "i8"),  # 1 where the logits are those of the present
        # time
        ("now", "i8"),  # newest frame that it was asked at
        ("origin", "i8"),  # frame of step 0
        ("step", "i8"),
        ("earliest", "i8"),  # its own line goes on from here on
        ("kept_until", "i8"),  # its own events up to here are as good as heard
        # events told, by their number % LOG, and those to be told
        ("told", "i8"),
        ("floor", "i8"),  # events before this one are not taken back
        ("log", EVENT, (LOG,)),
        ("queued", "i8"),
        ("queue", EVENT, (QUEUE,)),
        ("dropped", "i8"),  # heard events that found no room
        # its own line, as it stands at `step`
        ("velocity", "i8"),  # bin, −1 for none
        ("sounding", "i8"),  # notes
        ("since", "i8", (PITCHES,)),  # step at which each began, −1 where it does not sound
        # notes to be put out, by their number % PLAN, and those that were
        ("planned", "i8"),
        ("put_out", "i8"),
        ("plan", PLANNED, (PLAN,)),
        ("on", "i8", (PITCHES,)),  # 1 where its note-on was put out, and its note-off was not
        ("to_end", "i8", (PITCHES,)),  # 1 where it is to be ended as soon as possible
        ("voice", "i8", (PITCHES,)),  # number of the voice that sounds it, 0 for none
        # what is asked of it
        ("active", "i8"),  # 1 while it plays
        ("cut", "i8"),  # 1: what is planned is to be taken back, its notes are to end; 2: they have ended
        ("forget", "i8"),  # 1: all is to be forgotten
        ("reason", "i8"),
        # the musician's time, and the room that it leaves
        ("sure", "i8"),  # 1 where there is a beat to play by
        ("told_free", "i8"),  # 1: it has been told that there is none
        ("stroke", "i8"),  # frame of the musician's newest stroke, −1 for none
        *ROOM_FIELDS,
        ("share", "f8"),  # how much of its own line plays now
        ("carry", "f8"),  # what has been thinned out so far, of a note
        ("gap_from", "i8"),  # step of its last note, −1 where one was left out since
        ("usual_gap", "f8"),  # how long it waits from note to note, steps
        ("entered", "i8"),  # 1: the gap that goes on has been entered
        # the place of its next note
        ("place_step", "i8"),  # −1 for none
        ("place_frame", "i8"),  # exactly
        ("along", "i8"),  # 1: it is where a stroke is expected
        ("held", "i8"),  # event that waits for it, −1 for none
        ("held_probability", "f8"),
        # a note that strikes along, until it is known whether the stroke came
        ("expected", EXPECTED),
        ("strokes", "i8"),  # of the musician so far
        ("struck", "i8"),  # 1 while one waits for its stroke
        ("struck_frame", "i8"),  # where it is heard
        ("struck_planned", "i8"),  # where it was to be started …
        ("struck_began", "i8"),  # … and where it was
        ("struck_decision", "i8"),
        ("struck_probability", "f8"),
        # what rings when the musician comes back
        ("came_back", "i8"),  # first frame of their phrase, −1 where that has been seen to
        ("yield_at", "i8"),  # when the notes of what rings end, −1 where nothing gives way
        ("yield_before", "i8"),  # what began before this gives way
        ("yield_frames", "i8"),  # length of the fade
        ("began", "i8", (PITCHES,)),  # frame at which each note that is on began
        # the musician
        ("heard_frame", "i8"),  # of the newest sound, −1 for none
        ("heard_velocity", "i8"),  # bin of the newest note, −1 for none
        ("heard_on", "i8", (PITCHES,)),
        ("heard_sounding", "i8"),
        ("phrase_frame", "i8"),  # mode call: beginning of the phrase, −1 for none
        ("phrase_sounds", "i8"),
        ("opens", "i8"),  # mode call: 1 where it is to call first
        ("reply_from", "i8"),  # mode call: frame at which the reply begins
        ("reply_until", "i8"),  # mode call: frame at which the reply ends, −1 for none
        ("reply_last", "i8"),  # mode call: frame of its last note, −1 where that is free
        ("reply_newest", "i8"),  # mode call: frame of its newest note, −1 for none
        ("inbox", "i8"),
        ("box", HEARD_NOTE, (INBOX,)),
        ("remembered", "i8"),
        ("memory", REMEMBERED, (HEARD_NOTES,)),
        ("segment_onset", "i8"),  # of the sound that is being heard
        ("segment_pitch", "i8"),  # −1 where it has none
        # late
        ("late", "i8"),  # how often
        ("is_late", "i8"),
        ("generated", "i8"),  # notes of its own, planned
        # the bank
        ("items", "i8"),  # address of ITEM [item_count]
        ("item_count", "i8"),
        ("allowed", "i8"),  # address of uint8 [item_count]
        ("item", "i8", (PITCHES,)),  # item of each pitch, −1: to be looked for, −2 for none
        # attention: what each step was, by its number % SEEN
        ("seen_event", "i8", (SEEN,)),
        ("seen_source", "i8", (SEEN,)),
        ("seen_frame", "i8", (SEEN,)),
        # work
        ("heard_weights", "f8", (CLASSES,)),
        ("help", "f8", (CLASSES,)),  # what is added to the logits of each pitch class
        ("cost", "f8", (EVENTS,)),
        ("index", "i8", (EVENTS,)),
        ("probability", "f8", (EVENTS,)),
    ],
    align=True,
)
STEP_SECONDS = 0.01
CONDITIONS = CONDITION


@kernel
def state_at(address):
    """View the record at an address. RT: worker."""
    return record_at(address, PERFORMANCE)


@kernel
def frame_of(s, step):
    """Frame of a step. RT: worker."""
    return s.origin + np.int64(np.rint(step * (s.rate * STEP_SECONDS)))


@kernel
def step_at(s, frame):
    """Step at or after a frame. RT: worker."""
    return np.int64(np.ceil((frame - s.origin) / (s.rate * STEP_SECONDS) - 1e-9))


@kernel
def nearest_step(s, frame):
    """Step nearest to a frame. RT: worker."""
    return np.int64(np.rint((frame - s.origin) / (s.rate * STEP_SECONDS)))
