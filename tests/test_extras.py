import importlib.util
import sys

import pytest

from livehost import extras
from livehost.cli import main as cli
from livehost.errors import LivehostError
from livehost.extras import needs_studio, require
from livehost.inference.torchscript import load_script
from tests.view.attention.test_plot import log  # noqa: F401


@pytest.fixture
def without(monkeypatch):
    """Hide packages, as where they are not installed."""

    def hide(*names):
        find = importlib.util.find_spec
        monkeypatch.setattr(extras, "find_spec", lambda name: None if name in names else find(name))
        for name in [m for m in sys.modules if m.split(".")[0] in names]:
            monkeypatch.delitem(sys.modules, name)
        for name in names:
            monkeypatch.setitem(sys.modules, name, None)

    return hide


@pytest.mark.parametrize(
    ("line", "missing", "said"),
    [
        ("train bank --data x", ["torch"], "livehost train bank needs torch, which is not installed"),
        (
            "train bank --data x", ["onnx", "audiomentations"],
            "livehost train bank needs onnx and audiomentations, which are not installed",
        ),
        ("export bank x.pt --out y", ["onnxscript"], "livehost export bank needs onnxscript, which is not installed"),
        ("export bank x.pt --out y", ["torch"], "livehost export bank needs torch, which is not installed"),
        ("plot attention {log} -o {here}/a.mp4", ["imageio_ffmpeg"],
         "A film, unlike a picture (.png), needs imageio_ffmpeg, which is not installed"),
    ],
)  # fmt: skip
def test_a_command_without_its_packages(without, monkeypatch, capfd, log, tmp_path, line, missing, said):  # noqa: F811
    without(*missing)
    monkeypatch.setattr(sys, "argv", ["livehost", *line.format(here=tmp_path, log=log).split()])
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert (end.value.code, capfd.readouterr().err) == (2, f"livehost: {said}: pip install 'livehost[studio]'.\n")


def test_a_torchscript_export_without_torch(without, tmp_path):
    without("torch")
    with pytest.raises(LivehostError, match="A TorchScript export needs torch, which is not installed"):
        load_script(tmp_path / "model.ts")


def test_what_a_package_lacks_itself_is_told_of_when_it_shows():
    @needs_studio("livehost dream", "math")
    def dream():
        import no_such_package.at_all  # noqa: F401

    with pytest.raises(LivehostError, match="livehost dream needs no_such_package, which is not installed: pip inst"):
        dream()


def test_what_is_there_is_not_asked_for():
    require("Anything", "math", "json")
