"""Checks of the doctor, each on a computer that is made up as far as that goes."""

import socket
from types import SimpleNamespace

import psutil
import pytest
import soundfile

from livehost.doctor import host, outside, rehearsal
from livehost.doctor.checks import CHECKS, examine, is_safe
from livehost.doctor.finding import Check, Finding, carry_out
from livehost.errors import LivehostError
from livehost.settings import Settings
from livehost.synthesis.takes import make_take

VALUES = Settings({"osc.in_port": 0, "osc.query_port": 0})


def states(findings):
    return [finding.state for finding in findings]


def test_what_goes_wrong_in_a_check_is_a_finding():
    def refuses(_values):
        yield Finding("good", "so far")
        raise LivehostError("The card is gone.")

    looked = carry_out(Check("card", refuses), VALUES)
    assert looked.findings == (Finding("unsafe", "The card is gone."),)
    looked = carry_out(Check("broken", lambda _: 1 / 0), VALUES)
    assert states(looked.findings) == ["warning"]
    assert "ZeroDivisionError" in looked.findings[0].found


def test_a_page_is_safe_where_nothing_on_it_is_not():
    def check(*found):
        return Check("x", lambda _: [Finding(state, "it") for state in found])

    said = []
    page = examine(VALUES, said.append, (check("good", "note"), check("warning"), check()))
    assert said == ["x"] * 3
    assert is_safe(page)
    assert not is_safe(examine(VALUES, said.append, (check("good"), check("good", "unsafe"))))


def test_every_check_has_a_name_of_its_own():
    assert len({check.name for check in CHECKS}) == len(CHECKS)


@pytest.mark.parametrize(
    ("root", "priority", "locked", "expected"),
    [
        (True, 0, 0, ["good", "good"]), (False, 95, -1, ["good", "good"]), (False, -1, 1 << 30, ["good", "good"]),
        (False, 69, 64 << 10, ["warning", "warning"]),
    ],
)  # fmt: skip
def test_limits(monkeypatch, root, priority, locked, expected):
    resource = pytest.importorskip("resource")
    limits = {resource.RLIMIT_RTPRIO: priority, resource.RLIMIT_MEMLOCK: locked}
    monkeypatch.setattr(resource, "getrlimit", lambda which: (limits[which], limits[which]))
    monkeypatch.setattr(host.os, "geteuid", lambda: 0 if root else 1000)
    found = list(host.limits(VALUES))
    assert states(found) == expected
    assert all(bool(f.remedy) == (f.state == "warning") for f in found)


@pytest.mark.parametrize(
    ("words", "state"),
    [((), "note"), (("performance", "performance"), "good"), (("performance", "powersave"), "warning")],
)
def test_the_governor(tmp_path, words, state):
    for k, word in enumerate(words):
        folder = tmp_path / f"cpu{k}" / "cpufreq"
        folder.mkdir(parents=True)
        (folder / "scaling_governor").write_text(f"{word}\n")
    (finding,) = host.governor(VALUES, tmp_path)
    assert finding.state == state
    assert ("powersave" in finding.found) == (state == "warning")


INTERRUPTS = """            CPU0       CPU1
  0:         10         20  IO-APIC   2-edge      timer
 16:        {0}          0  IO-APIC  16-fasteoi   {1}
NMI:          1          1  Non-maskable interrupts
ERR:          0
"""


def test_interrupts_are_read(tmp_path):
    path = tmp_path / "interrupts"
    path.write_text(INTERRUPTS.format(5, "snd_hda_intel:card0, nvidia"))
    assert host.interrupts(path) == {
        "0 IO-APIC 2-edge timer": (10, 20), "16 IO-APIC 16-fasteoi snd_hda_intel:card0, nvidia": (5, 0),
        "NMI Non-maskable interrupts": (1, 1),
    }  # fmt: skip
    assert host.interrupts(tmp_path / "none") == {}


@pytest.mark.parametrize(
    ("count", "name", "expected"),
    [
        (5, "snd_hda_intel:card0", ["good"]), (5, "snd_hda_intel:card0, nvidia", ["warning"]),
        (30_000, "iwlwifi", ["warning"]), (5, "eth0, nvidia", ["good"]),
    ],
)  # fmt: skip
def test_interrupts_that_compete(tmp_path, count, name, expected):
    path = tmp_path / "interrupts"
    tables = []
    for now in (0, count):
        path.write_text(INTERRUPTS.format(now, name))
        tables.append(host.interrupts(path))
    assert states(host._of_interrupts(*tables)) == expected


def busy(name, share, pid=7):
    return SimpleNamespace(info={"name": name}, pid=pid, cpu_percent=lambda: share)


@pytest.mark.parametrize(
    ("shares", "programs", "state"),
    [
        ([5.0, 10.0], [("init", 0.0)], "good"), ([30.0, 40.0], [("ffmpeg", 60.0)], "warning"),
        ([99.0, 98.0], [("ffmpeg", 190.0)], "unsafe"), ([80.0, 90.0], [], "unsafe"),
    ],
)  # fmt: skip
def test_contention(monkeypatch, shares, programs, state):
    monkeypatch.setattr(host, "_LOOK_S", 0.0)
    monkeypatch.setattr(host, "interrupts", dict)
    monkeypatch.setattr(psutil, "cpu_percent", lambda **_: shares)
    monkeypatch.setattr(psutil, "process_iter", lambda _: [busy(*program) for program in programs])
    (finding,) = host.contention(VALUES)
    assert finding.state == state
    assert all(name in finding.found for name, share in programs if share >= 50)


@pytest.mark.parametrize(("free", "swap", "state"), [(8192, 0, "good"), (8192, 999, "warning"), (100, 0, "unsafe")])
def test_memory(monkeypatch, free, swap, state):
    monkeypatch.setattr(psutil, "virtual_memory", lambda: SimpleNamespace(available=free << 20))
    monkeypatch.setattr(psutil, "swap_memory", lambda: SimpleNamespace(used=swap << 20))
    assert states(host.memory(VALUES)) == [state]


@pytest.mark.parametrize(
    ("battery", "state"),
    [(None, "good"), ((True, 50), "good"), ((False, 50), "warning")],
)
def test_power(monkeypatch, battery, state):
    given = battery and SimpleNamespace(power_plugged=battery[0], percent=battery[1])
    monkeypatch.setattr(psutil, "sensors_battery", lambda: given, raising=False)
    assert states(host.power(VALUES)) == [state]


@pytest.mark.parametrize(("gib", "state"), [(100, "good"), (4, "warning"), (0.5, "unsafe")])
def test_disk(monkeypatch, tmp_path, gib, state):
    monkeypatch.setattr(outside.shutil, "disk_usage", lambda _: SimpleNamespace(free=int(gib * 2**30)))
    (finding,) = outside.disk(Settings({"log.record": str(tmp_path / "to" / "come")}))
    assert finding.state == state
    assert str(tmp_path) in finding.found


def test_a_folder_that_nothing_can_be_recorded_into(monkeypatch, tmp_path):
    monkeypatch.setattr(outside.os, "access", lambda *_: False)
    (finding,) = outside.disk(Settings({"log.record": str(tmp_path)}))
    assert finding.state == "unsafe"
    (finding,) = outside.folders(VALUES)
    assert finding.state == "warning"
    assert "compiled code" in finding.found


def test_ports_that_are_free_and_taken():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        values = Settings({"osc.in_port": port, "osc.query_port": 0})
        (finding,) = outside.ports(values)
        assert finding.state == "warning"
        assert f"port {port} for OSC is taken" in finding.found
    assert states(outside.ports(values)) == ["good"]


def test_a_host_that_is_not_known(monkeypatch):
    def unknown(*_):
        raise socket.gaierror

    monkeypatch.setattr(outside.socket, "getaddrinfo", unknown)
    found = list(outside.ports(Settings({"osc.in_port": 0, "osc.query_port": 0, "osc.out": "stage.example:9000"})))
    assert states(found) == ["unsafe", "good"]
    assert "stage.example" in found[0].found


def test_midi_ports(monkeypatch):
    monkeypatch.setattr("livehost.bridge.midi.out.port_names", lambda *, inputs: ["Launchpad MIDI 1"])
    values = Settings({"osc.in_port": 0, "osc.query_port": 0, "midi.in": "launchpad", "midi.out": "synth"})
    found = list(outside.ports(values))
    assert states(found) == ["note", "good", "good"]
    assert "synth" in found[0].found


def test_versions():
    (finding,) = outside.versions(VALUES)
    assert finding.state == "good"
    assert "numba" in finding.found


def test_the_null_driver_is_no_card():
    found = list(rehearsal.card(Settings({"audio.driver": "null"}), 0.2))
    assert found[0].state == "note"
    assert "blocks of 64" in found[1].found
    assert states(rehearsal.card(Settings({"audio.driver": "offline"}))) == ["note"]


def test_bank_and_model_are_played_to(tmp_path):
    assert states(rehearsal.music(VALUES)) == ["note"]
    take, _ = make_take(1, 48_000, 1.0, "drums")
    soundfile.write(tmp_path / "one.wav", take, 48_000)
    values = Settings({"bank.dir": str(tmp_path), "player.name": "nearest"})
    found = list(rehearsal.music(values))
    assert found[0] == Finding("good", "1 sounds, all files can be read")
    assert "answers, a decision takes" in found[1].found
    (tmp_path / "two.wav").write_bytes(b"RIFF")
    values = Settings({"bank.dir": str(tmp_path), "player.name": "nearest", "player.respond": False})
    found = list(rehearsal.music(values))
    assert states(found) == ["warning", "unsafe"]
    assert "it answered nothing" in found[1].found
