"""The demo city itself: departments, themes, districts, people."""

from __future__ import annotations

from decimal import Decimal

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from accounts import allauth_compat
from accounts.models import Grant, User
from city.council.actions import change_council
from city.lists.description import describe
from city.models import Department
from consultations.models import Procedure
from demo import content

#: Of all demo people; the command prints it.
PASSWORD = "rudnohirsk-viche"  # noqa: S105 - of invented people, never where DEMO is off

#: Whom the table of logins names.
SHOWN = [
    *("olena", "bohdan", "firm", "charlie", "mo", "ofi", "zoriana", "ruslan", "larysa"),
    *("kalyna", "nazar", "tamara", "holova"),  # the office, its head, the head of ofi, the mayor
    *("barvinok", "kryvoruchko", "admin"),  # who runs meetings, a deputy
]


_COUNCIL = {
    "name_en": "Rudnohirsk",
    "council_en": "Rudnohirsk City Council",
    "copy_price": Decimal("2.50"),
    "copy_limit": Decimal("6.00"),
    "copy_account": "Рудногірська міська рада, код 00000000, IBAN UA000000000000000000000000000",
}


def email_of(key: str) -> str:
    return f"{key}@viche.example"


def load_city() -> None:
    """Put in what the city is made of."""
    describe(content.table("city.toml"))
    change_council(_COUNCIL, by=None)
    for code, fields in content.table("procedures.toml").items():
        Procedure.objects.create(code=code, **fields)


def load_people() -> dict[str, User]:
    """Put in the demo people, by their keys; all have one password, hashed once."""
    password = make_password(PASSWORD)
    departments = {department.slug: department for department in Department.objects.all()}
    people = {
        key: User(
            email=email_of(key),
            given_name=row["given_name"],
            family_name=row["family_name"],
            public_name_style=row["public_name_style"],
            is_staff="role" in row,
            password=password,
        )
        for key, row in content.table("people.toml").items()
    }
    User.objects.bulk_create(people.values())
    Grant.objects.bulk_create(
        Grant(
            user=people[key],
            role=row["role"],
            department=departments[row["department"]] if "department" in row else None,
            reason=row.get("reason", ""),
        )
        for key, row in content.table("people.toml").items()
        if "role" in row
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True)
        for user in people.values()
    )
    for user in people.values():
        if user.is_staff:  # their codes are read at /dev/codes/: nobody has a phone with these keys
            allauth_compat.activate_app(user, allauth_compat.new_app_secret())
            allauth_compat.activate_recovery_codes(user)
    return people
