"""The sound card, through PortAudio: JACK, ALSA, CoreAudio, ASIO, WASAPI, whatever the host offers.

`sounddevice._StreamBase` is that library's documented base for library authors; it takes a C callback, so no Python
runs in the audio thread.
"""

import atexit
import sys
import time
from collections.abc import Callable
from typing import Any, TypeVar

from livehost.engine.drivers.base import DEFAULT_RATE, channel_numbers, output_pair
from livehost.engine.drivers.patience import in_time
from livehost.engine.state import EngineState
from livehost.engine.worker.state import WorkerState
from livehost.errors import LivehostError
from livehost.settings import Settings

Result = TypeVar("Result")
_RATES = (8_000, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000, 88_200, 96_000, 176_400, 192_000)
_PATIENCE_S = 0.25
#: How long a sound system may take to answer, and to close a stream, s.
_ANSWER_S, _CLOSE_S = 10.0, 1.0
#: Rates that models are made for: a card whose own rate is another one is asked for the first of these.
_USUAL = (48_000, 44_100)
#: Streams that could not be closed, and the memory that they may still know.
_abandoned: list[Any] = []


class NoSoundCard(LivehostError):  # noqa: N818  a circumstance, not an error
    """There is nothing on this computer that sound could come out of."""


def _sounddevice() -> Any:
    try:
        import sounddevice
    except (OSError, ImportError):
        raise NoSoundCard(
            "PortAudio is not installed: install libportaudio2 (Linux) or the sounddevice package with its library."
        ) from None
    return sounddevice


def ask(work: Callable[[], Result]) -> Result:
    """Have PortAudio do something that it may never come back from: its server may be frozen.

    Raises
    ------
    LivehostError
        Where it does not answer.
    """
    try:
        return in_time(work, _ANSWER_S)
    except TimeoutError:
        _leave_alone()
        raise LivehostError(
            f"The sound system has not answered for {_ANSWER_S:.0f} s: is its sound server (JACK, PipeWire) frozen?"
        ) from None


def _leave_alone() -> None:
    """Keep PortAudio from being closed at the end of the process, which would wait for ever, or fail an assertion."""
    module = sys.modules.get("sounddevice")
    if (handler := getattr(module, "_exit_handler", None)) is not None:
        atexit.unregister(handler)


def rescan() -> None:
    """Look for devices again: PortAudio knows only those that were there when it began."""
    sd = _sounddevice()
    try:
        sd._terminate()
        sd._initialize()
    except sd.PortAudioError as error:
        raise LivehostError(f"PortAudio does not start: {error}.") from None


def list_devices() -> list[dict[str, Any]]:
    """All devices of all host interfaces, in PortAudio's order.

    Returns
    -------
    list of dict
        ``index``, ``name``, ``host``, ``inputs``, ``outputs``, ``rate``, ``default`` (of "in", "out", "in out", "").
    """
    sd = _sounddevice()
    hosts = sd.query_hostapis()
    default_in, default_out = sd.default.device
    rows = []
    for i, d in enumerate(sd.query_devices()):
        default = " ".join(word for word, j in (("in", default_in), ("out", default_out)) if i == j)
        rows.append(
            {
                "index": i, "name": d["name"], "host": hosts[d["hostapi"]]["name"], "inputs": d["max_input_channels"],
                "outputs": d["max_output_channels"], "rate": d["default_samplerate"], "default": default,
            }
        )  # fmt: skip
    return rows


def _find(kind: str, wanted: str) -> dict[str, Any]:
    """Find a device by number, by name, or the default one."""
    devices = [d for d in list_devices() if d[kind + "s"] > 0]
    if not devices and kind == "output":
        raise NoSoundCard("There is no sound output device.")
    if not devices:
        raise LivehostError("There is no sound input device: plug one in, or give --input take.wav.")
    if not wanted:
        chosen = [d for d in devices if {"input": "in", "output": "out"}[kind] in d["default"].split()]
        return (chosen or devices)[0]
    if wanted.lstrip("-").isdigit():
        chosen = [d for d in devices if d["index"] == int(wanted)]
    else:
        exact = [d for d in devices if d["name"].lower() == wanted.lower()]
        chosen = exact or [d for d in devices if wanted.lower() in f"{d['name']} ({d['host']})".lower()]
    if not chosen:
        names = ", ".join(f"{d['index']} {d['name']}" for d in devices[:8])
        raise LivehostError(f"There is no {kind} device called {wanted!r}; there are: {names}.", 2)
    return chosen[0]


class PortAudioDriver:
    """A sound card; see `Driver`.

    Parameters
    ----------
    values : Settings
        ``audio.*``.
    input_file, output_file : bool
        The input is a file (no input device is opened) or the output is (the device runs the clock, silent).
    """

    name = "portaudio"
    realtime = True

    def __init__(self, values: Settings, *, input_file: bool, output_file: bool) -> None:
        sd = _sounddevice()
        rescan()
        self._sd = sd
        self._output = _find("output", "" if output_file else values["audio.output"])  # first: none is `NoSoundCard`
        self._input = None if input_file else _find("input", values["audio.input"])
        self.listened = channel_numbers(values, "audio.input_channels")
        self.pair = output_pair(values)
        self.inputs, self.outputs = max(self.listened) + 1, max(self.pair) + 1
        if self._output["outputs"] == 1 and self.outputs == 2:
            self.pair, self.outputs = (0, 0), 1
        for device, count, key in (
            (self._input, self.inputs, "audio.input_channels"),
            (self._output, self.outputs, "audio.output_channels"),
        ):
            if device is not None and count > device["inputs" if "input" in key else "outputs"]:
                has = device["inputs" if "input" in key else "outputs"]
                usual = "1,2" if has > 1 and "output" in key else "1"
                raise LivehostError(
                    f"{device['name']} has {has} channels, and {key} asks for channel {count}: "
                    f"give --set {key}={usual}, or others that it has.", 2,
                )  # fmt: skip
        self.note = ""
        self.rate = float(values["audio.rate"] or self._usual_rate())
        self.block = values["audio.block"]
        self._check_rates()
        names = dict.fromkeys(d["name"] for d in (self._input, self._output) if d is not None)
        self.device = f"{' → '.join(names)} ({self._output['host']})"
        self._stream: Any = None
        self._engine: EngineState | None = None

    def _usual_rate(self) -> float:
        """Choose a rate where none is asked for: the card's own, or one that models are made for."""
        own = float(self._output["rate"] or DEFAULT_RATE)
        other = next((rate for rate in _USUAL if self._takes(rate)), None)
        if own in _USUAL or other is None:
            return own
        self.note = f"{self._output['name']} would run at {own:.0f} Hz; it is asked for {other}, for the model's sake."
        return float(other)

    def _takes(self, rate: float) -> bool:
        sd = self._sd
        try:
            if self._input is not None:
                sd.check_input_settings(self._input["index"], self.inputs, "float32", samplerate=rate)
            sd.check_output_settings(self._output["index"], self.outputs, "float32", samplerate=rate)
        except (sd.PortAudioError, ValueError):
            return False
        return True

    def _check_rates(self) -> None:
        if self._takes(self.rate):
            return
        offered = [str(rate) for rate in _RATES if self._takes(rate)]
        best = next((str(rate) for rate in _USUAL if str(rate) in offered), offered[0] if offered else "")
        known = (
            f"it offers {', '.join(offered)} Hz: give --rate {best}, or no rate"
            if offered
            else "and no other rate either; is another program using it?"
        )
        raise LivehostError(f"{self._output['name']} does not take {self.rate:.0f} Hz: {known}.", 2)

    def start(self, engine: EngineState, worker: WorkerState) -> None:  # noqa: ARG002
        """Open the stream and begin.

        Raises
        ------
        LivehostError
            Where the device is in use or does not take the block length.
        """
        from livehost.engine.callback import callback

        sd = self._sd
        self._engine = engine
        # JACK has one block for all its clients; asked for a length, even the same, PortAudio adds a block of delay
        jack = self._output["host"].startswith("JACK")
        options: dict[str, Any] = {
            "samplerate": self.rate, "blocksize": 0 if jack else self.block, "dtype": "float32", "latency": "low",
            "clip_off": True, "dither_off": True, "callback": sd._ffi.cast("PaStreamCallback *", callback.address),
            "userdata": sd._ffi.cast("void *", engine.address),
        }  # fmt: skip
        if self._input is None:
            options |= {"kind": "output", "device": self._output["index"], "channels": self.outputs}
        else:
            options |= {
                "kind": "duplex", "device": (self._input["index"], self._output["index"]),
                "channels": (self.inputs, self.outputs),
            }  # fmt: skip
        try:
            self._stream = ask(lambda: sd._StreamBase(**options))
            ask(self._stream.start)
        except sd.PortAudioError as error:
            why = error.args[0] if error.args else error
            raise LivehostError(
                f"{self.device} cannot be opened with {self.block} frames at {self.rate:.0f} Hz: {why}."
            ) from None
        if jack and self._called():
            self.block = int(engine["frame"] // engine["blocks"])

    def run(self, frames: int) -> None:
        """Wait until so many frames have been played; see `Driver`."""
        time.sleep((frames + 2 * self.block) / self.rate)

    def stop(self) -> None:
        """Stop and close the stream; one whose sound server has gone is left alone."""
        if self._stream is None:
            return
        try:
            if self._called():
                in_time(lambda: self._stream.abort(ignore_errors=True), _CLOSE_S)
                in_time(lambda: self._stream.close(ignore_errors=True), _CLOSE_S)
                return
        except self._sd.PortAudioError:
            return
        except TimeoutError:
            pass
        _leave_alone()
        _abandoned.append((self._stream, self._engine))

    def _called(self) -> bool:
        """Tell whether the device still asks for sound."""
        engine = self._engine
        if engine is None:
            return False
        blocks, deadline = engine["blocks"], time.monotonic() + max(_PATIENCE_S, 4 * self.block / self.rate)
        while engine["blocks"] == blocks:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.001)
        return True

    def trouble(self) -> str:
        """Say that the device is gone, where the stream ended by itself."""
        if self._stream is None or self._stream.active:
            return ""
        return f"The sound card is gone: {self.device} stopped by itself."
