"""The sound card, through PortAudio: ALSA, CoreAudio, ASIO, WASAPI, whatever the host offers; JACK has its own driver.

`sounddevice._StreamBase` is that library's documented base for library authors; it takes a C callback, so no Python
runs in the audio thread.
"""

import time
from typing import Any

from livehost.engine.drivers.base import StillGone
from livehost.engine.drivers.card import Card
from livehost.engine.drivers.devices import portaudio_devices, rescan, sounddevice
from livehost.engine.drivers.patience import ask, in_time, leave_alone
from livehost.engine.state import EngineState
from livehost.engine.turn import Port, Turn, port_callback
from livehost.engine.worker.state import WorkerState
from livehost.errors import LivehostError
from livehost.settings import Settings

#: How long a card may take to ask for the next block, and to close a stream, s; so long is a stream that asks for
#: nothing waited for, until it is opened anew.
_PATIENCE_S, _CLOSE_S, _FORGOTTEN_S = 0.25, 1.0, 2.0


class PortAudioDriver:
    """A sound card; see `Driver`.

    Parameters
    ----------
    values : Settings
        ``audio.*``.
    card : Card
        Which one.
    """

    name = "portaudio"
    realtime = is_card = True

    def __init__(self, values: Settings, card: Card) -> None:
        self._sd, self._card = sounddevice(), card
        self.rate, self.block = card.rate(values["audio.rate"], self._takes), values["audio.block"]
        self.listened, self.pair, self.inputs, self.outputs = card.listened, card.pair, card.inputs, card.outputs
        self.device, self.note = card.name, card.note
        self._stream: Any = None
        self._left, self._seen, self._seen_at = False, -1, 0.0

    def _takes(self, rate: float) -> bool:
        sd, card = self._sd, self._card
        try:
            if card.input is not None:
                sd.check_input_settings(card.input["index"], card.inputs, "float32", samplerate=rate)
            sd.check_output_settings(card.output["index"], card.outputs, "float32", samplerate=rate)
        except (sd.PortAudioError, ValueError):
            return False
        return True

    def start(self, engine: EngineState, worker: WorkerState) -> None:  # noqa: ARG002
        """Open the stream and begin.

        Raises
        ------
        LivehostError
            Where the device is in use or does not take the block length.
        """
        self.turn = Turn(engine.address)
        self.port: Port = self.turn.port(self.outputs)
        self.turn.give(self.port)
        ask(self._open)

    def take_back(self) -> None:
        """Open the same device anew; see `Driver`."""
        self._close()
        card = self._card
        if not self._left:  # PortAudio cannot be begun anew beside a stream that it could not close
            rescan()
            found = portaudio_devices()
            for device in (card.input, card.output):
                if device is not None:
                    device["index"] = _same(device, found)["index"]
        if not self._takes(self.rate):
            raise LivehostError(
                f"{self.device} is there, and does not take {self.rate:.0f} Hz now: is another program using it?"
            )
        self._open()

    def _open(self) -> None:
        sd, card = self._sd, self._card
        options: dict[str, Any] = {
            "samplerate": self.rate, "blocksize": self.block, "dtype": "float32", "latency": "low",
            "clip_off": True, "dither_off": True,
            "callback": sd._ffi.cast("PaStreamCallback *", port_callback.address),
            "userdata": sd._ffi.cast("void *", self.port.address),
        }  # fmt: skip
        if card.input is None:
            options |= {"kind": "output", "device": card.output["index"], "channels": self.outputs}
        else:
            options |= {
                "kind": "duplex", "device": (card.input["index"], card.output["index"]),
                "channels": (self.inputs, self.outputs),
            }  # fmt: skip
        try:
            stream = sd._StreamBase(**options)
            stream.start()
        except sd.PortAudioError as error:
            why = error.args[0] if error.args else error
            raise LivehostError(
                f"{self.device} cannot be opened with {self.block} frames at {self.rate:.0f} Hz: {why}."
            ) from None
        self._stream, self._seen_at = stream, time.monotonic()

    def run(self, frames: int) -> None:
        """Wait until so many frames have been played; see `Driver`."""
        time.sleep((frames + 2 * self.block) / self.rate)

    def stop(self) -> None:
        """Stop and close the stream; one whose card asks for nothing any more is left alone."""
        if self._stream is None:
            return
        if self._called():
            self._close()
        else:
            leave_alone(self._stream, self.port, self.turn)
            self._stream = None

    def trouble(self) -> str:
        """Say that the device is gone, where the stream ended by itself or asks for nothing; see `Driver`."""
        if self._stream is None:
            return f"{self.device} is not there."
        if not self._stream.active:
            return f"{self.device} stopped by itself."
        now = time.monotonic()
        if self.port.asked != self._seen:
            self._seen, self._seen_at = self.port.asked, now
        return f"{self.device} asks for no sound." if now - self._seen_at > _FORGOTTEN_S else ""

    def disconnected(self) -> str:
        """See `Driver`: a card has no wires of its own."""
        return ""

    def _close(self) -> None:
        stream, self._stream = self._stream, None
        if stream is None:
            return
        try:
            in_time(lambda: stream.abort(ignore_errors=True), _CLOSE_S)
            in_time(lambda: stream.close(ignore_errors=True), _CLOSE_S)
        except self._sd.PortAudioError:
            pass
        except TimeoutError:
            self._left = True
            leave_alone(stream, self.port, self.turn)

    def _called(self) -> bool:
        """Tell whether the device still asks for sound."""
        asked, deadline = self.port.asked, time.monotonic() + max(_PATIENCE_S, 4 * self.block / self.rate)
        while self.port.asked == asked:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.001)
        return True


def _same(device: dict[str, Any], found: list[dict[str, Any]]) -> dict[str, Any]:
    """Find a device again."""
    for row in found:
        if (row["name"], row["host"]) == (device["name"], device["host"]):
            return row
    raise StillGone(f"{device['name']} is not there.")
