"""The event loop of the OSCQuery server: run for a while at a time, by the thread of a `Service`."""

import asyncio
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from livehost.bridge.oscquery.announce import Announcement
from livehost.bridge.oscquery.site import Site

_LEAVE_S = 1.5


class QueryLoop:
    """Serves a site at a listening socket, and announces it.

    Parameters
    ----------
    sock : socket.socket
        Listening, and not blocking.
    make_site : callable
        Makes the site, within the loop; gets what is to be told of a fault.
    announcement : Announcement or None
    say : callable
        Told where it cannot be announced.
    """

    def __init__(
        self,
        sock: socket.socket,
        make_site: Callable[[Callable[[BaseException], None]], Site],
        announcement: Announcement | None,
        say: Callable[[str], None],
    ) -> None:
        self._loop = asyncio.new_event_loop()
        self._loop.set_exception_handler(self._task_failed)
        self._leaving = asyncio.Event()
        self._fault: BaseException | None = None
        self._announcement, self._say = announcement, say
        self._loop.run_until_complete(self._begin(sock, make_site))

    def run(self, seconds: float) -> None:
        """Serve for a while, or until `stop`; raise what went wrong meanwhile."""
        self._loop.run_until_complete(self._serve(seconds))
        fault, self._fault = self._fault, None
        if fault is not None:
            raise fault

    def stop(self) -> None:
        """Have `run` end; from any thread."""
        self._loop.call_soon_threadsafe(self._leaving.set)

    def close(self) -> None:
        """Close every connection, and the loop; where nothing runs it any more."""
        if self._loop.is_closed():
            return
        with suppress(TimeoutError):
            self._loop.run_until_complete(asyncio.wait_for(self._leave(), _LEAVE_S))
        self._loop.run_until_complete(self._end_tasks())
        self._loop.close()

    @property
    def site(self) -> Site:
        """What is served."""
        return self._site

    async def _begin(self, sock: socket.socket, make_site: Callable[[Callable[[BaseException], None]], Site]) -> None:
        self._site = make_site(self._keep)
        self._server = await self._loop.create_server(self._site.connection, sock=sock)
        self._announcing = self._loop.create_task(self._announce())

    async def _announce(self) -> None:
        if self._announcement is not None:
            await self._announcement.begin()
            if self._announcement.notice:
                self._say(self._announcement.notice)

    async def _serve(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._leaving.wait(), seconds)
        self._site.tick()

    async def _leave(self) -> None:
        self._server.close()
        await self._site.close()
        if self._announcement is not None:
            await self._announcement.leave()

    async def _end_tasks(self) -> None:
        tasks = asyncio.all_tasks(self._loop) - {asyncio.current_task(self._loop)}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _task_failed(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        self._keep(context.get("exception") or RuntimeError(context.get("message", "")))

    def _keep(self, error: BaseException) -> None:
        """Keep what went wrong, to be told of as a fault of the thread."""
        self._fault = error
