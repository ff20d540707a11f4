"""`manage.py fill_search`: make the index of the search anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from search.entries import fill
from search.models import Entry


class Command(BaseCommand):
    help = "Enters all that is public into the index of the search. Run again, it changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="do nothing where the index has entries already"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"] and Entry.objects.exists():
            return
        written = fill()
        if options["verbosity"]:
            self.stdout.write(f"{written} entries of the search were written or deleted.")
