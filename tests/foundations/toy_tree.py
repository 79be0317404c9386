"""A copy of the tree, with a player, a setting, an event and a model family added as a developer would add them.

All of them stand in one copy, so that it compiles once; what each has touched is counted on the files themselves.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.foundations.modules import PACKAGE

TESTS = Path(__file__).parents[1]
#: Copies that are kept, where the folder outlives the tests.
KEEP = 3
#: New files by the path that they get, each a file of these tests, or "" for an empty one.
NEW = {
    "player": {"players/toy/__init__.py": "", "players/toy/player.py": "foundations/toy_player.py"},
    "setting": {},
    "event": {},
    "family": {
        "studio/toy/__init__.py": "",
        **{f"studio/toy/{name}.py": f"toys/{name}.py" for name in ("family", "kind", "row")},
    },
}
#: What is typed into files: behind the one line that holds this, that.
TYPED = {
    "player": {
        "players/__init__.py": [('"nearest": "livehost', '    "toy": "livehost.players.toy.player",')],
        "settings.py": [
            (
                'Setting("respond", True, "play at all"',
                '    Setting("toy_delay_ms", 20.0, "a toy answers this long after what it answers", "ms", 0, 500,'
                ' thread="part"),',
            )
        ],
    },
    "setting": {
        "settings.py": [
            (
                'Setting("master.mute", False',
                '    Setting("master.trim", 1.0, "factor on all that livehost plays", "", 0, 1, thread="audio"),',
            )
        ],
    },
    "event": {
        "events.py": [
            (
                'word="failed", tone="bad"',
                """    Record("louder", 60, "event", "an onset far above the musician's average level", fields(
        ("by_db", "f4", "how far, dB"),
    ), word="louder", tone="good"),""",
            )
        ],
        "engine/worker/listener.py": [
            ("_MEMORY = 0.9", '_LOUDER, _LOUDER_T = BY_NAME["louder"].code, BY_NAME["louder"].dtype'),
            (
                "        w.average_level_db, w.average_loudness_db = level_db, loudness_db",
                """    if level_db > w.average_level_db + 6.0:
        address = ring_claim(w.events)
        if address != 0:
            r = record_at(address, _LOUDER_T)
            r.frame, r.kind, r.by_db = w.frame, _LOUDER, level_db - w.average_level_db
            ring_publish(w.events)""",
            ),
        ],
        "bridge/osc/sections/streams.py": [
            (
                'out("event/resumed"',
                '    out("event/louder", "a loud sound", Arg("f", "by_db", "dB"), group="event", record="louder"),',
            )
        ],
    },
    "family": {
        "inference/kinds/__init__.py": [
            ('"bank-transformer": "livehost.inference.', '    "toy-classifier": "livehost.studio.toy.kind",')
        ],
        "studio/families.py": [
            ("from livehost.studio.vocoder.row import", "from livehost.studio.toy.row import TOY"),
            ("FAMILIES: dict[str, Family] =", "FAMILIES |= {TOY.name: TOY}"),
        ],
    },
}
#: The players that there are, as the table of settings names them.
_PLAYERS = 'choices=("bank", "nearest", "off", "performance")'
#: What is written over, where it would not do to add a line.
REPLACED = {
    "player": {"settings.py": [(_PLAYERS, _PLAYERS.replace('")', '", "toy")'))]},
    "setting": {
        "engine/callback.py": [
            (
                "own_left[i], own_right[i] = voice_l * master, voice_r * master",
                "own_left[i] = voice_l * master * parameters.master_trim\n"
                "        own_right[i] = voice_r * master * parameters.master_trim",
            )
        ],
    },
    "event": {},
    "family": {},
}
#: Folders whose compiled code knows nothing of settings and events: it is taken along.
COMPILED_ALIKE = ("rt", "dsp", "dsp/onset")
#: What is compiled side by side, before a session asks for it.
PARTS = (
    "livehost.engine.callback, livehost.engine.drivers.offline",
    "livehost.engine.worker.loop, livehost.players.toy.player, livehost.players.nearest.player",
    "livehost.bridge.osc.reader",
)


@dataclass(frozen=True)
class ToyTree:
    """The copy.

    `touched` says for each toy which files of the package it has added or changed, relative to the package.
    """

    root: Path
    touched: dict[str, set[str]]

    def environment(self) -> dict[str, str]:
        """Surroundings in which the copy is the tree that is found."""
        return {**os.environ, "PYTHONPATH": str(self.root), "NUMBA_CACHE_DIR": str(self.root / "compiled")}

    def python(self, *arguments: str) -> str:
        """Run Python in the copy; what it printed."""
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=self.root,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def livehost(self, *arguments: str) -> str:
        """Type a command line."""
        return self.python("-m", "livehost", *arguments)

    def session(self, settings: dict, *messages: tuple) -> dict:
        """Run a session offline, with OSC messages at frames; see `toy_session`."""
        job = json.dumps({"settings": {"audio.driver": "offline", **settings}, "messages": messages})
        return json.loads(self.python(str(TESTS / "foundations/toy_session.py"), job))


def toy_tree(place: Path) -> ToyTree:
    """Make the copy, or find it made by another process of these tests."""
    making = place / f"making-{os.getpid()}"
    shutil.copytree(PACKAGE, making / "livehost", ignore=shutil.ignore_patterns("__pycache__"))
    touched = {}
    for toy in TYPED:
        before = _digests(making / "livehost")
        _add(making / "livehost", toy)
        after = _digests(making / "livehost")
        touched[toy] = {name for name, digest in after.items() if before.get(name) != digest}
    root = place / f"toys-{hashlib.sha256(repr(sorted(_digests(making).items())).encode()).hexdigest()[:16]}"
    if root.exists():
        shutil.rmtree(making)
        return ToyTree(root, touched)
    making.rename(root)
    for old in sorted(place.glob("toys-*"), key=lambda path: path.stat().st_mtime)[:-KEEP]:
        shutil.rmtree(old)
    tree = ToyTree(root, touched)
    _take_compiled_along(root)
    running = [
        subprocess.Popen([sys.executable, "-c", f"import {part}"], env=tree.environment(), cwd=root) for part in PARTS
    ]
    assert [process.wait() for process in running] == [0] * len(PARTS)
    tree.python("-c", "import livehost; from livehost.rt import compile_cache; compile_cache.mark_warm()")
    return tree


def _add(package: Path, toy: str) -> None:
    for name, source in NEW[toy].items():
        (package / name).parent.mkdir(exist_ok=True)
        text = (TESTS / source).read_text(encoding="utf-8") if source else ""
        (package / name).write_text(text.replace("tests.toys", "livehost.studio.toy"), encoding="utf-8")
    for file, rows in TYPED[toy].items():
        for held, new in rows:
            lines = (package / file).read_text(encoding="utf-8").splitlines()
            (at,) = [k for k, line in enumerate(lines) if held in line]
            _write(package / file, "\n".join([*lines[: at + 1], new, *lines[at + 1 :], ""]))
    for file, rows in REPLACED[toy].items():
        for old, new in rows:
            text = (package / file).read_text(encoding="utf-8")
            assert text.count(old) == 1, f"{file} does not hold {old!r} once"
            _write(package / file, text.replace(old, new))


def _write(path: Path, text: str) -> None:
    """Write a file that keeps its time: compiled code is found by it."""
    time = path.stat().st_mtime_ns
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(time, time))


def _digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*.py")
    }


def _take_compiled_along(root: Path) -> None:
    """Copy machine code to where numba looks for it: a folder named after that of the source."""
    compiled = Path(os.environ.get("NUMBA_CACHE_DIR", ""))
    for folder in COMPILED_ALIKE:
        ours, theirs = (
            f"{path.name}_{hashlib.sha1(str(path).encode()).hexdigest()}"
            for path in (PACKAGE / folder, root / "livehost" / folder)
        )
        if (compiled / ours).is_dir():
            shutil.copytree(compiled / ours, root / "compiled" / theirs)
