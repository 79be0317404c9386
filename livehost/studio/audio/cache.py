"""Folders of sounds → clips and their mels, kept on disk: two layers, keyed by content, each file written atomically.

    audio/KEY.npy, KEY.json    float32 samples of a file's clips, one after the other; where each ends, or why none is
    mels/KEY.npy               float16 mels of the same clips, one after the other

The key of the first layer is made of the file's content, the rate and how it is cut, that of the second of these and
the contract. What was made is kept, so the same call goes on where it was cut short.
"""

import hashlib
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from livehost.atomic_file import atomic_write, why_not
from livehost.bank.build import content_digest
from livehost.bank.scan import scan, why
from livehost.dsp.mel_contract import MelContract
from livehost.errors import LivehostError
from livehost.studio.audio.cut import cut_file
from livehost.studio.audio.split import split_sources
from livehost.studio.audio_data.scan import licence

#: Version of what the cache holds.
VERSION = 1
#: Letters of a sha256, hex; what is shorter says why there is none.
_DIGEST = 64

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Clip:
    """One sound to learn from.

    Attributes
    ----------
    name : str
        Of its file, relative to its folder; with a number where the file has several.
    source : str
        Sha256 of its file, or of the name of its instrument: all clips of one stand on one side of the split.
    split : str
        "train", "valid" or "test".
    mel : numpy.ndarray
        Float16 [bands, frames], dB.
    gain_db : float
        By which it was raised.
    """

    name: str
    source: str
    split: str
    mel: np.ndarray = field(repr=False)
    gain_db: float
    _audio: Path = field(repr=False)
    _from: int = field(repr=False)
    _to: int = field(repr=False)

    def audio(self) -> np.ndarray:
        """Read its samples, float32 [n], mono."""
        return np.array(np.load(self._audio, mmap_mode="r")[self._from : self._to])


@dataclass(frozen=True)
class SoundMaterial:
    """What folders of sounds hold.

    Attributes
    ----------
    contract : MelContract
        Of the mels.
    clips : list of Clip
        At least one, in order of their folders and files.
    skipped : list of (str, str)
        Names of files that are left out, and why.
    data : list of dict
        Name, licence, hours and recordings of what is learnt from, for a manifest.
    """

    contract: MelContract
    clips: list[Clip]
    skipped: list[tuple[str, str]]
    data: list[dict[str, Any]]

    def of(self, split: str) -> list[Clip]:
        """List the clips of a split; "all" for all."""
        return [clip for clip in self.clips if split in ("all", clip.split)]


def read_sounds(
    folders: Sequence[Path],
    contract: MelContract,
    cache: Path,
    longest_s: float,
    progress: Progress | None = None,
    *,
    whole_files: bool = False,
    group: Callable[[str], str] | None = None,
) -> SoundMaterial:
    """Read all sounds of some folders, at any rate, mono and stereo, short and long.

    Parameters
    ----------
    folders : sequence of Path
        Each is split by itself, so that all of them are held out from.
    contract : MelContract
    cache : Path
        Folder of the two layers.
    longest_s : float
        Of a clip.
    progress : callable, optional
        Gets (done, total, name).
    whole_files : bool
        Each file is one sound, see `cut_file`.
    group : callable, optional
        Name of a file → what it belongs to: all files of one instrument stand on one side of the split, as their
        clips' `source`. None: each file stands for itself.

    Raises
    ------
    LivehostError
        Where a folder is missing or holds no sound, nothing in any can be used, or the cache cannot be written.
    """
    listings = [scan(folder) for folder in folders]
    total = sum(len(listing.files) for listing in listings)
    clips: list[Clip] = []
    skipped: list[tuple[str, str]] = []
    data: list[dict[str, Any]] = []
    done, seen = 0, set[str]()
    for listing in listings:
        skipped += listing.skipped
        digests = {file.name: content_digest(listing.directory / file.name) for file in listing.files}
        usable = {name: digest for name, digest in digests.items() if len(digest) == _DIGEST}
        sources = {name: _digest(group(name)) if group else digest for name, digest in usable.items()}
        sides = split_sources(sources.values())
        mine: list[Clip] = []
        for file in listing.files:
            digest, reason = digests[file.name], ""
            if file.name not in usable:
                reason = digest or "keeps changing while it is read"
            elif digest in seen:
                reason = "is a copy of another one"
            else:
                seen.add(digest)
                try:
                    path, source = listing.directory / file.name, sources[file.name]
                    found, reason = _read(path, digest, contract, cache, longest_s, whole_files)
                    mine += [_clip(file.name, source, sides[source], len(found), *row) for row in enumerate(found)]
                except OSError as error:
                    reason = why(error)
            if reason:
                skipped.append((file.name, reason))
            done += 1
            if progress is not None:
                progress(done, total, file.name)
        clips += mine
        data += _data(listing.directory, [clip for clip in mine if clip.split == "train"], contract)
    if not clips:
        where, (name, reason) = ", ".join(map(str, folders)), skipped[0]
        raise LivehostError(f"There is nothing to learn from in {where}: {name} {reason}.", 2)
    return SoundMaterial(contract, clips, skipped, data)


def _clip(name: str, digest: str, split: str, count: int, number: int, row: tuple[Any, ...]) -> Clip:
    """Make the clip of a row that `_read` gave."""
    return Clip(f"{name} #{number + 1}" if count > 1 else name, digest, split, *row)


def _read(
    path: Path, digest: str, contract: MelContract, cache: Path, longest_s: float, whole_files: bool
) -> tuple[list[tuple[np.ndarray, float, Path, int, int]], str]:
    """Give the clips of a file (mel, gain, where its samples lie), and why it is left out, from the cache or anew."""
    key = _key(VERSION, digest, contract.rate, longest_s, *(["whole"] if whole_files else []))
    audio, about = cache / "audio" / f"{key}.npy", cache / "audio" / f"{key}.json"
    said = _said(about)
    if said is None or not _holds(audio, said["ends"]):
        cuts = cut_file(path, contract.rate, longest_s, whole_files=whole_files)
        ends = np.cumsum([len(clip) for clip in cuts.clips]).tolist()
        said = {"file": path.name, "ends": ends, "gains_db": list(cuts.gains_db), "reason": cuts.reason}
        with _writing(cache):
            if ends:
                _save(audio, np.concatenate(cuts.clips))
            with atomic_write(about) as new:  # the last: what it names is there
                new.write_text(json.dumps(said), "utf-8")
    if not said["ends"]:
        return [], said["reason"]
    bounds = [0, *said["ends"]]
    counts = [contract.frames(end - begin) for begin, end in pairwise(bounds)]
    mels = _mels(cache / "mels" / f"{_key(key, contract.to_table())}.npy", audio, bounds, contract, sum(counts), cache)
    edges = np.cumsum(counts)[:-1]
    return [
        (mel, gain, audio, begin, end)
        for mel, gain, begin, end in zip(
            np.split(mels, edges, axis=1), said["gains_db"], bounds, bounds[1:], strict=False
        )
    ], ""


def _mels(
    path: Path, audio: Path, bounds: Sequence[int], contract: MelContract, frames: int, cache: Path
) -> np.ndarray:
    """Give the mels of a file's clips, float16 [bands, frames], from the cache or anew."""
    try:
        kept = np.load(path)
        if kept.dtype == np.float16 and kept.shape == (contract.bands, frames):
            return np.asarray(kept)
    except (OSError, ValueError):
        pass  # it is made (again)
    samples = np.load(audio)
    parts = [contract.analyse(samples[a:b]) for a, b in pairwise(bounds)]
    mels = np.concatenate(parts, axis=1).astype(np.float16)
    with _writing(cache):
        _save(path, mels)
    return mels


def _said(about: Path) -> Mapping[str, Any] | None:
    """Read what is kept about a file; None for nothing that can be used."""
    try:
        said = json.loads(about.read_text("utf-8"))
        return said if len(said["ends"]) == len(said["gains_db"]) and isinstance(said["reason"], str) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _holds(audio: Path, ends: Sequence[int]) -> bool:
    """Tell whether the samples that are told of are there."""
    try:
        return not ends or np.load(audio, mmap_mode="r").shape == (ends[-1],)
    except (OSError, ValueError):
        return False


def _key(*parts: Any) -> str:
    return _digest(repr(parts))[:24]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _save(path: Path, array: np.ndarray) -> None:
    memory = io.BytesIO()  # numpy says of a full disk no more than how much it could write
    np.save(memory, array)
    with atomic_write(path) as new:
        new.write_bytes(memory.getbuffer())


@contextmanager
def _writing(cache: Path) -> Iterator[None]:
    """Make a sentence of a cache that cannot be written."""
    try:
        yield
    except OSError as error:
        raise LivehostError(f"The cache {cache} cannot be written: {why_not(error)}.") from error


def _data(folder: Path, clips: Sequence[Clip], contract: MelContract) -> list[dict[str, Any]]:
    """Make the row of what is learnt from in a folder; none where nothing is."""
    if not clips:
        return []
    hours = sum(clip.mel.shape[1] for clip in clips) * contract.frame_s / 3600
    terms = licence(folder.name, [folder, folder.parent])
    return [{"name": folder.name, "licence": terms, "hours": round(hours, 3), "recordings": len(clips)}]
