"""`manage.py fill_records`: make the rows of the register of documents anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from records.documents.filling import fill
from records.models import Document


class Command(BaseCommand):
    help = "Enters all public documents into the register. Run again, it changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="do nothing where sources have filled it already"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"] and Document.objects.exclude(origin="").exists():
            return
        written = fill()
        if options["verbosity"]:
            self.stdout.write(f"{written} documents of the register were written or deleted.")
