"""A generic OSCQuery browser: it knows the proposal, and nothing of livehost."""

import asyncio
import json

import aiohttp

from livehost.bridge.osc import wire


class Browser:
    """Speaks to a server at a port; a context manager."""

    def __init__(self, port, headers=None):
        self.url = f"http://127.0.0.1:{port}"
        self.headers = headers
        self.heard = []

    async def __aenter__(self):
        self.session = aiohttp.ClientSession()
        try:
            self.socket = await self.session.ws_connect(self.url, headers=self.headers)
        except BaseException:
            await self.session.close()
            raise
        return self

    async def __aexit__(self, *_):
        await self.socket.close()
        await self.session.close()

    async def get(self, path, **more):
        async with self.session.get(self.url + path, **more) as response:
            return response.status, await response.json() if response.status != 204 else None

    async def command(self, name, path):
        await self.socket.send_str(json.dumps({"COMMAND": name, "DATA": path}))

    async def send(self, path, types="", *args):
        await self.socket.send_bytes(wire.encode(path, types, *args))

    async def hear(self, timeout=15):
        """The next message, as (address, *arguments)."""
        while not self.heard:
            message = await self.socket.receive(timeout)
            assert message.type is aiohttp.WSMsgType.BINARY, message
            self.heard += [(m.address, *m.args) for m in wire.decode(message.data)]
        return self.heard.pop(0)

    async def settle(self):
        """Wait until all that was sent has been carried out; what came before that."""
        await self.send("/livehost/sync", "i", 77)
        came = []
        while (message := await self.hear()) != ("/livehost/synced", 77):
            came.append(message)
        return came

    async def methods(self):
        """Every method that the server describes, by its path."""
        _, tree = await self.get("/")
        found = {}

        def walk(node):
            if "TYPE" in node:
                found[node["FULL_PATH"]] = node
            for child in node.get("CONTENTS", {}).values():
                walk(child)

        walk(tree)
        return found


async def soon(true, timeout_s=15):
    """Wait until something is true."""
    for _ in range(round(timeout_s / 0.005)):
        if true():
            return
        await asyncio.sleep(0.005)
    raise AssertionError("it never became true")
