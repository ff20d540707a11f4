"""manage.py grant EMAIL ROLE [--department SLUG] [--scope THING] [--until DAY] [--reason WORDS]"""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import StaffRole, User
from accounts.staff import actions
from city.models import Department
from core.domain.calendar import end_of_day
from core.domain.rules import Refused

#: Of the reason of a role, and of a suspension.
LONGEST_REASON = 500


class Command(BaseCommand):
    help = (
        "Give a person a role: moderator, head, officer or secretary (of a department or of one "
        "thing), administrator, head of the body (body_head) or deputy (body_deputy)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("role", choices=StaffRole.values)
        parser.add_argument("--department", metavar="SLUG")
        parser.add_argument("--scope", default="", help="one thing alone, as in consultation:12")
        parser.add_argument("--until", metavar="YYYY-MM-DD", help="the last day")
        parser.add_argument("--post", default="", help="what letters print", type=words(200))
        parser.add_argument("--post-genitive", default="", type=words(200))
        parser.add_argument("--patronymic", default="", type=words(80))
        parser.add_argument("--reason", default="", type=words(LONGEST_REASON))

    def handle(self, *args: Any, **options: Any) -> None:
        user = person_of(options["email"])
        try:
            actions.grant(
                user,
                by=None,
                role=options["role"],
                department=department_of(options["department"]),
                scope=options["scope"],
                ends_at=_evening_of(options["until"]) if options["until"] else None,
                reason=options["reason"],
                post=options["post"],
                post_genitive=options["post_genitive"],
                patronymic=options["patronymic"],
            )
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{user.email} is now: {options['role']}.")


def words(most: int) -> Callable[[str], str]:
    """The type of an argument that is kept as it is written: of ``most`` letters, not more."""

    def read(text: str) -> str:
        if len(text) > most:
            raise ArgumentTypeError(f"longer than {most} letters")
        return text

    return read


def person_of(email: str) -> User:
    """The person of that address, or CommandError."""
    user = User.objects.of_email(email).first()
    if user is None:
        raise CommandError(f"Nobody has the address {email}.")
    return user


def department_of(slug: str | None) -> Department | None:
    """The department of that slug; CommandError with those that there are."""
    if not slug:
        return None
    try:
        return Department.objects.open().get(slug=slug)
    except Department.DoesNotExist as missing:
        known = ", ".join(Department.objects.open().order_by("slug").values_list("slug", flat=True))
        raise CommandError(f"No department {slug}; there are: {known or 'none'}.") from missing


def _evening_of(text: str) -> datetime:
    try:
        return end_of_day(date.fromisoformat(text))
    except (ValueError, OverflowError) as wrong:
        raise CommandError(f"{text} is no day: write it as 2026-12-31.") from wrong
