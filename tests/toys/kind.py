"""The manifest of the toy's exports, and what runs them: a session of ONNX Runtime, no cache, no stepper."""

from dataclasses import dataclass

from livehost.errors import LivehostError
from livehost.inference.checks import difference
from livehost.inference.kinds import Kind
from livehost.inference.manifest import Manifest
from livehost.inference.ort_python import session_of


@dataclass(kw_only=True)
class ToyManifest(Manifest):
    """A header, and the sizes of the network."""

    inputs: int
    classes: int


class ToyExport:
    """Tells classes."""

    def __init__(self, manifest):
        self.manifest, path = manifest, manifest.folder / manifest.model
        self._session = session_of(path, "cpu")
        found = {tensor.name: tuple(tensor.shape) for tensor in self._session.get_inputs()}
        difference(str(path), "input", {"x": (None, manifest.inputs)}, found)

    def logits(self, x):
        """Float32 [n, inputs] → float32 [n, classes]."""
        return self._session.run(["logits"], {"x": x})[0]


class ToyKind(Kind):
    """See `Kind`."""

    def parse(self, header):
        table = header.tables["classifier"]
        return header.extended(ToyManifest, inputs=int(table["inputs"]), classes=int(table["classes"]))

    def check(self, manifest):
        if not 0 < manifest.classes < 100:
            raise LivehostError(f"The export {manifest.name} tells {manifest.classes} classes, which none does.")

    def open(self, manifest, **_):
        return ToyExport(manifest)


KIND = ToyKind()
