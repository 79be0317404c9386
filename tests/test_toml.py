import datetime
import os
import tomllib

import numpy as np
import pytest

from livehost.toml import TomlError, read_toml, to_toml


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


def test_a_byte_order_mark_is_passed_over(tmp_path):
    (tmp_path / "a.toml").write_bytes(b"\xef\xbb\xbf[audio]\r\nblock = 64\r\n")
    assert read_toml(tmp_path / "a.toml") == {"audio": {"block": 64}}


def test_a_pipe_is_read():
    out, into = os.pipe()
    os.write(into, b"a = 1")
    os.close(into)
    assert read_toml(f"/dev/fd/{out}") == {"a": 1}
    os.close(out)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("a = " + "[" * 100_000, "nests deeper than 16 levels"),
        ("a = " + "{b=" * 100_000, "nests deeper than 16 levels"),
        ("a = " + "[" * 16 + "]" * 16, "nests deeper than 16 levels"),
        ("[" + "a." * 16 + "a]", "nests deeper than 16 levels"),
        ("a." * 500_000 + "a = 1", "nests deeper than 16 levels"),
        ('"a" . ' * 100_000 + "a = 1", "nests deeper than 16 levels"),
        ("a = 0x" + "f" * 10_000, "holds a number of more than 64 bits"),
        ("a = [{b = -99999999999999999999}]", "holds a number of more than 64 bits"),
        ("a = " + "1" * 10_000, "holds a number of more than 64 bits"),
        ("a = 1\0", "is not valid TOML"),
        ("a = 2020-13-45", "is not valid TOML"),
        ("a = 1\na = 2", "is not valid TOML: Cannot overwrite a value"),
        ("#" * (1 << 20) + "\n", "is larger than 1 MiB"),
        (b"\xff\xfea\0=\0001\0", "is not UTF-8 text: save it as UTF-8"),
    ],
)
def test_what_is_no_table_of_ours(tmp_path, content, why):
    path = tmp_path / "a.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(TomlError) as error:
        read_toml(path)
    assert str(error.value).startswith(why)


def test_what_just_fits(tmp_path):
    path = tmp_path / "a.toml"
    path.write_text(
        "a.b = " + "[" * 14 + "]" * 14 + "\nmost = 18446744073709551615\nless = nan\nday = 1979-05-27\n" + "#" * 1000
    )
    table = read_toml(path)
    assert table["most"] == 2**64 - 1
    assert table["day"] == datetime.date(1979, 5, 27)


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/dev/zero", "is larger than 1 MiB"),
        ("/nowhere/a.toml", "cannot be read: No such file or directory"),
        ("/", "cannot be read: Is a directory"),
        ("a" * 5000, "cannot be read: File name too long"),
        ("a\0b", "cannot be read: embedded null byte"),
    ],
)
def test_what_is_no_file_of_text(path, why):
    with pytest.raises(TomlError) as error:
        read_toml(path)
    assert str(error.value).startswith(why)
