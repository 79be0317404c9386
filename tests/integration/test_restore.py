"""A session that ended, was killed or lost its power: the next one goes on where it stood."""

import os
import signal

import pytest

from livehost.bench.program import Program, free_udp_port
from livehost.bridge.kept_state import read_state
from tests.bridge.fakes import Patch
from tests.test_service import until


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_a_restart_goes_on_from_the_last_session(bank_dir, tmp_path, end):
    state, port = tmp_path / "state.toml", free_udp_port()
    common = ("--driver", "null", "--osc-in", str(port), "--set", f"run.scenes={tmp_path / 'scenes'}")
    environment = {**os.environ, "LIVEHOST_STATE": str(state)}
    first = ("--bank", bank_dir, "--player", "nearest", *common)
    with Program(*first, environment=environment) as program:
        patch = Patch(port)
        patch.send("/livehost/master/gain_db", "f", -7.5)
        patch.send("/livehost/scene/save", "s", "soft")
        patch.send("/livehost/model/density", "f", 0.25)
        patch.settle()
        if end == signal.SIGKILL:
            until(lambda: state.exists() and read_state(state).settings["player.density"] == 0.25, 30)
        program.stop(end)
    with Program("--restore", *common, "--set", "master.ceiling_db=-4", environment=environment) as program:
        assert patch.ask("/livehost/master/gain_db") == ("/livehost/master/gain_db", -7.5)
        assert patch.ask("/livehost/model/density") == ("/livehost/model/density", 0.25)
        assert patch.ask("/livehost/master/ceiling_db") == ("/livehost/master/ceiling_db", -4.0)
        assert patch.ask("/livehost/scene/current") == ("/livehost/scene/current", "soft")
        assert patch.ask("/livehost/info/bank") == ("/livehost/info/bank", str(bank_dir))
        assert "scene soft." in program.output
    with Program(*first, environment=environment):  # unless it is told to, it begins anew
        assert patch.ask("/livehost/master/gain_db") == ("/livehost/master/gain_db", 0.0)
        assert patch.ask("/livehost/scene/current") == ("/livehost/scene/current", "")
    patch.socket.close()
