"""Finds, reads, checks and opens exports of any kind."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs

from livehost.errors import LivehostError
from livehost.inference.checks import check_files
from livehost.inference.kinds import KINDS, kind_of
from livehost.inference.manifest import FORMAT, MANIFEST, load_table, parse_header, play_file
from livehost.printable import shortly

if TYPE_CHECKING:
    from livehost.inference.bank_export import Export

DEFAULT_EXPORT = DEFAULT_KIND = "bank-transformer"


def export_places() -> list[Path]:
    """List the folders in which exports are found by name: checkout, package, user, current directory."""
    package, user = Path(__file__).parents[1], Path(platformdirs.user_data_dir("livehost"))
    return [package.parent / "exports", package / "exports", user / "exports", Path("exports")]


def find_export(name_or_path: str | Path = DEFAULT_EXPORT) -> Path:
    """Find an export.

    Parameters
    ----------
    name_or_path : str or Path
        A folder with a `manifest.toml`, or the name of one in `export_places`.

    Returns
    -------
    Path

    Raises
    ------
    LivehostError
        Where there is none; names those that there are.
    """
    path = Path(name_or_path).expanduser()
    if path.name == MANIFEST and path.is_file():
        path = path.parent
    if (path / MANIFEST).is_file():
        return path
    if path.is_dir() and (path.is_absolute() or len(path.parts) > 1):
        return path  # that it has no manifest is said when it is read
    for place in export_places():
        if len(path.parts) == 1 and (place / path / MANIFEST).is_file():
            return place / path
    known = sorted({m.parent.name for place in export_places() for m in place.glob(f"*/{MANIFEST}")})
    raise LivehostError(f"There is no export {str(name_or_path)!r}; known are: {', '.join(known) or 'none'}.", 2)


def read_manifest(folder: Path, kind: str = "") -> Any:
    """Read the manifest of an export and check all that can be checked without running it.

    Parameters
    ----------
    folder : Path
        The export.
    kind : str
        That the export must be of; "" for any that livehost knows.

    Returns
    -------
    Manifest
        Of the kind's own class, such as `livehost.inference.kinds.bank_transformer.BankManifest`.

    Raises
    ------
    LivehostError
        One sentence: what does not fit, and what to do.
    """
    table = load_table(folder)
    _check_kind(table, folder, kind)
    code, path = kind_of(table["kind"]), folder / MANIFEST
    try:
        manifest = code.parse(parse_header(table, folder))
    except KeyError as error:
        raise LivehostError(f"{path} does not say {error.args[0]!r}.") from error
    except (TypeError, ValueError, AttributeError, OverflowError) as error:
        raise LivehostError(f"{path} is not a manifest of format {FORMAT}: {error}.") from error
    code.check(manifest)
    check_files(manifest, *code.needed_files(manifest))
    return manifest


def _check_kind(table: dict[str, Any], folder: Path, wanted: str) -> None:
    """Refuse a kind or a format that this livehost does not know, or a kind other than the wanted one."""
    found, version = table.get("kind", "unknown"), table.get("format", "unknown")
    if not isinstance(found, str) or found not in KINDS:
        known = " or ".join(repr(kind) for kind in KINDS)
        raise LivehostError(
            f"The export {folder.name} is of kind {shortly(found)}; this livehost plays {known}: "
            "take another export, or a newer livehost."
        )
    if version != FORMAT or isinstance(version, bool):
        newer = isinstance(version, int) and version > FORMAT
        todo = "take a newer livehost" if newer else f"make it anew: {kind_of(found).anew}"
        raise LivehostError(
            f"The export {folder.name} is of format {shortly(version)}; this livehost plays {FORMAT}: {todo}."
        )
    if wanted and found != wanted:
        raise LivehostError(
            f"The export {folder.name} is of kind {found!r}, and {wanted!r} is wanted here: take another export.", 2
        )


def open_export(
    name_or_path: str | Path = DEFAULT_EXPORT,
    *,
    rate: int,
    hop_samples: int,
    frame_samples: int,
    backend: str = "auto",
    provider: str = "cpu",
    model: str = "",
    kind: str = DEFAULT_KIND,
) -> "Export":
    """Open an export for a stage: find, read, check, choose a back end, and run it once.

    Parameters
    ----------
    name_or_path : str or Path
        See `find_export`.
    rate, hop_samples, frame_samples : int
        Of the stage's features.
    backend : str
        "native": the worker calls ONNX Runtime; "python": a Python thread does; "torchscript"; "auto": the first of
        these that works.
    provider : str
        "cpu" or "cuda"; the latter needs a Python thread.
    model : str
        Another ONNX file of the export than the one that its manifest plays, such as "model-int8.onnx".
    kind : str
        That the caller can play, a key of `livehost.inference.kinds.KINDS`.

    Returns
    -------
    Export
        For a bank transformer; for another kind, what its `Kind.open` makes.

    Raises
    ------
    LivehostError
        One sentence: what does not fit.
    """
    manifest = read_manifest(find_export(name_or_path), kind)
    if model:
        manifest = play_file(manifest, model)
    opened: Export = kind_of(kind).open(
        manifest, rate=rate, hop_samples=hop_samples, frame_samples=frame_samples, backend=backend, provider=provider
    )
    return opened
