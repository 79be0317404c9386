import time
from types import SimpleNamespace

import numpy as np
import pytest

from livehost.engine.drivers import devices, open_driver, patience
from livehost.engine.drivers import portaudio as portaudio_driver
from livehost.engine.drivers.base import StillGone
from livehost.engine.drivers.card import Card
from livehost.engine.drivers.null import NullDriver
from livehost.engine.drivers.portaudio import PortAudioDriver
from livehost.engine.state import EngineState
from livehost.errors import LivehostError
from livehost.settings import Settings


def settings(**assignments):
    values = Settings()
    values.update({key.replace("__", "."): value for key, value in assignments.items()}, "flag")
    return values


def test_auto_without_a_card_is_the_null_driver_and_says_why(monkeypatch):
    monkeypatch.setattr(devices, "rescan", lambda: None)
    monkeypatch.setattr(devices, "list_devices", list)
    driver = open_driver(settings(), input_file=False, output_file=False)
    assert driver.name == "null"
    assert "There is no sound output device." in driver.note
    with pytest.raises(LivehostError):
        open_driver(settings(audio__output="Scarlett"), input_file=False, output_file=False)
    with pytest.raises(LivehostError):
        open_driver(settings(audio__driver="portaudio"), input_file=False, output_file=False)


class SoundLibrary:
    """A PortAudio with one card, and what was asked of it."""

    class PortAudioError(Exception):
        """Its own error."""

    def __init__(self, rates, own=48_000, outputs=2):
        self.rates, self.own, self.default, self.did = rates, own, SimpleNamespace(device=(1, 1)), []
        self.outputs, self.busy, self.there = outputs, False, True

    def query_hostapis(self):
        return [{"name": "ALSA"}]

    def query_devices(self):
        sizes = {"max_input_channels": 2, "max_output_channels": self.outputs}
        cards = [{"name": name, "hostapi": 0, "default_samplerate": self.own, **sizes} for name in ("other", "card")]
        return cards if self.there else cards[:1]

    def check_output_settings(self, _device, _channels, _dtype, samplerate):
        if samplerate not in self.rates:
            raise self.PortAudioError("Invalid sample rate")

    check_input_settings = check_output_settings

    def _terminate(self):
        self.did.append("terminate")

    def _initialize(self):
        self.did.append("initialize")

    class Ffi:
        """Pointers that are what they were."""

        @staticmethod
        def cast(_kind, value):
            return value

    _ffi = Ffi()

    def _StreamBase(self, **options):  # noqa: N802  its name there
        if self.busy:
            raise self.PortAudioError("Device unavailable")
        self.did.append(f"open {options['device']}")
        return Stream(self.did)


class Stream:
    """A stream that calls nobody."""

    def __init__(self, did):
        self.did, self.active = did, True

    def start(self):
        self.did.append("start")

    def abort(self, **_):
        self.did.append("abort")

    def close(self, **_):
        self.did.append("close")


@pytest.fixture
def card(monkeypatch):
    def make(*rates, **more):
        made = SoundLibrary(rates, **more)
        for module in (devices, portaudio_driver):
            monkeypatch.setattr(module, "sounddevice", lambda: made)
        monkeypatch.setattr(devices, "jack_devices", list)
        return made

    return make


def driver_of(values, *, input_file=False, output_file=False):
    return PortAudioDriver(values, Card(values, input_file=input_file, output_file=output_file))


RATES = (8_000, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000, 88_200, 96_000, 176_400, 192_000)


@pytest.mark.parametrize("rates", [RATES, RATES[:1], RATES[-1:], RATES[2:7], (96_000, 44_100)])
def test_a_card_that_does_not_take_a_rate_is_told_with_those_that_it_takes(card, rates):
    card(*rates)
    with pytest.raises(LivehostError) as refused:
        driver_of(settings(audio__rate=12_345))
    best = next((rate for rate in (48_000, 44_100, *rates) if rate in rates), None)
    assert str(refused.value) == (
        f"card does not take 12345 Hz: it offers {', '.join(map(str, sorted(rates)))} Hz: "
        f"give --rate {best}, or no rate."
    )
    assert refused.value.exit_code == 2


def test_a_card_that_takes_no_rate_at_all_may_be_in_use(card):
    card()
    with pytest.raises(LivehostError, match="and no other rate either; is another program") as refused:
        driver_of(settings(), input_file=True)
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
    driver = driver_of(settings())
    assert driver.rate == rate
    assert bool(driver.note) is (rate != (own or 48_000))


@pytest.mark.parametrize(("outputs", "pair"), [(1, (0, 0)), (2, (0, 1)), (8, (0, 1))])
def test_left_and_right_come_out_of_the_first_two_channels_or_both_of_the_only_one(card, outputs, pair):
    card(48_000, outputs=outputs)
    driver = driver_of(settings())
    assert (driver.pair, driver.outputs) == (pair, min(outputs, 2))


def started(sound):
    """A driver of a card, started; nobody calls."""
    driver = driver_of(settings())
    engine = EngineState(settings(), driver.rate)
    driver.start(engine, None)
    driver.engine = engine  # to the end of the test
    assert sound.did == ["open (1, 1)", "start"]
    sound.did.clear()
    return driver


@pytest.mark.parametrize("calls", [True, False])
def test_a_stream_whose_device_still_asks_for_sound_is_closed_and_any_other_left_alone(card, monkeypatch, calls):
    left = []
    monkeypatch.setattr(portaudio_driver, "_PATIENCE_S", 0.0)
    monkeypatch.setattr(portaudio_driver, "leave_alone", lambda *held: left.append(held))
    sound = card(48_000)
    driver_of(settings()).stop()  # it has not begun
    driver = started(sound)

    class Port:
        count = 0

        @property
        def asked(self):
            self.count += calls
            return self.count

    driver.port = Port()
    driver.stop()
    assert sound.did == (["abort", "close"] if calls else [])
    assert len(left) == (not calls)


def test_a_card_that_was_unplugged_is_looked_for_by_its_name_and_opened_anew(card):
    sound = card(48_000)
    driver = started(sound)
    assert driver.trouble() == ""
    driver._stream.active = False
    assert driver.trouble() == "card (ALSA) stopped by itself."
    sound.there = False
    with pytest.raises(StillGone, match="card is not there"):
        driver.take_back()
    assert sound.did == ["abort", "close", "terminate", "initialize"]
    assert driver.trouble() == "card (ALSA) is not there."
    sound.did.clear()
    sound.there = True
    driver.take_back()
    assert sound.did == ["terminate", "initialize", "open (1, 1)", "start"]
    assert driver.trouble() == ""


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ({"busy": True}, "card (ALSA) cannot be opened with 64 frames at 48000 Hz: Device unavailable."),
        ({"rates": (44_100,)}, "card (ALSA) is there, and does not take 48000 Hz now: is another program using it?"),
    ],
)
def test_what_keeps_a_card_from_coming_back_is_said(card, what, sentence):
    sound = card(48_000)
    driver = started(sound)
    driver._stream.active = False
    vars(sound).update(what)
    with pytest.raises(LivehostError) as refused:
        driver.take_back()
    assert str(refused.value) == sentence
    assert not isinstance(refused.value, StillGone)


def test_a_stream_that_cannot_be_closed_is_left_and_its_library_never_begun_anew(card, monkeypatch):
    monkeypatch.setattr(portaudio_driver, "_CLOSE_S", 0.05)
    sound = card(48_000)
    driver = started(sound)
    driver._stream.active, driver._stream.abort = False, lambda **_: time.sleep(1.0)
    driver.take_back()
    assert sound.did == ["open (1, 1)", "start"]


def test_a_card_that_asks_for_no_sound_is_in_trouble_after_a_while(card, monkeypatch):
    driver = started(card(48_000))
    now = SimpleNamespace(s=time.monotonic())
    monkeypatch.setattr(portaudio_driver.time, "monotonic", lambda: now.s)
    driver.trouble()
    now.s += 2.0
    assert driver.trouble() == ""
    now.s += 0.1
    assert driver.trouble() == "card (ALSA) asks for no sound."


def test_an_attempt_that_hangs_is_waited_for_no_longer_than_asked():
    attempt = patience.Attempt(lambda: time.sleep(0.3) or 5)
    with pytest.raises(TimeoutError):
        attempt.result()
    assert not attempt.done
    assert attempt.result(5.0) == 5
    assert attempt.done


def test_input_and_output_are_of_one_sound_system(card, monkeypatch):
    card(48_000)
    jack = {"name": "system", "host": devices.JACK, "rate": 48_000.0, "inputs": 2, "outputs": 2}
    monkeypatch.setattr(devices, "jack_devices", lambda: [jack])
    with pytest.raises(LivehostError, match="card is of ALSA, and system of JACK Audio Connection Kit: give an input"):
        Card(settings(audio__input="card", audio__output="system"), input_file=False, output_file=False)
    for one in ({"audio__input": "system"}, {"audio__output": "system"}):
        found = Card(settings(**one), input_file=False, output_file=False)
        assert (found.input["name"], found.output["name"]) == ("system", "system")
    assert Card(settings(), input_file=False, output_file=False).name == "card (ALSA)"


def test_jack_s_devices_follow_and_are_the_default_where_there_is_no_other(card, monkeypatch):
    sound = card(48_000)
    jack = {"name": "system", "host": devices.JACK, "rate": 48_000.0, "inputs": 0, "outputs": 2}
    monkeypatch.setattr(devices, "jack_devices", lambda: [jack])
    rows = [(row["index"], row["name"], row["default"]) for row in devices.list_devices()]
    assert rows == [(0, "other", ""), (1, "card", "in out"), (2, "system", "")]
    monkeypatch.setattr(sound, "query_devices", list)
    rows = [(row["index"], row["name"], row["default"]) for row in devices.list_devices()]
    assert rows == [(0, "system", "out")]


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
