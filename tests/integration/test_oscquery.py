"""OSCQuery on real sessions: a browser sees and moves them, and two of them stand beside each other."""

import asyncio
import re

import pytest

from livehost.bench.program import Program, free_udp_port
from tests.bridge.oscquery.browser import Browser


@pytest.fixture
def arguments(bank_dir, tmp_path):
    """What a session of the null driver is started with."""
    return (
        "--bank", bank_dir, "--player", "nearest", "--driver", "null", "--osc-in", str(free_udp_port()),
        "--set", f"run.scenes={tmp_path / 'scenes'}", "--set", "osc.query_port=28780",
    )  # fmt: skip


def port_of(program, asked=28780):
    told = re.search(rf"OSCQuery port {asked} is taken; it is at (\d+) instead", program.output)
    return int(told[1]) if told else asked


def test_a_browser_sees_streams_moves_settings_and_goes_through_a_set_list(arguments):
    async def browse(port):
        async with Browser(port) as browser:
            status, host = await browser.get("/?HOST_INFO")
            assert (status, host["EXTENSIONS"]["LISTEN"]) == (200, True)
            for name, gain_db in (("1", -6.0), ("2", -12.0)):
                await browser.send("/livehost/master/gain_db", "f", gain_db)
                await browser.send("/livehost/scene/save", "s", name)
            await browser.send("/livehost/scene/prev")
            assert await browser.settle() == []
            assert await browser.get("/livehost/scene/current?VALUE") == (200, {"VALUE": ["1"]})
            assert await browser.get("/livehost/master/gain_db?VALUE") == (200, {"VALUE": [-6.0]})
            await browser.command("LISTEN", "/livehost/meter/out")
            await browser.command("LISTEN", "/livehost/event/sample")
            await browser.send("/livehost/bank/play", "i", 3)
            heard = []
            while not {"/livehost/meter/out", "/livehost/event/sample"} <= {m[0] for m in heard}:
                heard.append(await browser.hear())
            (sample,) = [m for m in heard if m[0] == "/livehost/event/sample"]
            assert sample[1:3] == (3, "tone_3.wav")
            while (await browser.hear())[1] < -60:  # a meter that moves
                pass
            _, told = await browser.get("/livehost/event/sample?VALUE")
            assert told["VALUE"][:2] == [3, "tone_3.wav"]

    with Program(*arguments) as program:
        asyncio.run(browse(port_of(program)))
        program.stop()
        assert program.errors == ""


def test_two_on_one_computer_stand_at_two_ports_and_hear_each_only_its_own(arguments):
    async def browse(first, second):
        async with Browser(first) as one, Browser(second) as two:
            hosts = [(await each.get("/?HOST_INFO"))[1] for each in (one, two)]
            assert hosts[0]["OSC_PORT"] != hosts[1]["OSC_PORT"]
            await one.send("/livehost/master/gain_db", "f", -20.0)
            await one.settle()
            assert await one.get("/livehost/master/gain_db?VALUE") == (200, {"VALUE": [-20.0]})
            assert await two.get("/livehost/master/gain_db?VALUE") == (200, {"VALUE": [0.0]})

    with Program(*arguments) as first, Program(*arguments) as second:
        assert "OSC port" in second.output
        ports = port_of(first), port_of(second)
        assert ports[0] != ports[1]
        asyncio.run(browse(*ports))
