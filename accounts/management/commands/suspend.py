"""manage.py suspend EMAIL --by EMAIL (--reason WORDS | --end)"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.management.commands.grant import LONGEST_REASON, words
from accounts.models import User
from accounts.people import actions
from core.domain.rules import Refused


class Command(BaseCommand):
    help = (
        "Stop somebody from acting and sign them out everywhere, or let them act again (--end). "
        "They are told by mail, with the reason; what they wrote stays."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--by", required=True, metavar="EMAIL", help="who decided")
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--reason", type=words(LONGEST_REASON), help="why; the person reads it")
        what.add_argument("--end", action="store_true", help="let them act again")

    def handle(self, *args: Any, **options: Any) -> None:
        user, by = _person(options["email"]), _person(options["by"])
        try:
            if options["end"]:
                actions.reinstate(user, by=by)
            else:
                actions.suspend(user, by=by, reason=options["reason"])
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        state = "may act again" if options["end"] else "is suspended"
        self.stdout.write(f"{user.email} {state}.")


def _person(email: str) -> User:
    user = User.objects.by_email(email).first()
    if user is None:
        raise CommandError(f"Nobody has the address {email}.")
    return user
