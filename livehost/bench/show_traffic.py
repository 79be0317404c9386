"""What reaches a session over OSC in a show, and more of it: settings, verdicts, sounds by hand, panics, swaps."""

import random
import socket
import time

from pythonosc.osc_message_builder import OscMessageBuilder

#: Address, and what its arguments are drawn from: a range of numbers, or words.
_OFTEN: tuple[tuple[str, tuple], ...] = (
    ("/livehost/model/temperature", (0.0, 2.0)),
    ("/livehost/model/density", (0.3, 1.0)),
    ("/livehost/model/follow", (0.0, 1.0)),
    ("/livehost/model/memory", (0.0, 1.0)),
    ("/livehost/model/repeat", (0.0, 1.0)),
    ("/livehost/model/gain_db", (-9.0, 3.0)),
    ("/livehost/model/answer_delay_ms", (0.0, 60.0)),
    ("/livehost/master/gain_db", (-9.0, 0.0)),
    ("/livehost/master/ceiling_db", (-12.0, 0.0)),
    ("/livehost/model/top_k", (1, 16)),
    ("/livehost/model/choke", (0, 1)),
    ("/livehost/bank/play", (0, 7)),
    ("/livehost/bank/deny", (0, 7)),
    ("/livehost/bank/allow", (0, 7)),
    ("/livehost/approve", ()),
    ("/livehost/change", ()),
    ("/livehost/mute", (0, 1)),
    ("/livehost/voice/03/gain_db", (-9.0, 3.0)),
    ("/livehost/voice/00/pan", (-1.0, 1.0)),
)
_SELDOM: tuple[tuple[str, tuple], ...] = (
    ("/livehost/model/mode", ("answer", "continue", "call")),
    ("/livehost/model/mode", ("answer",)),
    ("/livehost/model/player", ("bank", "nearest")),
    ("/livehost/model/player", ("bank",)),
    ("/livehost/model/after_panic", ("wait", "onset")),
    ("/livehost/reject", ()),
    ("/livehost/reset", ()),
    ("/livehost/stop", ()),
    ("/panic", (2.0, 300.0)),
    ("/livehost/failsafe", (0, 1)),
    ("/livehost/model/context/save", ("kept",)),
    ("/livehost/model/context/load", ("kept",)),
    ("/livehost/model/load", ("bank-transformer",)),
)
#: Share of the messages that are seldom, and the pause in which nothing plays after a panic or a stop, s.
_SHARE, _HALTED_S = 0.05, 0.3


def send_traffic(port: int, seconds: float, seed: int, banks: tuple[str, ...], per_second: float) -> int:
    """Send messages at random moments to a livehost of this computer; gives how many.

    Parameters
    ----------
    port : int
        UDP.
    seconds : float
    seed : int
    banks : tuple of str
        Names of banks that are loaded in turn.
    per_second : float
        Messages, on average.
    """
    rng, count, started_at = random.Random(seed), 0, 0.0
    seldom = (*_SELDOM, ("/livehost/bank/load", banks))
    end = time.monotonic() + seconds
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:

        def send(address: str, drawn: tuple) -> None:
            message = OscMessageBuilder(address)
            if drawn and isinstance(drawn[0], str):
                message.add_arg(rng.choice(drawn))
            elif drawn:
                between = rng.uniform if isinstance(drawn[0], float) else rng.randint
                message.add_arg(between(*drawn))
            sock.sendto(message.build().dgram, ("127.0.0.1", port))

        while time.monotonic() < end:
            address, drawn = rng.choice(seldom if rng.random() < _SHARE else _OFTEN)
            send(address, drawn)
            count += 1
            if address in ("/panic", "/livehost/stop"):
                started_at = time.monotonic() + _HALTED_S
            if started_at and time.monotonic() > started_at:
                started_at = 0.0
                send("/livehost/start", ())
                send("/livehost/mute", (0, 0))
                count += 2
            time.sleep(rng.expovariate(per_second))
    return count
