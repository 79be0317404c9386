"""A browser that knows nothing of livehost sees everything, and moves everything."""

import asyncio

from livehost.bridge.osc.addresses import ADDRESSES, BY_PATH
from livehost.settings import TABLE
from tests.bridge.fakes import Patch
from tests.bridge.oscquery.browser import Browser, soon


def another(node):
    """Values for a method that are not those it has, from its description alone."""
    values = []
    nothing = [None] * len(node["TYPE"])
    ranges = [range_ or {} for range_ in node.get("RANGE") or nothing]
    for tag, range_, now in zip(node["TYPE"], ranges, node.get("VALUE") or nothing, strict=True):
        if "VALS" in range_:
            values.append(next(v for v in range_["VALS"] if v != now))
        elif tag == "s":
            values.append("another")
        else:
            low, high = range_.get("MIN", 0), range_.get("MAX", range_.get("MIN", 0) + 1)
            middle = low + (high - low) / 4
            values.append((int(high) if now != high else int(low)) if tag == "i" else middle if middle != now else high)
    return values


def test_it_moves_every_setting_and_sees_it_move(query, control):
    # which words these take, and whether two of them fit together, is for the session to say
    async def move():
        async with Browser(query.port) as browser:
            for path, node in (await browser.methods()).items():
                if node["ACCESS"] == 3:
                    wanted = another(node)
                    await browser.send(path, node["TYPE"], *wanted)
                    assert [m for m in await browser.settle() if m[0] == "/livehost/error"] == []
                    status, told = await browser.get(f"{path}?VALUE")
                    assert (status, told) == (200, {"VALUE": [
                        float(f"{v:.7g}") if isinstance(v, float) else v for v in wanted
                    ]})  # fmt: skip
                    yield path

    async def all_of_it():
        return [path async for path in move()]

    moved = asyncio.run(all_of_it())
    assert set(moved) == {row.path for row in ADDRESSES if row.access == "set"}
    keys = {BY_PATH[path].setting for path in moved}
    assert keys == {key for key, setting in TABLE.items() if setting.thread}
    assert all(control.settings[key] != TABLE[key].default for key in keys)


def test_it_sees_every_value_that_others_change(query, control):
    async def watch():
        async with Browser(query.port) as browser:
            methods = {path: node for path, node in (await browser.methods()).items() if node["ACCESS"] == 3}
            for path in methods:
                await browser.command("LISTEN", path)
                assert await browser.hear() == (path, *_sent(methods[path]["VALUE"]))
            wanted = {path: another(node) for path, node in methods.items()}
            for path, values in wanted.items():
                await asyncio.to_thread(control.set, BY_PATH[path].setting, values[0], "key")
            seen = {}
            while len(seen) < len(wanted):
                path, *values = await browser.hear()
                seen[path] = values
            return wanted, seen

    wanted, seen = asyncio.run(watch())
    assert seen.keys() == wanted.keys()
    for path, values in wanted.items():
        assert [float(f"{v:.6g}") if isinstance(v, float) else v for v in seen[path]] == [
            float(f"{v:.6g}") if isinstance(v, float) else v for v in values
        ]


def test_it_presses_every_button(query, control):
    async def press():
        async with Browser(query.port) as browser:
            for path, node in (await browser.methods()).items():
                if node["TYPE"] == "I":
                    await browser.socket.send_bytes(_bang(path))
                    await browser.settle()

    asyncio.run(press())
    assert control.urgent.quits
    called = {call[0] for call in control.calls}
    assert {"resume", "reset", "steer", "stop"} - called == {"stop"}  # native code has carried that out
    assert control.urgent.gate.word > 1


def test_it_is_told_what_is_refused_and_answered(query, control):
    async def ask():
        async with Browser(query.port) as browser:
            await browser.send("/livehost/bank/name", "i", 3)
            assert await browser.hear() == ("/livehost/bank/name", 3, "item 3.wav")
            await browser.send("/livehost/master/gain_db", "f", 99.0)
            assert await browser.hear() == ("/livehost/master/gain_db", 12.0)
            await browser.send("/livehost/nothing")
            assert (await browser.hear())[:3] == ("/livehost/error", "unknown", "/livehost/nothing")
            await browser.socket.send_bytes(b"no OSC")
            assert (await browser.hear())[:2] == ("/livehost/error", "malformed")
            for text in (
                "", "{", "[]", '{"COMMAND": "LISTEN"}', '{"COMMAND": "SING", "DATA": "/panic"}', "[" * 60_000,
                '{"COMMAND": "LISTEN", "DATA": "/none"}', '{"COMMAND": ["LISTEN"], "DATA": "/panic"}',
            ):  # fmt: skip
                await browser.socket.send_str(text)
                address, code, _, sentence = await browser.hear()
                assert (address, code) == ("/livehost/error", "refused")
                assert sentence.endswith(".")
            assert await browser.settle() == []

    asyncio.run(ask())
    assert control.settings["master.gain_db"] == 12
    assert {code for code, _, _ in control.refusals} == {"unknown", "malformed"}


def test_what_it_has_set_itself_does_not_come_back_and_what_others_set_does(query, osc, control):
    async def watch():
        async with Browser(query.port) as browser, Browser(query.port) as other:
            for each in (browser, other):
                await each.command("LISTEN", "/livehost/master/gain_db")
                assert await each.hear() == ("/livehost/master/gain_db", 0.0)
            await browser.send("/livehost/master/gain_db", "f", -6.0)
            assert await other.hear() == ("/livehost/master/gain_db", -6.0)
            patch = Patch(osc.port)
            patch.send("/livehost/master/gain_db", "f", -9.0)
            patch.socket.close()
            assert await browser.hear() == ("/livehost/master/gain_db", -9.0)
            await browser.command("IGNORE", "/livehost/master/gain_db")
            await browser.settle()
            await asyncio.to_thread(control.set, "master.gain_db", -1.0, "key")
            assert await other.hear() in (("/livehost/master/gain_db", -9.0), ("/livehost/master/gain_db", -1.0))
            await asyncio.sleep(0.2)
            assert await browser.settle() == []

    asyncio.run(watch())


def test_streams_and_events_come_to_who_listens_and_to_nobody_else(query, control, sender):
    meter = {"kind": "meter", "in_peak_db": -3.0, "in_rms_db": -9.0, "out_peak_db": -6.0, "out_rms_db": -12.0,
             "reduction_db": 0.0, "active": 2}  # fmt: skip
    onset = {"kind": "onset", "onset_frame": 480, "strength": 0.5, "level_db": -12.0}

    async def watch():
        async with Browser(query.port) as browser:
            for path in ("/livehost/meter/in", "/livehost/event/onset"):
                await browser.command("LISTEN", path)
            await browser.settle()
            for k in range(100):
                await asyncio.to_thread(control.publish, **onset | {"onset_frame": k})
            await asyncio.to_thread(control.publish, **meter)
            heard = []
            while not any(m[0] == "/livehost/meter/in" for m in heard):
                await asyncio.sleep(0.01)
                sender.tick()
                heard += await browser.settle()
            return heard, await browser.get("/livehost/meter/voices?VALUE")

    heard, voices = asyncio.run(watch())
    assert [m[1] for m in heard if m[0] == "/livehost/event/onset"] == list(range(100))
    assert [m for m in heard if m[0] != "/livehost/event/onset"] == [("/livehost/meter/in", -3.0, -9.0)]
    assert voices == (200, {"VALUE": [2]})


def test_it_may_subscribe_to_groups_as_any_client_does(query, control, sender):
    async def watch():
        async with Browser(query.port) as browser:
            await browser.send("/livehost/subscribe", "is", 0, "event")
            await browser.settle()
            await asyncio.to_thread(control.publish, kind="resumed")
            assert await browser.hear() == ("/livehost/event/resumed",)
            await browser.send("/livehost/unsubscribe")
            await browser.settle()
            assert sender.subscribers == []
            await browser.send("/livehost/subscribe", "is", 0, "event")
            await browser.command("LISTEN", "/livehost/status")
            await browser.settle()
            assert len(sender.subscribers) == 2

    asyncio.run(watch())
    asyncio.run(soon(lambda: sender.subscribers == []))  # it has left


def test_what_it_listens_to_is_renewed(query, control, sender, monkeypatch):
    from livehost.bridge import subscriptions

    monkeypatch.setattr(subscriptions, "LEASE_S", 1.0)

    async def watch():
        async with Browser(query.port) as browser:
            await browser.command("LISTEN", "/livehost/event/resumed")
            await browser.settle()
            await asyncio.sleep(2.5)
            sender.tick()
            await asyncio.to_thread(control.publish, kind="resumed")
            assert await browser.hear() == ("/livehost/event/resumed",)

    asyncio.run(watch())


def _sent(values):
    """Values as floats of 32 bits carry them."""
    from livehost.bridge.osc import wire

    types = "".join("s" if isinstance(v, str) else "f" if isinstance(v, float) else "i" for v in values)
    return wire.decode(wire.encode("/x", types, *values))[0].args


def _bang(path):
    """A message with an impulse, which is what the type I stands for."""
    from pythonosc.osc_message_builder import OscMessageBuilder

    raw = OscMessageBuilder(path).build().dgram
    return raw[: raw.index(b",")] + b",I\0\0"
