"""How entries and kernels are compiled: kernels as far as LLVM code that is ready to be inlined, entries to the end.

numba compiles every function as if Python called it: it optimises it, makes a callable of it and emits machine code. A
kernel is only ever a part of the entries that use it, which are optimised as a whole; what numba would do for each
kernel by itself is a third of what a first start would compile.

This is numba's documented way to customise a compiler (a `CompilerBase` with passes of its own) and its code library
with another choice of optimisation.
"""

from typing import Any

from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler as NumbaCompiler
from numba.core.compiler_machinery import register_pass
from numba.core.registry import CPUDispatcher
from numba.core.typed_passes import InlineOverloads, NativeLowering, NopythonRewrites
from numba.core.untyped_passes import InlineClosureLikes, WithLifting

#: What rewrites closures, comprehensions, `with` blocks and expressions of whole arrays, of which native code has none.
_NOT_NEEDED = frozenset({WithLifting, InlineClosureLikes, InlineOverloads, NopythonRewrites})
#: What machine code calls to enter the interpreter.
_ENTERS = "numba_gil_ensure"


class KernelCalledError(TypeError):
    """A kernel was called from Python."""


class KernelLibrary(JITCodeLibrary):
    """LLVM code of one kernel: its own calls are inlined, no machine code is emitted."""

    def _optimize_functions(self, ll_module: Any) -> None:
        pass  # `_optimize_final_module` does it, after inlining

    def _optimize_final_module(self) -> None:
        passes, builder = self._codegen._module_pass_manager(
            opt=1, loop_vectorize=False, slp_vectorize=False, cost="cheap"
        )
        passes.run(self._final_module, builder)

    def _finalize_final_module(self) -> None:
        self._finalize_dynamic_globals()
        self._finalized = True


class EntryLibrary(JITCodeLibrary):
    """LLVM code of one entry, optimised until it is proved that it never enters the interpreter."""

    def _optimize_final_module(self) -> None:
        super()._optimize_final_module()
        if any(function.name == _ENTERS for function in self._final_module.functions):
            # one function's proof can come too late in the order of passes for the function that calls it
            passes, builder = self._codegen._module_pass_manager()
            passes.run(self._final_module, builder)


@register_pass(mutates_CFG=True, analysis_only=False)
class KernelLowering(NativeLowering):
    """The usual lowering to LLVM code, and no further."""

    _name = "kernel_lowering"

    def run_pass(self, state: Any) -> bool:
        """Lower one kernel and register it for those that call it."""
        state.library = KernelLibrary(state.targetctx.codegen(), state.func_id.func_qualname)
        state.flags.no_compile = True
        super().run_pass(state)
        lowered, key = state["cr"], object()
        state.targetctx.insert_user_function(key, lowered.fndesc, [state.library])
        state.reload_init.extend(state.library._reload_init)
        state["cr"] = lowered._replace(cfunc=key)
        return True


@register_pass(mutates_CFG=True, analysis_only=False)
class EntryLowering(NativeLowering):
    """The usual lowering, into an `EntryLibrary`."""

    _name = "entry_lowering"

    def run_pass(self, state: Any) -> bool:
        """Lower one entry."""
        state.library = EntryLibrary(state.targetctx.codegen(), state.func_id.func_qualname)
        state.library.enable_object_caching()
        return super().run_pass(state)


def _compiler(lowering: type) -> type:
    """Make a compiler like numba's with another lowering, and without what native code does not need."""

    class Compiler(NumbaCompiler):
        def define_pipelines(self) -> list:
            pipelines = super().define_pipelines()
            for pipeline in pipelines:
                pipeline.passes = [
                    (lowering if each is NativeLowering else each, why)
                    for each, why in pipeline.passes
                    if each not in _NOT_NEEDED
                ]
                pipeline.finalize()
            return pipelines

    return Compiler


KernelCompiler, EntryCompiler = _compiler(KernelLowering), _compiler(EntryLowering)


class Kernel(CPUDispatcher):
    """A function that native code inlines, for as many types as call it."""

    def add_overload(self, cres: Any) -> None:
        """Keep what was lowered for some types of arguments; there is no pointer to dispatch to."""
        self.overloads[tuple(cres.signature.args)] = cres

    def _compile_for_args(self, *_: Any, **__: Any) -> None:
        name = f"{self.py_func.__module__}.{self.py_func.__qualname__}"
        raise KernelCalledError(f"{name} is a kernel: entries use it, Python does not; `compiled` is for both")
