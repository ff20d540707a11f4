"""``manage.py hold_repeated_signatures [--dry-run]``: one mailbox, one signature, afterwards."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from petitions.defence.mailboxes import hold_back_repeated


class Command(BaseCommand):
    help = (
        "Finds signatures that one mailbox gave more than once, under spellings of its address "
        "that mail does not tell apart, and lets all but the first wait for a moderator's check. "
        "Each petition's public ledger says so. Run it once after the upgrade; again it finds "
        "nothing new."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say how many there are")

    def handle(self, *args: Any, **options: Any) -> None:
        found = hold_back_repeated(is_rehearsal=options["dry_run"])
        done = "To be held back" if options["dry_run"] else "Held back for a check"
        self.stdout.write(f"{done}: {found.held} signatures on {found.petitions} petitions.")
        self.stdout.write(f"Left, since the numbers of their petitions are final: {found.final}.")
        self.stdout.write(f"Not judged, since their address is erased: {found.erased}.")
