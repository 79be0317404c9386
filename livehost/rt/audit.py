"""The real-time sanitizer: reads the machine code of every function that may run on a real-time thread.

A function says so in the last line of its docstring: ``RT: callback`` or ``RT: worker``. Every entry that does is
compiled, and its assembly may name nothing outside a short allow-list; every kernel that does must be reached from
such an entry, whose code it is inlined into. So a function that could raise, allocate, print, lock or ask the
interpreter for anything is found, even where that branch is never taken.

Run as ``python -m livehost.rt.audit``: it compiles everything afresh.
"""

import importlib
import json
import os
import pkgutil
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from numba.core.ccallback import CFunc
from numba.core.dispatcher import Dispatcher

_MATHS = (
    "sqrt cbrt exp exp2 expm1 log log2 log10 log1p pow sin cos tan sincos atan atan2 tanh "
    "floor ceil rint round trunc fmod fmin fmax erf"
)
#: Every name that real-time code may call. NRT_MemInfo_call_dtor stands in branches that are never taken: views of
#: memory that no reference counter owns.
ALLOWED = frozenset(
    {name + suffix for name in _MATHS.split() for suffix in ("", "f")}
    | {"clock_gettime", "clock_nanosleep", "nanosleep", "gettid", "sem_post", "sem_wait"}
    | {"memcpy", "memmove", "memset", "memcmp", "NRT_MemInfo_call_dtor"}
    | {"QueryPerformanceCounter", "Sleep"}
)
#: Packages with no real-time code, or whose import is heavy.
_SKIPPED = (
    "livehost.studio",
    "livehost.bench",
    "livehost.cli.main",
    "livehost.__main__",
    "livehost.rt.mutants",
    "livehost.view",
)

_CALL = re.compile(r"^\s+(?:callq?|jmpq?|bl|b)\s+\*?([A-Za-z_][\w$.@]*)", re.MULTILINE)
_LOAD = re.compile(r"(?:movabsq\s+\$|:abs_g\d(?:_nc)?:|:got:|:got_lo12:|:lo12:)([A-Za-z_][\w$.]*)")
_LABEL = re.compile(r"^([A-Za-z_][\w$.]*):", re.MULTILINE)
_LINE = re.compile(r"RT: (callback|worker)\.?\s*$")


@dataclass(frozen=True)
class Finding:
    """What the code of one entry names.

    Attributes
    ----------
    name : str
        Module and function.
    thread : str
        ``callback`` or ``worker``.
    symbols : tuple of str
        External names in its machine code.
    forbidden : tuple of str
        Those that are not allowed.
    """

    name: str
    thread: str
    symbols: tuple[str, ...]
    forbidden: tuple[str, ...]


def thread_of(function: Any) -> str:
    """Read the ``RT:`` line of a function: "callback", "worker" or ""."""
    match = _LINE.search((getattr(function, "__doc__", None) or "").rstrip())
    return match.group(1) if match else ""


def symbols(assembly: str) -> tuple[str, ...]:
    """List the external names that machine code calls or loads the address of."""
    names = {m.split("@")[0] for m in _CALL.findall(assembly)} | set(_LOAD.findall(assembly))
    return tuple(sorted(names - set(_LABEL.findall(assembly))))


def examine(entry: Any, thread: str = "callback") -> Finding:
    """Read the code of one entry, which must have been compiled by this process.

    Raises
    ------
    RuntimeError
        Where it came from the cache: then there is no code to read.
    """
    assembly = entry._library.get_asm_str()
    if len(assembly) < 100:
        raise RuntimeError(f"{entry.__name__} came from the cache; audit in a process with an empty NUMBA_CACHE_DIR.")
    return finding(entry, thread, symbols(assembly))


def finding(entry: Any, thread: str, found: tuple[str, ...]) -> Finding:
    """Make the finding of an entry from the external names in its code."""
    name = f"{entry._pyfunc.__module__}.{entry._pyfunc.__name__}"
    return Finding(name, thread, found, tuple(s for s in found if s not in ALLOWED))


def _modules() -> Iterator[Any]:
    package = importlib.import_module("livehost")
    for info in pkgutil.walk_packages(package.__path__, "livehost."):
        if not info.name.startswith(_SKIPPED):
            yield importlib.import_module(info.name)


def _python(function: Any) -> Any:
    return function._pyfunc if hasattr(function, "_pyfunc") else function.py_func


def _reached(entries: list[Any]) -> set[Any]:
    """All kernels that the entries call, and those that these call."""
    seen: set[Any] = set()
    waiting = [_python(e) for e in entries]
    while waiting:
        function = waiting.pop()
        cells = [c.cell_contents for c in function.__closure__ or ()]
        named: list[Any] = [function.__globals__.get(name) for name in _names(function.__code__)]
        for module in [n for n in named if type(n).__name__ == "module" and n.__name__.startswith("livehost")]:
            named += [getattr(module, name, None) for name in _names(function.__code__)]
        for callee in named + cells:
            if isinstance(callee, Dispatcher) and callee.py_func not in seen:
                seen.add(callee.py_func)
                waiting.append(callee.py_func)
    return seen


def _names(code: Any) -> set[str]:
    nested = [c for c in code.co_consts if hasattr(c, "co_names")]
    return set(code.co_names).union(*(_names(c) for c in nested))


def audit(read: Callable[[Any, str], Finding] = examine) -> tuple[list[Finding], list[str]]:
    """Examine every marked entry of the package.

    Parameters
    ----------
    read : callable
        Examines an entry of a thread.

    Returns
    -------
    findings : list of Finding
        One an entry.
    unreached : list of str
        Marked kernels that no marked entry calls, so that nothing vouches for them.
    """
    entries: dict[int, Any] = {}
    kernels: dict[Any, str] = {}
    for module in _modules():
        for value in vars(module).values():
            if isinstance(value, CFunc):
                compiled: Any = value
                if thread_of(compiled._pyfunc):
                    entries[id(value)] = compiled
            elif isinstance(value, Dispatcher) and thread_of(value.py_func):
                kernels[value.py_func] = f"{value.py_func.__module__}.{value.py_func.__name__}"
    reached = _reached(list(entries.values()))
    findings = [read(e, thread_of(e._pyfunc)) for e in entries.values()]
    return sorted(findings, key=lambda f: f.name), sorted(n for f, n in kernels.items() if f not in reached)


def report(read: Callable[[Any, str], Finding] = examine) -> dict[str, Any]:
    """Audit the package and its mutants in this process. RT: never.

    Parameters
    ----------
    read : callable
        As for `audit`.

    Returns
    -------
    dict
        ``findings`` and ``mutants`` (each a list of `Finding` as dict), ``unreached``.
    """
    from livehost.rt.mutants import mutants

    findings, unreached = audit(read)
    return {
        "findings": [asdict(f) for f in findings],
        "mutants": [asdict(read(m, "callback")) for m in mutants()],
        "unreached": unreached,
    }


def run() -> dict[str, Any]:
    """Give the `report` of a process of its own that compiles everything afresh. RT: never."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-m", "livehost.rt.audit", "--json"],
            capture_output=True, text=True, check=False, env={**os.environ, "NUMBA_CACHE_DIR": folder},
        )  # fmt: skip
    if done.returncode not in (0, 1):
        raise RuntimeError(f"The audit did not run: {done.stderr.strip().splitlines()[-1:]}")
    return json.loads(done.stdout)


def main() -> int:
    """Print the audit; 0 where everything is clean and every mutant is caught."""
    told = report()
    if "--json" in sys.argv:
        print(json.dumps(told))  # noqa: T201
    else:
        for f in told["findings"]:
            verdict, named = ("FAIL", f["forbidden"]) if f["forbidden"] else ("ok  ", f["symbols"])
            print(f"{verdict} {f['thread']:8} {f['name']}: {' '.join(named)}")  # noqa: T201
        for name in told["unreached"]:
            print(f"FAIL {name} is marked, and no marked entry reaches it")  # noqa: T201
        for m in told["mutants"]:
            print(f"mutant {m['name']} {'caught' if m['forbidden'] else 'MISSED'}: {' '.join(m['forbidden'])}")  # noqa: T201
    bad = any(f["forbidden"] for f in told["findings"])
    missed = not all(m["forbidden"] for m in told["mutants"])
    return 1 if bad or told["unreached"] or missed else 0


if __name__ == "__main__":
    sys.exit(main())
