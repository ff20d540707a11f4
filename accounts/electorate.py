"""Queries for all who may take part: eligibility.meets, asked of the database.

Lists of voters are written down from it at one moment; a test compares it with ``meets`` for any
people and any requirement.
"""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet

from accounts.eligibility import CHECKED, UNKNOWN, Requirement
from accounts.models import Level, User
from core.domain.clock import Now


def electors(requirement: Requirement) -> QuerySet[Any]:
    """Active people who meet the requirement now, with ``home_district`` and ``known_age``.

    ``home_district``: id of the district where they live, as far as they or somebody said so;
    ``known_age``: 14, 16, 18 or None. Organisations are not people: ``requirement.organisation``
    has to be asked of the mandates.
    """
    sure = Q(checked__level__isnull=False) & (
        Q(checked__expires_at=None) | Q(checked__expires_at__gt=Now())
    )
    # Whoever never confirmed their address has never signed in.
    unconfirmed = EmailAddress.objects.filter(user=OuterRef("pk"), primary=True, verified=False)
    people = User.objects.filter(~Exists(unconfirmed), is_active=True).annotate(
        checked=FilteredRelation("verifications", condition=Q(verifications__ended_at=None)),
        home=FilteredRelation("residences", condition=Q(residences__ended_at=None)),
        home_district=F("home__district"),
        known_age=F("checked__age_over"),
    )
    if requirement.level > Level.LOW:
        people = people.filter(sure, checked__level__gte=requirement.level)
    if requirement.age_over is not None:
        people = people.filter(sure, checked__age_over__gte=requirement.age_over)
    if requirement.residence == CHECKED:
        people = people.filter(home__expires_at__gt=Now())
    elif requirement.residence != UNKNOWN:
        people = people.filter(home__district__isnull=False)
    if requirement.district_id is not None:
        people = people.filter(home__district=requirement.district_id)
    return people
