import io

from rich.table import Table
from rich.text import Text

from livehost.view.console import PlainConsole

_EVIL = "\x1b]0;owned\x1b[/red] :smile: \x9b2J\u202egnp.wav"
_SHOWN = "�]0;owned�[/red] :smile: �2J�gnp.wav"


def printed(*what, **options):
    console = PlainConsole(file=io.StringIO(), width=60, **options)
    for each in what:
        console.print(each)
    return console.file.getvalue()


def test_text_stays_text():
    assert printed(_EVIL) == _SHOWN + "\n"
    assert printed(Text(_EVIL)).startswith("�]0;owned")


def test_cells_titles_and_nested_tables():
    table, inner = Table("name", title=_EVIL), Table(_EVIL)
    inner.add_row(_EVIL)
    table.add_row(inner)
    told = printed(table)
    assert told.count("�2J") == 3
    assert not {c for c in told if not c.isprintable()} - {"\n"}


def test_lines_stay_lines():
    assert printed("one\ntwo") == "one\ntwo\n"


def test_our_own_colours_stay():
    told = printed(Text("red", "red"), force_terminal=True, color_system="standard")
    assert told == "\x1b[31mred\x1b[0m\n"
