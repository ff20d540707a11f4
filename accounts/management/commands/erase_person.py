"""manage.py erase_person EMAIL|NUMBER [--yes]"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.data import actions
from accounts.models import User
from core.domain.rules import Refused


class Command(BaseCommand):
    help = (
        "Erase a person's account on their written request, as they could on the page of their "
        "data: at once and for good. Their words in the records of consultations stay, as of a "
        "deleted user."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "person", help="their e-mail, or their number in the trace of actions (user_id)"
        )
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, **options: Any) -> None:
        who = options["person"]
        is_number = who.isascii() and who.isdigit()
        users = User.objects
        user = (users.filter(pk=int(who)) if is_number else users.by_email(who)).first()
        if user is None:
            raise CommandError("There is no such person.")
        if (
            not options["yes"]
            and _answer(f"Erase {user.email or who} for good? Type yes: ") != "yes"
        ):
            raise CommandError("Nothing was erased.")
        try:
            actions.erase(user, by=None)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write("Erased.")


def _answer(question: str) -> str:
    """Read an answer from the terminal; "" without one."""
    try:
        return input(question)
    except EOFError:
        return ""
