"""manage.py create_person EMAIL "GIVEN NAME" "FAMILY NAME" [--role ROLE] [--department SLUG]"""

from __future__ import annotations

from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.management.commands.grant import department_of, words
from accounts.models import StaffRole
from accounts.people import actions
from accounts.people.fields import clean_name
from core.domain.rules import Refused

LONGEST_NAME = 80


class Command(BaseCommand):
    help = (
        "Create a person whose address is known to be theirs: the first administrator, staff. "
        "Without --password they sign in by a code from their mail."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("given_name", type=words(LONGEST_NAME))
        parser.add_argument("family_name", type=words(LONGEST_NAME))
        parser.add_argument("--role", choices=StaffRole.values, default="")
        parser.add_argument("--department", metavar="SLUG")
        parser.add_argument("--password", action="store_true", help="ask for a password")

    def handle(self, *args: Any, **options: Any) -> None:
        # Asked for, never an argument: arguments stand in the shell's history.
        password = getpass("Password: ") if options["password"] else None
        try:
            if password is not None:
                validate_password(password)
            person = actions.create_person(
                options["email"],
                given_name=clean_name(options["given_name"]),
                family_name=clean_name(options["family_name"]),
                password=password,
                role=options["role"],
                department=department_of(options["department"]),
            )
        except ValidationError as wrong:
            raise CommandError(" ".join(wrong.messages)) from wrong
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(
            f"{person.email}: {person.get_full_name()}, {options['role'] or 'resident'}."
        )
