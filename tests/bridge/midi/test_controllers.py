"""Controllers: what they are bound to, and how they learn it."""

import pytest

from livehost.bridge.midi.controllers import Controllers, Learn
from livehost.bridge.midi.mapping import Binding, parse_map, to_text, without
from livehost.errors import LivehostError
from livehost.settings import Settings

GAIN, PANIC, SCENE = "/livehost/master/gain_db", "/livehost/panic", "/livehost/scene/load soft"


class Targets:
    """Remembers what was asked for."""

    def __init__(self, settings):
        self.settings, self.asked = settings, []

    def is_button(self, target):
        if target == "/none":
            raise LivehostError("There is no address /none.")
        return target != GAIN

    def turn(self, target, position):
        self.asked.append((target, round(position, 3)))

    def press(self, target):
        self.asked.append(target)

    def bind(self, text):
        self.settings.set("midi.map", text, "midi")


@pytest.fixture
def settings():
    return Settings()


@pytest.fixture
def targets(settings):
    return Targets(settings)


@pytest.fixture
def said():
    return []


@pytest.fixture
def learn():
    return Learn()


@pytest.fixture
def controllers(settings, targets, learn, said):
    return Controllers(settings, targets, learn, said.append)


def test_the_next_controller_that_moves_is_bound_and_moves_at_once(controllers, targets, settings, learn, said):
    learn.wait_for(GAIN)
    controllers.moved(2, 20, 64)
    controllers.moved(2, 21, 64)
    controllers.moved(1, 20, 64)
    controllers.moved(2, 20, 127)
    assert settings["midi.map"] == f"2:20={GAIN}"
    assert settings.by("midi.map") == "midi"
    assert targets.asked == [(GAIN, 0.504), (GAIN, 1.0)]
    assert said == [f"Controller 20 of channel 2 is bound to {GAIN}."]


def test_an_address_that_learns_again_forgets_its_controller_and_one_controller_may_move_several(
    controllers, targets, settings, learn
):
    for target, controller in ((GAIN, 20), (PANIC, 20), (GAIN, 22)):
        learn.wait_for(target)
        controllers.moved(1, controller, 0)
    assert settings["midi.map"] == f"1:20={PANIC},1:22={GAIN}"
    learn.wait_for(GAIN)
    controllers.moved(1, 20, 0)
    targets.asked.clear()
    controllers.moved(1, 20, 127)
    assert targets.asked == [PANIC, (GAIN, 1.0)]


def test_a_button_is_pressed_once_a_stroke_and_not_by_the_touch_that_taught_it(controllers, targets, learn):
    learn.wait_for(SCENE)
    controllers.moved(1, 30, 127)
    assert targets.asked == []
    for value in (0, 63, 64, 127, 70, 64, 63, 127):
        controllers.moved(1, 30, value)
    assert targets.asked == [SCENE, SCENE]


def test_what_is_waited_for_may_be_called_off(controllers, settings, learn):
    learn.wait_for(GAIN)
    learn.wait_for("")
    controllers.moved(1, 20, 64)
    assert settings["midi.map"] == ""


def test_a_scene_brings_its_bindings_along(controllers, targets, settings):
    settings.set("midi.map", f"1:20={GAIN}", "scene")
    controllers.moved(1, 20, 0)
    settings.set("midi.map", f"1:21={PANIC}", "scene")
    controllers.moved(1, 20, 127)
    controllers.moved(1, 21, 127)
    assert targets.asked == [(GAIN, 0.0), PANIC]


def test_what_cannot_be_done_is_told_and_the_rest_goes_on(controllers, targets, settings, said):
    settings.set("midi.map", f"1:20=/none,1:20={GAIN}", "scene")
    controllers.moved(1, 20, 0)
    assert (said, targets.asked) == (["There is no address /none."], [(GAIN, 0.0)])
    settings.set("midi.map", "nonsense", "scene")
    controllers.moved(1, 20, 0)
    controllers.moved(1, 20, 1)
    assert len(said) == 2  # once for each map
    assert said[1].startswith("midi.map wants CHANNEL:CONTROLLER=ADDRESS")
    assert len(targets.asked) == 1


def test_a_map_is_read_and_written():
    text = f"1:20={GAIN}, 16:0=/livehost/scene/load   soft ,,"
    bindings = parse_map(text)
    assert bindings == (Binding(1, 20, GAIN), Binding(16, 0, SCENE))
    assert to_text(bindings) == f"1:20={GAIN},16:0={SCENE}"
    assert parse_map(to_text(bindings)) == bindings
    assert parse_map("") == ()


def test_without():
    bindings = parse_map(f"1:20={GAIN},1:21={SCENE},1:22={PANIC}")
    assert [b.controller for b in without(bindings, GAIN)] == [21, 22]
    assert [b.controller for b in without(bindings, SCENE)] == [20, 22]
    assert [b.controller for b in without(bindings, "/livehost/scene/load")] == [20, 22]
    assert without(bindings, "/livehost") == bindings
    assert without(bindings, "") == ()


@pytest.mark.parametrize(
    "text",
    ["x", "20=/a", "1:20", "1:20=", "1:20=a", "0:20=/a", "17:20=/a", "1:128=/a", "1:-1=/a", "a:b=/a", "1:²=/a",
     "1:20=/a,2"],
)  # fmt: skip
def test_a_map_that_cannot_be_read_is_one_sentence(text):
    with pytest.raises(LivehostError, match=r"^midi\.map wants CHANNEL:CONTROLLER=ADDRESS, such as .*\.$"):
        parse_map(text)
