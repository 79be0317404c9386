"""Rhythms: styles as tables of bars, and how they are varied, humanised and swung."""

from dataclasses import dataclass

import numpy as np

#: Voices of a kit, and those that each can stand in for.
ROLES = ("kick", "snare", "clap", "hat", "open", "ride", "crash", "low tom", "mid tom", "high tom", "bell", "perc",
         "wood", "click")  # fmt: skip
#: Who is heard and who answers, where a rhythm is taken apart.
LOW = ("kick", "snare", "clap")

#: Chance that a sign of a bar sounds, and how loud: X accent, x stroke, o ghost, ? sometimes, 1 to 9 tenths.
_SIGNS = {"X": (1.0, 1.0), "x": (1.0, 0.75), "o": (0.9, 0.3), "?": (0.4, 0.55), "-": (0.12, 0.4)}


@dataclass(frozen=True)
class Style:
    """Beats of a bar, steps of a beat, tempo range, and for each voice the bars that it may play."""

    beats: int
    steps: int
    bpm: tuple[float, float]
    bars: dict[str, tuple[str, ...]]
    swing: tuple[float, float] = (0.0, 0.15)


STYLES: dict[str, Style] = {
    "rock": Style(4, 4, (80, 160), {
        "kick": ("X.......X.......", "X.....?.X.x.....", "X..x....X.x...?.", "X.......x.X..x..", "X.x.......X.x..."),
        "snare": ("....X.......X...", "....X.......X..o", "....X..o.o..X...", "....X..o.-o.X.-o"),
        "hat": ("x.x.x.x.x.x.x.x.", "X.o.X.o.X.o.X.o.", "x...x...x...x...", "xoxoxoxoxoxoxoxo"),
        "ride": ("x.x.x.x.x.x.x.x.", "X...x.x.X...x.x."), "open": ("..............?.", "......?.......x.", "................"),
        "perc": ("................", "..?...?...?...?.", "....x.......x..."),
    }),
    "funk": Style(4, 4, (84, 124), {
        "kick": ("X..x..x...x.....", "X.x...-...x..x..", "X.....x..xx..?..", "X..x.....x.x...?"),
        "snare": ("....X..o.o..X..o", "....X..o.o.o?X..", ".o..X.oo.o..X.oo", "..o.X..o.oo.X.-o"),
        "hat": ("xoxoxoxoxoxoxoxo", "x.xxx.xxx.xxx.xx", "XoxxXoxxXoxxXoxx", "x.x.xxx.x.x.xxx."),
        "open": ("......x.........", "...............x", "..........x.....", "................"),
        "clap": ("................", "............x..."), "bell": ("................", "x..x..x...x.x..."),
        "wood": ("................", "..x..x..x...x.x."),
    }),
    "breakbeat": Style(4, 4, (120, 178), {
        "kick": ("X.x.......xx....", "X.x.......x.....", "X.......x.x..x..", "X..x......x..x.."),
        "snare": ("....X..o.o..X..o", "....X..x.x....X.", "....X..o.x..X..x", "..o.X..x.o..X.oX"),
        "hat": ("x.x.x.x.x.x.x.x.", "x.xxx.xxx.x.x.xx", "xoxoxoxoxoxoxoxo"),
        "ride": ("x.x.x.x.x.x.x.x.", "................"), "crash": ("................", "..........?....."),
        "perc": ("................", "..-..?..-..?..-."),
    }, (0.0, 0.25)),
    "house": Style(4, 4, (112, 134), {
        "kick": ("X...X...X...X...", "X...X...X...X..?", "X...X...X..xX..."),
        "clap": ("....X.......X...", "....X.......X..o", "....X..o....X..."),
        "hat": ("..x...x...x...x.", "x.x.x.x.x.x.x.x.", "oox.oox.oox.oox.", "xoXoxoXoxoXoxoXo"),
        "open": ("..X...X...X...X.", "................", "......x.......x."),
        "perc": ("................", "...x..x..x...x..", "x..x..x..x..x.x.", "..?..x..?..x...x"),
        "bell": ("................", "..x..x....x..x.."), "wood": ("................", "...x..x.....x.x."),
    }, (0.0, 0.3)),
    "techno": Style(4, 4, (124, 150), {
        "kick": ("X...X...X...X...", "X...X...X...X.x."), "clap": ("....X.......X...", "................", "............X..."),
        "hat": ("..x...x...x...x.", "xxXxxxXxxxXxxxXx", "oooooooooooooooo"), "ride": ("................", "x.x.x.x.x.x.x.x."),
        "perc": ("..x..x..x..x..x.", "...x......x.....", ".?..?..?.?..?..?"),
        "click": ("................", "x..x..x..x..x...", ".x.x..x.x..x.x.."),
        "low tom": ("................", "......x......x..", "..x..x....x..x.."),
    }, (0.0, 0.1)),
    "hip hop": Style(4, 4, (68, 102), {
        "kick": ("X......x..x.....", "X.x....x..x..?..", "X..x......xx....", "X.........x...x."),
        "snare": ("....X.......X...", "....X.......X..o", "....X..o....X.o."),
        "hat": ("x.x.x.x.x.x.x.x.", "x.xxx.x.x.xxx.x.", "xxxxxxxxxxxxxxxx", "x.x.x.xxx.x.xxxx"),
        "open": ("................", "..............x.", "......x........."),
        "click": ("................", "....x..x....x..."), "bell": ("................", "........x.....x."),
    }, (0.1, 0.5)),
    "two step": Style(4, 4, (126, 140), {
        "kick": ("X.........x.....", "X.....?...x..?..", "X..x......x....."), "snare": ("....X.......X...", "....X..o....X..o"),
        "hat": ("..x..xx...x..xx.", "x.xx..x.x.xx..x.", "..xx..x...xx.xx."), "wood": ("...x..x......x..", "................"),
        "perc": (".......x.x......", "..?....x..?....x"), "open": ("..x.......x.....", "................"),
    }, (0.15, 0.5)),
    "bossa": Style(4, 4, (100, 150), {
        "kick": ("X..xX..xX..xX..x", "X...x..xX...x..x"), "click": ("X..X..X...X..X..", "..X..X..X..X..X.", "X..X...X..X.X..."),
        "hat": ("xxxxxxxxxxxxxxxx", "x.xxx.xxx.xxx.xx"), "perc": ("................", "..x...x...x...x."),
        "bell": ("................", "x.......x......."),
    }),
    "salsa": Style(4, 4, (84, 116), {
        "kick": ("...x..x....x..x.", "......x.......x."), "bell": ("X.x.xxx.x.xx.xx.", "X.x.x.xxX.x.x.xx"),
        "wood": ("X..X..X...X.X...", "..X.X...X..X..X."), "perc": ("x..xx.xxx..xx.xx", "o.x.o.xxo.x.o.xx"),
        "high tom": ("......xx......xx", "..x...xx..x...xx"), "low tom": ("......o.......x.", "...x......x....."),
        "hat": ("x...x...x...x...", "................"),
    }),
    "reggae": Style(4, 4, (66, 92), {
        "kick": ("........X.......", "X.......X.......", "X...X...X...X..."), "click": ("........X.......", "........X.....?."),
        "hat": ("x.x.x.x.x.x.x.x.", "x.xox.xox.xox.xo", "X.o.X.o.X.o.X.oo"), "open": ("..............?.", "................"),
        "high tom": ("..............?x", "................"), "bell": ("................", "..x...x...x...x."),
    }, (0.2, 0.6)),
    "shuffle": Style(4, 3, (80, 150), {
        "kick": ("X.....X.....", "X....xX.....", "X.....X.x..x", "X..X..X..X.."), "snare": ("...X.....X..", "...X.o...X.o", "..oX.o..oX.o"),
        "hat": ("x.xx.xx.xx.x", "xoxxoxxoxxox", "x..x..x..x.."), "ride": ("x.xx.xx.xx.x", "x..x.xx..x.x"),
        "open": ("............", "...........x"), "perc": ("............", "..-..?..-..?"),
    }),
    "swing": Style(4, 3, (110, 180), {
        "ride": ("x..x.xx..x.x", "X..x.xX..x.x", "x..x..x..x.x"), "hat": ("...x.....x..",),
        "kick": ("o..o..o..o..", "............", "x....?...?..", ".....?.....?"),
        "snare": ("............", "..?..-..?..?", ".....o..-...", "-.-..-..-..?"), "crash": ("............", "-..........."),
    }),
    "afro": Style(4, 3, (88, 132), {
        "bell": ("X.x.xx.x.x.x", "X.xx.x.xx.x."), "perc": ("x..xx.x..xx.", "..x..xx..x.x", "xx.xx.xx.xx."),
        "low tom": ("X.....x..x..", "...x.....xx."), "high tom": ("..x..x..x..x", "....xx....xx"),
        "kick": ("X.....X.....", "X..X..X..X.."), "click": ("............", "x.x.xx.x.x.x"), "hat": ("............", "x..x..x..x.."),
    }),
    "waltz": Style(3, 4, (84, 168), {
        "kick": ("X...........", "X.......?..."), "snare": ("....x...x...", "....X...x.o.", "....o...X..."),
        "hat": ("x.x.x.x.x.x.", "x...x...x..."), "ride": ("............", "x...x.x.x..."), "perc": ("............", "..?...?...x."),
    }),
    "five": Style(5, 4, (84, 160), {
        "kick": ("X.....x.....X.......", "X..x........X.x....."), "snare": ("....X.......?...X...", "........X.......X..o"),
        "hat": ("x.x.x.x.x.x.x.x.x.x.", "x...x.x.x...x.x.x.x."), "ride": ("x...x.x.x...x.x.x...", "...................."),
        "perc": ("....................", "..x..x..x..x..x..x.."),
    }),
    "seven": Style(7, 2, (110, 180), {
        "kick": ("X...X.....X...", "X.....X...X..?"), "snare": ("..X...X..X..X.", "....X.......X.", "..x...X.....X."),
        "hat": ("x.x.x.x.x.x.x.", "xxxxxxxxxxxxxx", "x..x..x.x.x.x."), "perc": ("..............", "x.xx.xx.x.xx.x"),
        "bell": ("..............", "X.x.x.Xx.x.x.x"),
    }),
    "glitch": Style(4, 4, (80, 160), {
        "kick": ("X.....?..?..?...", "X..?..?.....?.?.", "?..X....?.?....."), "snare": ("....?..?....X...", "..?.......X..?.?"),
        "click": ("x.xx?.x.?xx.x.?x", "??.?x.??.x?.??.x", "xxx...xxx...xx.."), "perc": ("?...?.?..?...??.", "..??....?..?.?.."),
        "hat": ("?.?.x.?.?.?xx.?.", "xx?.??x.?.xx.?.?"), "bell": ("........?.......", "..?..........?.."), "high tom": ("......?......?..", "................"),
    }, (0.0, 0.2)),
    "tribal": Style(4, 4, (90, 140), {
        "low tom": ("X..x..x.X..x..x.", "X.x...x.x.x...x.", "X.....x...x.x..."), "mid tom": ("..x..x....x..x..", "....x..x....x..x"),
        "high tom": ("......x.......xx", "x..x..x..x..x.x.", "................"), "perc": ("x.xxx.xxx.xxx.xx", "..x...x...x...x."),
        "wood": ("................", "x..x..x...x.x..."), "kick": ("X...X...X...X...", "X.......X.......", "................"),
        "bell": ("................", "x...x...x...x..."),
    }),
}  # fmt: skip


@dataclass(frozen=True)
class Rhythm:
    """Strokes of a rhythm: second, index into `ROLES`, strength 0 to 1, by time; and its length in seconds."""

    style: str
    bpm: float
    strokes: np.ndarray
    seconds: float


def _strokes(rng: np.random.Generator, bar: str, vary: float) -> list[tuple[int, float]]:
    """Read one bar of signs: (step, strength) of each stroke."""
    out = []
    for step, sign in enumerate(bar):
        chance, strength = _SIGNS.get(sign, (0.0, 0.5))
        if sign != "." and rng.random() < vary:
            chance *= 0.4
        if sign == "." and rng.random() < vary * 0.15:
            chance = 1.0
        if rng.random() < chance:
            out.append((step, strength))
    return out


def _fill(rng: np.random.Generator, steps: int, length: int) -> dict[str, list[tuple[int, float]]]:
    """Compose a fill over the last steps of a bar."""
    voices = [
        str(v) for v in rng.permutation(["snare", "high tom", "mid tom", "low tom", "perc"])[: rng.integers(1, 5)]
    ]
    first = steps - length
    fill: dict[str, list[tuple[int, float]]] = {}
    for step in range(first, steps):
        if rng.random() < 0.8:
            voice = voices[(step - first) * len(voices) // length]
            fill.setdefault(voice, []).append((step, 0.5 + 0.5 * (step - first) / length))
    return fill


def compose(rng: np.random.Generator, seconds: float, style: str | None = None, bpm: float | None = None) -> Rhythm:
    """Compose a rhythm: sections of bars, each voice with its bars, varied, with fills.

    Parameters
    ----------
    rng : numpy Generator
        Where all chance comes from.
    seconds : float
        About how long; whole bars.
    style : str, optional
        One of `STYLES`, drawn otherwise.
    bpm : float, optional
        Tempo, drawn otherwise.

    Returns
    -------
    Rhythm
    """
    name = style or str(rng.choice(list(STYLES)))
    table = STYLES[name]
    bpm = bpm or float(np.exp(rng.uniform(*np.log(table.bpm))))
    step_s = 60 / bpm / table.steps
    steps = table.beats * table.steps
    bars = max(2, round(seconds / (steps * step_s)))
    vary, swing = rng.uniform(0.0, 0.2), rng.uniform(*table.swing) if table.steps % 2 == 0 else 0.0
    human_s, push_s = rng.uniform(0.0, 0.009), rng.normal(0.0, 0.004, len(ROLES))
    sections = []
    for _ in range(rng.integers(1, 4)):
        present = [v for v in table.bars if v in LOW or rng.random() < 0.75] or list(table.bars)
        sections.append({v: [str(b) for b in rng.choice(table.bars[v], 2)] for v in present})
    section_bars, fill_bars = int(rng.choice([2, 4, 4, 8])), int(rng.choice([2, 4, 4, 8]))
    rows: list[tuple[float, int, float]] = []
    for bar in range(bars):
        section = sections[(bar // section_bars) % len(sections)]
        played = {v: _strokes(rng, lines[bar % 2], vary) for v, lines in section.items()}
        if bar % fill_bars == fill_bars - 1 and rng.random() < 0.7:
            length = int(rng.choice([steps // 4, steps // 2, steps]))
            kept = {v: [s for s in line if s[0] < steps - length or v in ("kick", "hat")] for v, line in played.items()}
            played = kept
            for voice, line in _fill(rng, steps, length).items():
                played[voice] = played.get(voice, []) + line
        if bar % section_bars == 0 and bar > 0 and rng.random() < 0.4:
            played["crash"] = [(0, 0.9)]
        for voice, line in played.items():
            role = ROLES.index(voice)
            for step, strength in line:
                late = swing * step_s * 0.66 if step % 2 else 0.0
                second = (bar * steps + step) * step_s + late + push_s[role] + rng.normal(0.0, human_s)
                rows.append(
                    (max(second, 0.0) + 0.1, role, float(np.clip(strength * rng.uniform(0.8, 1.15), 0.08, 1.0)))
                )
    strokes = np.array(sorted(rows), np.float64).reshape(-1, 3)
    return Rhythm(name, bpm, strokes, bars * steps * step_s + 0.1)
