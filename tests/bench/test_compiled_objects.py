import pytest

from livehost.bench import compiled_objects as objects
from livehost.engine.callback import callback
from livehost.rt.mutants import mutants
from tests.bench import faults


def test_the_callback_that_runs_names_nothing_forbidden() -> None:
    finding = objects.examine(callback)
    assert finding.forbidden == ()
    assert finding.name == "livehost.engine.callback.callback"


def test_mutants_are_caught_in_their_objects_too() -> None:
    assert all(objects.examine(mutant).forbidden for mutant in mutants())


@pytest.mark.parametrize("name", faults.UNSAFE)
def test_an_unsafe_callback_is_caught_in_its_object(name) -> None:
    names = objects.examine(faults.unsafe_callback(name)).symbols
    assert any(faults.UNSAFE[name][1] in symbol for symbol in names)


def test_what_is_no_object_is_refused() -> None:
    with pytest.raises(ValueError, match="no 64-bit ELF object"):
        objects.undefined(b"MZ\x90\0")
