"""Rhythms: bars of a style, varied, humanised and swung."""

from dataclasses import dataclass

import numpy as np

from livehost.studio.audio_data.styles import STYLES

#: Voices of a kit, and those that each can stand in for.
ROLES = ("kick", "snare", "clap", "hat", "open", "ride", "crash", "low tom", "mid tom", "high tom", "bell", "perc",
         "wood", "click")  # fmt: skip
#: Who is heard and who answers, where a rhythm is taken apart.
LOW = ("kick", "snare", "clap")

#: Chance that a sign of a bar sounds, and how loud.
_SIGNS = {"X": (1.0, 1.0), "x": (1.0, 0.75), "o": (0.9, 0.3), "?": (0.4, 0.55), "-": (0.12, 0.4)}


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
