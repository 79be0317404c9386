"""The pitch of a sound, by a tracker that is not livehost's: probabilistic YIN (Mauch & Dixon 2014), of librosa."""

import warnings

import numpy as np

#: What is looked for, MIDI: an octave more than what is asked for on either side, so that octave errors are seen.
_LOW, _HIGH = 23.0, 98.0
#: Rate at which it looks: half of 44.1 kHz. Its pitches are this far apart, semitones.
_RATE, _APART = 22_050, 0.2
#: A frame says something where it is voiced with this probability; a sound has a pitch where so many frames do.
_VOICED, _FRAMES = 0.5, 3


def tracked_pitch(sound: np.ndarray, rate: int) -> float:
    """Track the pitch of a sound.

    Parameters
    ----------
    sound : numpy.ndarray
        Float32 [n], mono.
    rate : int
        Hz.

    Returns
    -------
    float
        MIDI pitch, the median of the voiced frames; nan where there are too few.
    """
    import librosa

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        samples = librosa.resample(np.asarray(sound, np.float32), orig_sr=rate, target_sr=_RATE, res_type="polyphase")
        hz, _, probability = librosa.pyin(
            samples, fmin=float(librosa.midi_to_hz(_LOW)), fmax=float(librosa.midi_to_hz(_HIGH)), sr=_RATE,
            frame_length=2048, hop_length=1024, resolution=_APART,
        )  # fmt: skip
    there = np.isfinite(hz) & (probability >= _VOICED)
    return float(np.median(librosa.hz_to_midi(hz[there]))) if there.sum() >= _FRAMES else float("nan")
