"""Lines that the two programs could read differently, and both refuse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.consultations.evidence.bundle_builder import Bundle, canonical
from tests.consultations.evidence.falsifying import Falsification


def as_line(change: Callable[[str], str]) -> Callable[[Bundle], None]:
    """Write a remark's line in another way."""

    def falsify(bundle: Bundle) -> None:
        things: list[Any] = bundle.things["remark"]
        at = things.index(bundle.thing("remark", 391))
        things[at] = change(canonical(things[at]))

    return falsify


UNREADABLE = "record/remark.jsonl: line 1: it cannot be read as one JSON object in its one spelling"
SPELLINGS: dict[str, Callable[[str], str]] = {
    "key twice": lambda line: line.replace('"kind":', '"kind":"x","kind":'),
    "number with a point": lambda line: line.replace('"number":391', '"number":391.0'),
    "number with an exponent": lambda line: line.replace('"number":391', '"number":391e0'),
    "number beyond all": lambda line: line.replace('"number":391', '"number":1e999'),
    "not a number": lambda line: line.replace('"number":391', '"number":NaN'),
    "number too long": lambda line: line.replace('"number":391', '"number":9007199254740993'),
    "number of 5,000 digits": lambda line: line.replace("391", "3" * 5000, 1),
    "negative zero": lambda line: line.replace('"number":391', '"number":-0'),
    "spaces": lambda line: line.replace(",", ", "),
    "keys unsorted": lambda line: '{"zzz":1,' + line[1:],
    "escaped letter": lambda line: line.replace("Олена", "\\u041eлена"),
    "half of a pair, escaped": lambda line: line.replace("Олена", "\\ud800"),
    "half of a pair": lambda line: line.replace("Олена", "\ud800"),
    "deep": lambda line: line.replace('"391"', "") + "[" * 100_000,
    "deep and whole": lambda line: line.replace('"3"', "[" * 40 + "]" * 40),
    "end of line of another system": lambda line: line + "\r",
    "byte order mark": lambda line: "\ufeff" + line,
    "a list": lambda line: f"[{line}]",
    "nothing": lambda line: "",
    "cut": lambda line: line[:-1],
    "null sign": lambda line: line.replace("Олена", "\0"),
}
SPELT: dict[str, Falsification] = {}
for _name, _change in SPELLINGS.items():
    SPELT[f"{_name}"] = as_line(_change), UNREADABLE
SPELT["a line of 5 MiB"] = (
    as_line(lambda line: line.replace("Олена", "О" * 5 * 2**19)),
    "record/remark.jsonl: line 1 is longer than 4 MiB, or there are over 300,000: not read further",
)
SPELT["names of every object"] = (
    as_line(lambda line: line.replace('"at":', '"__proto__":1,"at":')),
    "record/remark.jsonl: line 1: it has not the form that it needs",
)
