"""manage.py reset_second_factors EMAIL"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from accounts.security import actions


class Command(BaseCommand):
    help = (
        "Take all second factors from somebody who has lost them, and sign them out everywhere: "
        "for when no other administrator can. Be sure who asks (docs/security.md). They are told "
        "by mail."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.by_email(options["email"]).first()
        if user is None:
            raise CommandError(f"Nobody has the address {options['email']}.")
        actions.reset_factors(user, by=None)
        self.stdout.write(f"{user.email} has no second factor any more.")
