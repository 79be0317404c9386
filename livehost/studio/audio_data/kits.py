"""Kits to play rhythms on: one-shots of folders, told apart by name and by ear, and the drums of General MIDI."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from livehost.dsp.segment import SEGMENT_SLICES
from livehost.studio.audio_data.grammar import ROLES, Rhythm
from livehost.studio.audio_data.instruments import draw_font
from livehost.studio.audio_data.render import Part, render
from livehost.studio.audio_data.segments import RATE

#: Drum kits of General MIDI (GS): programs on the drum channel. The last two are kept for valid and test.
GM_KITS = {"train": (0, 8, 16, 24, 32, 48), "held out": (25, 40)}
#: General MIDI drum notes of each role.
GM_NOTES: dict[str, tuple[int, ...]] = {
    "kick": (35, 36), "snare": (38, 40), "clap": (39, 38), "hat": (42, 44), "open": (46,), "ride": (51, 59, 53),
    "crash": (49, 57, 55), "low tom": (41, 43, 64), "mid tom": (45, 47, 61), "high tom": (48, 50, 60, 62),
    "bell": (56, 81, 67, 68), "perc": (54, 69, 70, 82, 63, 65, 66), "wood": (75, 76, 77, 78), "click": (37, 75, 31),
}  # fmt: skip
#: What names of files say; the first that fits.
_NAMES = (
    ("kick", r"(^|[^a-z])(bd|bassdrum|kick|kik)|bass_(hard|soft)|kick"),
    ("open", r"open"),
    ("hat", r"hat|hh|closed|pedal"),
    ("snare", r"(^|[^a-z])sn([^a-z]|$)|snare|rim"),
    ("clap", r"clap|snap"),
    ("low tom", r"tom_lo|low_?tom|floor|tabla_(ghe|dhec)"),
    ("mid tom", r"tom_mid|mid_?tom|tabla_(tun|re|tas)|tom"),
    ("high tom", r"tom_hi|hi_?tom|tabla_(na|te|ke)|conga|bongo"),
    ("ride", r"ride"),
    ("crash", r"crash|splash|cymbal"),
    ("bell", r"bell|chime|triangle|bong|ping|cow|twang|hollow"),
    ("wood", r"wood|block|clave|stick"),
    ("click", r"tick|click|blip|beep|tap|pop|plip|twip"),
    ("perc", r"perc|shaker|tamb|glitch|tabla"),
)
#: Whom a role may borrow from where a kit has nobody of its own.
_NEAR: dict[str, tuple[str, ...]] = {
    "kick": ("low tom", "perc"), "snare": ("clap", "perc", "mid tom"), "clap": ("snare", "perc"),
    "hat": ("click", "perc"),
    "open": ("crash", "ride", "hat"), "ride": ("crash", "bell", "hat"), "crash": ("open", "ride", "perc"),
    "low tom": ("mid tom", "kick"), "mid tom": ("high tom", "low tom", "perc"), "high tom": ("mid tom", "perc"),
    "bell": ("wood", "click", "perc"), "perc": ("click", "wood", "bell", "clap"), "wood": ("click", "bell", "perc"),
    "click": ("wood", "hat", "perc"),
}  # fmt: skip
_CENTROID, _DURATION = SEGMENT_SLICES["centroid_mean"].start, SEGMENT_SLICES["log_duration"].start
_CHOKED = ("hat", "open")


@dataclass(frozen=True)
class OneShot:
    """A short sound, float32 [frames], and the role that it plays."""

    name: str
    role: str
    sound: np.ndarray


def role_of(name: str, features: np.ndarray) -> str:
    """Tell a sound's role by its name, else by how high and long it is."""
    lower = name.lower()
    for role, pattern in _NAMES:
        if re.search(pattern, lower):
            return role
    pitch, long = features[_CENTROID], features[_DURATION] > np.log10(0.35)
    if pitch < 72:
        return "low tom" if long else "kick"
    if pitch < 96:
        return "perc" if long else "snare"
    return "crash" if long else "hat"


def strokes(rhythm: Rhythm, roles: Sequence[str] = ROLES) -> np.ndarray:
    """Return strokes of some roles as notes [n, 4], see `render.Part`, whose pitch is the index into `ROLES`."""
    rows = [
        (second, 0.2, role, 127 * strength) for second, role, strength in rhythm.strokes if ROLES[int(role)] in roles
    ]
    return np.array(rows, np.float64).reshape(-1, 4)


@dataclass(frozen=True)
class Kit:
    """A one-shot and a gain for each role."""

    sounds: dict[str, np.ndarray]
    gains: dict[str, float]

    def play(self, notes: np.ndarray) -> np.ndarray:
        """Play strokes (see `strokes`), float32 [frames]."""
        out = np.zeros(int((notes[:, 0].max(initial=0.0) + 2.0) * RATE), np.float32)
        choke = np.array([row[0] for row in notes if ROLES[int(row[2])] in _CHOKED])
        for second, _, role_index, velocity in notes:
            role = ROLES[int(role_index)]
            sound = self.sounds[role]
            start = round(second * RATE)
            length = min(len(sound), len(out) - start)
            if role in _CHOKED:
                later = choke[choke > second + 0.01]
                length = min(length, round(((later.min() if len(later) else 1e9) - second) * RATE))
            if length <= 0:
                continue
            played = sound[:length] * np.float32(self.gains[role] * velocity / 127)
            if length < len(sound):  # a short fade where it is cut
                fade = min(length, 240)
                played[-fade:] *= np.linspace(1, 0, fade, dtype=np.float32)
            out[start : start + length] += played
        return out


def draw_kit(rng: np.random.Generator, shots: Sequence[OneShot]) -> Kit:
    """Put a kit together: for each role a one-shot of it, or of one near to it, or any."""
    by_role: dict[str, list[OneShot]] = {}
    for shot in shots:
        by_role.setdefault(shot.role, []).append(shot)
    sounds, gains = {}, {}
    for role in ROLES:
        pools = [by_role[r] for r in (role, *_NEAR[role]) if by_role.get(r)]
        # now and then the nearest stands in, so that roles do not always sound like themselves
        pool = pools[0] if pools and rng.random() < 0.9 else pools[-1] if pools else list(shots)
        shot = pool[rng.integers(len(pool))]
        rate = 2 ** (rng.normal(0, 2.0) / 12) if rng.random() < 0.5 else 1.0
        at = np.arange(0, len(shot.sound) - 1, rate)
        sounds[role] = np.interp(at, np.arange(len(shot.sound)), shot.sound).astype(np.float32)
        gains[role] = float(10 ** (rng.normal(-2.0 if role in ("kick", "snare", "clap") else -8.0, 2.0) / 20))
    return Kit(sounds, gains)


@dataclass(frozen=True)
class GmKit:
    """A drum kit of General MIDI, with one of its notes for each role."""

    program: int
    notes: dict[str, int]
    soundfont: str = ""

    def play(self, notes: np.ndarray) -> np.ndarray:
        """Play strokes (see `strokes`), float32 [frames]."""
        played = notes.copy()
        played[:, 2] = [self.notes[ROLES[int(role)]] for role in notes[:, 2]]
        played[:, 3] = 20 + 105 * notes[:, 3] / 127
        return render([Part(played, self.program, drums=True)], gain=0.6, soundfont=self.soundfont)


def draw_gm_kit(rng: np.random.Generator, *, held_out: bool = False) -> GmKit:
    """Draw a kit, and a note for each role."""
    program = int(rng.choice(GM_KITS["held out" if held_out else "train"]))
    notes = {role: int(rng.choice(notes)) for role, notes in GM_NOTES.items()}
    return GmKit(program, notes, draw_font(rng, learning=not held_out))
