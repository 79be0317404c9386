"""What is typed wrongly is one sentence with what to type; help is whole, and at every command."""

import pytest

from livehost.cli import main as cli
from livehost.cli.command_line import complete_setting, complete_suite
from livehost.settings import TABLE

GROUPS = ("", "bank", "train", "evaluate", "export", "generate", "plot", "osc")
COMMANDS = (
    "run", "demo", "devices", "settings", "addresses", "bench", "bank build", "bank info", "bank map", "train bank",
    "evaluate bank", "export bank", "plot attention", "plot session", "osc send", "osc monitor",
)  # fmt: skip


@pytest.fixture(autouse=True)
def eighty_columns(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("run --temperature 0.8", "There is no option --temperature; it is a setting: --set player.temperature=0.8"),
        ("run --temperature=0.8", "There is no option --temperature; it is a setting: --set player.temperature=0.8"),
        ("run --player.top-k 3", "There is no option --player.top-k; it is a setting: --set player.top_k=3"),
        ("run --late-ms", "There is no option --late-ms; it is a setting: --set player.late_ms=5.0"),
        ("run --mute", "There is no option --mute; it is a setting: --set master.mute=true"),
        (
            "run --gain-db -6 --bank x",
            "There is no option --gain-db; it is a setting: "
            "--set master.gain_db=-6 or --set input.gain_db=-6 or --set player.gain_db=-6",
        ),
        ("run --temprature 0.8", "There is no option --temprature. Did you mean --set player.temperature=0.8?"),
        ("run --banc x", "There is no option --banc. Did you mean --bank?"),
        ("run --xyzzy", "There is no option --xyzzy: livehost run -h lists them all."),
        ("run -q", "There is no option -q: livehost run -h lists them all."),
        ("bench --temperature 3", "There is no option --temperature: livehost bench -h lists them all."),
        ("bench --quik", "There is no option --quik. Did you mean --quick?"),
        ("bnk", "No such command 'bnk'. Did you mean 'bank'?"),
        ("bank info", "Missing argument 'DIR'; livehost bank info -h tells more."),
    ],
)  # fmt: skip
def test_what_is_typed_wrongly(typed, line, sentence):
    assert typed(line) == (2, "", f"livehost: {sentence}\n")


@pytest.mark.parametrize(
    "line", ["run --rate abc", "run --rate", "demo --seconds 1", "devices now", "train bank --batch 1", "export bank x"]
)
def test_what_the_parser_refuses_is_one_sentence(typed, line):
    code, out, err = typed(line)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("livehost: ")
    assert err.endswith(" -h tells more.\n")


@pytest.mark.parametrize("command", [*GROUPS, *COMMANDS])
def test_help_is_everywhere_and_never_cut(typed, command):
    code, short, err = typed(f"{command} -h")
    assert (code, err) == (0, "")
    assert typed(f"{command} --help") == (0, short, "")
    assert short.startswith(f"Usage: livehost {command}".rstrip())
    told = short.replace("COMMAND [ARGS]...", "")
    for several in ("[SUITE]...", "[SUITE...]", "[VALUE]...", "[VALUE...]"):
        told = told.replace(several, "")
    assert "..." not in told
    assert "…" not in told
    assert max(map(len, short.splitlines())) <= 80
    assert ("completion" in short) == (command == "")


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_alone_shows_its_help(typed, group):
    assert typed(group) == typed(f"{group} -h")


def test_the_list_of_commands_has_their_whole_first_sentence(typed):
    told = " ".join(typed("-h")[1].split())
    assert "exit 1 where a budget is broken, 2 where something could not run." in told
    assert "Ask a model what it cannot know, beside methods without a network." in told


def test_a_shell_completes_settings_and_suites(typed, monkeypatch):
    assert ("player.temperature=", TABLE["player.temperature"].help) in complete_setting("player.t")
    assert {key.split(".")[0] for key, _ in complete_setting("player.")} == {"player"}
    assert [name for name, _ in complete_suite("soa")] == ["soak"]
    for words, found in (("livehost run --set player.te", "player.temperature="), ("livehost be", "bench")):
        monkeypatch.setenv("_LIVEHOST_COMPLETE", "complete_bash")
        monkeypatch.setenv("COMP_WORDS", words)
        monkeypatch.setenv("COMP_CWORD", str(len(words.split()) - 1))
        assert typed("") == (0, f"{found}\n", "")


def test_control_characters_in_a_sentence_are_shown_not_sent(typed):
    code, _, err = typed("bank info /nowhere/\x1b[31mred")
    assert (code, err) == (1, "livehost: There is no bank folder /nowhere/�[31mred.\n")


def test_a_fault_of_its_own_says_where_its_details_are(typed, monkeypatch, tmp_path):
    monkeypatch.setattr("livehost.view.settings_table.settings_table", lambda: 1 / 0)
    monkeypatch.setattr(cli.platformdirs, "user_log_dir", lambda _: str(tmp_path / "log"))
    code, _, err = typed("settings")
    (kept,) = (tmp_path / "log").iterdir()
    assert (code, err) == (70, f"livehost: a fault of its own: division by zero. The details are in {kept}.\n")
    assert "ZeroDivisionError" in kept.read_text()

    monkeypatch.setattr(cli.platformdirs, "user_log_dir", lambda _: "/dev/null/log")
    monkeypatch.setattr(cli, "cache_root", lambda: tmp_path / "cache")
    code, _, err = typed("settings")
    (kept,) = (tmp_path / "cache").iterdir()
    assert err.endswith(f"The details are in {kept}.\n")

    monkeypatch.setattr(cli, "cache_root", lambda: "/dev/null/cache")
    code, _, err = typed("settings")
    assert err.endswith("Its details could not be kept: no folder can be written.\n")
