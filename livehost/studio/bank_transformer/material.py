"""What training sequences are made of: what is heard, the machine's stream as a bank would know it, and a line."""

from dataclasses import dataclass

import numpy as np

from livehost.studio.audio_data.recording import Recording, Stream
from livehost.studio.bank_transformer.augment import LEVELS
from livehost.studio.bank_transformer.lines import Line, aligned_line, answer_line, apart_line
from livehost.studio.bank_transformer.roles import BOTH, draw_roles

#: How often a stream that has them lends the sounds of its events rendered alone, in place of slices.
ISOLATED = 0.35
#: How often an item's level columns say what will sound, the bank's gain included.
AFTER_GAIN = 0.8
#: How often an answer is drawn without the machine's own tokens.
DEAF_TO_ITSELF = 0.1
#: How often a stroke is over before its answer begins; and how often the true answer to it is what comes next.
LATE, AHEAD = 0.2, 0.5
#: From a stroke to its answer: at once this often, else log-uniform between these, seconds.
AT_ONCE, SHORTEST_S, LONGEST_S = 0.4, 0.004, 0.15


@dataclass(eq=False)
class Sounds:
    """A stream's events as a bank knows them.

    Attributes
    ----------
    features : float32 [n, SEGMENT_SIZE]
    seconds : float32 [n]
    alone : bool
        Whether each was rendered alone, rather than cut out of the music.
    """

    features: np.ndarray
    seconds: np.ndarray
    alone: bool

    def __len__(self) -> int:
        return len(self.features)


@dataclass(eq=False)
class Scene:
    """Who hears and plays what.

    Attributes
    ----------
    bank : int
        Recording that the items come from.
    heard : Stream
    sounds : Sounds
        Of the machine's stream.
    line : Line
    rate : float
        Of the onsets, frames a second.
    same : bool
        Whether heard and bank are one rendering.
    strangers : bool
        Whether they have nothing to do with each other.
    """

    bank: int
    heard: Stream
    sounds: Sounds
    line: Line
    rate: float
    same: bool = False
    strangers: bool = False


def bank_of(stream: Stream, *, alone: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give features (a copy), gain in dB and seconds of the events of a stream, as slices or each played alone."""
    given = (stream.items, stream.item_gain_db, stream.item_seconds)
    if alone and stream.isolated is not None:
        given = stream.isolated
    features, gain_db, seconds = (np.array(values, np.float32) for values in given)
    return features, gain_db, seconds


def sounds_of(stream: Stream, random: np.random.Generator) -> Sounds:
    """Give the events of a stream as a bank knows them, as slices or alone, before or after its gain."""
    alone = stream.isolated is not None and bool(random.random() < ISOLATED)
    features, gain_db, seconds = bank_of(stream, alone=alone)
    if random.random() < AFTER_GAIN:
        features[:, LEVELS] += gain_db[:, None]
    return Sounds(features, seconds, alone)


def _aligned(heard: Stream, rate: float, random: np.random.Generator) -> Line:
    """Draw how the machine answers events that are heard."""
    delay = 0.0 if random.random() < AT_ONCE else float(np.exp(random.uniform(*np.log([SHORTEST_S, LONGEST_S]))))
    late, ahead = random.random() < LATE, int(random.random() < AHEAD)
    return aligned_line(draw_roles(len(heard), random), heard, rate, delay_s=delay, late=bool(late), ahead=ahead)


def continued(recording: Recording, number: int, random: np.random.Generator) -> Scene:
    """Let the machine have the bank of what is heard."""
    stream = recording.renderings[int(random.integers(len(recording.renderings)))]
    sounds = sounds_of(stream, random)
    line = _aligned(stream, recording.rate, random)
    return Scene(number, stream, sounds, line, recording.rate, same=not sounds.alone)


def crossed(recording: Recording, number: int, random: np.random.Generator) -> Scene:
    """Let the machine have the bank of another rendering."""
    one, other = random.permutation(len(recording.renderings))[:2]
    heard = recording.renderings[one]
    sounds = sounds_of(recording.renderings[other], random)
    return Scene(number, heard, sounds, _aligned(heard, recording.rate, random), recording.rate)


def answered(recording: Recording, number: int, random: np.random.Generator) -> Scene:
    """Let the machine play one of two parts."""
    assert recording.parts is not None  # noqa: S101
    heard, machine = recording.parts if random.random() < 0.5 else recording.parts[::-1]
    line = answer_line(heard, machine, recording.rate)
    if random.random() < DEAF_TO_ITSELF:
        line = line.take(line.source == 0)
    return Scene(number, heard, sounds_of(machine, random), line, recording.rate)


def strangers(heard_in: Recording, bank_in: Recording, number: int, random: np.random.Generator) -> Scene:
    """Let the machine have the bank of some music, while other music is heard."""
    heard, machine = (r.renderings[int(random.integers(len(r.renderings)))] for r in (heard_in, bank_in))
    while BOTH not in (roles := draw_roles(len(heard), random)) and random.random() < 0.8:
        pass
    delay = float(np.exp(random.uniform(*np.log([SHORTEST_S, LONGEST_S]))))
    line = aligned_line(roles, heard, heard_in.rate, delay_s=delay, late=bool(random.random() < LATE))
    line = apart_line(line, int(random.integers(len(machine))), len(machine))
    return Scene(number, heard, sounds_of(machine, random), line, heard_in.rate, strangers=True)


#: Task → what makes a scene of a recording that serves it.
SCENES = {"continue": continued, "crossed": crossed, "answer": answered}
