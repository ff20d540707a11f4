"""manage.py revoke EMAIL [ROLE] [--department SLUG] [--scope THING] [--reason WORDS]"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.management.commands.grant import LONGEST_REASON, department_of, person_of, words
from accounts.models import Grant, StaffRole
from accounts.staff import actions
from core.domain.actions import action
from core.domain.rules import Refused


class Command(BaseCommand):
    help = "Take roles back from a person: all of them, or those that are named."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("role", nargs="?", choices=StaffRole.values)
        parser.add_argument("--department", metavar="SLUG")
        parser.add_argument("--scope")
        parser.add_argument("--reason", default="", type=words(LONGEST_REASON))

    def handle(self, *args: Any, **options: Any) -> None:
        user = person_of(options["email"])
        held = Grant.objects.unended().filter(user=user).select_related("user")
        if options["role"]:
            held = held.filter(role=options["role"])
        if department := department_of(options["department"]):
            held = held.filter(department=department)
        if options["scope"] is not None:
            held = held.filter(scope=options["scope"])
        if not held:
            raise CommandError(f"{user.email} holds no such role.")
        try:
            with action():
                for grant in held:
                    actions.revoke(grant, by=None, reason=options["reason"])
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{user.email}: revoked {', '.join(grant.role for grant in held)}.")
