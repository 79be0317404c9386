import os
import subprocess
import sys

from tests.test_places import KEPT


def test_a_show_where_nothing_can_be_kept(drums, take, tmp_path):
    """The whole of it, compiled from nothing: it says so, and plays."""
    environment = {key: value for key, value in os.environ.items() if key not in (*KEPT, "LIVEHOST_CACHE")}
    environment |= {"HOME": "/proc/nowhere", "TMPDIR": str(tmp_path)}
    command = ["run", "--bank", str(drums), "--input", str(take), "--driver", "offline", "--osc-in", "0"]
    done = subprocess.run(
        [sys.executable, "-m", "livehost", *command, "--output", str(tmp_path / "out.wav")],
        capture_output=True, text=True, env=environment, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stderr.startswith(
        "livehost: /proc/nowhere/.cache/livehost cannot be written (No such file or directory): "
        f"what livehost compiles is kept in {tmp_path}/livehost-"
    )
    assert done.stderr.count("\n") == 1
    assert "Compiling for this machine, in " in done.stdout
    assert " answer " in done.stdout
    assert [p.name for p in tmp_path.iterdir()] == ["out.wav"]
