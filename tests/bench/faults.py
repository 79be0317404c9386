"""Faults to plant: slower callbacks, frames, decisions; callbacks that allocate, lock, wait, or call Python."""

from typing import Any

import numpy as np
from llvmlite import ir
from numba import cfunc, types
from numba.core import cgutils
from numba.extending import intrinsic

from livehost.dsp.features import analyze
from livehost.engine.callback import CALLBACK, callback
from livehost.inference.ort_native import native_begin
from livehost.players.nearest.player import choose
from livehost.rt.native import STEP2, address_of, call2, call_callback
from livehost.rt.platform import monotonic_ns

_OPTIONS: dict[str, Any] = {"error_model": "numpy", "forceinline": True}
#: Of the callback's time with 256 voices, the mixer takes nine tenths: 30 % of that.
MIXER_SLOWDOWN = 0.27
SLOWDOWN = 0.30


def slow_callback(slowdown: float = MIXER_SLOWDOWN) -> Any:
    """The callback, and then some time lost."""
    address = callback.address

    @cfunc(CALLBACK, **_OPTIONS)
    def slow(inp, out, frames, time_info, flags, user):
        began = monotonic_ns()
        call_callback(address, address_of(inp), address_of(out), np.int64(frames), 0, 0, address_of(user))
        until = began + np.int64((monotonic_ns() - began) * (1.0 + slowdown))
        while monotonic_ns() < until:
            pass
        return 0

    return slow


def slow_step(function: Any, slowdown: float = SLOWDOWN) -> Any:
    """A step of two addresses, and then some time lost."""
    address = function.address

    @cfunc(STEP2, **_OPTIONS)
    def slow(state, argument):
        began = monotonic_ns()
        result = call2(address, state, argument)
        until = began + np.int64((monotonic_ns() - began) * (1.0 + slowdown))
        while monotonic_ns() < until:
            pass
        return result

    return slow


def slow_frame() -> Any:
    return slow_step(analyze)


def slow_begin() -> Any:
    return slow_step(native_begin)


def slow_choose() -> Any:
    return slow_step(choose)


def _c_function(name: str) -> Any:
    """A C function of one pointer, called from the callback."""

    @intrinsic
    def call(typingctx: Any, address: Any) -> Any:
        def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            word = ir.IntType(64)
            function = cgutils.get_or_insert_function(builder.module, ir.FunctionType(word, [word]), name)
            return builder.call(function, list(args))

        return types.int64(types.int64), codegen

    def planted(inp, out, frames, time_info, flags, user):
        call(address_of(user))
        return 0

    return planted


def _allocates(inp, out, frames, time_info, flags, user):
    scratch = np.zeros(frames, np.float32)
    call_callback(np.int64(scratch[0]), address_of(inp), address_of(out), np.int64(frames), 0, 0, address_of(user))
    return 0


#: Callbacks that must be caught: what is planted, and a name that must be found in the machine code.
UNSAFE = {
    "numpy array": (_allocates, "NRT_"),
    "allocation": (_c_function("malloc"), "malloc"),
    "lock": (_c_function("pthread_mutex_lock"), "pthread_mutex_lock"),
    "wait": (_c_function("sem_wait"), "sem_wait"),
    "Python call": (_c_function("PyObject_CallNoArgs"), "PyObject_CallNoArgs"),
}


def unsafe_callback(name: str) -> Any:
    return cfunc(CALLBACK, **_OPTIONS)(UNSAFE[name][0])
