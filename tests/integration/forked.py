"""Command lines that are typed one after another in copies of one process, which has imported all that they need.

    python -m tests.integration.forked < JOBS    JSON: a list of {"words": […], "most_bytes": none or a number}

Prints, as JSON, a list of {"code", "out", "errors"}. Most of what a short command takes is importing livehost.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from typing import IO, Any

#: Copies at a time.
TOGETHER = 2


def type_all(lines: Sequence[Sequence[str]], most_bytes: Sequence[int | None]) -> list[subprocess.CompletedProcess]:
    """Type command lines; what became of each.

    Parameters
    ----------
    lines : sequence of sequences of str
        Words behind `livehost`.
    most_bytes : sequence of int or None
        Of each, how much it can write to a file: a disk that gets full.
    """
    jobs = [{"words": list(words), "most_bytes": most} for words, most in zip(lines, most_bytes, strict=True)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.integration.forked"], input=json.dumps(jobs), capture_output=True, text=True,
        timeout=600, check=True, env={**os.environ, "COLUMNS": "200"},
    )  # fmt: skip
    return [
        subprocess.CompletedProcess(line, told["code"], told["out"], told["errors"])
        for line, told in zip(lines, json.loads(done.stdout), strict=True)
    ]


def _type(job: dict[str, Any], out: int, errors: int) -> None:
    """Type one in this process, which is a copy, and end it."""
    from livehost.cli.main import main

    code: Any = 70
    try:
        for handle, stream in ((os.open(os.devnull, os.O_RDONLY), 0), (out, 1), (errors, 2)):
            os.dup2(handle, stream)
        if job["most_bytes"] is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (job["most_bytes"], job["most_bytes"]))
        sys.argv = ["livehost", *job["words"]]
        main()
    except SystemExit as end:
        code = end.code or 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _copies(jobs: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Type each in a copy, some at a time; this process has one thread, so that a copy is whole."""
    said = [(tempfile.TemporaryFile(), tempfile.TemporaryFile()) for _ in jobs]  # noqa: SIM115  closed by the end
    codes, running = {}, {}
    for number, job in enumerate(jobs):
        if len(running) == TOGETHER:
            _wait(running, codes)
        child = os.fork()
        if child == 0:
            _type(job, *(file.fileno() for file in said[number]))
        running[child] = number
    while running:
        _wait(running, codes)
    return [{"code": codes[number]} | _read(out, errors) for number, (out, errors) in enumerate(said)]


def _wait(running: dict[int, int], codes: dict[int, int]) -> None:
    child, status = os.wait()
    codes[running.pop(child)] = os.waitstatus_to_exitcode(status)


def _read(*files: IO[bytes]) -> dict[str, str]:
    for file in files:
        file.seek(0)
    return {name: file.read().decode() for name, file in zip(("out", "errors"), files, strict=True)}


def _serve() -> None:
    from livehost.bridge.osc import server  # noqa: F401  what a session imports, once for all
    from livehost.cli import main  # noqa: F401
    from livehost.engine import callback  # noqa: F401
    from livehost.engine.drivers import offline  # noqa: F401
    from livehost.engine.worker import loop  # noqa: F401
    from livehost.players.bank_transformer import player  # noqa: F401
    from livehost.players.nearest import player as nearest  # noqa: F401
    from livehost.stage import session  # noqa: F401

    sys.stdout.write(json.dumps(_copies(json.load(sys.stdin))))


if __name__ == "__main__":
    _serve()
