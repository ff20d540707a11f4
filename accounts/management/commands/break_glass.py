"""manage.py break_glass EMAIL --reason WORDS [--hours 4]"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.formats import date_format
from django.utils.timezone import localtime

from accounts.management.commands.grant import LONGEST_REASON, person_of, words
from accounts.staff import actions
from core.domain.rules import Refused


class Command(BaseCommand):
    help = (
        "Make somebody administrator for some hours, at most 24, when no administrator can be "
        "reached. All administrators are told by mail, and the desk says so while it lasts."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument(
            "--reason",
            required=True,
            type=words(LONGEST_REASON),
            help="why; all administrators read it",
        )
        parser.add_argument("--hours", type=int, default=4, help="1 to 24, by default 4")

    def handle(self, *args: Any, **options: Any) -> None:
        user = person_of(options["email"])
        try:
            made = actions.break_glass(user, hours=options["hours"], reason=options["reason"])
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        until = date_format(localtime(made.ends_at), "DATETIME_FORMAT")
        self.stdout.write(f"{user.email} is administrator until {until}.")
