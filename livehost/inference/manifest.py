"""The header of an export's `manifest.toml`: what a model of any kind says about itself, parsed and written.

    name, kind, format, model, licence    what it is, and which file is run
    …                                     tables of the kind's own, see `livehost.inference.kinds`
    [files]                               sha256 of each file
    [hyperparameters], [training], [metrics], [parity], [versions], [[data]]

Nothing is checked here: `livehost.inference.export.read_manifest` does that. Whatever tool made an export, it is played
where its manifest fits: nothing here asks for the tool.
"""

from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, TypeVar

from livehost.errors import LivehostError
from livehost.toml import TomlError, read_toml, to_toml

#: Version of the manifest, and of what goes into its models: 2 has tokens that may still sound, and `follow` in them.
FORMAT = 2
MANIFEST = "manifest.toml"
#: Names of the files that are run: by default, as TorchScript, with 8-bit weights.
STEP_FILE, SCRIPT_FILE, INT8_FILE = "model.onnx", "model.ts", "model-int8.onnx"
#: Keys and tables of the header; every other table belongs to the kind.
_HEADER = (
    "name", "kind", "format", "model", "licence", "files", "hyperparameters", "training", "metrics", "parity",
    "versions", "data",
)  # fmt: skip

AnyManifest = TypeVar("AnyManifest", bound="Manifest")


@dataclass(kw_only=True)
class Manifest:
    """What every export says about itself; each kind has a class of its own that adds its tables, parsed.

    Attributes
    ----------
    name : str
        Of the export: its folder's name when it was written.
    kind : str
        A key of `livehost.inference.kinds.KINDS`.
    model : str
        File that is run.
    files : dict of str to str
        Name → sha256 (hex) of every file.
    format : int
        Version of the manifest.
    licence : str
        Of the weights.
    hyperparameters : dict
        Of the network.
    command : str
        That trained it.
    data : list of dict
        What it was trained on: name, licence, hours, recordings.
    metrics, parity : dict
        On held-out data; largest differences between the formats.
    versions : dict of str to str
        Of the packages that wrote it.
    tables : dict
        The kind's own tables as they stand in the file.
    folder : Path
        Where the export is.
    """

    name: str
    kind: str
    model: str
    files: dict[str, str]
    format: int = FORMAT
    licence: str = ""
    hyperparameters: dict[str, Any] = field(default_factory=dict)
    command: str = ""
    data: list[dict[str, Any]] = field(default_factory=list)
    metrics: dict[str, Any] = field(default_factory=dict)
    parity: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    tables: dict[str, Any] = field(default_factory=dict)
    folder: Path = field(default_factory=Path)

    @property
    def sha256(self) -> str:
        """Digest of the file that is run."""
        return self.files[self.model]

    def extended(self, cls: "type[AnyManifest]", **parsed: Any) -> "AnyManifest":
        """Make the manifest of a kind's own class: this header, and what the kind has parsed of its tables."""
        return cls(**{field.name: getattr(self, field.name) for field in fields(Manifest)}, **parsed)

    def write(self, folder: Path) -> None:
        """Write `manifest.toml` into a folder.

        Raises
        ------
        OSError
            Where it cannot be written.
        """
        (folder / MANIFEST).write_text(to_toml(_to_table(self)), encoding="utf-8")


@dataclass(kw_only=True)
class SteppedManifest(Manifest):
    """Manifest of a model that is stepped, by whichever back end.

    Attributes
    ----------
    inputs, outputs : dict of str to tuple of int
        Name → shape of each tensor of the step, in order.
    """

    inputs: dict[str, tuple[int, ...]]
    outputs: dict[str, tuple[int, ...]]


def load_table(folder: Path) -> dict[str, Any]:
    """Read the manifest of an export as nested dicts, nothing checked but that it is TOML.

    Raises
    ------
    LivehostError
        Where there is none, or it is no TOML.
    """
    path = folder / MANIFEST
    try:
        return read_toml(path)
    except TomlError as error:
        if not path.exists():
            raise LivehostError(f"{folder} is not an export: it has no {MANIFEST}.") from None
        raise LivehostError(f"{path} {error}.") from error


def parse_header(table: dict[str, Any], folder: Path) -> Manifest:
    """Parse the header of a manifest; the rest stays in `Manifest.tables`.

    Raises
    ------
    KeyError, TypeError, ValueError, AttributeError
        Where something is missing or of another type.
    """
    return Manifest(
        name=str(table["name"]),
        kind=table["kind"],
        format=table["format"],
        model=str(table["model"]),
        licence=str(table.get("licence", "")),
        files={name: str(digest) for name, digest in table["files"].items()},
        hyperparameters=dict(table.get("hyperparameters", {})),
        command=str(table.get("training", {}).get("command", "")),
        data=list(table.get("data", [])),
        metrics=dict(table.get("metrics", {})),
        parity=dict(table.get("parity", {})),
        versions=dict(table.get("versions", {})),
        tables={name: value for name, value in table.items() if name not in _HEADER},
        folder=folder,
    )


def _to_table(m: Manifest) -> dict[str, Any]:
    """Put a manifest together as it stands in the file."""
    return {
        "name": m.name,
        "kind": m.kind,
        "format": m.format,
        "model": m.model,
        "licence": m.licence,
        **m.tables,
        "files": m.files,
        "hyperparameters": m.hyperparameters,
        "training": {"command": m.command},
        "metrics": m.metrics,
        "parity": m.parity,
        "versions": m.versions,
        "data": m.data,
    }


def play_file(manifest: AnyManifest, file: str) -> AnyManifest:
    """Copy a manifest with another of its files as the one that is run.

    Raises
    ------
    LivehostError
        Where it has none of that name.
    """
    if file not in manifest.files:
        raise LivehostError(f"The export {manifest.name} has no {file}; it has {', '.join(manifest.files)}.", 2)
    return replace(manifest, model=file)
