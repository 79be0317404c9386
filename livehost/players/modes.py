"""The modes: what a player plays of itself, when it may start, when it must stop, what it listens to, on which grid.

One table, for musicians and for code: players of every kind read its columns, and the documentation its sentences.
"""

from dataclasses import dataclass

from livehost.events import REASONS
from livehost.rt.native import kernel
from livehost.settings import PARTS, TABLE, part_key

#: So many bars are as good as for ever.
EVER = 1 << 40


@dataclass(frozen=True)
class Mode:
    """A mode.

    Parameters
    ----------
    name : str
        Value of the setting `mode`; also why its sounds sound (`events.REASONS`).
    plays, starts, stops, listens, grid : str
        What it plays, when it may start, when it must stop, what it listens to and which grid it keeps to: a sentence
        each.
    alone_bars : int
        For so many bars after the musician's last stroke it goes on alone.
    makes_room : bool
        Whether `space` thins out what it plays.
    strikes_along : bool
        Whether it strikes together with expected strokes (`unison`).
    yields : bool
        Whether what rings fades when the musician begins a phrase (`yield`).
    """

    name: str
    plays: str
    starts: str
    stops: str
    listens: str
    grid: str
    alone_bars: int
    makes_room: bool
    strikes_along: bool
    yields: bool

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """What a musician is told of it: five lines, each with its word."""
        return (
            ("plays", self.plays), ("starts", self.starts), ("stops", self.stops), ("listens", self.listens),
            ("grid", self.grid),
        )  # fmt: skip


MODES: tuple[Mode, ...] = (
    Mode(
        "duo",
        plays="A line of its own between your strokes, in rhythms learnt from you; now and then it strikes along.",
        starts="With your first strokes: in the gaps that you leave, and where a phrase ends; or when told to start.",
        stops="It thins out while you are busy (space), and ends 8 bars after your last stroke.",
        listens="To where in the bar you strike, how busy you are, and what sounds until the moment at which it plays.",
        grid="Sixteenths of your beat, with your swing (or quantise); your own times between strokes, without a beat.",
        alone_bars=8, makes_room=True, strikes_along=True, yields=True,
    ),
    Mode(
        "answer",
        plays="One sound to each of your strokes.",
        starts="With your stroke, answer_delay_ms after it.",
        stops="When you do.",
        listens="To the stroke that it answers, for as long as answer_delay_ms lasts.",
        grid="None: it follows you to the millisecond; with quantise, the next place of that grid.",
        alone_bars=0, makes_room=False, strikes_along=False, yields=False,
    ),
    Mode(
        "continue",
        plays="On and on, in rhythms that it learns from you.",
        starts="When it has heard two times between strokes; or when told to start.",
        stops="Never by itself: rest, stop, or another mode.",
        listens="To your beat, which it keeps when you pause, and to what sounds until the moment at which it plays.",
        grid="Your beat, with your swing, in sixteenths or triplets, whichever is nearer (or quantise).",
        alone_bars=EVER, makes_room=False, strikes_along=False, yields=True,
    ),
    Mode(
        "call",
        plays="Your phrase's rhythm back to you: as it was, varied, or a little shorter.",
        starts="When your phrase is over (phrase_gap_ms): at the next bar where that is near, else at the next beat.",
        stops="At the end of its reply, or as soon as you begin again.",
        listens="To your phrase, all of it, while it stays silent.",
        grid="Your own times between strokes, from a beat on; with quantise, that grid.",
        alone_bars=0, makes_room=False, strikes_along=False, yields=True,
    ),
)  # fmt: skip


def in_mode(name: str) -> dict[str, str]:
    """Give the settings, by key, that put every part in a mode. RT: never."""
    return {part_key(part, "mode"): name for part in range(PARTS)}


#: Place of each mode in the table, which is its number in the live setting.
DUO, ANSWER, CONTINUE, CALL = (TABLE["player.mode"].choices.index(mode.name) for mode in MODES)

_REASONS = tuple(REASONS.index(mode.name) for mode in MODES)
_ALONE_BARS = tuple(mode.alone_bars for mode in MODES)
_MAKES_ROOM = tuple(int(mode.makes_room) for mode in MODES)
_STRIKES_ALONG = tuple(int(mode.strikes_along) for mode in MODES)
_YIELDS = tuple(int(mode.yields) for mode in MODES)
_COUNT = len(MODES)


#: Divisions of a beat of the grids that `quantise` may name; 0: none.
_DIVISIONS = (0.0, 1.0, 2.0, 4.0, 1.5, 3.0, 6.0)


@kernel
def divisions_of(quantise):
    """Give the divisions of a beat of a grid, by its place among the choices of `quantise`. RT: worker."""
    value = _DIVISIONS[0]
    for k in range(1, len(_DIVISIONS)):
        if quantise == k:
            value = _DIVISIONS[k]
    return value


@kernel
def _of(column, mode):
    """Give the entry of a column of the table. RT: worker."""
    value = column[0]
    for k in range(1, _COUNT):
        if mode == k:
            value = column[k]
    return value


@kernel
def reason_of(mode):
    """Give why what a mode plays sounds: a place in `events.REASONS`. RT: worker."""
    return _of(_REASONS, mode)


@kernel
def alone_bars(mode):
    """Give for how many bars a mode goes on alone. RT: worker."""
    return _of(_ALONE_BARS, mode)


@kernel
def makes_room(mode):
    """Tell whether `space` thins out a mode. RT: worker."""
    return _of(_MAKES_ROOM, mode) != 0


@kernel
def strikes_along(mode):
    """Tell whether a mode strikes together with expected strokes. RT: worker."""
    return _of(_STRIKES_ALONG, mode) != 0


@kernel
def yields(mode):
    """Tell whether what rings of a mode fades when the musician begins a phrase. RT: worker."""
    return _of(_YIELDS, mode) != 0
