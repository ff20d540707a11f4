"""``manage.py verify_bundle FILE``: whether a bundle of evidence is whole; no database is asked."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from consultations.evidence.verifier.verify import add_options, verify


class Command(BaseCommand):
    help = (
        "Verifies a bundle of evidence, as verify.py does: files, chain, rows of record, things and"
        " dates. One line per fault, which names the place; exit code 1 when there is any."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the ZIP that was downloaded")
        add_options(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = verify(options["file"], manifest=options["manifest"], heads=options["head"])
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from None
        for line in found.lines(options["lang"]):
            self.stdout.write(line)
        if found.total:
            sys.exit(1)
