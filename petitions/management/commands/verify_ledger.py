"""``manage.py verify_ledger [petition …]``: whether the public ledgers hold, line by line."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from petitions.ledger.checking import faults
from petitions.models import Day, Entry, Hour, Petition


class Command(BaseCommand):
    help = (
        "Checks the chain and the sums of every petition's ledger against the signatures and the "
        "heads of the days and the hours. One line per fault; exit code 1 when there is any."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("petition", nargs="*", type=int, help="these petitions alone, by id")

    def handle(self, *args: Any, **options: Any) -> None:
        known = Petition.objects.in_bulk(options["petition"]) if options["petition"] else {}
        if missing := [str(one) for one in options["petition"] if one not in known]:
            raise CommandError(f"There is no petition {', '.join(missing)}.")
        number = 0
        for petition in options["petition"] or [None]:
            for fault in faults(petition):
                self.stdout.write(fault)
                number += 1
        if number:
            self.stderr.write(f"{number} faults")
            sys.exit(1)
        if options["petition"]:
            self.stdout.write(f"Ledgers that hold: {len(known)}.")
        else:
            lines, days, hours = (each.objects.count() for each in (Entry, Day, Hour))
            self.stdout.write(f"{lines} lines, {days} days and {hours} hours hold")
