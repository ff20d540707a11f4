"""Queries of the pages of residences: one's own, and the office's."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Count, Q

from accounts.models import CheckList, LetterRun, Residence, ResidenceLetter, User
from accounts.paper import codes
from accounts.people.fields import to_international
from core.domain import clock

#: How many people one exact search may show: a telephone that several share.
MOST_FOUND = 20


def current(user: User) -> Residence | None:
    """The person's place of residence with its district; one query."""
    return Residence.objects.current().filter(user=user).select_related("district").first()


def mine(user: User) -> dict[str, Any]:
    """Context of the person's own page: four queries.

    ``state``: none, declared, checked, soon (runs out within the time of the reminder), expired.
    """
    now = clock.now()
    residences = list(
        Residence.objects.filter(user=user).select_related("district").order_by("-pk")[:20]
    )
    residence = next((each for each in residences if each.ended_at is None), None)
    letter = residence and residence.letters.open().first()
    return {
        "residence": residence,
        "state": state_of(residence, now=now),
        "letter": letter,
        "letter_works": bool(
            letter
            and letter.expires_at
            and letter.expires_at > now
            and letter.tries < letter.MOST_TRIES
        ),
        "before": [each for each in residences if each.ended_at],
    }


def state_of(residence: Residence | None, *, now: datetime) -> str:
    """One of none, declared, checked, soon, expired."""
    if residence is None:
        return "none"
    if residence.expires_at is None:
        return "declared"
    if residence.expires_at <= now:
        return "expired"
    soon = now + timedelta(days=settings.RESIDENCE_REMIND_DAYS)
    return "soon" if residence.expires_at <= soon else "checked"


def find(text: str) -> list[User]:
    """Users whose verified e-mail, telephone or account number is exactly ``text``. An e-mail that
    somebody named without proving it finds nobody.

    There is no search by name: an office helps who stands before it, it does not leaf through
    people.
    """
    text = text.strip()
    if "@" in text:
        return list(User.objects.of_email(text)[:1])
    where = Q(pk=None)
    digits = codes.digits_of(text)
    if len(digits) == 8:
        where |= Q(paper_account__number=digits)
    with suppress(ValidationError):
        where |= Q(phone=to_international(text))
    return list(User.objects.filter(where, erased_at=None).order_by("pk")[:MOST_FOUND])


def person(pk: int) -> User | None:
    """A person as the office sees them, with their account number; one query."""
    return User.objects.filter(pk=pk, erased_at=None).select_related("paper_account").first()


def letter_runs_with_unused(*, by_days: int = 60) -> list[LetterRun]:
    """The latest printings that hold letters nobody has used, with their number as ``unused``."""
    unused = Count("letters", Q(letters__used_at=None, letters__void_at=None))
    since = clock.now() - timedelta(days=by_days)
    return list(
        LetterRun.objects.filter(at__gt=since)
        .annotate(unused=unused)
        .filter(unused__gt=0)
        .select_related("by")
        .order_by("-pk")[:30]
    )


def waiting_letters() -> int:
    """Number of letters that wait to be printed."""
    return ResidenceLetter.objects.waiting().exclude(residence__address="").count()


def waiting_lists_count() -> int:
    """Number of lists that wait for a second officer."""
    return CheckList.objects.waiting().count()


def waiting_lists() -> list[CheckList]:
    """Lists that wait for a second officer, the oldest first, with their number of people."""
    return list(
        CheckList.objects.waiting()
        .annotate(people=Count("rows"))
        .select_related("by")
        .order_by("pk")[:50]
    )
