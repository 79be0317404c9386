"""The layout for TouchOSC: safety and levels on the left, a page of controls for each section of the table."""

import uuid
import zlib

import py2tosc
from py2tosc import Control as Widget
from py2tosc import Conversion, Document, ui

from livehost.patches.controls import Control, Page, control, front, pages

WIDTH, HEIGHT = 1024, 768
EARS = 17771
_RED, _GREEN, _BLUE, _GREY = "#c03028", "#308848", "#3868a8", "#484848"
_COLUMNS, _PLACES = 4, 16
_BUTTONS = (
    ("/livehost/panic", "PANIC", _RED), ("/livehost/start", "start", _GREEN), ("/livehost/stop", "stop", _GREY),
    ("/livehost/mute", "mute", _GREY), ("/livehost/approve", "approve", _GREY), ("/livehost/reject", "reject", _GREY),
    ("/livehost/change", "change", _GREY),
)  # fmt: skip
#: Subscribes, sends back what asks whether anybody is here, and shows what is no single number.
_SCRIPT = f"""
local again, heard = 0, 0

function update()
  local now = getMillis()
  if now >= again then
    again = now + 2000
    for _, group in ipairs({{'state', 'event', 'meter'}}) do
      local wanted = {{{{tag = 'i', value = {EARS}}}, {{tag = 's', value = group}}, {{tag = 'f', value = 15}}}}
      sendOSC({{'/livehost/subscribe', wanted}})
    end
  end
  if now > heard + 3000 then
    self:findByName('state', true).values.text = 'no livehost'
  end
end

function onReceiveOSC(message)
  local path, arguments = message[1], message[2]
  if path == '/livehost/confirm' then
    sendOSC({{path, {{{{tag = 'i', value = arguments[1].value}}}}}})
  elseif path == '/livehost/heartbeat' then
    heard = getMillis()
    self:findByName('state', true).values.text = arguments[2].value
  elseif path == '/livehost/event/sample' then
    self:findByName('choice', true).values.text = arguments[2].value
  elseif path == '/livehost/event/heard_beat' then
    local bar, beat, bpm, sure = arguments[2].value, arguments[3].value, arguments[4].value, arguments[5].value
    self:findByName('heard beat', true).values.text =
      string.format('%d.%d   %.1f bpm   %d %%', bar, beat, bpm, math.floor(100 * sure + 0.5))
  elseif path == '/livehost/error' then
    self:findByName('said', true).values.text = arguments[3].value
  end
end
"""
#: Shows a word that is told, by its place.
_WORDS = """
local words = {{{words}}}

function onReceiveOSC(message)
  for place, word in ipairs(words) do
    if message[2][1] and message[2][1].value == word then
      self.values.x = place - 1
      return true
    end
  end
end
"""


def layout() -> bytes:
    """Write `livehost.tosc`."""
    left = ui.column(
        *(_button(control(path), label, colour) for path, label, colour in _BUTTONS),
        ui.row(_meter("in"), _meter("out"), gap=4),
        _text("state", "no livehost"),
        sizes=(2, 1, 1, 1, 1, 1, 1, 3, 1), gap=4, pad=4,
    )  # fmt: skip
    words = ui.row(_text("heard beat", "no beat"), _text("choice", ""), _text("said", ""), gap=4, pad=4)
    paged = ui.pager(*(_page(part) for page in (front(), *pages()) for part in _parts(page)), name="pages")
    document = Document.new((0, 0, WIDTH, HEIGHT), name="livehost", script=_SCRIPT)
    whole = ui.row(left, ui.column(words, paged, sizes=(1, 12)), sizes=(1, 6), frame=(0, 0, WIDTH, HEIGHT))
    document.add(whole).resolve()
    for number, widget in enumerate(document.walk()):
        object.__setattr__(widget, "id", str(uuid.UUID(int=number + 1, version=4)))
    return zlib.compress(document.dumps(validate=True).encode(), 9)


def _parts(page: Page) -> list[Page]:
    """Divide a page into ones that fingers can play."""
    shown = [one for one in page.controls if one.kind in _MAKERS]
    return [
        Page(page.title if k == 0 else f"{page.title} {k // _PLACES + 1}", tuple(shown[k : k + _PLACES]))
        for k in range(0, len(shown), _PLACES)
    ]


def _page(page: Page) -> Widget:
    cells = [
        ui.column(_MAKERS[one.kind](one), _label(one), sizes=(3, 1), name=f"{one.name} cell") for one in page.controls
    ]
    return ui.tiles(*cells, columns=_COLUMNS, rows=_PLACES // _COLUMNS, gap=8, pad=8, name=page.title)


def _label(one: Control) -> Widget:
    text = f"{one.label} ({one.unit})" if one.unit else one.label
    text += f": {'|'.join(one.choices)}" if one.choices else ""
    return py2tosc.label(name=f"{one.name} label", background=False, text_size=12, values=_words(text))


def _text(name: str, text: str) -> Widget:
    return py2tosc.label(name=name, text_size=14, color=_GREY, values=_words(text))


def _words(text: str) -> list[py2tosc.Value]:
    return [py2tosc.Value("text", default=text), py2tosc.Value("touch", default=False)]


def _number(one: Control) -> py2tosc.Partial:
    kind = Conversion.INTEGER if one.whole else Conversion.FLOAT
    return ui.value("x", conversion=kind, scale=(one.low, one.high))


def _fader(one: Control) -> Widget:
    start = (one.initial - one.low) / (one.high - one.low)
    values = [py2tosc.Value("x", default=round(start, 6)), py2tosc.Value("touch", default=False)]
    message = ui.osc(one.path, args=[_number(one)], receive=one.reports)
    return py2tosc.fader(name=one.name, orientation=1, color=_BLUE, values=values, messages=[message])


def _toggle(one: Control) -> Widget:
    message = ui.osc(one.path, args=[ui.value("x", conversion=Conversion.INTEGER)])
    return py2tosc.button(name=one.name, button_type=py2tosc.ButtonType.TOGGLE_PRESS, color=_BLUE, messages=[message])


def _radio(one: Control) -> Widget:
    message = ui.osc(one.path, args=[ui.value("x", conversion=Conversion.INTEGER)])
    script = _WORDS.format(words=", ".join(f"'{word}'" for word in one.choices))
    return py2tosc.radio(name=one.name, steps=len(one.choices), color=_BLUE, script=script, messages=[message])


def _button(one: Control, label: str, colour: str) -> Widget:
    if one.kind == "toggle":
        return ui.labelled(_toggle(one), label, size=16)
    message = ui.osc(one.path, args=[ui.value("x", conversion=Conversion.INTEGER)], on="RISE", receive=False)
    button = py2tosc.button(name=one.name, color=colour, messages=[message])
    return ui.labelled(button, label, size=16) if label else button


def _meter(side: str) -> Widget:
    path = f"/livehost/meter/{side}"
    message = ui.osc(path, args=[ui.value("x", conversion=Conversion.FLOAT, scale=(-60, 0))], send=False)
    return py2tosc.fader(name=f"meter {side}", interactive=False, color=_GREEN, messages=[message])


_MAKERS = {"slider": _fader, "toggle": _toggle, "menu": _radio, "button": lambda one: _button(one, "", _GREY)}
