"""Urgent messages that come to a thread of Python, carried out by the same native code as all others."""

from typing import Any

import numpy as np

from livehost.bridge.osc.urgent import Urgent, carry_out
from livehost.rt.memory import zeros
from livehost.rt.native import STEP2, entry, record_at, run2

_CALL = np.dtype([("packet", "i8"), ("size", "i8")], align=True)


@entry(STEP2)
def _carry_out_packet(urgent: Any, address: Any) -> Any:
    """Carry out what is urgent in a packet; gives it as bits. RT: worker."""
    call = record_at(address, _CALL)
    return carry_out(urgent, call.packet, call.size)


class UrgentCall:
    """Carries out what is urgent, from one thread.

    Parameters
    ----------
    urgent : Urgent
    """

    def __init__(self, urgent: Urgent) -> None:
        self._record, self._bits = urgent.twin()
        self._call, self._run = zeros(1, _CALL), run2(_carry_out_packet)

    def __call__(self, packet: bytes) -> int:
        """Carry out what is urgent in a packet; gives it as bits of `livehost.bridge.osc.urgent`. RT: never."""
        data = np.frombuffer(packet, np.uint8)
        self._call[0] = (data.ctypes.data, len(data))
        return self._run(self._record.ctypes.data, self._call.ctypes.data)
