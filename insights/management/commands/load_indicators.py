"""manage.py load_indicators FILE"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from core.export.csv import NotATable
from insights.indicators import actions, loading


class Command(BaseCommand):
    help = (
        "Bring past figures of indicators from a CSV file with the columns indicator, period, "
        "value, kind (fact, expectation, forecast) and note (docs/insights.md). Nothing is stored "
        "if a line is wrong; run again, it changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            content = file.read_bytes()
        except OSError as wrong:
            raise CommandError(f"Cannot read {file}: {wrong.strerror}.") from wrong
        try:
            counts = actions.import_values(loading.read(content))
        except loading.WrongLine as wrong:
            raise CommandError(f"{file}:{wrong.line}: {wrong}") from wrong
        except NotATable as wrong:
            raise CommandError(f"{file}: {wrong}") from wrong
        self.stdout.write(_("New: %(new)s, changed: %(changed)s, as they were: %(same)s.") % counts)
