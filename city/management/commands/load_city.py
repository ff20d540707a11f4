"""manage.py load_city FILE"""

from __future__ import annotations

import tomllib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from city import actions
from core.rules import Refused


class Command(BaseCommand):
    help = (
        "Put in the council's departments, themes, districts, ages and periods of martial law from "
        "a TOML file (deploy/city.example.toml); run again, it corrects them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            tables = tomllib.loads(options["file"].read_text(encoding="utf-8"))
        except OSError as wrong:
            raise CommandError(f"Cannot read {options['file']}: {wrong.strerror}.") from wrong
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
            raise CommandError(f"{options['file']} is not TOML in UTF-8: {wrong}.") from wrong
        if not all(
            isinstance(rows, list) and all(isinstance(row, dict) for row in rows)
            for rows in tables.values()
        ):
            raise CommandError("Each row begins with its table’s name, as [[department]].")
        try:
            counted = actions.describe(tables)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        except ValidationError as wrong:
            raise CommandError(" ".join(wrong.messages)) from wrong
        self.stdout.write(", ".join(f"{name}: {count}" for name, count in counted.items()) + ".")
