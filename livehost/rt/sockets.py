"""Reading a UDP socket from native code, by the system's own recvfrom."""

import ctypes
import socket
import struct
import sys
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils

from livehost.rt.native import intrinsic

_WINDOWS = sys.platform == "win32"
_ADDRESS_BYTES = 16  # struct sockaddr_in


@intrinsic
def receive_from(typingctx: Any, function: Any, handle: Any, data: Any, size: Any, sender: Any) -> Any:
    """Wait for a packet and give its length, −1 where none came; `sender` gets a struct sockaddr_in. RT: worker."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        i64, i32, p8 = ir.IntType(64), ir.IntType(32), ir.IntType(8).as_pointer()
        handle_type, length_type = (i64, i32) if _WINDOWS else (i32, i64)
        form = ir.FunctionType(length_type, [handle_type, p8, length_type, i32, p8, p8])
        target = builder.inttoptr(args[0], form.as_pointer())
        length = cgutils.alloca_once_value(builder, ir.Constant(i32, _ADDRESS_BYTES))
        builder.store(ir.Constant(i32, _ADDRESS_BYTES), length)
        handle = args[1] if _WINDOWS else builder.trunc(args[1], i32)
        size = builder.trunc(args[3], i32) if _WINDOWS else args[3]
        data, sender = builder.inttoptr(args[2], p8), builder.inttoptr(args[4], p8)
        got = builder.call(target, [handle, data, size, ir.Constant(i32, 0), sender, builder.bitcast(length, p8)])
        return builder.sext(got, i64) if _WINDOWS else got

    return types.int64(*([types.int64] * 5)), codegen


def receive_address() -> int:
    """Address of the system's recvfrom, for `receive_from`. RT: never."""
    library: Any = getattr(ctypes, "WinDLL")("ws2_32") if _WINDOWS else ctypes.CDLL(None)  # noqa: B009
    return ctypes.cast(library.recvfrom, ctypes.c_void_p).value or 0


def set_patience(sock: socket.socket, seconds: float) -> None:
    """Have a socket block, but not longer than so; from Python its own timeouts would make it not block. RT: never."""
    sock.settimeout(None)
    milliseconds = round(seconds * 1000)
    value = struct.pack("@l", milliseconds) if _WINDOWS else struct.pack("@ll", 0, milliseconds * 1000)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, value)
