import numpy as np
import pytest

from livehost.errors import LivehostError
from livehost.inference import ort_api
from livehost.inference import ort_selfcheck as selfcheck
from livehost.inference.export import open_export
from livehost.inference.ort_selfcheck import native_trouble, tiny_model
from tests.inference.conftest import STAGE


@pytest.fixture
def afresh():
    """The self-check runs again, now and after the test."""
    native_trouble.cache_clear()
    yield
    native_trouble.cache_clear()
    ort_api.library.cache_clear()


def test_the_native_way_is_open_here():
    assert native_trouble() == ""


def test_the_tiny_model_is_onnx():
    import onnx
    import onnxruntime

    model = onnx.load_from_string(tiny_model())
    onnx.checker.check_model(model, full_check=True)
    x = np.cos(np.arange(24, dtype=np.float32))[None]
    y = onnxruntime.InferenceSession(tiny_model(), providers=["CPUExecutionProvider"]).run(None, {"x": x})[0]
    w = np.sin(np.arange(24 * 17)).reshape(24, 17)
    s = np.tanh(x.astype("f8") @ w) + np.cos(np.arange(17))
    np.testing.assert_allclose(y, np.exp(s) / np.exp(s).sum(), rtol=1e-5)


def test_a_difference_is_played_around(exported, monkeypatch, afresh):
    monkeypatch.setattr(selfcheck, "_largest_difference", lambda: 1e-7)
    export = open_export(exported, **STAGE)
    assert "in a Python thread, CPU" in export.backend
    assert export.notes == [
        "ONNX Runtime cannot be called from the worker (its self-check differs by 1e-07): "
        "a Python thread runs the model, and may be late."
    ]
    with pytest.raises(LivehostError, match="cannot be called from the worker"):
        open_export(exported, **STAGE, backend="native")


def test_no_library(exported, monkeypatch, afresh, tmp_path):
    ort_api.library.cache_clear()
    monkeypatch.setattr(ort_api.importlib.util, "find_spec", lambda _: None)
    assert native_trouble() == "ONNX Runtime's C library is not installed: pip install onnxruntime"
    assert "Python thread" in open_export(exported, **STAGE).backend


def test_a_library_that_is_none(monkeypatch, afresh, tmp_path):
    ort_api.library.cache_clear()
    wrong = tmp_path / "libonnxruntime.so.9"
    wrong.write_bytes(b"rubbish")
    monkeypatch.setattr(ort_api, "library_path", lambda: wrong)
    assert "libonnxruntime.so.9 cannot be used" in native_trouble()


@pytest.mark.parametrize(
    ("system", "name"),
    [("linux", "libonnxruntime.so.1.22.0"), ("darwin", "libonnxruntime.1.22.0.dylib"), ("win32", "onnxruntime.dll")],
)
def test_the_library_of_each_system(monkeypatch, tmp_path, system, name):
    (tmp_path / "capi").mkdir()
    (tmp_path / "capi" / name).touch()
    (tmp_path / "capi" / "libonnxruntime_providers_shared.so").touch()

    class Spec:
        submodule_search_locations = (str(tmp_path),)

    monkeypatch.setattr(ort_api.importlib.util, "find_spec", lambda _: Spec)
    monkeypatch.setattr(ort_api.sys, "platform", system)
    assert ort_api.library_path().name == name


def test_positions_in_the_table_are_what_they_should_be():
    """An empty key is refused by AddSessionConfigEntry and by nothing beside it."""
    import ctypes

    api, options = ort_api.library(), ctypes.c_void_p()
    api.call("CreateSessionOptions", ctypes.byref(options))
    with pytest.raises(ort_api.OrtError, match=r"[Kk]ey"):
        api.call("AddSessionConfigEntry", options, b"", b"1")
    api.release("ReleaseSessionOptions", options)
