"""Which source this is: the git revision, where there is one."""

import subprocess
from pathlib import Path

import livehost


def revision() -> str:
    """Git revision of the source, with a + where it was changed since; "" without git."""
    root = Path(livehost.__file__).parent.parent
    if not (root / ".git").exists():
        return ""
    git = ["git", "-C", str(root)]
    try:
        head = subprocess.run([*git, "rev-parse", "--short=12", "HEAD"], capture_output=True, text=True, check=True)
        changed = subprocess.run(
            [*git, "status", "--porcelain", "-uno", "--", "livehost"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return head.stdout.strip() + ("+" if changed.stdout.strip() else "")
