from livehost.bridge import token_bucket as budget
from livehost.bridge.token_bucket import TokenBucket


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def test_so_much_at_once_and_so_much_a_second():
    clock = Clock()
    tokens = TokenBucket(10, 5, clock)
    assert [tokens.take("a") for _ in range(6)] == [True] * 5 + [False]
    assert tokens.take("b", 5)
    assert not tokens.take("b", 1)
    clock.now = 0.25
    assert [tokens.take("a") for _ in range(3)] == [True, True, False]
    clock.now = 100.0
    assert not tokens.take("a", 5.5)  # never more than at once
    assert tokens.take("a", 5)


def test_clients_that_come_and_go_fill_no_memory(monkeypatch):
    monkeypatch.setattr(budget, "MAX_CLIENTS", 3)
    tokens = TokenBucket(0, 1, Clock())
    for client in "abcd":
        assert tokens.take(client)
    assert not tokens.take("b")
    assert tokens.take("a")  # forgotten: it came first, and was silent since
