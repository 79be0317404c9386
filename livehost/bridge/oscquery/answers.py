"""What is answered to an HTTP request: a node of the tree, some attributes of it, or what the host is; as JSON."""

import json
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from livehost.bridge.oscquery.tree import ATTRIBUTES, EXTENSIONS, READ, UNSUPPORTED, Node, Read, find


class Answer(NamedTuple):
    """An HTTP status, and a body of JSON (empty where there is none to give)."""

    status: int
    body: bytes = b""


def answer(root: Node, path: str, query: str, read: Callable[[], Read], host_info: dict[str, Any]) -> Answer:
    """Answer a request.

    Parameters
    ----------
    root : Node
        The tree.
    path, query : str
        Of the URL, percent signs decoded.
    read : callable
        Gives what reads values.
    host_info : dict
        Of HOST_INFO.

    Returns
    -------
    Answer
        Status 404 for an address that is not there, 400 for an attribute that nobody knows, 204 for one that the
        proposal knows and that is not given here, and for the value of what can only be sent to.
    """
    names = [name for part in query.split("&") if (name := part.partition("=")[0])]
    if "HOST_INFO" in names:
        return _json(host_info)
    node = find(root, path)
    if node is None:
        return refusal(404, f"There is no address {path[:256]!r}.")
    if not names:
        return _json(node.describe(read()))
    unknown = [name for name in names if name not in ATTRIBUTES and name not in UNSUPPORTED]
    if unknown:
        return refusal(400, f"There is no attribute {unknown[0][:64]!r}; there are {', '.join(ATTRIBUTES)}, HOST_INFO.")
    return _attributes(node, names, read)


def refusal(status: int, text: str) -> Answer:
    """Refuse a request, and say why."""
    return Answer(status, json.dumps({"ERROR": text}, ensure_ascii=False).encode("utf-8", "replace"))


def host_info(name: str, osc_port: int, query_port: int) -> dict[str, Any]:
    """Describe the host: its ports, and which attributes it has besides those that every server must have."""
    return {
        "NAME": name, "OSC_PORT": osc_port, "OSC_TRANSPORT": "UDP", "WS_PORT": query_port,
        "EXTENSIONS": dict.fromkeys(EXTENSIONS, True) | dict.fromkeys(UNSUPPORTED, False),
    }  # fmt: skip


def _attributes(node: Node, names: Sequence[str], read: Callable[[], Read]) -> Answer:
    given = [name for name in names if name in ATTRIBUTES and not (name == "VALUE" and not node.access & READ)]
    if not given:
        return Answer(204)
    told: dict[str, Any] = {}
    for name in given:
        if name == "VALUE":
            value = node.value(read())
            told |= {} if value is None else {"VALUE": value}
        elif name == "CONTENTS":
            told |= {"CONTENTS": node.describe(read())["CONTENTS"]} if node.contents else {}
        elif name in node.attributes:
            told[name] = node.attributes[name]
    return _json(told)


def _json(told: Any) -> Answer:
    return Answer(200, json.dumps(told, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace"))
