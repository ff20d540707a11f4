"""Automatic numbers of Word: `w:numPr` becomes the number that Word prints.

Word keeps no printed number in the file: it counts paragraphs by list and level. A level's text
is a pattern («%1.%2.») of the counters of the levels above, each in its own format.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from drafts.importing.blocks import Counted

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
_ENGLISH = "abcdefghijklmnopqrstuvwxyz"


@dataclass(slots=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    pattern: str = ""
    restart: int | None = None  # the level whose number restarts this one; None: any above
    legal: bool = False  # all counters in Arabic figures
    style: str = ""


@dataclass(slots=True)
class _List:
    """A numbering as paragraphs refer to it; lists of one `abstract` share their counters."""

    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)
    begun: bool = False


class Numbering:
    """The counters of a document; ask it of each numbered paragraph, in order."""

    def __init__(self, part: _Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, list[int | None]] = {}
        if part is None:
            return
        abstracts = {_value(a, "abstractNumId"): a for a in part.iterfind(f"{W}abstractNum")}
        links = {
            _value(a.find(f"{W}styleLink")): key
            for key, a in abstracts.items()
            if a.find(f"{W}styleLink") is not None
        }
        for num in part.iterfind(f"{W}num"):
            key = _value(num.find(f"{W}abstractNumId"))
            abstract = abstracts.get(key)
            if abstract is not None and (link := abstract.find(f"{W}numStyleLink")) is not None:
                key = links.get(_value(link), key)
                abstract = abstracts.get(key)
            if abstract is None:
                continue
            levels = dict(_levels(abstract))
            starts = {}
            for override in num.iterfind(f"{W}lvlOverride"):
                at = _number(_value(override, "ilvl"), 0)
                if (own := override.find(f"{W}lvl")) is not None:
                    levels[at] = _level(own)
                if (start := override.find(f"{W}startOverride")) is not None:
                    starts[at] = _number(_value(start), 1)
            self._lists[_value(num, "numId")] = _List(key, levels, starts)

    def level_of_style(self, num_id: str, style: str) -> int:
        """Return the level that a list gives to paragraphs of a style; 0 if it names none."""
        known = self._lists.get(num_id)
        levels = known.levels if known else {}
        return next((at for at, level in levels.items() if style and level.style == style), 0)

    def next(self, num_id: str, at: int) -> Counted:
        """Count a paragraph on level `at` (0 the highest) and return its number.

        A bullet prints «•»; an unknown list, or one that prints nothing, an empty string.
        """
        known = self._lists.get(num_id)
        if known is None or not 0 <= at < _LEVELS or at not in known.levels:
            return Counted("", "")
        counters = self._counters.setdefault(known.abstract, [None] * _LEVELS)
        if not known.begun:
            known.begun = True
            for started, start in known.starts.items():
                if 0 <= started < _LEVELS:
                    counters[started] = start - 1
        level = known.levels[at]
        current = counters[at]
        counters[at] = level.start if current is None else current + 1
        for below in range(at + 1, _LEVELS):
            narrower = known.levels.get(below, _Level())
            if narrower.restart is None or at < narrower.restart:
                counters[below] = None
        if level.format == "bullet":
            return Counted("•", level.format)
        shown = "decimal" if level.legal else level.format
        return Counted(self._print(known, level, counters), shown)

    def _print(self, known: _List, level: _Level, counters: list[int | None]) -> str:
        text = level.pattern
        for index in range(_LEVELS):
            if f"%{index + 1}" not in text:
                continue
            shown = known.levels.get(index, _Level())
            value = counters[index]
            if value is None:  # a level that was skipped counts from its start
                value = counters[index] = shown.start
            form = "decimal" if level.legal else shown.format
            text = text.replace(f"%{index + 1}", figure(value, form))
        return text.strip()


def figure(value: int, form: str) -> str:
    """Return a counter in one of Word's number formats; an unknown format is decimal."""
    lower = form[:1].lower() + form[1:]
    if lower in ("none", "bullet"):
        return ""
    if form in ("lowerRoman", "upperRoman"):
        text = _roman(value)
        return text.lower() if form == "lowerRoman" else text
    for name, alphabet in (("Letter", _ENGLISH), ("russian", _RUSSIAN)):
        if name in form and value > 0:
            rounds, at = divmod(value - 1, len(alphabet))
            text = alphabet[at] * min(rounds + 1, 10)
            return text.upper() if "upper" in form or form.endswith("Upper") else text
    return f"{value:02d}" if form == "decimalZero" else str(value)


def _roman(value: int) -> str:
    if not 0 < value < 4000:
        return str(value)
    text = ""
    for size, letters in (
        *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC")),
        *((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
    ):
        text += letters * (value // size)
        value %= size
    return text


def _levels(abstract: _Element) -> list[tuple[int, _Level]]:
    return [(_number(_value(lvl, "ilvl"), 0), _level(lvl)) for lvl in abstract.iterfind(f"{W}lvl")]


def _level(lvl: _Element) -> _Level:
    restart = lvl.find(f"{W}lvlRestart")
    legal = lvl.find(f"{W}isLgl")
    return _Level(
        start=_number(_value(lvl.find(f"{W}start")), 1 if lvl.find(f"{W}start") is None else 0),
        format=_value(lvl.find(f"{W}numFmt")) or "decimal",
        pattern=_value(lvl.find(f"{W}lvlText"))[:40],
        restart=None if restart is None else _number(_value(restart), 0),
        legal=legal is not None and _value(legal) not in ("0", "false"),
        style=_value(lvl.find(f"{W}pStyle")),
    )


def _value(element: _Element | None, name: str = "val") -> str:
    """Return the attribute `name` of an element, empty where either is missing."""
    return "" if element is None else element.get(f"{W}{name}", "")


def _number(text: str, otherwise: int) -> int:
    try:
        return max(-1, min(int(text), 32_767))
    except ValueError:
        return otherwise
