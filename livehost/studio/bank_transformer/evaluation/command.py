"""``livehost evaluate bank``."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console

from livehost.atomic_file import whole
from livehost.errors import LivehostError
from livehost.inference.bank_export import Export
from livehost.inference.export import open_export
from livehost.settings import TABLE
from livehost.studio.audio_data.recording import SPLITS, Recording
from livehost.studio.audio_data.segments import RATE
from livehost.studio.bank_transformer.evaluation.cases import MOST_ITEMS, cases
from livehost.studio.bank_transformer.evaluation.material import from_cache, from_folder, is_cache, thin
from livehost.studio.bank_transformer.evaluation.measure import measure
from livehost.studio.bank_transformer.evaluation.model import ExportScorer
from livehost.studio.bank_transformer.evaluation.results import Row, tabulate
from livehost.studio.bank_transformer.evaluation.table import document, tables
from livehost.view.progress import progress_bar

#: Files that are left out are named up to here.
_NAMED = 8


def evaluate_bank(
    model: Path | str | None = None,
    data: Sequence[Path] = (),
    cache: Path | None = None,
    split: str = "test",
    json_path: Path | None = None,
    picture: Path | None = None,
    limit: int = 0,
    backend: str = "auto",
    *,
    console: Console,
) -> list[Row]:
    """Seek the true next sound of recordings among all sounds of their banks, and tell how often it was found.

    Parameters
    ----------
    model : Path or str, optional
        Folder or name of an export; without it the baselines are asked alone.
    data : sequence of Path
        Folders of audio, each file of which is a recording (domain “own”, task *continue*), or prepared caches.
    cache : Path, optional
        A prepared cache of recordings.
    split : str
        Of a prepared cache: “test”, “valid”, “train” or “all”.
    json_path, picture : Path, optional
        Files to write.
    limit : int
        At most so many recordings of each domain and its tasks; 0 takes all.
    backend : str
        What runs the model, as for `open_export`.
    console : rich.console.Console
        Where it is told.

    Returns
    -------
    list of Row

    Raises
    ------
    LivehostError
        For what cannot be read or written, or where there is nothing to ask about.
    """
    folders = [*data, *([] if cache is None else [cache])]
    if not folders:
        raise LivehostError("There is nothing to ask about: give --data DIR or --cache DIR.", 2)
    if split not in (*SPLITS, "all"):
        raise LivehostError(f"A split is one of {', '.join(SPLITS)} or all, not “{split}”.", 2)
    for path in (json_path, picture):
        if path is not None and path.is_dir():
            raise LivehostError(f"{path} is a folder; give the name of a file.", 2)
    export, settings = _open(model, backend)
    say: Callable[[str], None] = lambda text: console.print(text, markup=False, highlight=False)  # noqa: E731
    recordings = thin(_gather(folders, cache, split, settings, console, say), limit)
    asked = list(cases(recordings))
    if not asked:
        raise LivehostError("There is nothing to ask about: every recording is too short.")
    if long := sum(max(map(len, r.streams)) > MOST_ITEMS for r in recordings):
        say(f"{long:,} of {len(recordings):,} recordings are longer than {MOST_ITEMS:,} events: their first are asked.")
    if export is not None:
        say(f"{export.manifest.name}: {export.backend}.")
    scorer = ExportScorer(export) if export is not None else None
    steps, done = sum(len(case.after) for case in asked), 0
    with progress_bar(console, "Asking") as progress:

        def tell(name: str, count: int) -> None:
            nonlocal done
            done += count
            progress(done, steps, name)

        answered = measure(scorer, recordings, progress=tell)
    rows = tabulate(answered)
    for part in tables(rows, console):
        console.print(part)
    about = {
        "model": None if export is None else export.manifest.name,
        "backend": None if export is None else export.backend,
        "data": [str(folder) for folder in folders], "split": split, "limit": limit,
    }  # fmt: skip
    if json_path is not None:
        _write_json(json_path, document(rows, answered, **about))
        say(f"Wrote {json_path}.")
    if picture is not None:
        from livehost.studio.bank_transformer.evaluation.picture import draw

        draw(rows, answered, picture, _title(export, recordings))
        say(f"Wrote {picture}.")
    return rows


def _open(model: Path | str | None, backend: str) -> tuple[Export | None, dict[str, float]]:
    """Open an export, and give the settings of segments that go with it."""
    hop, frame = (int(TABLE[key].default) for key in ("listen.hop_samples", "listen.frame_samples"))
    if model is None:
        return None, {}
    export = open_export(model, rate=RATE, hop_samples=hop, frame_samples=frame, backend=backend)
    return export, {"segment_ms": export.manifest.segment_ms}


def _gather(
    folders: Sequence[Path],
    cache: Path | None,
    split: str,
    settings: dict[str, float],
    console: Console,
    say: Callable[[str], None],
) -> list[Recording]:
    recordings: list[Recording] = []
    for folder in folders:
        if not folder.is_dir():
            whence = (
                "; a training leaves one as data in its --out, and --data takes any music" if folder is cache else ""
            )
            raise LivehostError(f"There is no folder {folder}{whence}.", 2)
        if folder is cache or is_cache(folder):
            recordings += from_cache(folder, split)
            continue
        with progress_bar(console, "Listening") as progress:
            found, skipped = from_folder(folder, progress, **settings)
        recordings += found
        for name, why in skipped[:_NAMED]:
            say(f"Left out: {name} ({why}).")
        if len(skipped) > _NAMED:
            say(f"Left out: {len(skipped) - _NAMED:,} more.")
    return recordings


def _title(export: Export | None, recordings: Sequence[Recording]) -> str:
    who = "Baselines" if export is None else export.manifest.name
    return f"{who}  ·  {len(recordings):,} recordings, each a bank of its own sounds: all but the last are candidates"


def _write_json(path: Path, content: dict[str, Any]) -> None:
    try:
        with whole(path) as new:
            new.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", "utf-8")
    except OSError as error:
        raise LivehostError(f"{path} cannot be written: {error.strerror or error}.") from None
