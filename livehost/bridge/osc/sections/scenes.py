"""Addresses of scenes."""

from livehost.bridge.osc.rows import do
from livehost.bridge.osc.schema import Address, Arg

ROWS: tuple[Address, ...] = (
    do("/livehost/scene/save", "call", "keep all live settings, and what is loaded, under a name", Arg("s", "name"),
        action=("scene_save",)),
    do("/livehost/scene/load", "call", "set everything that a kept scene names", Arg("s", "name"),
        action=("scene_load",)),
    do("/livehost/scene/next", "trigger", "the scene that comes next by name: a folder of scenes is a set list",
        action=("scene_step", 1)),
    do("/livehost/scene/prev", "trigger", "the one before", action=("scene_step", -1)),
    do("/livehost/scene/list", "call", "answers with the names of all scenes, in their order", action=("scene_list",)),
    Address("/livehost/scene/current", "query", "the scene loaded or kept last", (Arg("s", "scene"),), "state",
            info="scene"),
)  # fmt: skip
