"""The systemd user unit that has livehost run, supervised, from the login or the start of the computer on."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from livehost.errors import LivehostError

#: How long systemctl may take, s.
_ANSWER_S = 10.0
#: Limits that real-time priority and locked memory need, by the names of systemd and of `resource`.
_LIMITS = {"LimitRTPRIO": ("95", "RLIMIT_RTPRIO"), "LimitMEMLOCK": ("infinity", "RLIMIT_MEMLOCK")}
#: Variables of the environment that livehost reads, kept in the unit where they are set.
_KEPT = ("LIVEHOST_STATE", "JACK_DEFAULT_SERVER", "XDG_CACHE_HOME", "XDG_DATA_HOME")
_HARMLESS = re.compile(r"[\w./:=,@+-]+")


def unit_path(name: str) -> Path:
    """Give the file of a unit.

    Raises
    ------
    LivehostError
        Where the name is none.
    """
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,100}", name):
        raise LivehostError(f"A service is called by letters, digits, - and _, not {name!r}.", 2)
    home = os.environ.get("XDG_CONFIG_HOME") or Path("~/.config").expanduser()
    return Path(home) / "systemd" / "user" / f"{name}.service"


def unit_text(arguments: Sequence[str], folder: Path) -> str:
    """Write the unit of ``livehost run --supervise`` with these arguments, run in a folder.

    Raises
    ------
    LivehostError
        Where an argument cannot stand in a unit.
    """
    command = [sys.executable, "-m", "livehost", "run", "--supervise", "--no-ui", *arguments]
    lines = [
        "[Unit]",
        "Description=livehost, an AI player for the stage",
        "After=sound.target jack.service pipewire.service",
        "",
        "[Service]",
        f"ExecStart={' '.join(_quoted(word) for word in command)}",
        f"WorkingDirectory={_plain(str(folder))}",
        *(f"Environment={_quoted(f'{name}={os.environ[name]}')}" for name in _KEPT if name in os.environ),
        *(f"{name}={value}" for name, (value, _) in _LIMITS.items()),
        "Restart=on-failure",
        "RestartSec=1",
        "TimeoutStopSec=10",
        "",
        "[Install]",
        "WantedBy=default.target",
    ]
    return "\n".join(lines) + "\n"


def _plain(word: str) -> str:
    if any(not character.isprintable() for character in word):
        raise LivehostError(f"A unit of systemd cannot hold {word!r}.", 2)
    return word.replace("%", "%%")


def _quoted(word: str) -> str:
    """Quote a word as systemd reads command lines."""
    text = _plain(word).replace("$", "$$")
    if _HARMLESS.fullmatch(text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def systemctl(*words: str) -> tuple[int, str]:
    """Ask the systemd of this user; gives its exit status and what it says.

    Raises
    ------
    LivehostError
        Where there is none, or it does not answer; the end of a sentence.
    """
    program = shutil.which("systemctl")
    if program is None:
        raise LivehostError("this system has no systemd")
    try:
        done = subprocess.run(
            [program, "--user", *words], capture_output=True, text=True, timeout=_ANSWER_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        raise LivehostError("systemd does not answer") from None
    said = (done.stderr or done.stdout).strip()
    if "connect to bus" in said or "not been booted" in said or "not set" in said:
        raise LivehostError("no systemd runs for this user")
    return done.returncode, said


def low_limits() -> list[str]:
    """Name the limits of systemd that this user's own hard limits do not allow."""
    import resource

    low = []
    for name, (value, number) in _LIMITS.items():
        if hasattr(resource, number):
            _, hard = resource.getrlimit(getattr(resource, number))
            wanted = resource.RLIM_INFINITY if value == "infinity" else int(value)
            if hard != resource.RLIM_INFINITY and (wanted == resource.RLIM_INFINITY or hard < wanted):
                low.append(name)
    return low
