"""An object's class says what it has: nothing is probed, nobody gets the whole session, nobody sets another's state."""

import ast
import re

import pytest

from tests.foundations.modules import sources

#: Where a session is put together, and where it is run: who may hold it.
COMPOSITION = ("livehost.stage.stage", "livehost.stage.session")
#: Packages that run on stage.
ON_STAGE = ("stage", "players", "engine", "bridge")

#: Attributes that are looked up by a name: where, of what, and why that stands in for no contract.
BY_NAME = {
    ("livehost.bridge.event_log", "error"): "what the system says of an error, where it says something",
    ("livehost.bridge.midi.host", "signal"): "not on every system",
    ("livehost.bridge.osc.server", "error"): "what the system says of an error, where it says something",
    ("livehost.bridge.osc.sender", "socket"): "not on every system",
    ("livehost.engine.drivers.patience", "sys.modules.get('sounddevice')"): "another package's private way out",
    ("livehost.engine.state", "self"): "its own parts, by the names of their fields in the record",
    ("livehost.players.attention", "self"): "its own arrays, by the names of their fields",
    ("livehost.players.bank_transformer.context", "error"): "what the system says of an error",
    ("livehost.players.performance.context", "error"): "what the system says of an error",
    ("livehost.players.nearest.player", "self.space"): "arrays of a dataclass, by the names of its fields",
    ("livehost.stage.audio_file", "error"): "what libsndfile says of an error",
    ("livehost.stage.event_bus", "function"): "the name of a function, for a sentence",
    ("livehost.stage.session", "signal"): "not on every system",
}

#: Attributes that are set on objects of other packages, which are made to be used so.
SET_ON_OTHERS = {
    "livehost.bridge.tempo.jack_host": "ctypes: types of JACK's functions",
    "livehost.bridge.tempo.link_host": "Link: how it is switched on",
    "livehost.stage.session": "threading: a timer that keeps no process alive",
    "livehost.view.dashboard": "rich: how a text is cut",
    "livehost.view.terminal": "rich: the file of the console, put back afterwards",
}
#: What makes a function a native one: its records are memory, not objects.
NATIVE = {"kernel", "fast_kernel", "entry", "compiled", "fast_compiled", "intrinsic"}


@pytest.fixture(scope="module")
def trees():
    return sources()


def package(module):
    return module.split(".")[1] if "." in module else ""


def calls(tree, *names):
    """Calls of functions of these names."""
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names
    ]


def functions(tree):
    return [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]


def is_native(function):
    called = [d.func if isinstance(d, ast.Call) else d for d in function.decorator_list]
    return any(isinstance(d, ast.Name) and d.id in NATIVE for d in called)


def looked_up(trees):
    """Every attribute that is looked up by a name on stage: where, and of what."""
    return {
        (module, ast.unparse(call.args[0]))
        for module, tree in trees.items()
        if package(module) in ON_STAGE
        for call in calls(tree, "getattr", "hasattr", "setattr", "delattr")
    }


def test_no_getattr_stands_in_for_a_contract(trees):
    assert looked_up(trees) == set(BY_NAME)


def test_no_player_is_asked_whether_it_has_something(trees):
    """Nowhere in the package, the bench and the studio included."""
    asked = [
        f"{module}: {ast.unparse(call)}"
        for module, tree in trees.items()
        for call in calls(tree, "getattr", "hasattr")
        if re.search(r"player|active|chooser", ast.unparse(call.args[0]))
    ]
    assert not asked


def asked_of_players(tree):
    """Attributes of what is called a player."""
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and re.search(r"(^|\.)player$", ast.unparse(node.value))
    }


def test_all_that_a_session_asks_of_a_player_has_a_default_in_its_contract(trees):
    from livehost.players.base import Player

    player = Player()
    asked = set().union(*(asked_of_players(tree) for module, tree in trees.items() if package(module) == "stage"))
    assert {"arrays", "warm_up", "attention", "close", "keep_verdicts", "model_digest", "table"} <= asked
    assert asked <= set(dir(player))
    assert (player.attention, player.has_context, player.context_length, player.model) == (None, False, 0, "")
    player.allow(-1, False)
    player.keep_verdicts(Player())
    player.warm_up()
    player.close()
    assert (player.table["step"] == 0).all()  # whoever makes a player gives this one
    assert all((player.table[name] != 0).all() for name in ("think", "hear_segment", "hear_note", "command"))


def handed(trees):
    """Parameters that are a whole session, by their annotation or their name."""
    return {
        f"{module}.{function.name}({parameter.arg})"
        for module, tree in trees.items()
        if module not in COMPOSITION
        for function in functions(tree)
        for parameter in ast.walk(function.args)
        if isinstance(parameter, ast.arg)
        if parameter.arg == "stage" or re.search(r"\bStage\b", ast.unparse(parameter.annotation or ast.Constant("")))
    }


def test_nobody_is_handed_the_whole_session(trees):
    # a process that runs a session, which the bench ends in every way: a class of its own, of the same name
    assert handed(trees) == {"livehost.bench.suites.ending.end(stage)"}


def passed_on(tree, name):
    """Calls that get an object of this name as it is."""
    return [
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and any(isinstance(a, ast.Name) and a.id == name for a in [*node.args, *(k.value for k in node.keywords)])
    ]


def test_the_session_gives_itself_to_nobody(trees):
    assert not passed_on(trees["livehost.stage.stage"], "self")
    assert not passed_on(trees["livehost.stage.session"], "stage")


def own_fields(tree):
    """Attributes that a module's own classes declare, or set on themselves."""
    found = set()
    for cls in (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)):
        for node in ast.walk(cls):
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                found.add(node.target.id)
            if isinstance(node, ast.Assign):
                found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and is_self(node.value):
                found.add(node.attr)
    return found


def is_self(node):
    return isinstance(node, ast.Name) and node.id in ("self", "cls")


def set_on_others(tree):
    """Attributes that Python code sets on an object that is neither itself nor one of its own module's classes."""
    native = {id(node) for function in functions(tree) if is_native(function) for node in ast.walk(function)}
    own = own_fields(tree)
    return [
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, (ast.Store, ast.Del))
        and not is_self(node.value)
        and id(node) not in native
        and node.attr not in own
    ]


def test_no_attribute_of_an_object_is_set_by_another(trees):
    found = {module: set_on_others(tree) for module, tree in trees.items() if package(module) in (*ON_STAGE, "view")}
    assert {module: names for module, names in found.items() if names and module not in SET_ON_OTHERS} == {}
    assert set(SET_ON_OTHERS) <= {module for module, names in found.items() if names}


def memory_of_others(tree):
    """Elements that are set in an array of another object."""
    stored = [n for n in ast.walk(tree) if isinstance(n, ast.Subscript) and isinstance(n.ctx, ast.Store)]
    found = []
    for node in stored:
        array = node.value
        while isinstance(array, ast.Subscript):
            array = array.value
        if isinstance(array, ast.Attribute) and not is_self(array.value):
            found.append(ast.unparse(node))
    return found


def test_the_session_writes_to_the_memory_of_no_real_time_thread(trees):
    """What the audio thread and the worker read is set by the objects that own it."""
    assert not [name for module, tree in trees.items() if package(module) == "stage" for name in memory_of_others(tree)]


def test_what_is_looked_for_is_found():
    text = """
class Meter:
    level = 0
    def rise(self, other, stage: "Stage"):
        self.level = 1
        other.level = other.peak = 2
        other.state[0]["silent"] = self.state["x"] = 3
        meter.gain.peak += 1
        other.run(stage, whole=self)
        return getattr(other.player, "notes", ())

@entry(STEP)
def step(address):
    r.frame = 1
"""
    tree = ast.parse(text)
    assert set_on_others(tree) == ["other.peak", "meter.gain.peak"]
    assert asked_of_players(tree) == set()
    assert asked_of_players(ast.parse("self.active.player.pulse(player.tempo)")) == {"pulse", "tempo"}
    assert memory_of_others(tree) == ["other.state[0]['silent']"]
    assert passed_on(tree, "self") == passed_on(tree, "stage") == ["other.run(stage, whole=self)"]
    assert handed({"livehost.stage.x": tree}) == {"livehost.stage.x.rise(stage)"}
    assert looked_up({"livehost.stage.x": tree}) == {("livehost.stage.x", "other.player")}


def addresses_of_temporaries(tree):
    """Arguments that are the address of an array that nobody holds: it is freed before the call begins."""
    found = []
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        for argument in [*call.args, *(keyword.value for keyword in call.keywords)]:
            for node in ast.walk(argument):
                if isinstance(node, ast.Attribute) and ast.unparse(node).endswith(".ctypes.data"):
                    found += (
                        [ast.unparse(node)] if isinstance(node.value.value, (ast.Call, ast.BinOp, ast.List)) else []
                    )
    return found


def test_no_function_is_given_the_address_of_memory_that_nobody_holds(trees):
    assert {module: found for module, tree in trees.items() if (found := addresses_of_temporaries(tree))} == {}
    planted = ast.parse(
        "run2(learn)(self.address, np.append(n, order).ctypes.data)\nf(a.ctypes.data, b=given.ctypes.data)"
    )
    assert addresses_of_temporaries(planted) == ["np.append(n, order).ctypes.data"]
