"""manage.py set_role EMAIL ROLE [--department SLUG]"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import actions
from accounts.models import Role, User
from city.models import Department
from core.rules import Refused


class Command(BaseCommand):
    help = "Give a person a role: resident, moderator, officer (of a department), administrator."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("role", choices=Role.values)
        parser.add_argument("--department", metavar="SLUG")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"]).first()
        if user is None:
            raise CommandError(f"Nobody has the address {options['email']}.")
        try:
            actions.set_role(
                user,
                by=None,
                role=options["role"],
                department=department_of(options["department"]),
            )
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{user.email} is now: {options['role']}.")


def department_of(slug: str | None) -> Department | None:
    """The department of that slug; CommandError with those that there are."""
    if not slug:
        return None
    try:
        return Department.objects.get(slug=slug)
    except Department.DoesNotExist as missing:
        known = ", ".join(Department.objects.order_by("slug").values_list("slug", flat=True))
        raise CommandError(f"No department {slug}; there are: {known or 'none'}.") from missing
