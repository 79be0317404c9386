"""What memory of a process that stays up for an evening does."""

import subprocess
import sys

import pytest

from livehost.rt.platform import SYSTEM

#: Frees a large block, which by itself raises the bound from which blocks have a mapping of their own; then all but the
#: last of a hundred of 1 MB, as a bank that is taken out of use; says how many MB of these are still resident.
EVENING = """
import ctypes, sys
from pathlib import Path
from livehost.rt.memory import give_back_freed
if sys.argv[1] == "given back":
    give_back_freed()
libc = ctypes.CDLL(None)
libc.malloc.restype, libc.malloc.argtypes, libc.free.argtypes = ctypes.c_void_p, [ctypes.c_size_t], [ctypes.c_void_p]
def block(size):
    address = libc.malloc(size)
    ctypes.memset(address, 1, size)
    return address
def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20
libc.free(block(16 << 20))
before = resident()
blocks = [block(1 << 20) for _ in range(100)]
assert resident() > before + 90
for address in blocks[:-1]:
    libc.free(address)
print(resident() - before)
"""


@pytest.mark.skipif(SYSTEM != "linux", reason="glibc's own way to keep memory")
@pytest.mark.parametrize(("how", "least", "most"), [("kept", 60.0, 110.0), ("given back", -1.0, 10.0)])
def test_what_is_freed_is_given_back(how, least, most):
    done = subprocess.run([sys.executable, "-c", EVENING, how], capture_output=True, text=True, check=True)
    assert least < float(done.stdout) < most
