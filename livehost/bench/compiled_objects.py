"""The machine code that really runs, read from the compiler's cache: what each real-time function names outside itself.

`livehost.rt.audit` compiles everything afresh and reads assembly, which takes a minute; this reads the symbol tables of
the objects that were compiled before, in two seconds. Both give the same report, and both must catch the mutants.

Run as ``python -m livehost.bench.compiled_objects``: it prints the report as JSON.
"""

import json
import struct
import subprocess
import sys
from typing import Any

from livehost.rt import audit

_ELF64 = b"\x7fELF\x02"
_SYMBOLS = 2  # a section of type SHT_SYMTAB
_SYMBOL_BYTES = 24


def undefined(code: bytes) -> tuple[str, ...]:
    """List the names that an object file wants from outside.

    Parameters
    ----------
    code : bytes
        A 64-bit ELF object.

    Raises
    ------
    ValueError
        Where it is something else.
    """
    if not code.startswith(_ELF64):
        raise ValueError("This is no 64-bit ELF object.")
    (table,) = struct.unpack_from("<Q", code, 0x28)
    size, count = struct.unpack_from("<HH", code, 0x3A)
    sections = [struct.unpack_from("<IIQQQQII", code, table + k * size) for k in range(count)]
    names = set()
    for _, kind, _, _, offset, length, link, _ in sections:
        if kind != _SYMBOLS:
            continue
        strings = sections[link][4]
        for at in range(offset, offset + length, _SYMBOL_BYTES):
            name, _, _, section = struct.unpack_from("<IBBH", code, at)
            if section == 0 and name:
                names.add(code[strings + name : code.index(b"\0", strings + name)].decode("ascii"))
    return tuple(sorted(names))


def object_of(entry: Any) -> bytes:
    """Object code of an entry: what the cache has of it, or for one that is not cached what was just compiled."""
    cache = entry._cache
    if not hasattr(cache, "_cache_file"):
        return bytes(entry._library._get_compiled_object())
    kept = cache._cache_file.load(cache._index_key(entry._sig, entry._targetdescr.target_context.codegen()))
    return bytes(kept[0][2][0])


def examine(entry: Any, thread: str = "callback") -> audit.Finding:
    """Read the object code of one entry; as `livehost.rt.audit.examine`."""
    return audit.finding(entry, thread, undefined(object_of(entry)))


def run() -> dict[str, Any]:
    """Do it in a process of its own; where this machine's objects cannot be read, compile afresh and read assembly.

    Raises
    ------
    RuntimeError
        Where neither is possible.
    """
    done = subprocess.run(
        [sys.executable, "-m", "livehost.bench.compiled_objects"], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        return audit.run()
    report: dict[str, Any] = json.loads(done.stdout)
    return report


if __name__ == "__main__":
    print(json.dumps(audit.report(examine)))  # noqa: T201
