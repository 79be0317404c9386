"""Sounds by a mel VQ-VAE: codes drawn one after the other from its prior. No torch: an export is run by ONNX Runtime.

What runs the network is a `CodeParts`; an export is one, and so is a network in torch
(`livehost.studio.mel_vqvae.sounds`).
"""

from typing import Any, Protocol

import numpy as np

from livehost.dsp.mel_contract import MelContract
from livehost.dsp.mel_summary import summary, summary_size
from livehost.errors import LivehostError
from livehost.inference.kinds.mel_vqvae import (
    CODEBOOK_FILE,
    DECODER_FILE,
    ENCODER_FILE,
    PRIOR_FILE,
    CodeShape,
    MelVQVAEManifest,
)
from livehost.inference.mel_units import from_units, to_units
from livehost.inference.onnx_graph import OnnxGraph
from livehost.inference.sound_model import neighbours

#: Sounds that are drawn side by side.
BESIDE = 32


class CodeParts(Protocol):
    """The parts of a mel VQ-VAE, and what they are made for."""

    name: str
    contract: MelContract
    shape: CodeShape
    codebook: np.ndarray

    def encode(self, units: np.ndarray) -> np.ndarray:
        """Give codes, int64 [n, rows, columns], of mels [n, bands, frames] in unit scale."""
        ...

    def decode(self, grid: np.ndarray) -> np.ndarray:
        """Give mels of rows of the codebook, float32 [n, size, rows, columns]."""
        ...

    def step(
        self, token: np.ndarray, place: np.ndarray, condition: np.ndarray, keys: np.ndarray, values: np.ndarray
    ) -> list[np.ndarray]:
        """Give logits, key and value; see `livehost.studio.models.code_prior.CodePrior.step`."""
        ...


class CodeExport:
    """An export, run by ONNX Runtime; see `CodeParts`.

    Parameters
    ----------
    manifest : MelVQVAEManifest

    Raises
    ------
    LivehostError
        Where its files are not what its manifest says.
    """

    def __init__(self, manifest: MelVQVAEManifest) -> None:
        self.name, self.contract, self.shape = manifest.name, manifest.mel, manifest.shape
        s, folder = manifest.shape, manifest.folder
        mels, grid = (None, manifest.mel.bands, s.frames), (None, s.size, s.rows, s.columns)
        kept, new = (None, s.depth, s.steps, s.width), (None, s.depth, s.width)
        self._encoder = OnnxGraph(folder / ENCODER_FILE, {"mels": mels}, {"codes": (None, s.rows, s.columns)})
        self._decoder = OnnxGraph(folder / DECODER_FILE, {"grid": grid}, {"mels": mels})
        told = (None, 1 + summary_size(manifest.mel))
        self._prior = OnnxGraph(
            folder / PRIOR_FILE, {"token": (None,), "place": (1,), "condition": told, "keys": kept, "values": kept},
            {"logits": (None, s.codes + 1), "key": new, "value": new},
        )  # fmt: skip
        try:
            self.codebook = np.load(folder / CODEBOOK_FILE)
        except (OSError, ValueError) as error:
            raise LivehostError(f"{folder / CODEBOOK_FILE} is no codebook: {error}.") from error
        if self.codebook.shape != (s.codes, s.size) or self.codebook.dtype != np.float32:
            raise LivehostError(
                f"{folder / CODEBOOK_FILE} holds {self.codebook.dtype} {list(self.codebook.shape)}, and its manifest "
                f"says float32 {[s.codes, s.size]}."
            )

    def encode(self, units: np.ndarray) -> np.ndarray:
        """See `CodeParts`."""
        codes: np.ndarray = self._encoder(units)[0]
        return codes

    def decode(self, grid: np.ndarray) -> np.ndarray:
        """See `CodeParts`."""
        mels: np.ndarray = self._decoder(grid)[0]
        return mels

    def step(self, *arrays: Any) -> list[np.ndarray]:
        """See `CodeParts`."""
        return self._prior(*arrays)


class CodeSounds:
    """Makes mels; all are float32 [bands, frames] in dB, and end where the sound does.

    Parameters
    ----------
    parts : CodeParts
    """

    plays = False

    def __init__(self, parts: CodeParts) -> None:
        self.parts, self.contract, self.name, self.shape = parts, parts.contract, parts.name, parts.shape
        silence = np.zeros((1, parts.contract.bands, parts.shape.frames), np.float32)
        self._silence = parts.encode(silence)[0]

    def sample(
        self,
        count: int,
        rng: np.random.Generator,
        temperature: float = 1.0,
        *,
        pitches: np.ndarray | None = None,  # noqa: ARG002
    ) -> list[np.ndarray]:
        """Draw sounds from the prior, nothing being asked for."""
        return self._drawn(np.zeros((count, 1 + summary_size(self.contract)), np.float32), rng, temperature)

    def like(
        self,
        mels: list[np.ndarray],
        count: int,
        rng: np.random.Generator,
        temperature: float = 1.0,
        spread: float = 1.0,
    ) -> list[np.ndarray]:
        """Draw neighbours of given sounds, in turn; see `around`."""
        return self.around(mels, np.arange(count) % len(mels), rng, spread, temperature)

    def around(
        self,
        mels: list[np.ndarray],
        places: np.ndarray,
        rng: np.random.Generator,
        spread: float = 0.5,
        temperature: float = 1.0,
        *,
        pitches: np.ndarray | None = None,  # noqa: ARG002
    ) -> list[np.ndarray]:
        """Draw a sound around each place; see `SoundModel.around`.

        Each code of a place is drawn anew with a probability of `spread`: from the prior, which is told what the place
        is like, and has all codes before that one. Between two sounds, a place has the codes next to a mixture of
        theirs.
        """
        between = list(neighbours(places, len(mels)))
        told = np.stack([summary(mel, self.contract) for mel in mels])
        asked = [np.append(np.float32(1), (1 - share) * told[a] + share * told[b]) for a, b, share in between]
        conditions = np.stack(asked).astype(np.float32)
        if spread >= 1:
            return self._drawn(conditions, rng, temperature)
        grids = self.embed(self.parts.encode(to_units(mels, self.contract, self.shape.frames)))
        lengths = [min(mel.shape[1], self.shape.frames) for mel in mels]
        own = np.full((len(between), self.shape.steps), self.shape.codes)
        for row, (a, b, share) in zip(own, between, strict=True):
            columns = -(-round((1 - share) * lengths[a] + share * lengths[b]) // self.shape.frames_of_column)
            codes = self.nearest((1 - share) * grids[a] + share * grids[b])
            row[: columns * self.shape.rows] = codes[:, :columns].T.reshape(-1)
        return self._drawn(conditions, rng, temperature, own, spread)

    def nearest(self, grid: np.ndarray) -> np.ndarray:
        """Find the codes next to vectors, float [size, rows, columns]: int64 [rows, columns]."""
        book = self.parts.codebook
        far = np.square(book).sum(axis=1)[:, None, None] - 2 * np.tensordot(book, grid, 1)
        codes: np.ndarray = far.argmin(axis=0)
        return codes

    def again(self, mels: list[np.ndarray]) -> list[np.ndarray]:
        """Let sounds go through their codes; longer ones are cut."""
        codes = self.parts.encode(to_units(mels, self.contract, self.shape.frames))
        return self._decode(self.embed(codes), [mel.shape[1] for mel in mels])

    def transfer(self, content: np.ndarray, style: np.ndarray) -> np.ndarray:
        """Decode the codes of one sound with the statistics of another.

        These are mean and deviation of each number of a code in each row, over the columns in which it sounds: adaptive
        instance normalisation (Huang & Belongie 2017).
        """
        codes = self.parts.encode(to_units([content, style], self.contract, self.shape.frames))
        grid = self.embed(codes)
        own, its = (self._statistics(grid[k], mel.shape[1]) for k, mel in enumerate((content, style)))
        moved = (grid[0] - own[0]) / own[1] * its[1] + its[0]
        return self._decode(moved[None], [content.shape[1]])[0]

    def embed(self, codes: np.ndarray) -> np.ndarray:
        """Look codes [n, rows, columns] up: float32 [n, size, rows, columns]."""
        return np.ascontiguousarray(np.moveaxis(self.parts.codebook[codes], -1, 1))

    def from_codes(self, codes: list[np.ndarray]) -> list[np.ndarray]:
        """Decode codes [rows, any columns]; what is behind them is silence."""
        grids = np.repeat(self._silence[None], len(codes), axis=0)
        for grid, mine in zip(grids, codes, strict=True):
            grid[:, : mine.shape[1]] = mine
        return self._decode(self.embed(grids), [mine.shape[1] * self.shape.frames_of_column for mine in codes])

    def draw(
        self,
        conditions: np.ndarray,
        rng: np.random.Generator,
        temperature: float = 1.0,
        own: np.ndarray | None = None,
        spread: float = 1.0,
    ) -> list[np.ndarray]:
        """Draw the codes of sounds, int64 [rows, columns] each, one sound for each condition.

        Parameters
        ----------
        conditions : numpy.ndarray
            Float32 [n, 2 · bands + 2].
        rng : numpy.random.Generator
        temperature : float
        own : numpy.ndarray, optional
            Int64 [n, steps], what each sound has in place of what would be drawn, column by column, `shape.codes`
            behind its end …
        spread : float
            … but for so many of them, 0 to 1.
        """
        s, count = self.shape, len(conditions)
        kept = np.zeros((count, s.steps), bool) if own is None else rng.random((count, s.steps)) >= spread
        keys, values = (np.zeros((count, s.depth, s.steps, s.width), np.float32) for _ in range(2))
        drawn, ends = np.zeros((count, s.steps), np.int64), np.full(count, s.columns)
        token, going = np.full(count, s.codes, np.int64), np.ones(count, bool)
        for place in range(s.steps):
            logits, key, value = self.parts.step(token, np.array([place]), conditions, keys, values)
            if place % s.rows or not place:  # a sound has whole columns, and one at least
                logits[:, s.codes] = -np.inf
            token = _choose(logits, rng, temperature)
            if own is not None:  # which ends between columns only
                mine = kept[:, place] & ((own[:, place] < s.codes) | (place % s.rows == 0))
                token = np.where(mine, own[:, place], token)
            over = going & (token == s.codes)
            ends[over], going = place // s.rows, going & ~over
            if not going.any():
                break
            drawn[:, place] = token = np.minimum(token, s.codes - 1)
            keys[:, :, place], values[:, :, place] = key, value
        return [row.reshape(s.columns, s.rows).T[:, :end] for row, end in zip(drawn, ends, strict=True)]

    def _drawn(
        self,
        conditions: np.ndarray,
        rng: np.random.Generator,
        temperature: float,
        own: np.ndarray | None = None,
        spread: float = 1.0,
    ) -> list[np.ndarray]:
        if temperature < 0:
            raise LivehostError(f"A temperature is 0 or more, not {temperature:g}.", 2)
        made = []
        for begin in range(0, len(conditions), BESIDE):
            rows = slice(begin, begin + BESIDE)
            kept = own[rows] if own is not None else None
            made += self.from_codes(self.draw(conditions[rows], rng, temperature, kept, spread))
        return made

    def _decode(self, grids: np.ndarray, lengths: list[int]) -> list[np.ndarray]:
        units = self.parts.decode(np.ascontiguousarray(grids, np.float32))
        return [from_units(unit, self.contract)[:, :length] for unit, length in zip(units, lengths, strict=True)]

    def _statistics(self, grid: np.ndarray, frames: int) -> tuple[np.ndarray, np.ndarray]:
        columns = min(-(-frames // self.shape.frames_of_column), self.shape.columns)
        sounding = grid[:, :, :columns]
        return sounding.mean(axis=2, keepdims=True), sounding.std(axis=2, keepdims=True) + np.float32(1e-3)


def _choose(logits: np.ndarray, rng: np.random.Generator, temperature: float) -> np.ndarray:
    """Draw one of each row by its logits (Gumbel's trick); at a temperature of 0, take the largest."""
    noise = rng.gumbel(size=logits.shape) if temperature > 0 else 0.0
    chosen: np.ndarray = np.argmax(logits / max(temperature, 1e-6) + noise, axis=1)
    return chosen
