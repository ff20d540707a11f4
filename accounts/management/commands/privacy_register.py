"""manage.py privacy_register [--write]"""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from string import ascii_lowercase
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from accounts.data.queries import period_of
from accounts.data.register import PersonalData, Purpose, all_entries

PLACE = settings.BASE_DIR / "docs/privacy.md"
BEGIN, END = "<!-- register: manage.py privacy_register --write -->", "<!-- /register -->"


class Command(BaseCommand):
    help = "Print the register of the processing of personal data; --write puts it into the docs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--write", action="store_true", help=f"into {PLACE.name}")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["write"]:
            PLACE.write_text(update_document(PLACE.read_text()))
        else:
            self.stdout.write(table())


def update_document(text: str) -> str:
    """The document with the register as it is now."""
    before, _begin, rest = text.partition(BEGIN)
    _old, _end, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{table()}\n\n{END}{after}"


def table() -> str:
    """The register as Markdown, in English: a table for each purpose."""
    with translation.override("en"):
        return "\n\n".join(_chapter(purpose) for purpose in Purpose)


def _chapter(purpose: Purpose) -> str:
    entries = [entry for entry in all_entries() if entry.purpose is purpose]
    times = Counter(str(entry.kept_because) for entry in entries if entry.kept_because)
    shared = [reason for reason, number in times.items() if number > 1]
    marks = dict(zip(shared, ascii_lowercase, strict=False))
    lines = [
        f"### {purpose.title}",
        "",
        f"Ground: {purpose.ground}. Recipients: {purpose.recipients}.",
        "",
        "| data | rows of | kept | when the person erases their account |",
        "|---|---|---|---|",
    ]
    lines += [_line(entry, marks) for entry in entries]
    for reason, mark in marks.items():
        lines += ["", f"({mark}) {reason}."]
    return "\n".join(lines)


def _line(entry: PersonalData, marks: dict[str, str]) -> str:
    """A row of the table; a reason that several rows have stands once below it."""
    outcome = f"{entry.on_erasure.value}"
    if entry.kept_because:
        mark = marks.get(str(entry.kept_because))
        outcome += f" ({mark})" if mark else f": {entry.kept_because}"
    return f"| {entry.title} | `{entry.name}` | {period_of(entry)} | {outcome} |"
