"""Ten drums, three strokes on each, rendered once."""

import pytest

from livehost.studio.strike import sounds as module

DRUMS, STROKES, SEED = 10, 3, 5


@pytest.fixture(scope="session")
def cache(tmp_path_factory):
    folder = tmp_path_factory.mktemp("strikes")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "PER_FILE", 5)
        module.prepare_sounds(folder, DRUMS, STROKES, SEED, lambda *_: None, 1)
    return folder


@pytest.fixture
def small_files(monkeypatch):
    monkeypatch.setattr(module, "PER_FILE", 5)


@pytest.fixture
def sounds(cache, small_files):
    return module.prepare_sounds(cache, DRUMS, STROKES, SEED, lambda *_: None, 1)
