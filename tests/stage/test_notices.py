from livehost.stage.event_bus import EventBus
from livehost.stage.notices import Notices


def test_a_sentence_is_told_kept_and_published_once_there_is_a_bus():
    said, seen = [], []
    notices, bus = Notices(said.append), EventBus(said.append)
    bus.subscribe(seen.append)
    assert notices.last == ""
    notices.say("before")
    notices.publish_on(bus)
    notices.say("one")
    notices.say("two", "error")
    notices.warn("three")
    bus.pump()
    assert (said, notices.last) == (["before", "one", "two", "three"], "three")
    assert [(e["kind"], e["level"], e["text"]) for e in seen] == [
        ("log", "info", "one"), ("log", "error", "two"), ("log", "warning", "three"),
    ]  # fmt: skip
