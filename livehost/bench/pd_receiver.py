"""Pure Data as a receiver of OSC: it takes the messages of an address apart, and sends their values on to us."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from livehost.bench.suite import NotInstalled


def patch(port: int, address: str, reply: int) -> str:
    """Write a patch that sends the values of one address on, as ``/pd``."""
    words = address.strip("/").split("/")
    objects = [
        f"netreceive -u -b {port}", "oscparse", "list trim", *(f"route {word}" for word in words), "oscformat pd",
        "list prepend send", "list trim", "netsend -u -b",
    ]  # fmt: skip
    lines = ["#N canvas 0 0 450 400 12;"]
    lines += [f"#X obj 10 {10 + 30 * k} {text};" for k, text in enumerate(objects)]
    lines += ["#X obj 250 10 loadbang;", f"#X msg 250 40 connect 127.0.0.1 {reply};"]
    count = len(objects)
    lines += [f"#X connect {k} 0 {k + 1} 0;" for k in range(count - 1)]
    lines += [f"#X connect {count} 0 {count + 1} 0;", f"#X connect {count + 1} 0 {count - 1} 0;"]
    return "\n".join(lines) + "\n"


@contextmanager
def pure_data(folder: Path, port: int, address: str, reply: int) -> Iterator[subprocess.Popen]:
    """Run Pure Data without sound and window: what comes to `port` at `address` goes on to the UDP port `reply`.

    Raises
    ------
    NotInstalled
        Where it is not.
    """
    program = shutil.which("pd")
    if program is None:
        raise NotInstalled("Pure Data is not installed: apt-get install puredata-core.")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "receiver.pd"
    path.write_text(patch(port, address, reply), "ascii")
    command = [program, "-nogui", "-noaudio", "-nomidi", "-open", str(path)]
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(5)
