import pytest

from livehost.bridge.osc.addresses import ADDRESSES
from livehost.errors import LivehostError
from livehost.patches.build import build, outputs, same
from livehost.patches.controls import FRONT, control, everything, front, pages
from livehost.patches.shipped import copy, folder, names
from livehost.settings import TABLE


def test_what_is_checked_in_is_what_the_table_says():
    made, there = outputs(), folder()
    stale = [name for name, content in made.items() if not same((there / name).read_bytes(), content)]
    assert stale == [], "livehost patches build makes them anew"
    assert [n.as_posix() for n in names(there)] == sorted(made)


def test_every_live_setting_and_every_trigger_has_a_control():
    paths = {one.path for one in everything()}
    rows = [row for row in ADDRESSES if row.access in ("set", "trigger") and row.path.startswith("/livehost/")]
    wanted = {row.path for row in rows if row.path.split("/")[2] not in ("voice", "quit")}
    assert wanted <= paths
    assert len(paths) == len(everything())


def test_a_call_of_several_values_has_no_control():
    assert "/livehost/midi/in/note" not in {one.path for one in everything()}
    assert control("/livehost/bank/play").path == "/livehost/bank/play"  # its second one may be left out


def test_no_control_is_of_an_address_that_is_only_sent():
    assert not {row.path for row in ADDRESSES if row.access == "out"} & {one.path for one in everything()}


def test_pages_are_short_and_have_names_of_their_own():
    titles = [page.title for page in pages()]
    assert len(set(titles)) == len(titles)
    assert all(0 < len(page.controls) <= 24 for page in pages())
    assert [one.path for one in front().controls] == list(FRONT)


def test_a_control_has_the_range_the_default_and_the_words_of_its_setting():
    gain, mode, mute, top_k = (
        control(f"/livehost/{n}") for n in ("master/gain_db", "model/mode", "mute", "model/top_k")
    )
    assert (gain.kind, gain.low, gain.high, gain.initial, gain.unit, gain.whole) == ("slider", -90, 12, 0, "dB", False)
    assert (mode.kind, mode.choices, mode.high) == ("menu", TABLE["player.mode"].choices, 3)
    assert (mute.kind, mute.initial) == ("toggle", 0)
    assert (top_k.kind, top_k.whole, top_k.initial) == ("slider", True, 8)
    assert control("/livehost/panic").kind == "button"
    assert control("/livehost/bank/play").kind == "number"  # as many items as there are
    assert control("/livehost/scene/load").kind == "text"
    with pytest.raises(KeyError):
        control("/livehost/event/sample")


def test_copying_replaces_nothing_that_was_changed_there(tmp_path):
    written = copy(tmp_path / "mine")
    assert [p.relative_to(tmp_path / "mine") for p in written] == names(folder())
    assert copy(tmp_path / "mine") == written  # the same again
    written[0].write_text("mine")
    with pytest.raises(LivehostError, match="is not the one of this livehost: --overwrite replaces it"):
        copy(tmp_path / "mine")
    assert written[0].read_text() == "mine"
    copy(tmp_path / "mine", overwrite=True)
    assert written[0].read_bytes() == (folder() / names(folder())[0]).read_bytes()


def test_a_folder_that_is_a_file_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(LivehostError, match=r"cannot be copied to .*file"):
        copy(tmp_path / "file")
    with pytest.raises(LivehostError, match=r"cannot be written to .*file"):
        build(tmp_path / "file" / "below")


def test_building_writes_what_changed_and_removes_what_is_none(tmp_path):
    assert len(build(tmp_path)) == len(outputs())
    assert build(tmp_path) == []
    (tmp_path / "pd" / "old.pd").write_text("")
    (tmp_path / "pd" / "livehost.pd").write_text("changed by hand")
    assert build(tmp_path) == [tmp_path / "pd" / "livehost.pd"]
    assert not (tmp_path / "pd" / "old.pd").exists()
