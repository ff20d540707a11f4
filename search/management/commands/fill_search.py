"""`manage.py fill_search`: make the index of the search anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from search.entries import fill, fill_site_pages
from search.models import Entry
from search.sources import SITE


class Command(BaseCommand):
    help = "Enters all that is public into the index of the search. Run again, it changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--once",
            action="store_true",
            help="enter the site's own pages alone where the index is filled already",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        is_filled = options["once"] and Entry.objects.exclude(kind=SITE).exists()
        written = fill_site_pages() if is_filled else fill()
        if options["verbosity"]:
            self.stdout.write(f"{written} entries of the search were written or deleted.")
