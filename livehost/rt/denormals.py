"""Flush-to-zero: a decaying tail of denormals costs twenty times a silent one.

The switch is a register of each thread. A real-time function sets it on entry and puts it back on exit, so that a
thread that is only lent (Python's own, offline) keeps its arithmetic.
"""

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils

from livehost.rt.native import intrinsic
from livehost.rt.platform import I32, I64, MACHINE, P8

_FTZ_DAZ = 0x8040  # MXCSR bits 15 and 6
_FZ = 1 << 24  # FPCR bit 24


def _declare(builder: Any, name: str, result: Any, arguments: list[Any]) -> Any:
    return cgutils.get_or_insert_function(builder.module, ir.FunctionType(result, arguments), name)


def _read(builder: Any) -> Any:
    """Emit code for the value of the control register, as int64."""
    if MACHINE == "x86_64":
        slot = cgutils.alloca_once(builder, I32)
        builder.call(_declare(builder, "llvm.x86.sse.stmxcsr", ir.VoidType(), [P8]), [builder.bitcast(slot, P8)])
        return builder.zext(builder.load(slot), I64)
    if MACHINE == "aarch64":
        return builder.call(_declare(builder, "llvm.aarch64.get.fpcr", I64, []), [])
    return ir.Constant(I64, 0)


def _write(builder: Any, value: Any) -> None:
    """Emit code that sets the control register from an int64."""
    if MACHINE == "x86_64":
        slot = cgutils.alloca_once(builder, I32)
        builder.store(builder.trunc(value, I32), slot)
        builder.call(_declare(builder, "llvm.x86.sse.ldmxcsr", ir.VoidType(), [P8]), [builder.bitcast(slot, P8)])
    elif MACHINE == "aarch64":
        builder.call(_declare(builder, "llvm.aarch64.set.fpcr", ir.VoidType(), [I64]), [value])


@intrinsic
def flush_denormals(typingctx: Any) -> Any:
    """Switch flush-to-zero on for this thread; returns what `restore_denormals` wants back. RT: callback."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        before = _read(builder)
        _write(builder, builder.or_(before, ir.Constant(I64, _FTZ_DAZ if MACHINE == "x86_64" else _FZ)))
        return before

    return types.int64(), codegen


@intrinsic
def restore_denormals(typingctx: Any, before: Any) -> Any:
    """Put this thread's arithmetic back. RT: callback."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        _write(builder, args[0])
        return context.get_dummy_value()

    return types.void(types.int64), codegen


def describe() -> str:
    """Say whether denormals are flushed on this processor. RT: never."""
    if MACHINE in ("x86_64", "aarch64"):
        return "denormals are flushed to zero"
    return "denormals are not flushed on this processor: quiet tails may cost more"
