import tomllib

import numpy as np

from livehost.inference.toml import to_toml


def test_what_is_written_reads_back():
    table = {
        "name": 'a "quoted"\nname \x7f ü \\',
        "odd key.ü": 1,
        "flag": True,
        "numbers": [1, 2.5, -1e-30, 1e30],
        "rows": [[1, 2], [3]],
        "empty": [],
        "nested": {"deep": {"x": 1.0, "of": [{"a": 1, "b": {"c": [1]}}, {"a": 2}]}},
    }
    assert tomllib.loads(to_toml(table)) == table


def test_numbers_of_numpy():
    values = np.array([0.1, 1 / 3, 1e-8, 3.0, 16777217], np.float32)
    text = to_toml({"values": values, "count": np.int64(3), "one": np.float32(0.1), "yes": np.bool_(1), "none": None})
    read = tomllib.loads(text)
    assert np.array_equal(np.array(read["values"], np.float32), values)
    assert text.split("\n")[1] == "    0.1,"
    assert (read["count"], read["one"], read["yes"]) == (3, 0.1, True)
    assert "none" not in read


def test_what_is_not_finite():
    read = tomllib.loads(to_toml({"a": float("nan"), "b": float("-inf")}))
    assert np.isnan(read["a"])
    assert read["b"] == -np.inf
