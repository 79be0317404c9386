"""SLIP (RFC 1055), with which OSC 1.1 puts packets on a stream: an END before and behind each packet."""

END, ESC, _ESC_END, _ESC_ESC = b"\xc0", b"\xdb", b"\xdb\xdc", b"\xdb\xdd"


class TooLong(ValueError):  # noqa: N818 -- an adjective reads better where it is caught
    """A packet has no end within what is allowed."""


def encode(packet: bytes) -> bytes:
    """Frame a packet."""
    return END + packet.replace(ESC, _ESC_ESC).replace(END, _ESC_END) + END


class SlipDecoder:
    """Takes a stream apart, piece by piece.

    Parameters
    ----------
    longest : int
        Bytes that a packet may have on the wire.
    """

    def __init__(self, longest: int) -> None:
        self._longest, self._kept = longest, b""

    def feed(self, data: bytes) -> list[bytes]:
        """Take the next bytes, and give the packets that they complete.

        Raises
        ------
        TooLong
        """
        *whole, self._kept = (self._kept + data).split(END)
        if len(self._kept) > self._longest:
            raise TooLong
        return [part.replace(_ESC_END, END).replace(_ESC_ESC, ESC) for part in whole if part]
