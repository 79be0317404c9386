"""The page that explains the tree names the packages that there are, and tests that there are."""

import re
from pathlib import Path

import pytest

from tests.foundations.modules import PACKAGE

PAGE = PACKAGE.parent / "ARCHITECTURE.md"
#: What a section explains how to add, and whether a test must follow it.
SECTIONS = {
    "setting": True,
    "OSC address": False,
    "event": True,
    "source of tempo": False,
    "player": True,
    "driver": False,
    "model family": True,
    "effect": True,
    "bench suite": False,
}


def packages(package):
    """Folders of the tree that are packages, as the page writes them; those inside other packages may be left out."""
    return {f"{package.name}/{path.parent.name}/" for path in package.glob("*/__init__.py")}


def named(text):
    """Packages that the page's tables name, in code marks at the beginning of a row; those inside others, too."""
    return {f"{name}/" for name in re.findall(r"^\| *`(livehost/[\w/]+?)/?`", text, re.MULTILINE)}


def sections(text):
    """Text under each heading that says how to add something, by what is added."""
    parts = re.split(r"^## +", text, flags=re.MULTILINE)[1:]
    headed = (part.partition("\n")[::2] for part in parts)
    return {re.sub(r"^To add an? ", "", title.strip()): body for title, body in headed if title.startswith("To add")}


def faults(text, root):
    """What is wrong with the page of a tree, a sentence each."""
    package, found = root / "livehost", []
    found += [f"{name} is not named" for name in sorted(packages(package) - named(text))]
    found += [f"{n} does not exist" for n in sorted(named(text)) if not (root / n / "__init__.py").is_file()]
    told = sections(text)
    found += [f"how to add: {what} is not told" for what in SECTIONS if what not in told]
    for what, body in told.items():
        tests = re.findall(r"`(tests/[\w/]+\.py)(?:::\w+)?`", body)
        found += [f"{test} does not exist" for test in tests if not (root / test).is_file()]
        if SECTIONS.get(what) and not tests:
            found += [f"how to add: {what} names no test"]
        files = re.findall(r"`(livehost/[\w/]+\.py)`", body)
        found += [f"{file} does not exist" for file in files if not (root / file).is_file()]
        if not re.search(r"`livehost/[\w/]*(\.py|/)`", body):
            found += [f"how to add: {what} names no file"]
    return found


def test_the_page_is_true_of_the_tree():
    assert PAGE.is_file(), "ARCHITECTURE.md is missing"
    assert not faults(PAGE.read_text(encoding="utf-8"), PAGE.parent)


@pytest.fixture
def tree(tmp_path) -> Path:
    """A tree of two packages, one inside another, and a test."""
    for name in ("livehost/rt", "livehost/view/deep", "tests/foundations"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("rt", "view", "view/deep"):
        (tmp_path / "livehost" / name / "__init__.py").write_text("")
    (tmp_path / "livehost" / "settings.py").write_text("")
    (tmp_path / "livehost" / "exports").mkdir()  # data, no package
    (tmp_path / "tests/foundations/test_toy.py").write_text("")
    return tmp_path


def page(
    *, rows=("rt", "view"), leave_out="", body="Touch `livehost/settings.py`; see `tests/foundations/test_toy.py`."
):
    table = "\n".join(f"| `livehost/{row}/` | of {row} |" for row in rows)
    added = "\n".join(
        f"## To add {'an' if what[0] in 'Oe' else 'a'} {what}\n\n{body}\n" for what in SECTIONS if what != leave_out
    )
    return f"# Architecture\n\n| package | what |\n|---|---|\n{table}\n\n{added}"


def test_a_page_that_is_true_has_no_faults(tree):
    assert faults(page(), tree) == []
    assert faults(page(rows=("rt", "view", "view/deep")), tree) == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"rows": ("rt",)}, ["livehost/view/ is not named"]),
        ({"rows": ("rt", "view", "gone")}, ["livehost/gone/ does not exist"]),
        ({"rows": ("rt", "view", "exports")}, ["livehost/exports/ does not exist"]),
        ({"leave_out": "player"}, ["how to add: player is not told"]),
        (
            {"body": "Touch `livehost/gone.py`; see `tests/foundations/test_toy.py`."},
            ["livehost/gone.py does not exist"] * len(SECTIONS),
        ),
        (
            {"body": "Touch `livehost/settings.py`; see `tests/foundations/test_gone.py`."},
            ["tests/foundations/test_gone.py does not exist"] * len(SECTIONS),
        ),
        (
            {"body": "Touch `livehost/settings.py`."},
            [f"how to add: {what} names no test" for what, must in SECTIONS.items() if must],
        ),
        (
            {"body": "See `tests/foundations/test_toy.py`."},
            [f"how to add: {what} names no file" for what in SECTIONS],
        ),
        (
            {"body": "Do it."},
            [
                sentence
                for what, must in SECTIONS.items()
                for sentence in [f"how to add: {what} names no test"] * must + [f"how to add: {what} names no file"]
            ],
        ),
    ],
)
def test_a_page_that_is_not_true_is_told_of(tree, changes, fault):
    assert faults(page(**changes), tree) == fault
