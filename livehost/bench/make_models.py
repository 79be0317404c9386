"""Models to measure beside the shipped one, of random weights: other sizes, and two naive ways to run the same step.

``python -m livehost.bench.make_models FOLDER SIZE …`` writes them, where torch is installed; the bench keeps them.
The naive graphs are written as anybody would write them first: one has no cache and takes the whole window again, the
other takes all keys and values as one tensor and gives them back one place further, copied.
"""

import sys
import tempfile
import warnings
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from livehost.bench.models import EAR
from livehost.dsp.tables import SEGMENT_SCHEMA, SEGMENT_SIZE
from livehost.studio.bank_transformer.model import BankTransformer, Hyperparameters
from livehost.studio.exporting.onnx import write_graph
from livehost.studio.exporting.write import export
from livehost.studio.families import FAMILIES
from livehost.studio.training.checkpoint import save_checkpoint

#: Name, hyperparameters: those of the shipped model, and what grows.
SIZES = {
    "usual": {},
    "width-96": {"width": 96, "heads": 3, "feed_forward": 384},
    "width-288": {"width": 288, "heads": 9, "feed_forward": 1152},
    "window-1024": {"window": 1024},
}
#: Performance RNNs, by the window of their attention.
PERFORMANCE = {"performance-plain": 0, "performance-attentive": 384}
UNCACHED, COPIED = "uncached.onnx", "copied.onnx"


class Uncached(nn.Module):
    """The whole window again for every token."""

    def __init__(self, model: BankTransformer) -> None:
        super().__init__()
        self.model = model

    def forward(self, tokens: Tensor) -> Tensor:
        """Query after the last of [window + 1, token_size]."""
        query: Tensor = self.model(tokens[None])[0, -1]
        return query


class Copied(nn.Module):
    """A cache that comes in, moves on by one place, and goes out again."""

    def __init__(self, model: BankTransformer) -> None:
        super().__init__()
        self.model = model

    def forward(
        self, token: Tensor, cos: Tensor, sin: Tensor, k: Tensor, v: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Step; k and v are [layers, heads, window, head_size]."""
        mask = torch.zeros(k.shape[2])
        query, attention, new_k, new_v = self.model.step(
            token, cos, sin, mask, list(k.transpose(2, 3).unbind()), list(v.unbind())
        )
        moved = [torch.cat((old[:, :, 1:], new[:, :, None]), 2) for old, new in ((k, new_k), (v, new_v))]
        return query, attention, moved[0], moved[1]


def make_model(**changes: int) -> BankTransformer:
    """Make a network of random weights, the same every time."""
    torch.manual_seed(0)
    return BankTransformer(Hyperparameters(**changes)).eval()


def write_export(folder: Path, **changes: int) -> None:
    """Write an export with all formats."""
    model = make_model(**changes)
    checkpoint = {
        "kind": FAMILIES["bank"].kind, "hyperparameters": model.shape.as_dict(), "model": model.state_dict(),
        "mean": torch.zeros(SEGMENT_SIZE), "scale": torch.ones(SEGMENT_SIZE), "schema": SEGMENT_SCHEMA, "rate": 48_000,
        "hop_samples": 128, "frame_samples": 1024, "segment_ms": 1000.0,
        "command": "none: random weights, for the bench",
    }  # fmt: skip
    _export("bank", checkpoint, folder, torchscript=True, int8=True)


def write_performance(folder: Path, window: int = 0) -> None:
    """Write an export of a performance RNN."""
    from livehost.studio.models import performance_rnn

    torch.manual_seed(0)
    shape = performance_rnn.Hyperparameters(window=window)
    model = performance_rnn.PerformanceRNN(shape)
    checkpoint = {
        "kind": FAMILIES["performance"].kind, "hyperparameters": shape.as_dict(), "model": model.state_dict(),
        "command": "none: random weights, for the bench",
    }  # fmt: skip
    _export("performance", checkpoint, folder, licence="none")


def write_ear(folder: Path) -> None:
    """Write an export of an ear for strokes."""
    from livehost.studio.models.strike import Hyperparameters, StrikeNet
    from livehost.studio.strike.sounds import SHAPES

    torch.manual_seed(0)
    network = StrikeNet(Hyperparameters(SHAPES, -1.2, 0.4))
    checkpoint = {
        "kind": FAMILIES["strike"].kind, "hyperparameters": network.hyperparameters.as_dict(),
        "model": network.state_dict(), "probe": torch.randn(2, network.hyperparameters.frames),
        "command": "none: random weights, for the bench",
    }  # fmt: skip
    _export("strike", checkpoint, folder, torchscript=False, licence="none")


def _export(family: str, checkpoint: dict[str, Any], folder: Path, **options: Any) -> None:
    """Export what a training would have left."""
    with tempfile.TemporaryDirectory() as work:
        path = Path(work) / "random.pt"
        save_checkpoint(path, checkpoint)
        export(FAMILIES[family], path, folder, options, say=_nothing)


def _nothing(_text: str) -> None:
    """Say nothing."""


def write_naive(folder: Path) -> None:
    """Write the naive graphs of the usual model."""
    model = make_model()
    s = model.shape
    half, caches = s.head_size // 2, torch.zeros(s.layers, s.heads, s.window, s.head_size)
    inputs = (torch.zeros(s.token_size), torch.ones(half), torch.zeros(half), caches, caches.clone())
    folder.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        write_graph(
            Uncached(model), (torch.zeros(s.window + 1, s.token_size),), folder / UNCACHED, input_names=["tokens"],
            output_names=["query"],
        )  # fmt: skip
        write_graph(
            Copied(model), inputs, folder / COPIED, input_names=["token", "cos", "sin", "k", "v"],
            output_names=["query", "attention", "new_k", "new_v"],
        )  # fmt: skip


def main(folder: Path, names: list[str]) -> None:
    """Write what is not there yet."""
    torch.set_num_threads(1)
    for name in names:
        if name == "naive":
            if not (folder / name / COPIED).exists():
                write_naive(folder / name)
        elif (folder / name / "manifest.toml").exists():
            continue
        elif name in PERFORMANCE:
            write_performance(folder / name, PERFORMANCE[name])
        elif name == EAR:
            write_ear(folder / name)
        else:
            write_export(folder / name, **SIZES[name])


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
