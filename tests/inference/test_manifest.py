"""The header of a manifest, written and read; what each kind adds is its own matter."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from livehost.errors import LivehostError
from livehost.inference.kinds import KINDS, Kind, kind_of
from livehost.inference.manifest import FORMAT, Manifest, load_table, parse_header, play_file

WHOLE = {
    "name": "mine", "kind": "some-kind", "format": 1, "model": "model.onnx", "licence": "CC0",
    "features": {"rates": [44_100, 48_000]}, "shape": {"layers": 2},
    "files": {"model.onnx": "abc", "small.onnx": "def"}, "hyperparameters": {"width": 8},
    "training": {"command": "train it"}, "metrics": {"all": {"loss": 0.5}}, "parity": {"onnx": 1e-6},
    "versions": {"numpy": "2"}, "data": [{"name": "a", "licence": "CC0", "hours": 0.5, "recordings": 3}],
}  # fmt: skip
LEAST = {"name": "x", "kind": "k", "format": 1, "model": "m", "files": {}}


def test_a_header_is_what_its_table_says():
    manifest = parse_header(WHOLE, Path("folder"))
    assert manifest == Manifest(
        name="mine", kind="some-kind", format=1, model="model.onnx", licence="CC0", files=WHOLE["files"],
        hyperparameters={"width": 8}, command="train it", data=WHOLE["data"], metrics=WHOLE["metrics"],
        parity=WHOLE["parity"], versions={"numpy": "2"}, folder=Path("folder"),
        tables={"features": WHOLE["features"], "shape": WHOLE["shape"]},
    )  # fmt: skip
    assert manifest.sha256 == "abc"


@pytest.mark.parametrize("table", [WHOLE, LEAST])
def test_what_is_written_is_what_is_read(tmp_path, table):
    manifest = parse_header(table, tmp_path)
    manifest.write(tmp_path)
    assert parse_header(load_table(tmp_path), tmp_path) == manifest
    if table is WHOLE:
        assert load_table(tmp_path) == WHOLE


def test_what_is_left_out_is_empty():
    manifest = parse_header(LEAST, Path())
    assert (manifest.licence, manifest.command, manifest.data, manifest.tables) == ("", "", [], {})
    assert manifest.hyperparameters == manifest.metrics == manifest.parity == manifest.versions == {}
    assert Manifest(name="x", kind="k", model="m", files={}).format == FORMAT == 2


@pytest.mark.parametrize("name", LEAST)
def test_what_must_be_there(name):
    with pytest.raises(KeyError, match=name):
        parse_header({key: value for key, value in LEAST.items() if key != name}, Path())


def test_a_kind_adds_what_it_has_parsed():
    @dataclass(kw_only=True)
    class Mine(Manifest):
        layers: int

    manifest = parse_header(WHOLE, Path("folder"))
    mine = manifest.extended(Mine, layers=2)
    assert mine.layers == 2
    assert vars(mine) == vars(manifest) | {"layers": 2}


def test_another_of_its_files_may_be_run():
    manifest = parse_header(WHOLE, Path())
    other = play_file(manifest, "small.onnx")
    assert (other.model, other.sha256, manifest.model) == ("small.onnx", "def", "model.onnx")
    with pytest.raises(
        LivehostError, match=r"^The export mine has no x; it has model\.onnx, small\.onnx\.$"
    ) as refused:
        play_file(manifest, "x")
    assert refused.value.exit_code == 2


def test_what_is_no_export(tmp_path):
    with pytest.raises(LivehostError, match=r"is not an export: it has no manifest\.toml\.$"):
        load_table(tmp_path)
    (tmp_path / "manifest.toml").write_text("name = ")
    with pytest.raises(LivehostError, match=r"manifest\.toml .*\.$") as refused:
        load_table(tmp_path)
    assert "no manifest" not in str(refused.value)


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_can_be_imported(name):
    assert callable(kind_of(name).parse)


def test_a_kind_that_says_no_more_needs_no_files_and_is_not_run():
    class Silent(Kind):
        """Keeps to what is usual."""

    kind, manifest = Silent(), parse_header(WHOLE, Path())
    assert kind.needed_files(manifest) == ()
    assert kind.check(manifest) is None
    with pytest.raises(LivehostError, match=r"^The export mine is of kind 'some-kind', which no player runs\.$") as no:
        kind.open(manifest, rate=1)
    assert no.value.exit_code == 2
