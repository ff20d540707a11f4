"""The demo city's council: its deputies and bodies, and who of them has an account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from accounts import allauth_compat
from accounts.models import Grant, User
from city.models import Department
from demo import city, meetings_special
from meetings.models import Body, Deputy, Faction, Seat


def load_council(described: Mapping[str, Any], people: Mapping[str, User]) -> Body:
    """The council, a committee, the factions and their deputies, and the head of the city."""
    about = described["council"]
    since = about["since"]
    council = Body.objects.create(
        name=about["name"],
        name_en=about["name_en"],
        kind=Body.Kind.COUNCIL,
        membership=about["membership"],
    )
    deputies = []
    for row in described["faction"]:
        faction = (
            Faction.objects.create(name=row["name"], name_en=row["name_en"])
            if row["name"]
            else None
        )
        for written in row["deputies"]:
            name, _star, key = written.partition("*")
            deputies.append(
                Deputy.objects.create(name=name, faction=faction, since=since, user=people.get(key))
            )
    head = Deputy.objects.create(name=about["head"], since=since)
    Seat.objects.bulk_create(
        [
            *(
                Seat(body=council, deputy=each, since=since, number=number)
                for number, each in enumerate(deputies, 1)
            ),
            Seat(
                body=council,
                deputy=head,
                since=since,
                is_head=True,
                is_chair=True,
                number=len(deputies) + 1,
            ),
        ]
    )
    meetings_special.allow_videoconference(council, about["video"], by=people["admin"])
    row = described["committee"]
    members = [deputies[number - 1] for number in row["members"]]
    committee = Body.objects.create(
        name=row["name"],
        name_en=row["name_en"],
        kind=Body.Kind.COMMITTEE,
        membership=len(members),
    )
    for place, deputy in enumerate(members):
        Seat.objects.create(body=committee, deputy=deputy, since=since, is_chair=place == 0)
    return council


def deputies_of(council: Body) -> list[Deputy]:
    """The deputies by their numbers in meetings.toml, less one; the head of the city last."""
    return list(Deputy.objects.filter(seats__body=council).order_by("pk"))


def load_people(rows: Mapping[str, Mapping[str, Any]]) -> dict[str, User]:
    """The secretary, and a deputy who has an account."""
    departments = {department.slug: department for department in Department.objects.all()}
    password = make_password(city.PASSWORD)
    made = {}
    for key, row in rows.items():
        names = ("given_name", "family_name", "public_name_style")
        user = User.objects.create(
            email=city.email_of(key),
            is_staff="role" in row,
            password=password,
            **{name: row[name] for name in names},
        )
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        if "role" in row:
            Grant.objects.create(
                user=user, role=row["role"], department=departments[row["department"]]
            )
            allauth_compat.activate_app(user, allauth_compat.new_app_secret())
            allauth_compat.activate_recovery_codes(user)
        made[key] = user
    return made
