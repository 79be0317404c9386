"""Which back end runs a bank transformer, and what is said of it."""

from types import SimpleNamespace

import numpy as np
import pytest

from livehost.errors import LivehostError
from livehost.inference import backends, bank_export
from livehost.inference.bank_export import open_bank_export

MANIFEST = SimpleNamespace(name="mine", shape="a shape")


class Stepper:
    """A stepper of two rows of attention; `attention` is what a step leaves there."""

    attention = np.array([[0.5, 0.5], [0.25, 0.75]])
    wrong = ""

    def __init__(self, shape, backend):
        assert shape == "a shape"
        self.did = []
        self.made.append(self)

    def warm_up(self, steps):
        self.did.append(steps)
        if self.wrong:
            raise LivehostError(self.wrong)

    def close(self):
        self.did.append("close")


@pytest.fixture
def stepper(monkeypatch):
    kind = type("Made", (Stepper,), {"made": []})
    monkeypatch.setattr(bank_export, "Stepper", kind)
    return kind


@pytest.fixture
def open_with(monkeypatch, stepper):
    """Open it with a back end and a provider; `trouble`: why the native one cannot be had."""

    def go(backend="auto", provider="cpu", trouble=""):
        def maker(name):
            return lambda _manifest, *more: SimpleNamespace(name=" ".join((name, *more)), notes=[f"note of {name}"])

        for name in ("Native", "Python", "Script"):
            monkeypatch.setattr(backends, f"{name}Backend", maker(name))
        monkeypatch.setattr(backends, "native_trouble", lambda: trouble)
        monkeypatch.setattr(bank_export, "check_stage", lambda *_, **__: None)
        return open_bank_export(
            MANIFEST, rate=48_000, hop_samples=128, frame_samples=1024, backend=backend, provider=provider
        )

    return go


@pytest.mark.parametrize(
    ("backend", "provider", "trouble", "chosen"),
    [
        ("auto", "cpu", "", "Native"),
        ("native", "cpu", "", "Native"),
        ("python", "cpu", "", "Python cpu"),
        ("torchscript", "cpu", "", "Script"),
        ("auto", "cuda", "", "Python cuda"),
        ("python", "cuda", "", "Python cuda"),
        ("python", "cpu", "none here", "Python cpu"),
    ],
)
def test_the_first_that_works_runs_it(open_with, backend, provider, trouble, chosen):
    export = open_with(backend, provider, trouble)
    assert (export.backend, export.notes) == (chosen, [f"note of {chosen.split()[0]}"])


def test_where_the_worker_cannot_call_it_a_python_thread_does_and_that_is_said(open_with):
    export = open_with(trouble="none here")
    assert export.backend == "Python cpu"
    assert export.notes == [
        "ONNX Runtime cannot be called from the worker (none here): a Python thread runs the model, and may be late.",
        "note of Python",
    ]
    with pytest.raises(LivehostError, match=r"^ONNX Runtime cannot be called from the worker \(none here\)\.$"):
        open_with("native", trouble="none here")


@pytest.mark.parametrize(
    ("backend", "provider", "words"),
    [
        ("tea", "cpu", "^There is no back end 'tea'; choose one of .*native, python, torchscript.$"),
        ("auto", "tpu", "^There is no provider 'tpu'; choose cpu or cuda.$"),
        ("native", "cuda", "^The native back end runs on the processor; cuda needs --backend python.$"),
    ],
)
def test_what_cannot_be_chosen_was_typed_wrongly(open_with, backend, provider, words):
    with pytest.raises(LivehostError, match=words) as refused:
        open_with(backend, provider)
    assert refused.value.exit_code == 2


@pytest.mark.parametrize(
    ("sums", "fits"), [(1.0, True), (1.00009, True), (1.0002, False), (0.9998, False), (0.0, False)]
)
@pytest.mark.parametrize("row", [0, 1])
def test_it_is_tried_out_and_its_attention_sums_to_one(open_with, stepper, sums, row, fits):
    attention = stepper.attention.copy()
    attention[row] *= sums
    stepper.attention = attention
    if fits:
        open_with()
    else:
        with pytest.raises(LivehostError, match=r"^The attention of the export mine does not sum to 1\.$"):
            open_with()
    assert [made.did for made in stepper.made] == [[1, 1, 1, "close"]]


def test_what_a_step_takes_is_the_fastest_of_those_that_were_tried(open_with, monkeypatch):
    clock = iter([0.0, 0.9, 1.0, 1.004, 2.0, 2.25])  # the first one pays for what comes after
    monkeypatch.setattr(backends, "time", SimpleNamespace(perf_counter=lambda: next(clock)))
    assert open_with().step_ms == pytest.approx(4.0)


def test_one_that_cannot_be_stepped_is_named_and_let_go(open_with, stepper):
    stepper.wrong = "It gives nothing."
    with pytest.raises(LivehostError, match=r"^The export mine cannot be played\. It gives nothing\.$"):
        open_with()
    assert [made.did for made in stepper.made] == [[1, "close"]]
