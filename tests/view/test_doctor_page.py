"""The doctor's page."""

import io
import json

import pytest
from rich.console import Console

from livehost.doctor.finding import Finding, Looked
from livehost.view.doctor_page import doctor_json, doctor_page, verdict

PAGE = [
    Looked("limits", (Finding("warning", "real-time priority: up to 0", "add yourself to the group audio"),)),
    Looked("disk", (Finding("good", "100 GiB for recordings in /home/me/Music/livehost, that is 60.0 hours"),)),
    Looked("sound card", (Finding("unsafe", "no sound card", "plug one in"), Finding("note", "nothing"))),
]


@pytest.mark.parametrize("width", [30, 40, 80, 140])
def test_it_fits_the_window_and_loses_nothing(width):
    console = Console(record=True, width=width, file=io.StringIO())
    console.print(doctor_page(PAGE, width))
    text = console.export_text()
    assert max(map(len, text.split("\n"))) <= width
    words = text.split()
    for looked in PAGE:
        for finding in looked.findings:
            for word in (*finding.found.split(), *finding.remedy.split()):
                assert word in words or len(word) > width - 20


def test_the_verdict():
    assert verdict(PAGE) == "The show is NOT safe: 1 of 4 findings say so."
    assert verdict(PAGE[:2]) == "The show is safe; 1 findings may be heard."
    assert verdict(PAGE[1:2]) == "The show is safe."


def test_as_json():
    told = json.loads(json.dumps(doctor_json(PAGE)))
    assert told["safe"] is False
    assert told["findings"][0] == {
        "check": "limits", "state": "warning", "found": "real-time priority: up to 0",
        "remedy": "add yourself to the group audio",
    }  # fmt: skip
    assert doctor_json(PAGE[:2])["safe"] is True
