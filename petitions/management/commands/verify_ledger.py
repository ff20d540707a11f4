"""``manage.py verify_ledger [petition …]``: whether the public ledgers hold, line by line."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from petitions.ledger.checking import faults
from petitions.models import Day, Entry


class Command(BaseCommand):
    help = (
        "Checks the chain and the sums of every petition's ledger against the signatures and the "
        "heads of the days. One line per fault; exit code 1 when there is any."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("petition", nargs="*", type=int, help="these petitions alone, by id")

    def handle(self, *args: Any, **options: Any) -> None:
        number = 0
        for petition in options["petition"] or [None]:
            for fault in faults(petition):
                self.stdout.write(fault)
                number += 1
        if number:
            self.stderr.write(f"{number} faults")
            sys.exit(1)
        if not options["petition"]:
            lines, days = Entry.objects.count(), Day.objects.count()
            self.stdout.write(f"{lines} lines and {days} days hold")
