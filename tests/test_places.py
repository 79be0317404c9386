"""livehost starts where nothing can be kept, and says in one sentence where it keeps things for now."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

_ASK = """
import os, sys
from livehost.rt import compile_cache
from livehost.places import cache_root
print(compile_cache.trouble, cache_root(), os.environ["NUMBA_CACHE_DIR"], os.environ.get("MPLCONFIGDIR", ""), sep="\\n")
{more}
"""
_NO_TEMPORARY_FOLDER = (
    "import tempfile\ndef none(*_, **__): raise FileNotFoundError(2, 'No usable folder')\ntempfile.mkdtemp = none"
)
_CHILD = "import subprocess\nsubprocess.run([sys.executable, '-c', {!r}], check=True)"
KEPT = ("NUMBA_CACHE_DIR", "XDG_CACHE_HOME", "LIVEHOST_TEMPORARY_CACHE", "MPLCONFIGDIR")


def ask(changes, before="", more=""):
    """Start a process; its trouble, the root of its caches, numba's folder, matplotlib's."""
    environment = {key: value for key, value in os.environ.items() if key not in KEPT} | changes
    program = before + _ASK.format(more=more)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=True)
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_where_all_is_well_nothing_is_said(tmp_path):
    trouble, root, numba, plots = ask({"XDG_CACHE_HOME": str(tmp_path)})
    assert (trouble, root, plots) == ("", str(tmp_path / "livehost"), "")
    assert Path(numba).parent == tmp_path / "livehost" / "compiled"
    assert Path(numba).is_dir()


@pytest.mark.parametrize(
    ("changes", "place", "why"),
    [
        ({"XDG_CACHE_HOME": "/dev/null/x"}, "/dev/null/x/livehost", "Not a directory"),
        ({"HOME": "/proc/nowhere"}, "/proc/nowhere/.cache/livehost", "No such file or directory"),
        ({"XDG_CACHE_HOME": "{file}"}, "{file}/livehost", "Not a directory"),
        ({"XDG_CACHE_HOME": "/proc"}, "/proc/livehost", "No such file or directory"),
    ],
)
def test_a_temporary_folder_stands_in_until_the_end(tmp_path, changes, place, why):
    (tmp_path / "file").touch()
    fill = {"file": tmp_path / "file"}
    trouble, root, numba, plots = ask({key: value.format(**fill) for key, value in changes.items()})
    assert trouble == (
        f"{place.format(**fill)} cannot be written ({why}): what livehost compiles is kept in {numba} until it ends."
    )
    assert Path(root).name.startswith("livehost-")
    assert Path(numba).parent == Path(root) / "compiled"
    assert plots == f"{root}/matplotlib"
    assert not Path(root).exists()


def test_children_share_it(tmp_path):
    said = ask({"XDG_CACHE_HOME": "/dev/null/x"}, more="sys.stdout.flush()\n" + _CHILD.format(_ASK.format(more="")))
    assert said[4:8] == ["", *said[1:4]]


def test_numba_s_folder_that_the_user_chose(tmp_path):
    own, mine = {"XDG_CACHE_HOME": str(tmp_path)}, str(tmp_path / "mine")
    assert ask({**own, "NUMBA_CACHE_DIR": mine})[:3] == ["", str(tmp_path / "livehost"), mine]
    trouble, root, numba, _ = ask({**own, "NUMBA_CACHE_DIR": "/dev/null/n"})
    assert trouble == (
        "NUMBA_CACHE_DIR, which is /dev/null/n, cannot be written (Not a directory): "
        f"what livehost compiles is kept in {numba}."
    )
    assert Path(numba).parent == tmp_path / "livehost" / "compiled"
    assert root == str(tmp_path / "livehost")
    trouble, root, numba, _ = ask({"XDG_CACHE_HOME": "/dev/null/x", "NUMBA_CACHE_DIR": mine})
    assert trouble.endswith(f"what livehost compiles is kept in {mine}.")
    assert numba == mine
    assert Path(root).name.startswith("livehost-")


def test_without_any_folder_it_compiles_all_the_same():
    """A compiled function runs, and nothing is looked for on a disk."""
    more = "from livehost.bank import loudness\nimport numpy\nsilence = numpy.zeros((480, 1), numpy.float32)\n"
    more += "print(type(loudness._weigh._cache).__name__, f'{loudness.level(silence, 48000).peak_db:.0f}')"
    trouble, root, numba, _, compiled = ask({"XDG_CACHE_HOME": "/dev/null/x"}, _NO_TEMPORARY_FOLDER, more)
    assert trouble == (
        "/dev/null/x/livehost cannot be written (Not a directory): "
        "what livehost compiles is not kept, and every start takes a minute or more."
    )
    assert (root, numba, compiled) == ("/dev/null/x/livehost", "", "NullCache -200")


def test_onnx_runtime_tells_nobody(tmp_path):
    """From 1.31 on it would keep a number for this device, and send it."""
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    subprocess.run([sys.executable, "-c", "import livehost, onnxruntime"], env=environment, check=True)
    assert {path.name for path in (tmp_path / "cache").iterdir()} == {"livehost"}
    assert {path.name for path in tmp_path.iterdir()} == {"cache"}
