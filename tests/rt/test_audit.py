import numpy as np
import pytest

from livehost.bench import compiled_objects as objects
from livehost.rt import audit


@pytest.fixture(scope="module")
def report():
    """Of the objects that run; `livehost bench rt-safety` compiles afresh and reads the assembly."""
    return objects.run()


def test_no_real_time_code_names_anything_outside_the_list(report):
    assert {f["name"]: f["forbidden"] for f in report["findings"] if f["forbidden"]} == {}


def test_callback_and_worker_are_among_what_was_read(report):
    threads = {f["name"]: f["thread"] for f in report["findings"]}
    assert threads["livehost.engine.callback.callback"] == "callback"
    assert threads["livehost.engine.worker.loop.worker_loop"] == "worker"
    assert threads["livehost.engine.worker.loop.worker_step"] == "worker"
    assert any(name.startswith("livehost.players.nearest.player") for name in threads)
    assert any(name.startswith("livehost.dsp.features") for name in threads)


def test_every_marked_kernel_is_reached_from_an_entry_that_was_read(report):
    assert report["unreached"] == []


def test_each_mutant_is_caught(report):
    assert len(report["mutants"]) == 3
    assert all(m["forbidden"] for m in report["mutants"])


@pytest.mark.parametrize(
    ("assembly", "names"),
    [
        ("\tcallq\t*%rax\n\tmovabsq\t$PyErr_SetString, %rax\n", ("PyErr_SetString",)),
        ("\tcallq\tmalloc@PLT\n", ("malloc",)),
        ("\tbl\tnumba_gil_ensure\n", ("numba_gil_ensure",)),
        ("\tmovz\tx8, #:abs_g0_nc:memcpy\n", ("memcpy",)),
        ("here:\n\tjmp\there\n\tcallq\there\n", ()),
    ],
)
def test_names_are_found_in_the_assembly_of_both_processors(assembly, names):
    assert audit.symbols(assembly) == names


def test_the_room_is_the_last_line_of_the_docstring():
    def marked():
        """Do it. RT: worker."""

    def unmarked():
        """Do it; RT: callback is not the end here."""

    assert (audit.thread_of(marked), audit.thread_of(unmarked), audit.thread_of(np.float32)) == ("worker", "", "")
