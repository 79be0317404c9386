"""The kinds of exports that livehost can run: a table, one row a kind, whose module is imported when it is needed.

To add a kind: a module with an object `KIND` that keeps the promises of `Kind`, and a row in `KINDS`.
"""

from importlib import import_module
from typing import Any, Protocol, cast

from livehost.errors import LivehostError
from livehost.inference.manifest import Manifest

#: Kind, as manifests and checkpoints name it → module that holds its `KIND`.
KINDS: dict[str, str] = {
    "bank-transformer": "livehost.inference.bank_kind",
    "performance-rnn": "livehost.inference.performance_kind",
    "strike": "livehost.inference.kinds.strike",
    "mel-vae": "livehost.inference.mel_vae_kind",
    "mel-vqvae": "livehost.inference.mel_vqvae_kind",
    "vocoder": "livehost.inference.vocoder_kind",
    "gansynth": "livehost.inference.gansynth_kind",
}


class Kind(Protocol):
    """What the module of a kind holds as `KIND`. Nothing here runs on a real-time thread.

    `livehost.inference.export.read_manifest` calls, in this order, for whoever reads an export (the stage, an
    evaluation, a training that begins with one, and the exporter, which reads what it has just written):

    - `parse(header)`: a manifest of the kind's own class (a subclass of `Manifest`, see `Manifest.extended`), with the
      tables in `header.tables` parsed. Where something is missing or of another type it may raise `KeyError`,
      `TypeError`, `ValueError`, `AttributeError` or `OverflowError`: the caller makes a sentence of it. Must be there.
    - `check(manifest)`: raises `LivehostError`, one sentence, where the tables contradict themselves or name sizes
      that no model has. By default everything is well.
    - `needed_files(manifest)`: names of the files that `[files]` must list besides `manifest.model`; the caller
      compares every digest. By default none.

    Attribute that is read: `anew`, what to type where an export is of an older format and must be made again.

    `livehost.inference.export.open_export` calls, for whoever is going to run the model:

    - `open(manifest, rate=, hop_samples=, frame_samples=, backend=, provider=)`: what runs it, tried out once; of what
      class is between the kind and its player. Raises `LivehostError` where the export was made for another sample
      rate or other features than the caller's, or cannot be run. By default the kind cannot be run on stage.
    """

    anew: str = "export its checkpoint again"

    def parse(self, header: Manifest) -> Manifest:
        """Parse the kind's tables."""
        ...

    def check(self, manifest: Any) -> None:
        """Refuse tables that contradict themselves."""

    def needed_files(self, manifest: Any) -> tuple[str, ...]:  # noqa: ARG002
        """Name the files that must be there besides the one that is run."""
        return ()

    def open(self, manifest: Any, **setup: Any) -> Any:  # noqa: ARG002
        """Make what runs the model."""
        raise LivehostError(f"The export {manifest.name} is of kind {manifest.kind!r}, which no player runs.", 2)


def kind_of(name: str) -> Kind:
    """Import the code of a kind.

    Parameters
    ----------
    name : str
        A key of `KINDS`.
    """
    return cast("Kind", import_module(KINDS[name]).KIND)
