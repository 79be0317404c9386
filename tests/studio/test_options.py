import pytest

from livehost.studio.families import FAMILIES, family_of
from livehost.studio.options import complete, evaluate_options, export_options, generate_options, train_options

BANK = FAMILIES["bank"]


def test_what_is_left_out_has_its_default():
    given = complete({"steps": 3, "from_": None}, train_options(BANK))
    assert (given["steps"], given["batch"], given["devices"], given["from_"]) == (3, None, "1", None)
    assert str(given["out"]) == "training/bank-transformer"


def test_what_is_no_option_or_missing_is_a_fault():
    with pytest.raises(TypeError, match="no option 'stepps'"):
        complete({"stepps": 3}, train_options(BANK))
    with pytest.raises(TypeError, match="option 'out' is missing"):
        complete({"checkpoint": "a.pt"}, export_options(BANK))


@pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
def test_no_name_stands_for_two_options_or_families(family):
    for verb in (train_options, export_options, evaluate_options, *([generate_options] if family.generate else [])):
        options = verb(family)
        names = [option.name for option in options]
        assert len(set(names)) == len(names)
    assert family_of(family.kind) is family
    assert family_of("no such kind") is None
