"""The demo city's files, read as data."""

from __future__ import annotations

import io
import tomllib
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, BinaryIO

import docx

from core.domain.calendar import WorkCalendar, kyiv
from demo.drawings import DRAWINGS, draw

ROOT = Path(__file__).parent

#: In the order of their publication.
CONSULTATIONS = [
    "signs",
    "rent",
    "courtyards",
    "terraces",
    "budget",
    "parking",
    "buses",
    "water",
    "animals",
]


def table(*path: str) -> dict[str, Any]:
    """A TOML file of the demo city."""
    return tomllib.loads(ROOT.joinpath(*path).read_text(encoding="utf-8"))


def rows(name: str, *path: str) -> list[dict[str, Any]]:
    """The tables ``[[name]]`` of such a file, in their order."""
    found: list[dict[str, Any]] = table(*path)[name]
    return found


def remarks(slug: str) -> list[dict[str, Any]]:
    """Remarks of a consultation, the earliest first; empty where there is none yet."""
    if not (ROOT / slug / "remarks.toml").exists():
        return []
    return rows("remark", slug, "remarks.toml")


def costs(slug: str) -> list[dict[str, Any]]:
    """Organisations' answers about the costs of a draft; empty where none was asked."""
    if not (ROOT / slug / "costs.toml").exists():
        return []
    return rows("cost", slug, "costs.toml")


def file(slug: str, name: str) -> bytes:
    """A file of a consultation, as an officer would upload it."""
    return (ROOT / slug / name).read_bytes()


def picture(name: str) -> BinaryIO:
    """A picture that was drawn for the demo city, as somebody would upload it: a file of
    ``pictures/``, or one that ``demo.drawings`` draws."""
    if name in DRAWINGS:
        return io.BytesIO(draw(name))
    return io.BytesIO((ROOT / "pictures" / name).read_bytes())


def as_word(text: str) -> bytes:
    """A plain text as a Word document: its first line the title, numbered lines headings."""
    document = docx.Document()
    first, *rest = [line for line in text.splitlines() if line.strip()]
    document.add_heading(first, level=1)
    for line in rest:
        is_heading = line[:1].isdigit() and line[1:3] == ". "
        document.add_heading(line, level=2) if is_heading else document.add_paragraph(line)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


class Days:
    """Working days counted from ``today``."""

    def __init__(self, today: date, calendar: WorkCalendar) -> None:
        self.today, self.calendar = today, calendar

    def day(self, count: int) -> date:
        return self.calendar.add_working_days(self.today, count)

    def at(self, count: int, hour: int, minute: int = 0) -> datetime:
        return kyiv(self.day(count), time(hour, minute))
