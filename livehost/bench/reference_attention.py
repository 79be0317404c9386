"""A sequence's last query by the full sliding-window mask.

``python -m livehost.bench.reference_attention EXPORT TOKENS``
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch

from livehost.errors import LivehostError
from livehost.inference.export import read_manifest
from livehost.studio.bank_transformer.from_export import read_export
from livehost.studio.training.checkpoint import network


def main(folder: Path, path: Path) -> None:
    """Print it as JSON, or one sentence where the weights cannot be read back."""
    torch.set_num_threads(1)
    try:
        model = network(read_export(read_manifest(folder))).eval()
    except LivehostError as error:
        print(json.dumps(str(error)))  # noqa: T201
        return
    with torch.inference_mode():
        query = model(torch.from_numpy(np.load(path))[None])[0, -1]
    print(json.dumps(query.tolist()))  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
