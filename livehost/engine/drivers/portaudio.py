"""The sound card, through PortAudio: JACK, ALSA, CoreAudio, ASIO, WASAPI, whatever the host offers.

`sounddevice._StreamBase` is that library's documented base for library authors; it takes a C callback, so no Python
runs in the audio thread.
"""

import atexit
import time
from typing import Any

from livehost.engine.drivers.base import DEFAULT_RATE, channel_numbers, output_pair
from livehost.engine.state import EngineState
from livehost.engine.worker_state import WorkerState
from livehost.errors import LivehostError
from livehost.settings import Settings

_RATES = (8_000, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000, 88_200, 96_000, 176_400, 192_000)
_PATIENCE_S = 0.25
#: Streams that could not be closed, and the memory that they may still know.
_abandoned: list[Any] = []


def _sounddevice() -> Any:
    try:
        import sounddevice
    except (OSError, ImportError):
        raise LivehostError(
            "PortAudio is not installed: install libportaudio2 (Linux) or the sounddevice package with its library."
        ) from None
    return sounddevice


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
    if not devices:
        raise LivehostError(f"There is no sound {kind} device.")
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
        self._input = None if input_file else _find("input", values["audio.input"])
        self._output = _find("output", "" if output_file else values["audio.output"])
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
                raise LivehostError(f"{device['name']} has {has} channels, and {key} asks for channel {count}.", 2)
        self.rate = float(values["audio.rate"] or self._output["rate"] or DEFAULT_RATE)
        self.block = values["audio.block"]
        self._check_rates()
        names = dict.fromkeys(d["name"] for d in (self._input, self._output) if d is not None)
        self.device = f"{' → '.join(names)} ({self._output['host']})"
        self.note = ""
        self._stream: Any = None
        self._engine: EngineState | None = None

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
        offered = ", ".join(str(rate) for rate in _RATES if self._takes(rate))
        known = f"it offers {offered} Hz" if offered else "and no other rate either; is another program using it?"
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
            self._stream = sd._StreamBase(**options)
            self._stream.start()
        except sd.PortAudioError as error:
            why = error.args[0] if error.args else error
            raise LivehostError(
                f"{self.device} cannot be opened with {self.block} frames at {self.rate:.0f} Hz: {why}."
            ) from None
        if jack and self._called():
            self.block = int(engine["frame"] // engine["blocks"])

    def stop(self) -> None:
        """Stop and close the stream; one whose sound server has gone is left alone."""
        if self._stream is None:
            return
        if not self._called():
            # PortAudio would wait for ever for that server, and at the end of the process stop it with an assertion
            atexit.unregister(self._sd._exit_handler)
            _abandoned.append((self._stream, self._engine))
            return
        try:
            self._stream.abort(ignore_errors=True)
            self._stream.close(ignore_errors=True)
        except self._sd.PortAudioError:
            return

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
