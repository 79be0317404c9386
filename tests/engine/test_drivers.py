import time

import numpy as np
import pytest

from livehost.engine.drivers import open_driver
from livehost.engine.drivers.null import NullDriver
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
