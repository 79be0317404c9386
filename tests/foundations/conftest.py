import os
from pathlib import Path

import pytest
import soundfile

from tests.conftest import RATE, clicks
from tests.foundations.toy_tree import ToyTree, toy_tree

#: Frames of four strokes; the last one is far louder.
STROKES = [9600, 24_000, 38_400, 52_800]
LENGTH = 72_000


@pytest.fixture(scope="session")
def toys() -> ToyTree:
    return toy_tree(Path(os.environ["LIVEHOST_CACHE"]))


@pytest.fixture(scope="session")
def take(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("take") / "take.wav"
    soundfile.write(path, clicks(STROKES[:3], LENGTH, 0.1) + clicks(STROKES[3:], LENGTH, 0.7), RATE, "FLOAT")
    return path
