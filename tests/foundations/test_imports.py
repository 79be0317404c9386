"""No circle of imports, and one direction from the bottom of the tree to its top."""

import ast
import subprocess
import sys

import pytest

from tests.foundations.modules import circles, import_graph, sources

#: From the bottom up: a module may import from its own line and from the lines above it, never from those below.
#: Of two rules the longer name counts.
LAYERS = (
    ("errors",),
    ("places", "printable", "toml", "record", "extras", "service", "libjack", "revision"),
    ("events", "setting"),
    ("event_kinds", "settings", "atomic_file", "disk", "session_log", "supervise"),
    ("start_layers", "rt", "performance"),
    ("dsp",),
    ("bank", "synthesis"),
    ("inference", "engine"),
    ("players", "bridge"),
    ("session_folder",),
    ("stage", "patches"),
    ("doctor", "soundcheck", "replay"),
    ("view",),
    ("stage.session", "studio"),  # the loop behind `livehost run` shows what it runs
    ("growing",),
    ("bench",),
    ("cli",),
    ("__main__",),
)
#: The package itself: its version, for all; importing it chooses where compiled code is kept.
TOP = "livehost"


def layer(module):
    """Line of the table that a module stands in."""
    name = module.removeprefix("livehost.")
    matches = [(len(row), k) for k, rows in enumerate(LAYERS) for row in rows if f"{name}.".startswith(f"{row}.")]
    assert matches, f"{module} stands in no line of LAYERS"
    return max(matches)[1]


@pytest.fixture(scope="module")
def graph():
    return import_graph(sources())


def test_there_is_no_circle_of_imports(graph):
    assert len(graph) > 300
    assert not circles(graph)


def test_imports_go_one_way(graph):
    upwards = [
        f"{module} imports {wanted}"
        for module, all_wanted in graph.items()
        for wanted in sorted(all_wanted)
        if TOP not in (module, wanted) and layer(wanted) > layer(module)
    ]
    assert not upwards


def test_packages_of_one_line_do_not_need_each_other(graph):
    sideways = [
        f"{module} imports {wanted}"
        for module, all_wanted in graph.items()
        for wanted in sorted(all_wanted)
        if TOP not in (module, wanted) and layer(module) == layer(wanted) and _package(module) != _package(wanted)
    ]
    assert not sideways


def _package(module):
    return module.split(".")[1]


def test_circles_are_found_wherever_the_imports_stand():
    trees = {
        name: ast.parse(text)
        for name, text in {
            "livehost.a": "from livehost import b",
            "livehost.b": "def f():\n    if 1:\n        from livehost.c import thing",
            "livehost.c": "import livehost.a\nimport os",
            "livehost.d": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import livehost.e",
            "livehost.e": "import livehost.d\nimport livehost.a",
            "livehost": "",
        }.items()
    }
    graph = import_graph(trees)
    assert graph["livehost.b"] == {"livehost.c"}
    assert circles(graph) == [["livehost.a", "livehost.b", "livehost.c"]]


#: What a command that only looks, or explains, does without: a compiler, and networks.
LIGHT = {"numba", "torch", "onnxruntime", "matplotlib"}


@pytest.mark.parametrize("arguments", [["devices"], ["settings"], ["osc"], ["run", "--help"]])
def test_who_only_looks_waits_for_no_compiler(arguments):
    code = f"import sys\nsys.argv = ['livehost', *{arguments!r}]\nfrom livehost.__main__ import main\n"
    code += (
        f"try:\n    main()\nexcept SystemExit:\n    pass\nfound = {LIGHT!r} & set(sys.modules)\nassert not found, found"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
