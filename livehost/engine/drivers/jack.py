"""JACK, as a client of its own: what dies with its server is cleared away, and it comes back when the server does.

PortAudio cannot do that: after the death of a server it waits for ever, or ends the process.
"""

import time
from typing import Any

from livehost import libjack
from livehost.engine.drivers.base import StillGone
from livehost.engine.drivers.card import Card
from livehost.engine.drivers.jack_process import Process, process, xrun
from livehost.engine.drivers.patience import ask, in_time, leave_alone
from livehost.engine.state import EngineState
from livehost.engine.turn import Port, Turn
from livehost.engine.worker.state import WorkerState
from livehost.errors import LivehostError
from livehost.settings import Settings

CLIENT = "livehost-audio"
#: How long a server may take to close a client; how long a client is not called while its server runs, until it is
#: opened anew, s.
_CLOSE_S, _FORGOTTEN_S = 1.0, 2.0


class JackDriver:
    """A client of a JACK server; see `Driver`.

    Parameters
    ----------
    values : Settings
        ``audio.*``.
    card : Card
        Whose ports it is connected to.
    """

    name = "jack"
    realtime = is_card = True

    def __init__(self, values: Settings, card: Card) -> None:
        server = float(card.output["rate"])
        self._card = card
        self.rate = card.rate(values["audio.rate"], lambda rate: rate == server)
        self.listened, self.pair, self.inputs, self.outputs = card.listened, card.pair, card.inputs, card.outputs
        self.device, self.note, self.block = card.name, "", values["audio.block"]
        self._client: int | None = None
        self._shutdown: libjack.Shutdown | None = None
        self._process: Process | None = None
        self._wires: list[tuple[str, str, str]] = []
        self._missing = False
        self._cycle, self._idle_since, self._seen = -1, 0.0, -1

    def start(self, engine: EngineState, worker: WorkerState) -> None:  # noqa: ARG002
        """Open the client and begin.

        Raises
        ------
        LivehostError
            Where the server or the device's ports have gone since.
        """
        self.turn = Turn(engine.address)
        self.port: Port = self.turn.port(self.outputs)
        self.turn.give(self.port)
        ask(self._open)

    def take_back(self) -> None:
        """Open the client anew; see `Driver`."""
        self._close()
        self._open()

    def _open(self) -> None:
        jack = libjack.libjack()
        client = libjack.open_client(CLIENT)
        if client is None:
            raise StillGone("No JACK server runs.")
        try:
            self._set_up(client)
        except BaseException:
            jack.jack_client_close(client)
            raise
        self._client, self._missing, self.block = client, False, jack.jack_get_buffer_size(client)
        self._seen, self._idle_since = -1, time.monotonic()
        self._connect()

    def _set_up(self, client: int) -> None:
        jack, card = libjack.libjack(), self._card
        if (rate := jack.jack_get_sample_rate(client)) != self.rate:
            raise LivehostError(
                f"JACK is back at {rate} Hz, and this session runs at {self.rate:.0f} Hz: restart JACK at "
                f"{self.rate:.0f} Hz, or livehost."
            )
        far_outs = self._far(client, card.output, self.outputs, libjack.IS_INPUT)
        far_ins = [] if card.input is None else self._far(client, card.input, self.inputs, libjack.IS_OUTPUT)
        ins = [self._register(client, f"in_{k + 1}", libjack.IS_INPUT) for k in range(len(far_ins))]
        outs = [self._register(client, f"out_{k + 1}", libjack.IS_OUTPUT) for k in range(self.outputs)]
        own = jack.jack_get_client_name(client).decode()
        self._wires = [(far, f"{own}:in_{k + 1}", far) for k, far in enumerate(far_ins)]
        self._wires += [(f"{own}:out_{k + 1}", far, far) for k, far in enumerate(far_outs)]
        self._shutdown, self._process = libjack.Shutdown(client), Process(self.port, self.rate, ins, outs)
        self._process.plays_to(jack.jack_port_by_name(client, far_outs[0].encode()))
        jack.jack_set_process_callback(client, process.address, self._process.address)
        jack.jack_set_xrun_callback(client, xrun.address, self._process.address)
        if jack.jack_activate(client):
            raise LivehostError("JACK does not run livehost's client.")

    def _far(self, client: int, device: dict[str, Any], count: int, flag: int) -> list[str]:
        """Give the first ports of a device."""
        names = [n for n in libjack.port_names(client, "", flag) if n.rpartition(":")[0] == device["name"]]
        if len(names) < count:
            has = f"has {len(names)} of the {count} ports that are wanted" if names else "is not there"
            raise LivehostError(f"JACK runs, and {device['name']} {has}.")
        return names[:count]

    def _register(self, client: int, name: str, flag: int) -> int:
        port: int | None = libjack.libjack().jack_port_register(client, name.encode(), libjack.AUDIO, flag, 0)
        if not port:
            raise LivehostError("JACK gives no ports.")
        return port

    def _connect(self) -> None:
        for source, target, _ in self._wires:
            libjack.libjack().jack_connect(self._client, source.encode(), target.encode())

    def run(self, frames: int) -> None:
        """Wait until so many frames have been played; see `Driver`."""
        time.sleep((frames + 2 * self.block) / self.rate)

    def stop(self) -> None:
        """Close the client; one whose server is frozen is left alone."""
        if self._client is None:
            return
        self.turn.give(None)
        if self._gone or self._runs():
            self._close()
        else:
            leave_alone(self._process, self.turn)

    def _close(self) -> None:
        client, self._client = self._client, None
        if client is None:
            return
        try:
            in_time(lambda: libjack.libjack().jack_client_close(client), _CLOSE_S)
        except TimeoutError:
            leave_alone(self._process, self.turn)

    @property
    def _gone(self) -> bool:
        return self._shutdown is not None and self._shutdown.came

    def _runs(self) -> bool:
        """Tell whether the server's cycles go on."""
        before = libjack.libjack().jack_last_frame_time(self._client)
        deadline = time.monotonic() + max(0.25, 4 * self.block / self.rate)
        while libjack.libjack().jack_last_frame_time(self._client) == before:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.001)
        return True

    def trouble(self) -> str:
        """Say that the server has gone, or has forgotten this client; see `Driver`."""
        if self._client is None:
            return "JACK is not there."
        if self._gone:
            return "The JACK server has ended."
        cycle, now = libjack.libjack().jack_last_frame_time(self._client), time.monotonic()
        if self.port.asked != self._seen or cycle == self._cycle:
            self._seen, self._idle_since = self.port.asked, now
        self._cycle = cycle
        return "JACK runs without livehost." if now - self._idle_since > _FORGOTTEN_S else ""

    def disconnected(self) -> str:
        """Say which port of the device has gone from JACK's graph, and connect it again where it is back."""
        if self._client is None or self._gone:
            return ""
        jack = libjack.libjack()
        missing = [far for _, _, far in self._wires if not jack.jack_port_by_name(self._client, far.encode())]
        if self._missing and not missing:
            try:
                in_time(self._connect, _CLOSE_S)
            except TimeoutError:
                return "JACK does not answer."
        self._missing = bool(missing)
        return f"JACK has no port {missing[0]} any more; it is connected again when it is back." if missing else ""
