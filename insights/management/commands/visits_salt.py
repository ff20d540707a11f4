"""``manage.py visits_salt``: where this machine's salt of visits is, and which one it is."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.domain.calendar import add_months, local_date
from insights.visits import salts


class Command(BaseCommand):
    help = (
        "Print the file of this month's salt of visits and its digest; make it if there is none."
        " Copy the file to every machine: where the digests are the same, visitors count once."
        " The salt itself is never printed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--next", action="store_true", help="that of the next month, to hand it over in time"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        month = salts.first_of_month(local_date(timezone.now()))
        if options["next"]:
            month = add_months(month, 1)
        try:
            salt = salts.load_salt(month)
        except (OSError, ValueError) as wrong:
            raise CommandError(str(wrong)) from wrong
        self.stdout.write(f"{salts.path_of(month)} {salt.digest}")
