"""Checks by a session: a short one through the card, and one offline with the bank and the model of tonight."""

import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from livehost.doctor.finding import Finding
from livehost.doctor.outside import portaudio_version
from livehost.engine.drivers.base import Driver
from livehost.players import OFF
from livehost.players.modes import in_mode
from livehost.settings import PARTS, Settings, part_key
from livehost.stage.audio_file import is_sound_file
from livehost.stage.stage import Stage
from livehost.synthesis.takes import make_take

#: Length of the session through the card, and of the one offline, s.
CARD_S, OFFLINE_S = 3.0, 4.0
#: Blocks that come too late from which the show is not safe; share of a block's time that its work may take.
_XRUNS, _SHARE = 3, 0.5
_RATE = 48_000
#: Nothing leaves a session of the doctor, and nobody hears it.
_ALONE: Mapping[str, Any] = {
    "osc.in_port": 0, "osc.query_port": 0, "osc.out": "", "midi.in": "", "midi.out": "", "log.events": "",
    "log.record": "", "run.seconds": 0.0, "tempo.source": "internal", "master.mute": True,
    **in_mode("answer"),
}  # fmt: skip
_NEAREST = {part_key(0, "name"): "nearest", **{part_key(part, "name"): OFF for part in range(1, PARTS)}}


@contextmanager
def _bank(values: Settings) -> Iterator[dict[str, Any]]:
    """Give the settings of the bank of tonight, or of a few sounds where none was named."""
    if values["bank.dir"]:
        yield {}
        return
    with tempfile.TemporaryDirectory(prefix="livehost-doctor-") as folder:
        for k in range(3):
            tone = 0.1 * np.sin(2 * np.pi * 220 * (k + 1) * np.arange(_RATE // 4) / _RATE).astype(np.float32)
            soundfile.write(Path(folder) / f"{k}.wav", tone, _RATE)
        yield {"bank.dir": folder, **_NEAREST}


def card(values: Settings, seconds: float = CARD_S) -> Iterator[Finding]:
    """Open the card as tonight, and play silence for a few seconds."""
    if values["audio.driver"] == "offline":
        yield Finding("note", "the offline driver has no card")
        return
    with _bank(values) as bank:
        stage = Stage(Settings({**values.changed(), **_ALONE, **bank}), _unsaid)
        driver = stage.driver
        try:
            yield from _opened(driver, stage.monitor.latency_ms, values)
            stage.start()
            before, end = stage.monitor.counters(), time.monotonic() + seconds
            while time.monotonic() < end and not stage.finished():
                time.sleep(0.02)
            _, p99_us, longest_us = stage.monitor.callback_us()
            xruns = stage.monitor.counters()["xruns"] - before["xruns"]
        finally:
            stage.close()
    block_us = driver.block / driver.rate * 1e6
    text = (
        f"{seconds:.0f} s of blocks of {driver.block}: {xruns} came too late; work took {p99_us:.0f} µs (p99), "
        f"{longest_us:.0f} at most, of {block_us:.0f}"
    )
    remedy = "--block a larger one, more priority (limits), a processor at full speed (governor)"
    if xruns >= _XRUNS or p99_us > _SHARE * block_us:
        yield Finding("unsafe", text, remedy)
    else:
        yield Finding("warning", text, remedy) if xruns else Finding("good", text)


def _opened(driver: Driver, latency_ms: float, values: Settings) -> Iterator[Finding]:
    """Say what was opened, at which rate."""
    if not driver.is_card:
        asked = values["audio.driver"] == "null"
        yield (
            Finding("note", "the null driver was asked for: no sound comes in or goes out") if asked
            else Finding("unsafe", f"no sound card: {driver.note}", "plug one in; livehost devices lists what there is")
        )  # fmt: skip
        return
    text = f"{driver.device}, {driver.rate:.0f} Hz, {latency_ms:.1f} ms from input to output, {portaudio_version()}"
    own = _own_rate(values)
    if own and round(own) != round(driver.rate):
        yield Finding(
            "warning", f"{text}; the card's own rate is {own:.0f} Hz, so that every sample is converted",
            f"--rate {own:.0f}, or set the card to {driver.rate:.0f} Hz",
        )  # fmt: skip
    else:
        yield Finding("good", text)


def _own_rate(values: Settings) -> float:
    """Give the rate that the output would run at by itself, 0 where that is not known."""
    from livehost.engine.drivers.devices import list_devices
    from livehost.engine.drivers.portaudio import ask

    wanted = str(values["audio.output"])
    devices = [d for d in ask(list_devices) if d["outputs"] > 0]
    if is_sound_file(wanted) or not wanted:
        devices = [d for d in devices if "out" in d["default"].split()] or devices
    elif wanted.isdigit():
        devices = [d for d in devices if d["index"] == int(wanted)]
    else:
        devices = [d for d in devices if wanted.lower() in f"{d['name']} ({d['host']})".lower()]
    return float(devices[0]["rate"]) if devices else 0.0


def music(values: Settings) -> Iterator[Finding]:
    """Play a few seconds of drums to the bank and the model of tonight, offline, and look at the answers."""
    if not values["bank.dir"]:
        yield Finding(
            "note", "no bank was named, so that bank and model were not looked at", "livehost doctor --bank DIR"
        )
        return
    said: list[str] = []
    events: list[Mapping[str, Any]] = []
    with tempfile.TemporaryDirectory(prefix="livehost-doctor-") as folder:
        rate = values["audio.rate"] or _RATE
        take, _ = make_take(1, rate, OFFLINE_S, "drums", -12.0, -60.0)
        soundfile.write(Path(folder) / "take.wav", take, rate, "PCM_24")
        offline = {"audio.driver": "offline", "audio.input": str(Path(folder) / "take.wav"), "audio.output": ""}
        stage = Stage(Settings({**values.changed(), **_ALONE, **offline}), said.append)
        stage.bus.subscribe(events.append)
        try:
            stage.start()
            while not stage.finished():
                pass
            size, decide = stage.monitor.info()["bank_size"], stage.monitor.snapshot().decide_ms
            player, stands_in = stage.hot_swap.description(), stage.hot_swap.stands_in
        finally:
            stage.close()
    left_out = [text for text in said if text.startswith("Left out of the bank")]
    yield (
        Finding("warning", f"{size} sounds, {len(left_out)} files cannot be read", "livehost bank info names them")
        if left_out else Finding("good", f"{size} sounds, all files can be read")
    )  # fmt: skip
    yield from _answers(values, events, f"{player}", decide, stands_in=bool(stands_in))


def _answers(
    values: Settings, events: list[Mapping[str, Any]], player: str, decide_ms: tuple[float, ...], *, stands_in: bool
) -> Iterator[Finding]:
    answers = [event for event in events if event["kind"] == "sample"]
    fallbacks = sum(bool(event["fallback"]) for event in answers)
    text = f"{player}: {len(answers)} answers, a decision takes {decide_ms[0]:.2f} ms, {decide_ms[1]:.2f} at p99"
    if stands_in:
        yield Finding(
            "unsafe", f"the model cannot be used; {text}", "livehost run says why; --player nearest does without"
        )
    elif not answers:
        yield Finding(
            "unsafe", f"{player}: it answered nothing", "see player.respond, density and mode in the settings"
        )
    elif fallbacks or decide_ms[1] > values["player.late_ms"]:
        yield Finding(
            "warning", f"{text}; {fallbacks} answers came from the nearest sound instead",
            "a longer answer_delay_ms, a smaller bank, or fewer programs beside it",
        )  # fmt: skip
    else:
        yield Finding("good", text)


def _unsaid(_text: str) -> None:
    """Tell nobody what a session tells at its start."""
