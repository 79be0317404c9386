"""How kernels are compiled: to LLVM code that stands ready to be inlined, and to nothing else.

numba compiles every function as if Python called it: it optimises it, makes a callable of it and emits machine code. A
kernel is only ever a part of the entries that use it, which are optimised as a whole. What numba would do for each
kernel by itself is half of what a first start would compile.

Of numba it uses the documented way to customise a compiler (a `CompilerBase` with a lowering pass of its own); what its
code library does beside that is checked where it is used, so that a numba that differs compiles as usual.
"""

from typing import Any

from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler, _LowerResult
from numba.core.compiler_machinery import register_pass
from numba.core.registry import CPUDispatcher
from numba.core.typed_passes import NativeLowering


class KernelCalledError(TypeError):
    """A kernel was called from Python."""


class KernelLibrary(JITCodeLibrary):
    """LLVM code of one kernel, neither optimised by itself nor turned into machine code."""

    def _optimize_functions(self, ll_module: Any) -> None:
        pass

    def _optimize_final_module(self) -> None:
        pass

    def _finalize_final_module(self) -> None:
        self._finalize_dynamic_globals()
        self._finalized = True


@register_pass(mutates_CFG=True, analysis_only=False)
class KernelLowering(NativeLowering):
    """numba's lowering, up to LLVM code."""

    _name = "kernel_lowering"

    def run_pass(self, state: Any) -> bool:
        """Lower one kernel and register it for those that call it."""
        state.library = KernelLibrary(state.targetctx.codegen(), state.func_id.func_qualname)
        state.flags.no_compile = True
        super().run_pass(state)
        lowered, key = state["cr"], object()
        state.targetctx.insert_user_function(key, lowered.fndesc, [state.library])
        state.reload_init.extend(state.library._reload_init)
        state["cr"] = _LowerResult(lowered.fndesc, lowered.call_helper, cfunc=key, env=lowered.env)
        return True


class KernelCompiler(Compiler):
    """numba's compiler with `KernelLowering`."""

    def define_pipelines(self) -> list:
        """Replace the lowering of numba's one pipeline."""
        pipelines = super().define_pipelines()
        for pipeline in pipelines:
            pipeline.passes = [
                (KernelLowering, why) if each is NativeLowering else (each, why) for each, why in pipeline.passes
            ]
            pipeline._finalized = False
            pipeline.finalize()
        return pipelines


class Kernel(CPUDispatcher):
    """A function that native code inlines, for as many types as call it."""

    def add_overload(self, cres: Any) -> None:
        """Keep what was lowered for some types of arguments; there is no pointer to dispatch to."""
        self.overloads[tuple(cres.signature.args)] = cres

    def _compile_for_args(self, *_: Any, **__: Any) -> None:
        name = f"{self.py_func.__module__}.{self.py_func.__qualname__}"
        raise KernelCalledError(f"{name} is a kernel: entries use it, Python does not; `compiled` is for both")
