"""`livehost patches`: with a folder, and with `build`."""

from functools import partial

import pytest

from livehost import extras
from livehost.patches.shipped import folder, names


@pytest.fixture
def typed(typed):
    return partial(typed, "patches")


def test_a_folder_gets_all_patches(typed, tmp_path):
    code, out, err = typed(tmp_path / "mine")
    assert (code, err) == (0, "")
    assert out.splitlines() == [str(tmp_path / "mine" / name) for name in names(folder())]
    assert typed("copy", tmp_path / "mine")[0] == 0
    (tmp_path / "mine" / "pd" / "livehost.pd").write_text("mine")
    code, _, err = typed(tmp_path / "mine")
    assert (code, err.count("\n")) == (1, 1)
    assert "pd/livehost.pd is not the one of this livehost: --overwrite replaces it." in err
    assert typed(tmp_path / "mine", "--overwrite")[0] == 0


def test_a_folder_that_cannot_be_written_is_one_sentence(typed, tmp_path):
    (tmp_path / "file").write_text("")
    code, out, err = typed(tmp_path / "file")
    assert (code, out) == (1, "")
    assert err == f"livehost: The patches cannot be copied to {tmp_path / 'file'}: Not a directory.\n"


def test_without_a_folder_it_shows_its_help(typed):
    code, out, _ = typed()
    assert code == 0
    assert "copy" in out
    assert "build" in out


def test_building_writes_what_is_there_already_and_says_what_it_needs(typed, monkeypatch):
    assert typed("build") == (0, "All patches are as the table of addresses says.\n", "")
    monkeypatch.setattr(extras, "find_spec", lambda name: None if name == "py2tosc" else object())
    code, _, err = typed("build")
    assert code == 2
    assert err == (
        "livehost: livehost patches build needs py2tosc, which is not installed: pip install 'livehost[patches]'.\n"
    )
