import os
import subprocess
import sys

from tests.test_places import KEPT


def test_a_show_where_nothing_can_be_kept(drums, take, tmp_path):
    """It says so, and plays. What is compiled it has from this process: to compile it again takes a minute."""
    compiled = os.environ["NUMBA_CACHE_DIR"]
    environment = {key: value for key, value in os.environ.items() if key not in (*KEPT, "LIVEHOST_CACHE")}
    environment["NUMBA_CACHE_DIR"] = compiled
    environment |= {"HOME": "/proc/nowhere", "TMPDIR": str(tmp_path)}
    command = ["run", "--bank", str(drums), "--input", str(take), "--driver", "offline", "--osc-in", "0"]
    command += ["--set", "player.mode=answer", "--output", str(tmp_path / "out.wav")]
    done = subprocess.run(
        [sys.executable, "-m", "livehost", *command], capture_output=True, text=True, env=environment, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stderr == (
        "livehost: /proc/nowhere/.cache/livehost cannot be written (No such file or directory): "
        f"what livehost compiles is kept in {compiled}.\n"
    )
    assert " answer " in done.stdout
    assert [p.name for p in tmp_path.iterdir()] == ["out.wav"]
