"""General MIDI drums: from the name of a sound to the note of the percussion key map (General MIDI level 1)."""

import re

#: Words of a name and the note that they mean; the first row of which all words stand in it counts.
_ROWS: tuple[tuple[str, int], ...] = (
    ("side stick", 37), ("sidestick", 37), ("cross stick", 37), ("rimshot", 37), ("rim", 37),
    ("hat open", 46), ("hihat open", 46), ("hh open", 46), ("ohh", 46), ("openhat", 46), ("oh", 46),
    ("hat pedal", 44), ("hihat pedal", 44), ("hh pedal", 44),
    ("closedhat", 42), ("chh", 42), ("ch", 42), ("hihat", 42), ("hat", 42), ("hh", 42),
    ("bass drum", 36), ("bassdrum", 36), ("kick", 36), ("bd", 36), ("kik", 36),
    ("snare electric", 40), ("snare", 38), ("sd", 38), ("sn", 38),
    ("hand clap", 39), ("clap", 39), ("cp", 39),
    ("tom floor", 43), ("floortom", 43), ("tom low", 45), ("lowtom", 45), ("lt", 45),
    ("tom high", 50), ("tom hi", 50), ("hightom", 50), ("ht", 50), ("tom", 47), ("mt", 47),
    ("crash", 49), ("china", 52), ("splash", 55), ("ride bell", 53), ("ride", 51), ("cymbal", 49), ("cy", 49),
    ("tambourine", 54), ("tamb", 54), ("cowbell", 56), ("cb", 56), ("vibraslap", 58),
    ("bongo low", 61), ("bongo", 60), ("conga low", 64), ("conga", 63), ("timbale", 65), ("agogo", 67),
    ("cabasa", 69), ("shaker", 70), ("maraca", 70), ("maracas", 70), ("whistle", 71), ("guiro", 73),
    ("claves", 75), ("clave", 75), ("woodblock", 76), ("wood block", 76), ("cuica", 78), ("triangle", 81),
)  # fmt: skip
_WORDS = tuple((frozenset(words.split()), note) for words, note in _ROWS)
#: Notes of the percussion key map.
DRUM_NOTES = range(35, 82)


def drum_note(name: str) -> int | None:
    """Note of a drum by its name; what its file is called counts before the folders that it is in.

    Examples
    --------
    >>> drum_note("drums/kick-03.wav"), drum_note("Hats/open 2.wav"), drum_note("voice.wav")
    (36, 46, None)
    """
    folders, _, file = name.lower().rpartition("/")
    here, above = _words(file), _words(folders)
    for words in (here, here | above):
        for wanted, note in _WORDS:
            if wanted <= words:
                return note
    return None


def _words(text: str) -> frozenset[str]:
    """Words of a name, and each that ends in s also without."""
    words = re.findall(r"[a-z]+", text)
    return frozenset(words) | {word[:-1] for word in words if word.endswith("s")}
