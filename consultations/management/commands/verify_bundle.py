"""``manage.py verify_bundle FILE``: whether a bundle of evidence is whole; no database is asked."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from consultations.evidence.verifying import describe, verify


class Command(BaseCommand):
    help = (
        "Checks a bundle of evidence: its files against the manifest, the words and entries against"
        " the chain. One line per fault, which names the file; exit code 1 when there is any."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the ZIP that was downloaded at the desk")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = verify(options["file"])
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from None
        for fault in found.faults:
            self.stdout.write(fault)
        if found.faults:
            sys.exit(1)
        self.stdout.write(describe(found))
