"""The one place that knows operating systems: which C functions stand behind clock, sleep, wake-up and thread id.

Linux is first-class. macOS has no unnamed semaphores and Windows no POSIX ones: there a worker sleeps half a
millisecond instead of being woken.
"""

import ctypes
import platform
import sys
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils

from livehost.rt.native import intrinsic

SYSTEM = {"linux": "linux", "darwin": "macos", "win32": "windows"}.get(sys.platform, "other")
MACHINE = {"AMD64": "x86_64", "x86_64": "x86_64", "arm64": "aarch64", "aarch64": "aarch64"}.get(
    platform.machine(), "other"
)
HAS_SEMAPHORE = SYSTEM == "linux"
#: Sleep of a worker that cannot be woken, ns.
POLL_NS = 500_000
_CLOCK_MONOTONIC = 6 if SYSTEM == "macos" else 1
_TIMER_ABSTIME = 1

I64, I32 = ir.IntType(64), ir.IntType(32)
P8 = ir.IntType(8).as_pointer()


def _qpc_frequency() -> int:
    frequency = ctypes.c_int64()
    ctypes.windll.kernel32.QueryPerformanceFrequency(ctypes.byref(frequency))  # type: ignore[attr-defined]
    return frequency.value


def _function(builder: Any, name: str, result: Any, arguments: list[Any]) -> Any:
    return cgutils.get_or_insert_function(builder.module, ir.FunctionType(result, arguments), name)


def _timespec(builder: Any, nanoseconds: Any) -> Any:
    spec = cgutils.alloca_once(builder, ir.ArrayType(I64, 2))
    billion = ir.Constant(I64, 10**9)
    builder.store(builder.sdiv(nanoseconds, billion), cgutils.gep_inbounds(builder, spec, 0, 0))
    builder.store(builder.srem(nanoseconds, billion), cgutils.gep_inbounds(builder, spec, 0, 1))
    return builder.bitcast(spec, P8)


@intrinsic
def monotonic_ns(typingctx: Any) -> Any:
    """Read the monotonic clock in ns; no system call, no allocation. RT: callback."""

    def posix(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        spec = cgutils.alloca_once(builder, ir.ArrayType(I64, 2))
        read = _function(builder, "clock_gettime", I32, [I32, P8])
        builder.call(read, [ir.Constant(I32, _CLOCK_MONOTONIC), builder.bitcast(spec, P8)])
        seconds = builder.load(cgutils.gep_inbounds(builder, spec, 0, 0))
        rest = builder.load(cgutils.gep_inbounds(builder, spec, 0, 1))
        return builder.add(builder.mul(seconds, ir.Constant(I64, 10**9)), rest)

    def windows(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        count = cgutils.alloca_once(builder, I64)
        builder.call(_function(builder, "QueryPerformanceCounter", I32, [P8]), [builder.bitcast(count, P8)])
        frequency = _qpc_frequency()
        ticks, per_second = builder.load(count), ir.Constant(I64, frequency)
        whole = builder.mul(builder.sdiv(ticks, per_second), ir.Constant(I64, 10**9))
        part = builder.sdiv(builder.mul(builder.srem(ticks, per_second), ir.Constant(I64, 10**9)), per_second)
        return builder.add(whole, part)

    return types.int64(), windows if SYSTEM == "windows" else posix


@intrinsic
def sleep_until_ns(typingctx: Any, deadline: Any) -> Any:
    """Sleep to an absolute time of `monotonic_ns`. RT: worker."""

    def linux(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        wait = _function(builder, "clock_nanosleep", I32, [I32, I32, P8, P8])
        null = ir.Constant(P8, None)
        spec = _timespec(builder, args[0])
        builder.call(wait, [ir.Constant(I32, _CLOCK_MONOTONIC), ir.Constant(I32, _TIMER_ABSTIME), spec, null])
        return context.get_dummy_value()

    def relative(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        now = context.compile_internal(builder, lambda: monotonic_ns(), types.int64(), [])  # noqa: PLW0108  compiled
        left = builder.sub(args[0], now)
        left = builder.select(builder.icmp_signed(">", left, ir.Constant(I64, 0)), left, ir.Constant(I64, 0))
        if SYSTEM == "windows":
            milliseconds = builder.trunc(builder.sdiv(left, ir.Constant(I64, 10**6)), I32)
            builder.call(_function(builder, "Sleep", ir.VoidType(), [I32]), [milliseconds])
        else:
            wait = _function(builder, "nanosleep", I32, [P8, P8])
            builder.call(wait, [_timespec(builder, left), ir.Constant(P8, None)])
        return context.get_dummy_value()

    return types.void(types.int64), linux if SYSTEM == "linux" else relative


def _libc(name: str, takes_pointer: bool, available: bool) -> Any:
    """Make an intrinsic of a C function int f() or int f(void *); a no-op that returns 0 where it is not available."""
    arguments = [I64] if takes_pointer else []

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        if not available:
            return ir.Constant(I64, 0)
        return builder.sext(builder.call(_function(builder, name, I32, arguments), list(args)), I64)

    if takes_pointer:

        @intrinsic
        def call(typingctx: Any, address: Any) -> Any:
            return types.int64(types.int64), codegen
    else:

        @intrinsic
        def call(typingctx: Any) -> Any:
            return types.int64(), codegen

    return call


#: RT: callback
sem_post = _libc("sem_post", True, HAS_SEMAPHORE)
#: RT: worker
sem_wait = _libc("sem_wait", True, HAS_SEMAPHORE)
#: Thread id for the scheduler, 0 where the system has none. RT: callback
gettid = _libc("gettid", False, SYSTEM == "linux")

#: C's unsigned long, 32 bits on Windows.
C_ULONG = types.uint32 if SYSTEM == "windows" else types.uint64
