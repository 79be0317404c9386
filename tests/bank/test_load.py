import json
import os
import shutil
from pathlib import Path

import numpy as np
import pytest
import soundfile

import livehost.dsp
from livehost.bank import build, load, store
from livehost.bank.layout import GUARD_SAMPLES
from livehost.bank.load import open_bank
from livehost.bank.measure import FeatureExtractor
from livehost.dsp.segment import SEGMENT_SIZE
from livehost.dsp.tables import LEVEL_SLOTS
from livehost.errors import LivehostError

from .conftest import RATE, hit


def opened(folder, cache, **options):
    return open_bank(folder, RATE, cache_dir=cache, **options)


def cached_banks(cache):
    return sorted(path for path in (cache / "banks").iterdir() if path.name != "pointers")


@pytest.fixture
def built(monkeypatch):
    """Names of the files that were prepared since the test began."""
    names = []
    prepare = build.prepare

    def note(directory, listed, *rest):
        names.append(listed.name)
        return prepare(directory, listed, *rest)

    monkeypatch.setattr(build, "prepare", note)
    return names


def test_a_bank_as_documented(folder, cache):
    seen = []
    bank = opened(folder, cache, progress=lambda *step: seen.append(step))
    assert bank.names == ["Bell.wav", "kick2.wav", "kick10.wav"]
    assert seen == [(0, 3, ""), (1, 3, "Bell.wav"), (2, 3, "kick2.wav"), (3, 3, "kick10.wav")]
    assert (bank.cached, bank.notes, bank.skipped) == (True, [], [])
    assert bank.features.shape == (3, SEGMENT_SIZE)
    assert bank.features.dtype == bank.block.dtype == np.float32
    assert bank.items["successor"].tolist() == [-1, -1, -1]
    assert bank.items["root"] == pytest.approx([81.0, 45.0, 41.53], abs=0.1)
    assert (bank.items["offset"] % 16 == 0).all()
    assert not bank.block[:GUARD_SAMPLES].any()
    for index, hz in enumerate((880.0, 110.0, 90.0)):
        item = bank.items[index]
        end = item["offset"] + item["frames"] * item["channels"]
        assert not bank.block[end : end + GUARD_SAMPLES].any()
        # 16 bits; the tail may be cut
        assert bank.samples(index)[:4000, 0] == pytest.approx(hit(hz)[:4000], abs=1.1 / 32768)
    assert bank.sources["rate"].tolist() == [RATE] * 3
    assert not bank.block.flags.writeable


@pytest.mark.parametrize("match", [True, False])
def test_features_have_the_levels_that_sound(folder, tmp_path, match):
    bank = opened(folder, tmp_path / "cache", match_loudness=match)
    gains = bank.items["gain"].astype(np.float64)
    assert (gains == 1.0).all() == (not match)
    meter = FeatureExtractor(RATE)
    for index, features in enumerate(bank.features):
        own = meter.measure(bank.samples(index), int(bank.items["onset"][index])).features
        louder = meter.measure(np.float32(gains[index]) * bank.samples(index), int(bank.items["onset"][index])).features
        np.testing.assert_allclose(features[LEVEL_SLOTS], louder[LEVEL_SLOTS], atol=0.01)
        assert match == (np.abs(features - own)[LEVEL_SLOTS] > 1).all()


def test_cached_bank_is_the_same_and_nothing_is_read(folder, cache, built):
    first, second = opened(folder, cache), opened(folder, cache)
    assert len(built) == 3
    assert second.hash == first.hash
    assert np.array_equal(second.block, first.block)
    assert second.items.tobytes() == first.items.tobytes()
    assert np.array_equal(second.features, first.features)


def test_one_worker_or_eight_make_the_same_bytes(folder, tmp_path):
    one = opened(folder, tmp_path / "1", workers=1)
    eight = opened(folder, tmp_path / "8", workers=8)
    assert np.array_equal(one.block, eight.block)
    assert np.array_equal(one.features, eight.features)


def test_moved_and_copied_folders_keep_their_cache(folder, cache, built):
    first = opened(folder, cache)
    moved = folder.rename(folder.parent / "moved")
    copied = folder.parent / "copied"
    shutil.copytree(moved, copied, copy_function=shutil.copyfile)  # new times
    for place in (moved, copied):
        bank = opened(place, cache)
        assert bank.hash == first.hash
        assert bank.directory == place.resolve()
    assert len(built) == 3
    assert len(cached_banks(cache)) == 1


def test_a_moved_folder_is_read_once(folder, cache, monkeypatch):
    first = opened(folder, cache)
    moved, read = folder.rename(folder.parent / "moved"), []
    digests = build.content_digests
    monkeypatch.setattr(build, "content_digests", lambda *given: read.append(1) or digests(*given))
    assert [opened(moved, cache).hash for _ in range(3)] == [first.hash] * 3
    assert len(read) == 1


def test_a_changed_file_builds_afresh_and_the_old_bank_goes(folder, cache):
    first = opened(folder, cache)
    times = (folder / "Bell.wav").stat()
    soundfile.write(folder / "Bell.wav", hit(700.0), RATE)
    os.utime(folder / "Bell.wav", ns=(times.st_atime_ns, times.st_mtime_ns))  # same size, same time, other content
    second = opened(folder, cache)
    assert second.hash != first.hash
    assert [path.name for path in cached_banks(cache)] == [second.hash]
    assert first.block[GUARD_SAMPLES + 100] == pytest.approx(hit(880.0)[100], abs=1e-4)  # the open one lives on
    (folder / "kick2.wav").unlink()
    assert opened(folder, cache).names == ["Bell.wav", "kick10.wav"]


def test_options_and_rates_have_banks_of_their_own(folder, cache):
    hashes = {opened(folder, cache).hash, opened(folder, cache, match_loudness=False).hash}
    hashes |= {opened(folder, cache, slice_onsets=True).hash, open_bank(folder, 44_100, cache_dir=cache).hash}
    assert len(hashes) == 4
    assert len(cached_banks(cache)) == 4
    assert opened(folder, cache, match_loudness=False).items["gain"].tolist() == [1, 1, 1]


def test_another_detector_cuts_another_bank(folder, cache, monkeypatch):
    whole, cut = opened(folder, cache).hash, opened(folder, cache, slice_onsets=True).hash
    monkeypatch.setattr(load, "detector_digest", lambda: "another")
    assert opened(folder, cache).hash == whole
    assert opened(folder, cache, slice_onsets=True).hash != cut


@pytest.mark.parametrize(
    "module", ["onset/canceller_step", "onset/kalman", "onset/echo", "fft", "onset/bands", "onset/step"]
)
def test_every_module_of_the_detector_counts(module, monkeypatch, tmp_path):
    shutil.copytree(Path(livehost.dsp.__file__).parent, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr(livehost.dsp, "__file__", str(tmp_path / "__init__.py"))
    before = load.detector_digest()
    with (tmp_path / f"{module}.py").open("a") as file:
        file.write("# changed")
    assert load.detector_digest() != before


def test_so_do_its_settings(monkeypatch):
    before = load.detector_digest()
    monkeypatch.setattr(load, "SETTINGS", (("gate_db", -50.0, -90.0, 0.0, "dB", "another gate"),))
    assert load.detector_digest() != before


def test_items_come_out_equally_loud(folder, cache):
    soundfile.write(folder / "soft.wav", 0.1 * hit(880.0), RATE)
    bank = opened(folder, cache)
    loud, soft = bank.items[bank.names.index("Bell.wav")], bank.items[bank.names.index("soft.wav")]
    assert loud["loudness_db"] - soft["loudness_db"] == pytest.approx(20, abs=0.1)
    assert 20 * np.log10(soft["gain"] / loud["gain"]) == pytest.approx(20, abs=0.1)


def test_long_sounds_are_sliced_at_onsets(folder, cache):
    long = np.zeros(2 * RATE, np.float32)
    for at, hz in ((0.3, 300.0), (0.8, 500.0), (1.4, 200.0)):
        long[round(at * RATE) :][: RATE // 2] += hit(hz, 0.5, decay_s=0.08)[: len(long) - round(at * RATE)]
    soundfile.write(folder / "a long one.wav", long, RATE)
    bank = opened(folder, cache, slice_onsets=True)
    assert bank.names[:3] == [f"a long one.wav#{k}" for k in (1, 2, 3)]
    assert bank.items["successor"].tolist() == [1, 2, -1, -1, -1, -1]
    assert bank.items["source"].tolist() == [0, 0, 0, 1, 2, 3]
    assert bank.items["root"][:3] == pytest.approx([62.37, 71.21, 55.35], abs=0.1)
    assert bank.items["frames"][:2] == pytest.approx([0.5 * RATE, 0.6 * RATE], abs=0.01 * RATE)
    assert opened(folder, cache).names[0] == "a long one.wav"


@pytest.mark.parametrize("table", ["items.npy", "features.npy", "sources.npy", "names.json"])
def test_tables_that_do_not_fit_together_are_damage_even_if_nothing_has_changed_them_since(
    folder, cache, monkeypatch, table
):
    opened(folder, cache)
    (place,) = cached_banks(cache)
    monkeypatch.setattr(store, "_manifest", lambda _: json.loads((place / "manifest.json").read_bytes()))
    assert len(store.load(place, folder)) == 3
    path = place / table
    if table == "names.json":
        names = json.loads(path.read_bytes())
        path.write_text(json.dumps({**names, "items": names["items"][:2]}))
    else:
        rows = np.load(path)
        np.save(path, rows.view("u1") if table == "sources.npy" else rows[:2])
    with pytest.raises(store.DamagedBank, match="fit together"):
        store.load(place, folder)


@pytest.mark.parametrize("damage", ["cut", "gone", "altered", "no manifest", "garbage manifest", "other format"])
def test_a_damaged_cache_is_noticed_and_built_again(folder, cache, built, damage):
    first = opened(folder, cache)
    place = cached_banks(cache)[0]
    samples = np.array(first.block)
    manifest = json.loads((place / "manifest.json").read_bytes())
    {
        "cut": lambda: os.truncate(place / "block.f32", 1000),
        "gone": (place / "items.npy").unlink,
        "altered": lambda: np.save(place / "features.npy", np.zeros((3, SEGMENT_SIZE), np.float32)),
        "no manifest": (place / "manifest.json").unlink,
        "garbage manifest": lambda: (place / "manifest.json").write_bytes(b"\xff{"),
        "other format": lambda: (place / "manifest.json").write_text(json.dumps({**manifest, "format": 99})),
    }[damage]()
    second = opened(folder, cache)
    assert len(built) == 6
    assert np.array_equal(second.block, samples)
    assert store.verify(place)
    opened(folder, cache)
    assert len(built) == 6


def test_verify_reads_the_block(folder, cache):
    opened(folder, cache)
    place = cached_banks(cache)[0]
    assert store.verify(place)
    with (place / "block.f32").open("r+b") as file:
        file.seek(500)
        file.write(b"\x01")
    assert not store.verify(place)


def test_rates_out_of_range(folder, cache):
    with pytest.raises(LivehostError, match="from 8000 to 192000 Hz") as error:
        open_bank(folder, 4000, cache_dir=cache)
    assert error.value.exit_code == 2


def test_cache_folder_from_the_environment(folder, tmp_path, monkeypatch):
    monkeypatch.setenv("LIVEHOST_CACHE", str(tmp_path / "there"))
    open_bank(folder, RATE)
    assert len(cached_banks(tmp_path / "there")) == 1
