"""`manage.py loadtest_data`: thousands of remarks, a million signatures, hundreds of thousands of
ballots, a hundred thousand appeals, to measure with."""

from __future__ import annotations

import argparse
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction
from django.utils.translation import gettext as _

from demo.scale import Scale
from demo.scale_appeals import ScaleOfAppeals
from demo.scale_petitions import ScaleOfPetitions
from demo.scale_polls import ScaleOfPolls


class Command(BaseCommand):
    help = (
        "Writes consultations with many plausible remarks, answers and reactions, petitions with "
        "many signatures, two ranked polls with many ballots, or appeals, for measuring. Prints a "
        "line for "
        "each consultation: its id and how many remarks, answers and reactions it holds; for "
        "petitions one line: the id of the most signed, how many petitions and signatures; for "
        "polls one: the ids of the open and the secret poll, how many ballots each holds; "
        "for appeals one: the id of the newest, how many."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--remarks", type=_count, default=5000, help="remarks in each (default 5000)"
        )
        parser.add_argument(
            "--consultations",
            type=_count,
            help="how many consultations (default 1, or none where something else is asked for)",
        )
        parser.add_argument("--petitions", type=_count, default=0, help="how many petitions")
        parser.add_argument(
            "--signatures", type=_count, default=0, help="how many signatures over all petitions"
        )
        parser.add_argument(
            "--ballots",
            type=_count,
            default=0,
            help="ballots of twelve options in order, so many in an open and in a secret poll",
        )

        parser.add_argument("--appeals", type=_count, default=0, help="how many appeals")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(_("Data for measuring are written only where DEMO or DEBUG is set."))
        consultations = options["consultations"]
        if consultations is None:
            others = ("petitions", "ballots", "appeals")
            consultations = 0 if any(options[name] for name in others) else 1
        with transaction.atomic():
            scale = Scale()
            for _number in range(consultations):
                made = scale.consultation(options["remarks"])
                self.stdout.write(
                    f"consultation {made.consultation.pk} remarks {made.remarks}"
                    f" answers {made.answers} reactions {made.reactions}"
                )
            if options["petitions"]:
                signed = ScaleOfPetitions(scale.people).make(
                    options["petitions"], options["signatures"]
                )
                self.stdout.write(
                    f"petition {signed.ids[0]} petitions {len(signed.ids)}"
                    f" signatures {signed.signatures}"
                )
            if options["ballots"]:
                polls = ScaleOfPolls(scale).make(options["ballots"])
                self.stdout.write(
                    f"poll {polls.open.pk} secret {polls.secret.pk} ballots {polls.ballots}"
                )
            if options["appeals"]:
                filed = ScaleOfAppeals(scale.people, scale.officer).make(options["appeals"])
                self.stdout.write(f"appeal {filed.newest} appeals {filed.number}")
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # what is measured next is planned for these amounts


def _count(text: str) -> int:
    """A whole number from 0 to a million, for argparse."""
    if not text.isascii() or not text.isdigit() or int(text) > 1_000_000:
        raise argparse.ArgumentTypeError(f"{text} is not a number from 0 to 1000000")
    return int(text)
