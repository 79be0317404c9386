"""A systemd user unit, with a systemd that is made up, or none."""

import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from livehost.cli.service import service_app
from livehost.errors import LivehostError
from livehost.supervise import unit
from livehost.supervise.unit import unit_path, unit_text


@pytest.fixture(autouse=True)
def _home(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("livehost.cli.service.low_limits", list)


@pytest.fixture
def systemd(monkeypatch):
    """A systemctl that answers, and what it was asked."""
    asked, answers = [], {}

    def systemctl(*words):
        asked.append(words)
        answer = answers.get(words[0], (0, ""))
        if isinstance(answer, str):
            raise LivehostError(answer)
        return answer

    monkeypatch.setattr("livehost.cli.service.systemctl", systemctl)
    return asked, answers


def service(*words):
    done = CliRunner().invoke(service_app, words)
    said = str(done.exception) if isinstance(done.exception, LivehostError) else done.output
    return done.exit_code, said


def test_it_is_installed_shown_and_removed(systemd, tmp_path):
    asked, _ = systemd
    path = tmp_path / "config" / "systemd" / "user" / "livehost.service"
    code, said = service("install", "--bank", "my sounds", "--set", "master.gain_db=-3", "--supervise")
    assert code == 0
    assert said.startswith(
        f"The service is in {path}, and begins at every login; now: systemctl --user start livehost.\n"
    )
    code, text = service("show")
    assert (code, text) == (0, path.read_text())
    (command,) = (line.partition("=")[2] for line in text.splitlines() if line.startswith("ExecStart="))
    assert shlex.split(command)[1:] == [
        "-m", "livehost", "run", "--supervise", "--no-ui", "--bank", "my sounds", "--set", "master.gain_db=-3"
    ]  # fmt: skip
    assert f"WorkingDirectory={tmp_path}\n" in text
    assert "LimitRTPRIO=95\nLimitMEMLOCK=infinity\n" in text
    assert service("status") == (0, f"The service livehost is installed in {path}, and runs.\n")
    assert service("uninstall") == (0, "The service livehost is removed.\n")
    assert not path.exists()
    assert asked == [
        ("daemon-reload",), ("enable", "livehost.service"), ("is-active", "livehost.service"),
        ("disable", "--now", "livehost.service"), ("daemon-reload",),
    ]  # fmt: skip


def test_without_a_running_systemd_each_says_so_in_a_sentence(systemd):
    _, answers = systemd
    answers |= dict.fromkeys(("daemon-reload", "is-active", "disable"), "no systemd runs for this user")
    path = unit_path("solo")
    assert service("install", "--name", "solo", "--bank", "x") == (
        0,
        f"The service is in {path}, and no systemd runs for this user: once one does, "
        "systemctl --user enable --now solo starts it.\n",
    )
    assert service("status", "--name", "solo") == (
        3, f"The service solo is installed in {path}, and no systemd runs for this user.\n"
    )  # fmt: skip
    assert service("uninstall", "--name", "solo") == (
        0, "The service solo is removed (no systemd runs for this user: what runs goes on).\n"
    )  # fmt: skip


def test_one_that_does_not_run_is_told_with_exit_3(systemd):
    _, answers = systemd
    service("install", "--bank", "x")
    answers["is-active"] = (3, "failed")
    code, said = service("status")
    assert code == 3
    assert said.endswith("and does not run (failed).\n")


def test_one_that_is_not_there(systemd):
    assert service("status")[0] == 3
    for command in ("show", "uninstall"):
        code, said = service(command)
        assert code == 1
        assert said == f"There is no service livehost: {unit_path('livehost')} is not there."
    assert systemd[0] == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--set", "x"), "--set wants key=value, not 'x'."),
        (("--set", "master.gain_db=loud"), "master.gain_db wants a number from -90 to 12 dB, not 'loud'."),
        (("--name", "../x"), "A service is called by letters, digits, - and _, not '../x'."),
        (("--bank", "a\nb"), "A unit of systemd cannot hold 'a\\nb'."),
    ],
)
def test_what_run_would_refuse_is_refused(systemd, words, sentence):
    assert service("install", *words) == (1, sentence)
    assert not unit_path("livehost").exists()


def test_a_unit_that_cannot_be_written_is_a_sentence(systemd, tmp_path):
    (tmp_path / "config").write_text("")
    code, said = service("install", "--bank", "x")
    assert code == 1
    assert said.startswith(f"The service is not installed: {unit_path('livehost')} cannot be written (")


def test_limits_that_are_lower_are_named_with_the_remedy(systemd, monkeypatch):
    monkeypatch.setattr("livehost.cli.service.low_limits", lambda: ["LimitRTPRIO"])
    _, said = service("install", "--bank", "x")
    assert "LimitRTPRIO may be lower than the unit asks for. " in said
    assert "drop-in of user@.service" in said


def test_what_systemd_would_read_otherwise_is_written_so_that_it_does_not():
    text = unit_text(["--bank", '/a "b" 50% $HOME\\x', "--osc-out", "127.0.0.1:9000"], Path("/50%"))
    assert '--bank "/a \\"b\\" 50%% $$HOME\\\\x" --osc-out 127.0.0.1:9000\n' in text
    assert "WorkingDirectory=/50%%\n" in text


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("Failed to connect to bus: No medium found", "no systemd runs for this user"),
        ("System has not been booted with systemd", "no systemd runs for this user"),
        ("$DBUS_SESSION_BUS_ADDRESS and $XDG_RUNTIME_DIR not set", "no systemd runs for this user"),
        (None, "this system has no systemd"),
        ("hang", "systemd does not answer"),
    ],
)
def test_a_systemctl_that_helps_nobody(monkeypatch, tmp_path, said, sentence):
    program = tmp_path / "bin" / "systemctl"
    program.parent.mkdir()
    if said is not None:
        program.write_text("#!/bin/sh\nexec sleep 9\n" if said == "hang" else f"#!/bin/sh\necho '{said}' >&2\nexit 1\n")
        program.chmod(0o755)
    monkeypatch.setattr(unit, "_ANSWER_S", 0.2 if said == "hang" else 10.0)
    monkeypatch.setattr("shutil.which", lambda _: str(program) if said is not None else None)
    with pytest.raises(LivehostError, match=sentence):
        unit.systemctl("is-active", "livehost.service")


def test_a_systemctl_that_answers(monkeypatch, tmp_path):
    program = tmp_path / "systemctl"
    program.write_text('#!/bin/sh\necho "$@"\nexit 3\n')
    program.chmod(0o755)
    monkeypatch.setattr("shutil.which", lambda _: str(program))
    assert unit.systemctl("is-active", "livehost.service") == (3, "--user is-active livehost.service")


@pytest.mark.parametrize(("hard", "low"), [(0, ["LimitRTPRIO", "LimitMEMLOCK"]), (95, ["LimitMEMLOCK"]), (-1, [])])
def test_low_limits_are_found(monkeypatch, hard, low):
    monkeypatch.setattr("resource.getrlimit", lambda _: (0, hard))
    assert unit.low_limits() == low
