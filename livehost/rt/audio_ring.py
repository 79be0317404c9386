"""A ring buffer of samples from one writer to any number of readers, at absolute frame positions.

The writer never waits or drops; a reader that fell more than the ring's length behind finds that out and counts it.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from livehost.rt.atomics import load_acquire, store_release
from livehost.rt.memory import zeros
from livehost.rt.native import f32, kernel, record_at

AUDIO_RING = np.dtype([("samples", "i8"), ("mask", "i8"), ("channels", "i8"), ("written", "i8")], align=True)


@kernel
def audio_put(address: Any, channel: Any, frame: Any, value: Any) -> Any:
    """Write one sample of one channel at an absolute frame; `audio_publish` makes it known. RT: callback."""
    ring = record_at(address, AUDIO_RING)
    f32(ring.samples + channel * (ring.mask + 1) * 4, ring.mask + 1)[frame & ring.mask] = value


@kernel
def audio_publish(address: Any, frame: Any) -> Any:
    """Make known that all frames before `frame` are written. RT: callback."""
    store_release(record_at(address, AUDIO_RING).written, frame)


@kernel
def audio_written(address: Any) -> Any:
    """Get the number of frames written so far. RT: callback."""
    return load_acquire(record_at(address, AUDIO_RING).written)


@kernel
def audio_address(address: Any, channel: Any, frame: Any) -> Any:
    """Get the address of a sample; contiguous up to the next multiple of the ring's length. RT: callback."""
    ring = record_at(address, AUDIO_RING)
    return ring.samples + (channel * (ring.mask + 1) + (frame & ring.mask)) * 4


class AudioRing:
    """A ring buffer of samples at absolute frame positions, planar float32.

    Parameters
    ----------
    frames : int
        Length, a power of two.
    channels : int
        Number of channels.
    """

    def __init__(self, frames: int, channels: int) -> None:
        if frames & (frames - 1) or frames < 1:
            raise ValueError(f"An audio ring's length is a power of two, not {frames}.")
        self.frames, self.channels = frames, channels
        self._samples = zeros(frames * channels, np.float32)
        self._written = zeros(8, np.int64)
        self._ring = np.zeros(1, AUDIO_RING)
        self._ring[0] = (self._samples.ctypes.data, frames - 1, channels, self._written.ctypes.data)
        self.address: int = self._ring.ctypes.data

    @property
    def written(self) -> int:
        """Frames written since the start."""
        return int(self._written[0])

    @property
    def oldest(self) -> int:
        """First frame that is surely still there; a quarter of the ring is left to the writer, who is ahead of it."""
        return max(0, self.written - self.frames // 4 * 3)

    def read(self, start: int, stop: int, channels: Sequence[int] | None = None) -> np.ndarray:
        """Copy frames out, float32 [stop − start, channels] in planar order; all channels unless told which.

        They must still be in the ring, which `oldest` tells afterwards. RT: never.
        """
        wanted = range(self.channels) if channels is None else channels
        planes = np.empty((len(wanted), stop - start), np.float32)
        first = start & (self.frames - 1)
        ahead = min(stop - start, self.frames - first)  # up to where the ring's memory begins again
        samples = self._samples.reshape(self.channels, self.frames)
        for plane, channel in zip(planes, wanted, strict=True):
            plane[:ahead] = samples[channel, first : first + ahead]
            plane[ahead:] = samples[channel, : stop - start - ahead]
        return planes.T

    @property
    def arrays(self) -> list[np.ndarray]:
        """All memory that native code touches, to be locked."""
        return [self._samples, self._written, self._ring]
