"""The tests, tested: twelve faults, each of which the test that is there for it must notice.

`python -m tests.mutants` puts in faults by chance; these are the same for every run, quick, and from all over.
"""

import os
import re
from pathlib import Path

import pytest

import livehost
from tests.mutants.imports import Imports
from tests.mutants.process import Processes
from tests.mutants.tree import Place

ROOT = Path(livehost.__file__).resolve().parents[1]
#: Where numba keeps what it compiles; importing livehost has set it.
COMPILED = "NUMBA_CACHE_DIR"
#: Longest run of one test, compiling included.
LIMIT_S = 120.0

#: File, what stands in it, what is planted, and who must notice.
FAULTS = [
    ("engine/limiter.py", "s.sum += s.held - averaged[place]", "s.sum += s.held + averaged[place]",
     "engine/test_limiter.py::test_the_gain_comes_down_over_the_lookahead_and_never_jumps"),
    ("players/sampling.py", "(cost[j - gap] > c or", "(cost[j - gap] >= c or",
     "players/test_sampling.py::test_sort_is_by_cost_then_index"),
    ("players/nearest/space.py", "nearest.max() - nearest.min()", "nearest.max() + nearest.min()",
     "players/nearest/test_space.py::test_spacing_is_what_the_eighth_is_farther_than_the_nearest"),
    ("bridge/osc/match.py", "min(ord(inside[at + 2]), first + 128)", "min(ord(inside[at + 1]), first + 128)",
     "bridge/osc/test_match.py::test_rules"),
    ("bridge/token_bucket.py", "enough = left >= cost", "enough = left > cost",
     "bridge/test_token_bucket.py::test_so_much_at_once_and_so_much_a_second"),
    ("inference/tokens.py", "return z.mean(axis=0).astype(np.float32), z.std(axis=0)",
     "return z.std(axis=0).astype(np.float32), z.mean(axis=0)",
     "inference/test_tokens.py::test_tokens_are_the_formulas_to_float32"),
    ("bank/decode.py", "np.ascontiguousarray(block), last=ended", "np.ascontiguousarray(block), last=not ended",
     "bank/test_decode.py::test_resampled_in_blocks_as_in_one"),
    ("bank/slice.py", "taken[len(taken) - fade :] *= 1 - ramp", "taken[len(taken) - fade :] *= ramp",
     "bank/test_slice.py::test_slices_played_in_time_are_the_recording_again"),
    ("dsp/standardise.py", "_MAD_TO_STD * np.median", "_MAD_TO_STD / np.median",
     "dsp/test_standardise.py::test_normal_values_give_mean_and_deviation"),
    ("dsp/fft.py", "even_r - turned_r, turned_i - even_i", "even_r - turned_r, turned_i + even_i",
     "dsp/test_fft.py::test_equals_scipy"),
    ("stage/event_bus.py", "waiting = sorted(self._kept + arrived, key=_frame)", "waiting = self._kept + arrived",
     "stage/test_event_bus.py::test_events_come_in_the_order_of_frames_and_late_ones_next_time"),
    ("stage/health.py", "if p.until > now", "if p.until >= now",
     "stage/test_health.py::test_what_happened_once_counts_for_a_while"),
]  # fmt: skip


@pytest.fixture(scope="module")
def files() -> list[str]:
    """What a copy needs."""
    sources = [
        p.relative_to(ROOT).as_posix() for folder in ("livehost", "tests") for p in (ROOT / folder).rglob("*.py")
    ]
    return ["pyproject.toml", *sources]


@pytest.fixture(scope="module")
def imports(files: list[str]) -> Imports:
    return Imports(ROOT, files)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory, files: list[str]) -> Place:
    """An unchanged copy, with what this checkout has compiled."""
    base = Place(tmp_path_factory.mktemp("base")).make(ROOT, files)
    base.take_compiled(Place.found(ROOT, Path(os.environ[COMPILED])), files, set())
    return base


def outcome_of(place: Place, *tests: str) -> tuple[int | None, str]:
    """Exit code and output of tests in a copy."""
    end = Processes().test([f"tests/{test}" for test in tests], place, LIMIT_S)
    return end.code, end.output


def test_as_it_is_the_copy_passes(base):
    code, output = outcome_of(base, *(test for *_, test in FAULTS))
    assert code == 0, output


@pytest.mark.parametrize(("path", "sound", "planted", "test"), FAULTS, ids=[f[0] for f in FAULTS])
def test_a_planted_fault_is_caught(tmp_path, base, files, imports, path, sound, planted, test):
    copy = Place(tmp_path).make(base.tree, files)
    file = copy.tree / "livehost" / path
    text = file.read_text(encoding="utf-8")
    assert text.count(sound) == 1
    file.write_text(text.replace(sound, planted), encoding="utf-8")
    copy.take_compiled(base, files, imports.dependents(f"livehost/{path}"))
    code, output = outcome_of(copy, test)
    assert code == 1, output
    assert re.search(rf"^FAILED tests/{re.escape(test)}\b", output, re.MULTILINE), output
