from livehost.stage.health import LASTING_S, Health


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def make():
    said, clock = [], Clock()
    return Health(said.append, clock), said, clock


def test_a_problem_is_told_of_when_it_comes_and_when_it_is_over():
    health, said, _ = make()
    assert health.problems() == {}
    for _ in range(3):
        health.now("disk", "The disk is full.", "The disk has room again.")
    health.now("disk", "The disk is still full.")
    assert health.problems() == {"disk": "The disk is still full."}
    for _ in range(3):
        health.now("disk", "", "The disk has room again.")
    assert health.problems() == {}
    assert said == ["The disk is full.", "The disk has room again."]


def test_what_happened_once_counts_for_a_while():
    health, said, clock = make()
    health.once("OSC", "")
    health.once("OSC", "The thread of OSC died and was started again.")
    health.now("OSC", "", "never told")
    clock.now = LASTING_S - 0.1
    assert list(health.problems().values()) == ["The thread of OSC died and was started again."]
    clock.now = LASTING_S
    assert health.problems() == {}
    assert len(said) == 1
