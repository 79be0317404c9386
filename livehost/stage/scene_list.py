"""The scenes of a running session: kept, recalled, gone through in order; and what the next session may go on from."""

from bisect import bisect
from collections.abc import Callable
from pathlib import Path
from typing import Any

from livehost.bridge.kept_state import KeptState, is_kept
from livehost.bridge.scenes import Scene, read_scene, write_scene
from livehost.errors import LivehostError
from livehost.printable import few
from livehost.setting import Value
from livehost.settings import TABLE, Settings, part_key
from livehost.stage.background_job import ignore
from livehost.stage.catalogue import Catalogue, in_order
from livehost.stage.event_bus import EventBus
from livehost.stage.hot_swap import HotSwap
from livehost.stage.midi_setup import check_midi, unreadable
from livehost.stage.notices import Notices


class SceneList:
    """A folder of scenes, which is a set list, and where in it the session stands.

    Parameters
    ----------
    values : Settings
        What a scene keeps and sets.
    hot_swap : HotSwap
        What a scene loads.
    catalogue : Catalogue
        Where scenes are.
    bus : EventBus
        Told which scene is the current one.
    notices : Notices

    Attributes
    ----------
    current : str
        The scene loaded or kept last, "" for none.
    """

    def __init__(
        self, values: Settings, hot_swap: HotSwap, catalogue: Catalogue, bus: EventBus, notices: Notices
    ) -> None:
        self._values, self._hot_swap, self._catalogue = values, hot_swap, catalogue
        self._bus, self._notices, self.current = bus, notices, ""

    def names(self) -> list[str]:
        """List the scenes in their order."""
        return self._catalogue.scenes()

    def save(self, name: str) -> None:
        """Keep all live settings, and what is loaded, under a name.

        Raises
        ------
        LivehostError
            Where the name is none, or the file cannot be written.
        """
        values = {key: self._values[key] for key, setting in TABLE.items() if setting.thread and setting.scene}
        write_scene(self._catalogue.scene(name), Scene(values, self._hot_swap.loaded()))
        self.enter(name)
        self._notices.say(f"The scene {name} is kept.")

    def recall(self, name: str, fail: Callable[[str], None] = ignore) -> None:
        """Set everything that a scene names and that fits, and begin to load what it names.

        Parameters
        ----------
        name : str
        fail : callable
            Told what does not fit, and, from another thread, what cannot be loaded.

        Raises
        ------
        LivehostError
            Where there is no such scene, nothing is left of it, or something that it names is not there; nothing has
            been changed then.
        """
        scene = read_scene(self._catalogue.scene(name))
        for key, sentence in unreadable(scene.settings).items():
            del scene.settings[key]
            scene.wrong.append(sentence)

        def then(key: str) -> Any:
            return scene.settings.get(key, self._values[key])

        check_midi(then)
        loads = self._hot_swap.plan(scene.loaded, lambda part: then(part_key(part, "name")))
        for key, value in scene.settings.items():
            self._values.set(key, value, "scene")
        self.enter(name)
        left_out = f", but for {few(scene.left_out)}, which cannot be set here" if scene.left_out else ""
        self._notices.say(f"Scene {name}: {len(scene.settings)} settings{left_out}.")
        if scene.wrong:
            text = f"Scene {name}, of which the rest is set: {few(scene.wrong, ' ', 4)}"
            self._notices.warn(text)
            fail(text)
        self._hot_swap.load_all(name, loads, fail)

    def step(self, step: int, fail: Callable[[str], None] = ignore) -> None:
        """Recall the scene that comes 1 after the current one, or -1 before it.

        Raises
        ------
        LivehostError
            As `recall`, and where there is none.
        """
        names, current = self.names(), self.current
        if not names:
            raise LivehostError("There are no scenes yet; /livehost/scene/save keeps one.")
        if not current:
            place = 0 if step > 0 else len(names) - 1
        elif current in names:
            place = names.index(current) + step
        else:  # one that is no longer there has left its place between two others
            place = bisect([in_order(name) for name in names], in_order(current)) + min(step, 0)
        if not 0 <= place < len(names):
            raise LivehostError(f"{current} is the {'last' if step > 0 else 'first'} scene of the set list.")
        self.recall(names[place], fail)

    def enter(self, name: str) -> None:
        """Take a scene for the current one."""
        self.current = name
        self._bus.publish("fact", name="scene", value=name)

    def state(self) -> KeptState:
        """Give what the next session could go on from."""
        values: dict[str, Value] = {key: self._values[key] for key in TABLE if is_kept(key)}
        for part, active in enumerate(self._hot_swap.active):
            if active is not None:
                key = "bank.dir" if part == 0 else part_key(part, "bank")
                values[key] = str(Path(active.bank.directory).absolute()) if len(active.bank) else ""
        return KeptState(values, self.current)
