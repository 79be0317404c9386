"""Performances from MIDI files: excerpts, hands, and the same music on other instruments."""

import warnings
from pathlib import Path

import mido
import numpy as np

from livehost.bank.decode import UnusableSound
from livehost.studio.audio_data.render import Part

_DRUM_CHANNEL = 9
_SIMULTANEOUS_S = 0.04
_SPAN = 15  # semitones that a hand reaches
_LEARN = 0.15


def read_midi(path: Path) -> Part:
    """Read all notes of a MIDI file but drums, and its sustain pedal.

    Raises
    ------
    UnusableSound
        Where it is broken or holds no notes.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            file = mido.MidiFile(path, clip=True)
            messages = list(file)
    except Exception as error:  # mido raises whatever a broken byte leads to
        raise UnusableSound(f"is broken or no MIDI file ({error or type(error).__name__})") from error
    now, notes, pedal = 0.0, [], []
    sounding: dict[tuple[int, int], list[tuple[float, int]]] = {}
    for message in messages:
        now += message.time
        if message.type == "control_change" and message.control == 64 and message.channel != _DRUM_CHANNEL:
            pedal.append((now, message.value))
        if message.type not in ("note_on", "note_off") or message.channel == _DRUM_CHANNEL:
            continue
        key = (message.channel, message.note)
        if message.type == "note_on" and message.velocity > 0:
            sounding.setdefault(key, []).append((now, message.velocity))
        elif sounding.get(key):
            start, velocity = sounding[key].pop(0)
            notes.append((start, max(now - start, 0.01), message.note, velocity))
    if not notes:
        raise UnusableSound("holds no notes")
    rows = np.array(sorted(notes), np.float64)
    return Part(rows, 0, pedal=np.array(pedal, np.float64).reshape(-1, 2))


def excerpt(part: Part, start_s: float, seconds: float) -> Part:
    """Cut notes and pedal to a stretch that begins at second 0.1."""
    shift = start_s - 0.1
    notes = part.notes[(part.notes[:, 0] >= start_s) & (part.notes[:, 0] < start_s + seconds)].copy()
    notes[:, 0] -= shift
    notes[:, 1] = np.minimum(notes[:, 1], start_s + seconds + 0.5 - shift - notes[:, 0])
    inside = part.pedal[(part.pedal[:, 0] >= start_s) & (part.pedal[:, 0] < start_s + seconds)].copy()
    inside[:, 0] -= shift
    before = part.pedal[part.pedal[:, 0] < start_s]
    rows = ([[0.0, before[-1, 1]]] if len(before) else []) + inside.tolist() + [[start_s + seconds + 0.5 - shift, 0.0]]
    return Part(notes, part.program, part.drums, np.array(rows, np.float64))


def hands(notes: np.ndarray) -> np.ndarray:
    """Tell the left hand from the right by pitch, followed through time.

    Each hand has a centre that moves with what it plays. Notes that begin together are sorted by pitch and cut once:
    below is left, above is right. The cut is the one with the least distance of notes to their hand's centre, plus a
    heavy price for what no hand can span; so a hand keeps its line until the other is clearly nearer (hysteresis), and
    a wide gap in a chord parts the hands.

    Parameters
    ----------
    notes : ndarray of float64, shape [n, 4]
        As in `Part`, in the order of their onsets.

    Returns
    -------
    ndarray of bool, shape [n]
        True for the right hand.
    """
    right = np.zeros(len(notes), bool)
    low, high = 48.0, 72.0
    first = 0
    while first < len(notes):
        last = first + 1
        while last < len(notes) and notes[last, 0] - notes[first, 0] <= _SIMULTANEOUS_S:
            last += 1
        order = first + np.argsort(notes[first:last, 2], kind="stable")
        pitches = notes[order, 2]
        costs = []
        for cut in range(len(order) + 1):
            cost = np.abs(pitches[:cut] - low).sum() + np.abs(pitches[cut:] - high).sum()
            for hand in (pitches[:cut], pitches[cut:]):
                cost += 4.0 * max(0.0, np.ptp(hand) - _SPAN) if len(hand) else 0.0
            costs.append(cost)
        cut = int(np.argmin(costs))
        right[order[cut:]] = True
        if cut:
            low += _LEARN * (pitches[:cut].mean() - low)
        if cut < len(order):
            high += _LEARN * (pitches[cut:].mean() - high)
        # hands stay an octave apart, and drift back to their places
        middle, half = (low + high) / 2, max((high - low) / 2, 6.0)
        low, high = middle - half + 0.005 * (48 - low), middle + half + 0.005 * (72 - high)
        first = last
    return right
