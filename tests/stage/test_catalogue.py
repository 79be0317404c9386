"""Names that come from outside: what they mean, and that none leads out of its folder."""

import platformdirs
import pytest

from livehost.errors import LivehostError
from livehost.settings import Settings
from livehost.stage.catalogue import Catalogue, bare


@pytest.fixture
def places(tmp_path, monkeypatch):
    monkeypatch.setattr("livehost.inference.export.export_places", lambda: [tmp_path / "exports", tmp_path / "more"])
    return tmp_path


def put(folder):
    folder.mkdir(parents=True)
    (folder / "manifest.toml").write_text("")
    return folder


@pytest.mark.parametrize("name", ["", ".x", "..", "a..b", "a/b", "a\\b", "C:", "a\0", 'a"b', "a\nb"])
def test_a_name_that_could_lead_out_is_refused(name):
    with pytest.raises(LivehostError, match=r"^A thing is called by its bare name, not ") as refused:
        bare(name, "thing")
    assert refused.value.exit_code == 2


@pytest.mark.parametrize("name", ["a", "a.b", "two words", "ä-1", "a.toml"])
def test_a_bare_name_is_itself(name):
    assert bare(name, "thing") == name


def test_an_export_is_looked_for_beside_the_first_one_then_where_exports_are(places):
    catalogue = Catalogue(Settings({"player.model": str(places / "mine" / "first")}), places / "bank")
    for folder in ("more", "exports", "mine"):
        made = put(places / folder / "x")
        assert catalogue.export("x") == made.resolve()
    put(places / "mine" / "y")
    with pytest.raises(LivehostError, match=r"^There is no export 'z'; known are: x, y\.$") as refused:
        catalogue.export("z")
    assert refused.value.exit_code == 2


def test_a_model_called_by_its_name_has_no_folder_beside_it(places, monkeypatch):
    monkeypatch.chdir(places)
    put(places / "here")
    with pytest.raises(LivehostError, match="known are: none"):
        Catalogue(Settings({"player.model": "here"}), places / "bank").export("here")


def test_banks_stand_beside_the_first_one(tmp_path):
    for name in ("one", "two"):
        (tmp_path / "banks" / name).mkdir(parents=True)
    (tmp_path / "banks" / "file").write_text("")
    catalogue = Catalogue(Settings(), tmp_path / "banks" / "one")
    assert catalogue.bank("two") == (tmp_path / "banks" / "two").resolve()
    for name in ("three", "file"):
        with pytest.raises(LivehostError, match=f"^There is no folder {name} beside the bank") as refused:
            catalogue.bank(name)
        assert refused.value.exit_code == 2


def test_contexts_and_scenes_are_files_of_a_folder(tmp_path):
    catalogue = Catalogue(
        Settings({"player.contexts": str(tmp_path / "c"), "run.scenes": str(tmp_path / "s")}), tmp_path
    )
    assert catalogue.context("x.1") == tmp_path / "c" / "x.1.npz"
    assert catalogue.scene("x") == tmp_path / "s" / "x.toml"
    assert catalogue.scenes() == []
    (tmp_path / "s" / "folder.toml").mkdir(parents=True)
    for name in ("b.toml", "a.toml", "c.txt", ".hidden.toml"):
        (tmp_path / "s").mkdir(exist_ok=True)
        (tmp_path / "s" / name).write_text("")
    assert catalogue.scenes() == ["a", "b"]
    for call, what in ((catalogue.context, "context"), (catalogue.scene, "scene")):
        with pytest.raises(LivehostError, match=f"A {what} is called by its bare name"):
            call("../x")


def test_where_no_folder_is_set_they_are_among_the_user_s_data(tmp_path):
    catalogue, data = Catalogue(Settings(), tmp_path), platformdirs.user_data_path("livehost")
    assert catalogue.context("x") == data / "contexts" / "x.npz"
    assert catalogue.scene("x") == data / "scenes" / "x.toml"
