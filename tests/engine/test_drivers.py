import time
from types import SimpleNamespace

import numpy as np
import pytest

from livehost.engine.drivers import open_driver
from livehost.engine.drivers.null import NullDriver
from livehost.engine.drivers.portaudio import PortAudioDriver
from livehost.errors import LivehostError
from livehost.settings import Settings


def settings(**assignments):
    values = Settings()
    values.update({key.replace("__", "."): value for key, value in assignments.items()}, "flag")
    return values


def test_auto_without_a_card_is_the_null_driver_and_says_why(monkeypatch):
    from livehost.engine.drivers import portaudio

    monkeypatch.setattr(portaudio, "_sounddevice", lambda: None)
    monkeypatch.setattr(portaudio, "rescan", lambda: None)
    monkeypatch.setattr(portaudio, "list_devices", list)
    driver = open_driver(settings(), input_file=False, output_file=False)
    assert driver.name == "null"
    assert "There is no sound output device." in driver.note
    with pytest.raises(LivehostError):
        open_driver(settings(audio__output="Scarlett"), input_file=False, output_file=False)
    with pytest.raises(LivehostError):
        open_driver(settings(audio__driver="portaudio"), input_file=False, output_file=False)


class Card:
    """A sound library with one card, and what was asked of it."""

    class PortAudioError(Exception):
        """Its own error."""

    def __init__(self, rates, own=48_000, outputs=2):
        self.rates, self.own, self.default, self.did = rates, own, SimpleNamespace(device=(0, 0)), []
        self.outputs = outputs

    def query_hostapis(self):
        return [{"name": "ALSA"}]

    def query_devices(self):
        sizes = {"max_input_channels": 2, "max_output_channels": self.outputs}
        return [{"name": "card", "hostapi": 0, "default_samplerate": self.own, **sizes}]

    def check_output_settings(self, _device, _channels, _dtype, samplerate):
        if samplerate not in self.rates:
            raise self.PortAudioError("Invalid sample rate")

    check_input_settings = check_output_settings

    def abort(self, **_):
        self.did.append("abort")

    def close(self, **_):
        self.did.append("close")


@pytest.fixture
def card(monkeypatch):
    from livehost.engine.drivers import portaudio

    def make(*rates, **more):
        made = Card(rates, **more)
        monkeypatch.setattr(portaudio, "_sounddevice", lambda: made)
        monkeypatch.setattr(portaudio, "rescan", lambda: None)
        monkeypatch.setattr(portaudio, "_abandoned", [])
        return made

    return make


RATES = (8_000, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000, 88_200, 96_000, 176_400, 192_000)


@pytest.mark.parametrize("rates", [RATES, RATES[:1], RATES[-1:], RATES[2:7], (96_000, 44_100)])
def test_a_card_that_does_not_take_a_rate_is_told_with_those_that_it_takes(card, rates):
    card(*rates)
    with pytest.raises(LivehostError) as refused:
        PortAudioDriver(settings(audio__rate=12_345), input_file=False, output_file=False)
    best = next((rate for rate in (48_000, 44_100, *rates) if rate in rates), None)
    assert str(refused.value) == (
        f"card does not take 12345 Hz: it offers {', '.join(map(str, sorted(rates)))} Hz: "
        f"give --rate {best}, or no rate."
    )
    assert refused.value.exit_code == 2


def test_a_card_that_takes_no_rate_at_all_may_be_in_use(card):
    card()
    with pytest.raises(LivehostError, match="and no other rate either; is another program") as refused:
        PortAudioDriver(settings(), input_file=True, output_file=False)
    assert refused.value.exit_code == 2


@pytest.mark.parametrize(
    ("own", "rates", "rate"),
    [
        (48_000, (44_100, 48_000), 48_000),
        (44_100, (44_100, 48_000), 44_100),
        (96_000, (96_000, 44_100, 48_000), 48_000),
        (96_000, (96_000, 44_100), 44_100),
        (96_000, (96_000,), 96_000),
        (0, (48_000,), 48_000),
    ],
)
def test_where_no_rate_is_asked_for_a_card_runs_at_one_that_models_are_made_for(card, own, rates, rate):
    card(*rates, own=own)
    driver = PortAudioDriver(settings(), input_file=False, output_file=False)
    assert driver.rate == rate
    assert bool(driver.note) is (rate != (own or 48_000))


@pytest.mark.parametrize(("outputs", "pair"), [(1, (0, 0)), (2, (0, 1)), (8, (0, 1))])
def test_left_and_right_come_out_of_the_first_two_channels_or_both_of_the_only_one(card, outputs, pair):
    card(48_000, outputs=outputs)
    driver = PortAudioDriver(settings(), input_file=False, output_file=False)
    assert (driver.pair, driver.outputs) == (pair, min(outputs, 2))


@pytest.mark.parametrize("calls", [True, False])
def test_a_stream_whose_device_still_asks_for_sound_is_closed_and_any_other_left_alone(card, monkeypatch, calls):
    from livehost.engine.drivers import portaudio

    class Engine(dict):
        def __getitem__(self, name):
            self.blocks = getattr(self, "blocks", 0) + calls
            return self.blocks

    monkeypatch.setattr(portaudio, "_PATIENCE_S", 0.0)
    sound = card(48_000)
    driver = PortAudioDriver(settings(), input_file=False, output_file=False)
    driver.stop()
    assert sound.did == []  # it has not begun
    driver._stream, driver._engine = sound, Engine()
    driver.stop()
    assert sound.did == (["abort", "close"] if calls else [])
    assert len(portaudio._abandoned) == (not calls)


def test_the_null_driver_s_clock_keeps_time():
    from livehost.engine.state import EngineState

    values = settings(audio__rate=48_000, audio__block=64)
    driver = NullDriver(values)
    engine = EngineState(values, driver.rate)
    began = time.monotonic()
    driver.start(engine, None)
    time.sleep(0.3)
    driver.stop()
    spent = time.monotonic() - began
    blocks = int(engine["blocks"])
    assert blocks * 64 <= (spent + 0.01) * 48_000
    assert blocks > 50
    assert engine["tid"] != 0
    assert engine["input_xruns"] == 0  # it has no input; what comes too late is its output
    time.sleep(0.02)
    assert engine["blocks"] == blocks


@pytest.mark.parametrize(
    ("key", "value", "listened", "pair"),
    [("audio.input_channels", "2,3", (1, 2), (0, 1)), ("audio.output_channels", "3,4", (0,), (2, 3)),
     ("audio.output_channels", "2", (0,), (1, 1))],
)  # fmt: skip
def test_channels_are_counted_from_one(key, value, listened, pair):
    driver = open_driver(
        settings(audio__driver="null", **{key.replace(".", "__"): value}), input_file=False, output_file=False
    )
    assert (driver.listened, driver.pair) == (listened, pair)
    assert (driver.inputs, driver.outputs) == (max(listened) + 1, max(pair) + 1)


def test_offline_runs_exactly_as_many_frames_as_it_is_asked(bank_dir):
    from livehost.stage.stage import Stage

    stage = Stage(settings(audio__driver="offline", bank__dir=str(bank_dir), run__seconds=1.0), lambda _: None)
    stage.start()
    for frames in (1, 63, 1000, 12_345):
        stage.driver.run(frames)
    assert stage.engine["frame"] == 13_409
    assert stage.worker["frame"] == 13_409 // 32 * 32
    assert not np.isnan(stage.engine.listen.read(0, 13_409)).any()
    stage.close()


def lengths(frames, state, block):
    """Blocks of the offline driver, by Marsaglia's xorshift of 64 bits (13, 7, 17)."""
    while frames > 0:
        state ^= state << 13 & 2**64 - 1
        state ^= state >> 7
        state ^= state << 17 & 2**64 - 1
        length = min(state % block + 1, frames)
        frames -= length
        yield length


@pytest.mark.parametrize("frames", [1, 640, 20_000])
def test_ragged_blocks_are_of_all_lengths_and_always_the_same(bank_dir, frames):
    from livehost.stage.stage import Stage

    values = settings(audio__driver="offline", audio__ragged=True, bank__dir=str(bank_dir), run__seconds=1.0)
    stage = Stage(values, lambda _: None)
    stage.start()
    stage.driver.run(frames)
    expected = list(lengths(frames, 0x9E3779B97F4A7C15, 64))
    assert (stage.engine["frame"], stage.engine["blocks"]) == (frames, len(expected))
    assert frames < 20_000 or set(expected) == set(range(1, 65))
    stage.close()
