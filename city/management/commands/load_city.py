"""manage.py load_city FILE"""

from __future__ import annotations

import re
import tomllib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from city.lists import description as actions
from city.lists import tables as tables_actions
from city.maps import actions as maps_actions
from city.streets import table
from core.domain.rules import Refused
from core.export.csv import NotATable


class Command(BaseCommand):
    help = (
        "Put in the council's departments, themes, districts, streets, ages, periods of martial "
        "law and own procedures from a TOML file (deploy/city.example.toml), streets alone from a "
        "CSV file, or the map of the city from GeoJSON; run again, it corrects them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            content = file.read_bytes()
        except OSError as wrong:
            raise CommandError(f"Cannot read {file}: {wrong.strerror}.") from wrong
        if file.suffix.lower() == ".csv":
            counted = _load_streets(file, content)
        elif file.suffix.lower() in (".geojson", ".json"):
            counted = _load_map(file, content)
        else:
            counted = _load_tables(file, content)
        self.stdout.write(", ".join(f"{name}: {count}" for name, count in counted.items()) + ".")


def _load_streets(file: Path, content: bytes) -> dict[str, int]:
    try:
        rows = table.read(content)
    except NotATable as wrong:
        raise CommandError(f"{file}: {wrong}") from wrong
    try:
        return actions.describe({"street": [row for _line, row in rows]})
    except actions.WrongRow as wrong:
        line, row = rows[wrong.place]
        raise CommandError(f"{file}:{line}: {row.get('name', '')}: {wrong}") from wrong


def _load_map(file: Path, content: bytes) -> dict[str, int]:
    try:
        return maps_actions.draw_map(content, by=None)
    except Refused as refused:
        raise CommandError(f"{file}: {refused}") from refused


def _load_tables(file: Path, content: bytes) -> dict[str, int]:
    try:
        text = content.decode()
        tables = tomllib.loads(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
        raise CommandError(f"{file} is not TOML in UTF-8: {wrong}.") from wrong
    for name, rows in tables.items():
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise CommandError(
                f"{file}: each row begins with its table’s name, as [[department]]; "
                f"“{name}” does not."
            )
    try:
        return actions.describe(tables)
    except Refused as refused:
        raise CommandError(f"{file}: {refused}") from refused
    except actions.WrongRow as wrong:
        raise CommandError(f"{_where(file, text, wrong)}: {wrong}") from wrong


def _where(file: Path, text: str, wrong: actions.WrongRow) -> str:
    """``/etc/viche/city.toml:12: [[theme]] slug = вода``: the file, the line, the row in words."""
    header = re.compile(rf"\s*\[\[\s*[\"']?{wrong.table}[\"']?\s*\]\]")
    lines = [number for number, line in enumerate(text.splitlines(), 1) if header.match(line)]
    line = f":{lines[wrong.place]}" if wrong.place < len(lines) else ""
    key = tables_actions.TABLES[wrong.table][1]
    named = f" {key} = {wrong.row[key]}" if key in wrong.row else f" {wrong.place + 1}"
    return " ".join(f"{file}{line}: [[{wrong.table}]]{named}".split())
