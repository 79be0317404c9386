"""What becomes of ONNX Runtime's statuses: the first error is kept to be read, later ones are freed."""

import ctypes

import numpy as np
import pytest

from livehost.errors import LivehostError
from livehost.inference.export import open_export
from livehost.inference.ort_native import NATIVE_RUN, run_session
from livehost.rt.native import run1
from tests.inference.conftest import STAGE

WORD = ctypes.c_int64


def test_the_first_error_is_kept_and_later_ones_are_freed():
    statuses, freed, given = [0, 501, 502, 503], [], []

    @ctypes.CFUNCTYPE(WORD, *[WORD] * 8)
    def run(*arguments):
        given.append(arguments)
        return statuses.pop(0)

    @ctypes.CFUNCTYPE(WORD, WORD)
    def release(status):
        freed.append(status)
        return 0

    work = np.zeros(1, NATIVE_RUN)
    address = [ctypes.cast(f, ctypes.c_void_p).value for f in (run, release)]
    work[0] = (*address, 11, 12, 13, 2, 15, 16, 3, 0)
    codes = [run1(run_session)(work.ctypes.data) for _ in range(4)]
    assert codes == [0, 2, 2, 2]
    assert (work[0]["status"], freed) == (501, [502, 503])
    assert set(given) == {(11, 0, 12, 13, 2, 15, 3, 16)}  # session, no options, inputs, outputs


def test_an_error_of_onnx_runtime_is_told_in_its_words_and_keeps_nothing(exported, tokens):
    stepper = open_export(exported, **STAGE, backend="native").stepper()
    before = stepper.step(tokens[0])[0]
    work = stepper._run.work
    work["n_inputs"] -= 1
    for _ in range(2):
        with pytest.raises(LivehostError, match=r"^The model's step failed: .*[Ii]nput.*\.$"):
            stepper.step(tokens[1])
        assert (work["status"], stepper.trouble()) == (0, "")
    assert stepper.count[0] == 1
    work["n_inputs"] += 1
    stepper.reset()
    np.testing.assert_array_equal(stepper.step(tokens[0])[0], before)
    stepper.close()
