"""manage.py load_categories FILE"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from appeals.register.classifier import import_categories, read_categories
from core.domain.rules import Refused
from core.export.csv import NotATable

#: A larger file is no classifier.
_MOST_BYTES = 5 * 2**20


class Command(BaseCommand):
    help = (
        "Import the classifier of appeals (КМУ 858/2008) from a CSV file with the columns code and "
        "name and, if you like, name_en; run again, it corrects names, and closes what the file "
        "has no more."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            with file.open("rb") as opened:
                content = opened.read(_MOST_BYTES + 1)
        except OSError as wrong:
            raise CommandError(f"Cannot read {file}: {wrong.strerror}.") from wrong
        if len(content) > _MOST_BYTES:
            raise CommandError(f"{file} is larger than 5 MB: this is no classifier.")
        try:
            done = import_categories(read_categories(content))
        except (NotATable, Refused) as wrong:
            raise CommandError(f"{file}: {wrong}") from wrong
        self.stdout.write(
            f"added: {done.added}, renamed: {done.renamed}, offered again: {done.reopened}, "
            f"closed: {done.closed}."
        )
