"""Bad input of every kind, through the real command line: one sentence, the right exit code, never a traceback."""

import os
import socket
import subprocess
import sys

import numpy as np
import pytest
import soundfile

from livehost.bench.jack_rig import RATE
from tests.integration.forked import type_all

SESSION = "run --bank {bank} --input {take} --driver offline --osc-in 0"
DEV_FULL = SESSION + " --events /dev/full"
OFFLINE = "run --driver offline --seconds 1 --osc-in 0"

#: What is asked, exit code, words of the sentence.
CASES = (
    # bank
    (OFFLINE, 2, "a folder of sounds to play: --bank DIR"),
    (OFFLINE + " --bank {here}/missing", 1, "There is no bank folder"),
    (OFFLINE + " --bank {here}/empty", 1, "is empty"),
    (OFFLINE + " --bank {here}/texts", 1, "has no readable sound"),
    (OFFLINE + " --bank {here}/rubbish.wav", 1, "is a file, but a bank is a folder"),
    ("bank info {here}/missing", 1, "There is no bank folder"),
    ("bank info {here}/songs", 1, "1 file is no sound that livehost reads: 1 .m4a; convert it to WAV or FLAC."),
    ("bank build {bank} --rate 5", 2, "A bank at 5 Hz is not possible"),
    ("bank map {bank} -o {here}/rubbish.wav/map.png", 1, "could not be written"),
    # input
    (SESSION + " --input {here}/missing.wav", 1, "missing.wav cannot be read: No such file"),
    (SESSION + " --input {here}/short.wav", 1, "too short: 100 samples, and one analysis frame has 1024"),
    (SESSION + " --input {here}/zero.wav", 1, "zero.wav is empty"),
    (SESSION + " --input {here}/rubbish.wav", 1, "rubbish.wav is broken or no sound file"),
    (SESSION + " --input {here}/cut.wav", 1, "cut.wav is broken or no sound file"),
    (SESSION + " --input {here}/nan.wav", 1, "holds NaN or Inf instead of sound"),
    (SESSION + " --input Scarlett", 2, "'Scarlett' is no sound file, and the offline driver has no devices"),
    (SESSION + " --set audio.input_channels=0", 2, "audio.input_channels wants channel numbers from 1"),
    ("run --bank {bank} --driver offline", 2, "how long: give --input FILE or --seconds"),
    # output
    (SESSION + " --output {here}/none/out.wav", 1, "out.wav cannot be written: No such file or directory"),
    (SESSION + " --output {here}/out.xyz", 2, "is no sound file"),
    (DEV_FULL, 1, "lines are missing (No space left on device)"),
    (SESSION + " --events {here}/rubbish.wav/e.jsonl", 1, "rubbish.wav cannot be made: File exists"),
    (SESSION + " --record {here}/rubbish.wav", 1, "cannot be made: File exists"),
    ("demo {here}/rubbish.wav --driver offline --seconds 2", 1, "The demo cannot write to"),
    # settings
    (SESSION + " --config {here}/typo.toml", 2, "no setting called audio.blokc. Did you mean audio.block?"),
    (SESSION + " --config {here}/broken.toml", 2, "is not valid TOML"),
    (SESSION + " --config {here}/words.toml", 2, "audio.block wants a whole number from 16 to 4096 frames, not 'many'"),
    (SESSION + " --config {here}/none.toml", 2, "cannot be read: No such file"),
    (SESSION + " --config /dev/zero", 2, "The settings file /dev/zero is larger than 1 MiB"),
    (SESSION + " --config {here}/deep.toml", 2, "deep.toml nests deeper than 16 levels"),
    (SESSION + " --config {here}/digits.toml", 2, "digits.toml holds a number of more than 64 bits"),
    (SESSION + " --set player.top_k", 2, "--set wants key=value, not 'player.top_k'"),
    (SESSION + " --set playr.top_k=3", 2, "no setting called playr.top_k. Did you mean player.top_k?"),
    (SESSION + " --set player.top_k=0", 2, "player.top_k wants a whole number from 1 to 256"),
    (SESSION + " --set player.temperature=nan", 2, "player.temperature wants a number from 0 to 10"),
    (SESSION + " --set listen.hop_samples=100", 2, "listen.hop_samples (100) must be a power of two"),
    (SESSION + " --player nobody", 2, "player.name wants one of bank, nearest, off"),
    (SESSION + " --model nobody", 1, "There is no export 'nobody'; known are: "),
    (SESSION + " --model {bank}", 1, "manifest.toml"),
    (SESSION + " --backend abacus", 2, "player.backend wants one of auto, native, python, torchscript"),
    (SESSION + " --driver cassette", 2, "audio.driver wants one of auto, portaudio, null, offline"),
    (SESSION + " --block 15", 2, "audio.block wants a whole number from 16"),
    (SESSION + " --rate 300000", 2, "audio.rate wants a whole number"),
    (SESSION + " --seconds nan", 2, "run.seconds wants a number"),
    # the network
    (SESSION + " --osc-out nonsense", 2, "OSC goes to HOST:PORT"),
    (SESSION + " --osc-out localhost:99999", 2, "OSC goes to HOST:PORT"),
    ("run --bank {bank} --input {take} --driver null --set osc.bind=192.0.2.1", 1, "OSC cannot listen at 192.0.2.1"),
    # commands
    ("bench nonsense", 2, "There is no suite 'nonsense'"),
    ("bench --budgets {here}/deep.toml", 2, "deep.toml nests deeper than 16 levels"),
    (
        "export bank {here}/rubbish.wav --out {here}/export",
        1,
        "rubbish.wav is no checkpoint, broken, or holds more than weights",
    ),
    ("runn", 2, "No such command 'runn'. Did you mean 'run'?"),
    ("run --banc {bank}", 2, "There is no option --banc. Did you mean --bank?"),
)
#: The same, where no more can be written to a file: a disk that gets full.
FULL_BYTES = 32_768
FULL = (
    (SESSION + " --output {here}/full.wav", 1, "s are missing (File too large)"),
    (SESSION + " --record {here}/full", 1, "s are missing (File too large)"),
    (SESSION + " --output {here}/full.aiff", 1, "s are missing (is the disk full?)"),
)
#: What the summary says of them: never that there was no trouble.
LOSSES = ((DEV_FULL, "log lines lost: "), *((command, "frames not recorded: ") for command, *_ in FULL))


def livehost(*arguments):
    """Run the command line to its end."""
    return subprocess.run(
        [sys.executable, "-m", "livehost", *arguments], capture_output=True, text=True, timeout=300,
        check=False, stdin=subprocess.DEVNULL, env={**os.environ, "COLUMNS": "200"},
    )  # fmt: skip


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    """A folder of everything that can be wrong with a file."""
    folder = tmp_path_factory.mktemp("here")
    (folder / "empty").mkdir()
    (folder / "texts").mkdir()
    (folder / "texts" / "a.wav").write_text("no sound")
    (folder / "zero.wav").write_bytes(b"")
    (folder / "rubbish.wav").write_bytes(bytes(range(256)) * 20)
    soundfile.write(folder / "short.wav", np.zeros(100), RATE)
    soundfile.write(folder / "nan.wav", np.full(RATE, np.nan, np.float32), RATE, "FLOAT")
    soundfile.write(folder / "whole.wav", np.zeros(RATE), RATE)
    (folder / "cut.wav").write_bytes((folder / "whole.wav").read_bytes()[:40])
    (folder / "typo.toml").write_text("[audio]\nblokc = 64\n")
    (folder / "broken.toml").write_text("[audio\n")
    (folder / "deep.toml").write_text("a = " + "[" * 100_000)
    (folder / "digits.toml").write_text("[audio]\nblock = " + "1" * 10_000)
    (folder / "songs").mkdir()
    (folder / "songs" / "song.m4a").touch()
    (folder / "words.toml").write_text('[audio]\nblock = "many"\n')
    return folder


@pytest.fixture(scope="module")
def outcomes(here, drums, take):
    """All commands."""
    assert livehost(*SESSION.format(bank=drums, take=take).split(" ")).returncode == 0  # and everything is compiled
    commands = [command for command, *_ in (*CASES, *FULL)]
    lines = [command.format(here=here, bank=drums, take=take).split(" ") for command in commands]
    return dict(zip(commands, type_all(lines, [*[None] * len(CASES), *[FULL_BYTES] * len(FULL)]), strict=True))


@pytest.mark.parametrize(("command", "code", "words"), CASES + FULL)
def test_bad_input_is_one_sentence(command, code, words, outcomes):
    done = outcomes[command]
    assert done.returncode == code, done.stderr
    assert done.stderr.startswith("livehost: ")
    assert words in done.stderr
    assert done.stderr.endswith(".\n") or done.stderr.endswith("?\n")
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize(("command", "words"), LOSSES)
def test_what_is_lost_stands_in_the_summary(command, words, outcomes):
    (trouble,) = [line for line in outcomes[command].stdout.splitlines() if line.startswith("trouble ")]
    assert words in trouble


def test_an_older_event_log_stays_and_folders_are_made(here, drums, take):
    for name in ("e.jsonl", "e-2.jsonl"):
        log = here / "new" / "folder" / "e.jsonl"
        done = livehost(*f"{SESSION} --events {log}".format(bank=drums, take=take).split(" "))
        assert done.returncode == 0
        assert (f"{log} exists and stays as it is; the events go to {log.parent / name}." in done.stdout) == (
            name != log.name
        )
    # but for what each says of itself
    told = [
        [line for line in path.read_text().splitlines() if '"kind": "session"' not in line and str(path) not in line]
        for path in (log, log.parent / "e-2.jsonl")
    ]
    assert told[0] == told[1]
    assert len(told[0]) > 5


def test_an_osc_port_in_use_gives_way_to_the_next_one(drums, take):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        session = ("run", "--bank", str(drums), "--input", str(take), "--driver", "null", "--seconds", "0.3")
        done = livehost(*session, "--osc-in", str(port))
    assert done.returncode == 0
    assert f"OSC port {port} is taken; livehost listens at " in done.stdout
    assert done.stderr == ""
