"""A bank grows: what is made of what, that it is the same again, and that nothing is lost where it is cut short."""

import json
import re
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
import soundfile

from livehost.bank.load import open_bank
from livehost.dsp.segment import SEGMENT_SIZE, SEGMENT_SLICES
from livehost.errors import LivehostError
from livehost.growing import grow as growing
from livehost.growing.candidates import Candidates
from livehost.growing.distinct import NEAR
from livehost.growing.grow import Work
from livehost.growing.order import Order
from livehost.growing.page import PAGE, PICTURE, write_page
from livehost.growing.parents import mels_of
from livehost.growing.record import RECORD, read_record
from livehost.inference.sound_model import open_sound_model
from livehost.players.nearest.space import column_weights, fit
from tests.disks import SmallDisk
from tests.growing.conftest import CONTRACT, made_vocoder, ping


@pytest.fixture
def order(samples, model, tmp_path):
    """Make an order into a folder of this test's own."""

    def make(name="grown", **terms):
        return Order(samples=samples, model=str(model), out=tmp_path / name, **{"count": 12, **terms})

    return make


def grown(order):
    return Work(order).grow(1)


def sounds(folder):
    """Content of every sound of a folder, by name."""
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.wav"))}


def test_a_grown_bank_is_a_bank_whose_names_and_record_tell_what_came_from_what(order):
    asked = order()
    growth = grown(asked)
    bank = open_bank(asked.out, CONTRACT.rate)
    record = read_record(asked.out)
    assert len(bank) == len(record.grown) == 12
    assert not bank.skipped
    assert sorted(bank.names) == sorted(sound.name for sound in record.grown)
    assert record == growth.record
    for sound in record.grown:
        (parent,) = sound.parents
        assert parent == growth.bank.names[sound.number % 20]
        stem = parent.removeprefix("high/").removesuffix(".wav").replace(" ", "-")
        assert sound.name == f"{stem}~{sound.number + 1:04d}.wav"
        assert sound.distance >= 1
    # the loudest 100 ms of each are where a bank brings its sounds to, but for peaks that leave no room
    quiet = [s.loudness_db for s in record.grown if s.peak_db < -1.01]
    np.testing.assert_allclose(quiet, -20, atol=0.02)
    assert all(s.peak_db < -0.98 for s in record.grown)
    said = json.loads((asked.out / RECORD).read_text())
    assert said["about"]["licence"] == "CC0"
    assert said["terms"]["seed"] == 0


def test_the_same_order_gives_the_same_bytes_and_another_seed_others(order):
    one, two, other = (order(name, seed=seed) for name, seed in (("a", 0), ("b", 0), ("c", 1)))
    for asked in (one, two, other):
        grown(asked)
    assert sounds(one.out) == sounds(two.out)
    assert sounds(one.out) != sounds(other.out)


class Cut(Exception):  # noqa: N818
    """The process is killed."""


def test_what_is_cut_short_goes_on_to_the_same_bank(order, monkeypatch):
    whole, cut = order("whole"), order("cut")
    grown(whole)
    write, count = growing.write_sound, [0]

    def until(*arguments):
        if count[0] == 9:
            raise Cut
        count[0] += 1
        write(*arguments)

    monkeypatch.setattr(growing, "write_sound", until)
    with pytest.raises(Cut):
        grown(cut)
    assert not list(cut.out.glob(".*"))  # no half file
    monkeypatch.setattr(growing, "write_sound", write)
    (cut.out / ".x.wav.1234.part").write_bytes(b"half")  # as where it is killed while it writes
    grown(cut)
    assert not list(cut.out.glob(".*"))
    assert sounds(cut.out) == sounds(whole.out)
    assert [s.number for s in read_record(cut.out).grown] == [s.number for s in read_record(whole.out).grown]


def test_more_are_added_and_deleted_ones_replaced_by_others(order):
    first = grown(order(count=6))
    (first.order.out / first.record.grown[2].name).unlink()
    more = grown(order(count=8))
    before = [sound.name for k, sound in enumerate(first.record.grown) if k != 2]
    assert [sound.name for sound in more.record.grown][:5] == before
    assert more.now == 3
    assert len(sounds(more.order.out)) == 8
    assert first.record.grown[2].name not in sounds(more.order.out)


def far_from(growth, items):
    """How far grown sounds are from items of the bank."""
    space = fit(growth.bank.features, column_weights(SEGMENT_SLICES, SEGMENT_SIZE))
    return np.linalg.norm(space.project(growth.features) - space.matrix[items], axis=1)


def test_the_smaller_the_spread_the_nearer_sounds_are_to_what_they_are_to_be_like(order, monkeypatch):
    monkeypatch.setattr("livehost.growing.distinct.NEAR", 1e-3)
    far = {}
    for spread in (0.05, 1.0):
        growth = grown(order(f"at {spread}", count=4, like=("ping 3", "high/ping 17.wav"), spread=spread))
        parents = [growth.bank.names.index(sound.parents[0]) for sound in growth.record.grown]
        assert [growth.bank.names[item] for item in parents] == ["ping 3.wav", "high/ping 17.wav"] * 2
        far[spread] = far_from(growth, parents).mean()
    assert far[0.05] < 0.7 * far[1.0]


def test_sounds_between_two_are_named_after_both(order, monkeypatch):
    monkeypatch.setattr("livehost.growing.distinct.NEAR", 1e-3)
    growth = grown(order(count=6, between=("ping 0", "ping 5"), spread=0.0))
    shares = [sound.share for sound in growth.record.grown]
    assert len(set(shares)) == 6
    assert all(sound.parents == ["ping 0.wav", "ping 5.wav"] for sound in growth.record.grown)
    assert all(re.fullmatch(r"ping-0\+ping-5~\d{4}\.wav", sound.name) for sound in growth.record.grown)


def test_the_share_says_how_far_from_the_first_to_the_second_of_two_sounds_it_is(order, samples, model):
    sounds, bank = open_sound_model(model)[0], open_bank(samples, CONTRACT.rate)
    made = Candidates(order(between=("ping 0", "ping 5"), spread=0.0), bank, sounds).batch(1)
    assert len({candidate.place.share for candidate in made}) == len(made)
    items = [bank.names.index(name) for name in ("ping 0.wav", "ping 5.wav")]
    ends = sounds.around(mels_of(bank, items, CONTRACT), np.array([0.0, 1.0]), np.random.default_rng(0), 0.0)
    for end, sign in zip(ends, (1, -1), strict=True):
        frames = [min(end.shape[1], candidate.made.shape[1]) for candidate in made]
        far = [np.abs(c.made[:, :n] - end[:, :n]).mean() for c, n in zip(made, frames, strict=True)]
        assert sign * np.corrcoef([c.place.share for c in made], far)[0, 1] > 0.8


def test_free_sounds_have_no_parents(order):
    growth = grown(order(count=3, free=True))
    assert [sound.parents for sound in growth.record.grown] == [[], [], []]
    assert all(sound.name.startswith("linear~") for sound in growth.record.grown)


def test_what_is_too_like_another_sound_is_rejected_and_named(order, monkeypatch):
    usual = np.median([sound.distance for sound in grown(order("all", count=8)).record.grown])
    monkeypatch.setattr("livehost.growing.distinct.NEAR", NEAR * usual)
    growth = grown(order(count=4))
    near = [row for row in growth.record.rejected if row.reason == "near"]
    assert near
    names = {*growth.bank.names, *(sound.name for sound in growth.record.grown)}
    assert all(row.nearest in names for row in near)
    assert f"{len(near)} too like another sound" in growth.summary()


def test_where_nothing_passes_it_says_why(order, monkeypatch):
    monkeypatch.setattr("livehost.growing.distinct.NEAR", 1e6)
    monkeypatch.setattr(growing, "MORE_TRIES", 8)
    with pytest.raises(LivehostError, match="None of 12 sounds of linear passes: they are too like another sound"):
        grown(order(count=1))


def test_originals_stand_in_the_new_bank_too(order):
    asked = order(originals=True, count=3)
    growth = grown(asked)
    names = open_bank(asked.out, CONTRACT.rate).names
    assert set(growth.bank.names) < set(names)
    assert len(names) == 23
    assert growth.record.originals == growth.bank.source_names


def test_a_bank_of_one_sound_grows_however_long_it_is_and_at_any_rate(tmp_path, model):
    (tmp_path / "one").mkdir()
    soundfile.write(tmp_path / "one" / "only.wav", np.tile(ping(300, 1.0, 7_919), 600), 7_919)
    growth = grown(Order(samples=tmp_path / "one", model=str(model), out=tmp_path / "grown", count=3, spread=0.8))
    assert [sound.parents for sound in growth.record.grown] == [["only.wav"]] * 3


def test_a_vocoder_makes_the_sounds_where_one_is_given(order, vocoder, tmp_path):
    growth = grown(order(count=3, vocoder=str(vocoder)))
    assert "by linear and tones;" in growth.summary()
    assert sounds(growth.order.out) != sounds(grown(order("plain", count=3)).order.out)
    with pytest.raises(LivehostError, match=r"was grown otherwise \(what makes sound of the mels differs\)"):
        Work(order(count=3))
    other = made_vocoder(tmp_path / "other", replace(CONTRACT, bands=20))
    with pytest.raises(LivehostError, match="20 bands instead of 24 bands"):
        Work(order("new", vocoder=str(other)))


def test_the_page_shows_every_sound_and_what_was_rejected(order):
    growth = grown(order(count=4))
    growth.record.rejected[:] = []
    page = write_page(growth)
    text = page.read_text("utf-8")
    assert page.name == PAGE
    assert text.count("<audio ") == text.count("<svg ") == 4
    assert all(f'src="{sound.name}"' in text for sound in growth.record.grown)
    assert "Nothing was rejected" in text
    assert (growth.order.out / PICTURE).read_bytes().startswith(b"\x89PNG")
    assert len(open_bank(growth.order.out, CONTRACT.rate)) == 4


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({"like": ("pong 3",)}, "has no sound 'pong 3'; did you mean ping 3"),
        ({"count": 0}, "grows by 1 to 10,000 sounds, not by 0"),
        ({"spread": 1.5}, "A spread is a number from 0 to 1, not 1.5"),
        ({"between": ("ping 1",)}, "--between takes two or more"),
        ({"free": True, "like": ("ping 1",)}, "give one of the three"),
        ({"model": "nowhere"}, "There is no export 'nowhere'"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(samples, model, tmp_path, terms, said):
    with pytest.raises(LivehostError, match=re.escape(said)):
        Work(Order(**{"samples": samples, "model": str(model), "out": tmp_path / "grown", **terms}))
    assert not (tmp_path / "grown").exists()


def test_folders_that_cannot_be_used_are_a_sentence(order, samples, model, tmp_path):
    for out, said in (
        (samples / "more", "lies in the folder that it grows from"), (samples, "lies in the folder"),
    ):  # fmt: skip
        with pytest.raises(LivehostError, match=said):
            Order(samples=samples, model=str(model), out=out)
    (tmp_path / "file").write_text("x")
    (tmp_path / "sounds").mkdir()
    soundfile.write(tmp_path / "sounds" / "a.wav", ping(300), 16_000)
    (tmp_path / "empty").mkdir()
    (tmp_path / "silent").mkdir()
    soundfile.write(tmp_path / "silent" / "a.wav", np.zeros(8000), 16_000)
    for asked, said in (
        (order("file"), "is a file, but a bank is a folder"), (order("sounds"), "holds sounds already"),
        (Order(samples=tmp_path / "empty", model=str(model), out=tmp_path / "x"), "is empty"),
        (Order(samples=tmp_path / "silent", model=str(model), out=tmp_path / "x"), "a.wav is silent"),
    ):  # fmt: skip
        with pytest.raises(LivehostError, match=said):
            Work(asked)
    grown(order(count=1))
    with pytest.raises(LivehostError, match=r"was grown otherwise .--seed differs.: ask for the same again"):
        Work(order(count=1, seed=3))
    (order().out / RECORD).write_text('{"format": 7}')
    with pytest.raises(LivehostError, match=r"is no record of a growth .it is of format 7, not 1."):
        Work(order(count=1))


def test_a_full_disk_is_a_sentence_and_what_is_there_is_whole(disk, samples, model):
    asked = Order(samples=samples, model=str(model), out=disk.folder / "grown", count=30)
    work = Work(asked)
    asked.out.mkdir()
    said = "the disk is full" if disk.mounted else disk.words
    small = disk if disk.mounted else SmallDisk(asked.out, mounted=False)
    with small.full(leaving=60_000 if disk.mounted else 6_000), pytest.raises(LivehostError, match=said):
        work.grow(1)
    assert bool(sounds(asked.out)) == disk.mounted
    for path in asked.out.glob("*.wav"):
        assert soundfile.info(path).frames > 0
    assert not list(asked.out.glob(".*"))


def test_the_command_needs_no_torch(samples, model, tmp_path):
    program = (
        "import sys; from livehost.cli import main; sys.argv = sys.argv[1:]\n"
        "try: main.main()\n"
        "finally: print(sorted({'torch', 'sklearn', 'librosa'} & set(sys.modules)))"
    )
    typed = f"livehost grow {samples} --with {model} --count 3 -o {tmp_path / 'grown'}"
    done = subprocess.run([sys.executable, "-c", program, *typed.split()], capture_output=True, text=True, check=True)
    assert "3 sounds," in done.stdout
    assert done.stdout.endswith("[]\n")
    assert (tmp_path / "grown" / PAGE).is_file()
