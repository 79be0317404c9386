"""An audio ring that a test writes, and sounds for it."""

import numpy as np

from livehost.rt.audio_ring import AudioRing


class ScriptedRing(AudioRing):
    """An audio ring that Python writes."""

    def put(self, samples: np.ndarray) -> np.ndarray:
        """Append float32 [frames, channels]; gives them back."""
        places = np.arange(self.written, self.written + len(samples)) & (self.frames - 1)
        self._samples.reshape(self.channels, self.frames)[:, places] = samples.T
        self._written[0] += len(samples)
        return samples


def noise(frames: int, channels: int = 2, seed: int = 0) -> np.ndarray:
    """Samples that differ, and that 24 bits do not make zero; float32."""
    values = np.random.default_rng(seed).uniform(0.001, 0.9, (frames, channels))
    return (values * np.random.default_rng(seed + 1).choice([-1, 1], values.shape)).astype(np.float32)
