import ctypes.util
import subprocess
import sys

import pytest

from livehost.bench import jack
from livehost.bench.suite import NotInstalled


def test_portaudio_is_looked_for_and_not_brought_into_this_process():
    """It would be a client of whatever server runs, and JACK's library crashes with clients of two."""
    program = "import sys; from livehost.bench import jack; jack.need_portaudio(); print('sounddevice' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_a_portaudio_that_there_is_not_is_named(monkeypatch):
    monkeypatch.setattr(ctypes.util, "find_library", lambda name: None)
    monkeypatch.setattr(jack, "find_spec", lambda name: None)
    with pytest.raises(NotInstalled, match="PortAudio is not installed: apt-get install libportaudio2"):
        jack.need_portaudio()
