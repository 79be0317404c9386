"""The table of modes, and what code reads of it."""

import re

import pytest

from livehost.events import REASONS
from livehost.players import modes
from livehost.players.modes import ANSWER, CALL, CONTINUE, DUO, EVER, MODES, in_mode
from livehost.settings import TABLE, Settings
from tests.kernels import by_hand


def test_its_rows_are_the_choices_of_the_setting_in_their_order():
    choices = TABLE["player.mode"].choices
    assert tuple(mode.name for mode in MODES) == choices == TABLE["part1.mode"].choices
    assert [choices[k] for k in (DUO, ANSWER, CONTINUE, CALL)] == ["duo", "answer", "continue", "call"]
    assert Settings()["player.mode"] == "duo"


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.name)
def test_a_musician_reads_five_sentences_of_each(mode):
    assert [word for word, _ in mode.lines] == ["plays", "starts", "stops", "listens", "grid"]
    for _, text in mode.lines:
        assert re.fullmatch(r"[A-Z][^\n]{10,110}\.", text), text


def test_native_code_reads_the_same_columns():
    reason, bars, room, along, gives = (
        by_hand(getattr(modes, name)) for name in ("reason_of", "alone_bars", "makes_room", "strikes_along", "yields")
    )
    for number, mode in enumerate(MODES):
        assert REASONS[reason(number)] == mode.name
        assert bars(number) == mode.alone_bars <= EVER
        flags = (mode.makes_room, mode.strikes_along, mode.yields)
        assert tuple(function(number) for function in (room, along, gives)) == flags


def test_the_grids_of_quantise_have_so_many_places_a_beat():
    divisions = by_hand(modes.divisions_of)
    assert {word: divisions(k) for k, word in enumerate(TABLE["player.quantise"].choices)} == {
        "off": 0, "1/4": 1, "1/8": 2, "1/16": 4, "1/4t": 1.5, "1/8t": 3, "1/16t": 6
    }  # fmt: skip


def test_every_part_is_put_in_a_mode():
    values = Settings(in_mode("call"))
    assert {key: values[key] for key in values if key.endswith(".mode")} == in_mode("call")
    assert set(in_mode("call").values()) == {"call"}


def test_reasons_of_old_logs_keep_their_numbers():
    assert REASONS == ("answer", "continue", "call", "manual", "duo", "unison")


def test_the_help_of_the_setting_names_every_mode():
    assert all(f"{mode.name}: " in TABLE["player.mode"].help for mode in MODES)
