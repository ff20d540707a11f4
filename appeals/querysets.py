"""The queryset of appeals. Views of the desk start from ``worked_on_by``; applicants come to their
own by appeals.filing.access, and nobody else reads an appeal (393/96-ВР art. 10)."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Exists, Func, OuterRef, Q

from accounts.staff.models import OF_DEPARTMENTS
from city.models import Department
from core.db.search import ALIKE, clean, query, similar
from core.domain.clock import Now

if TYPE_CHECKING:
    from accounts.models import User
    from appeals.models import Appeal

#: What the scopes of grants for one appeal begin with.
KIND = "appeal"
#: The order of the desk, for core.db.paging: urgent requests first, then privileged applicants,
#: then by when they are due.
DESK_ORDER = ("precedence", "due_at", "id")
#: The order of the register, the newest first.
REGISTER_ORDER = ("-registered_on", "-number", "-id")

#: «12-27.11.2026», «12 від 27.11.2026», «№ 12/27.11.2026»; the number alone.
_NUMBER = re.compile(r"(?:№\s*)?(\d{1,9})(?:\s*(?:-|–|/|від|of|)\s*(\d{1,2})\.(\d{1,2})\.(\d{4}))?")
#: «125/вих-2026», as it stands on a letter of ours that somebody refers to.
_OUTGOING = re.compile(r"(?:№\s*)?(\d{1,9})\s*/\s*вих\s*[-–]\s*(\d{4})", re.IGNORECASE)
_LARGEST_NUMBER = 2**31 - 1


class _Said(Func):
    """Words of an appeal, without its sender."""

    template = "ts_filter(%(expressions)s, '{a,b}')"
    output_field = SearchVectorField()


class AppealQuerySet[Row: Appeal](models.QuerySet[Row]):
    def worked_on_by(self, user: User | Any) -> Self:
        """Appeals on which a member of staff works: the office everything, heads, officers and
        secretaries what their department executes, the head of the body and deputies what they
        were asked to decide about, administrators everything; but nothing of theirs or about
        them."""
        if not getattr(user, "grants_in_force", ()):
            return self.none()
        return self.filter(_worked_on_by(user))

    def open(self) -> Self:
        """Those to which the council owes an answer."""
        return self.filter(closed_at=None)

    def waiting(self) -> Self:
        """Those that the office has not checked yet."""
        return self.open().filter(accepted_at=None)

    def in_work(self) -> Self:
        """Those that a department considers now, for the first or the second time."""
        return self.open().filter(accepted_at__isnull=False)

    def late(self) -> Self:
        """Those to which the council owes an answer, and is late with it now."""
        return self.open().filter(due_at__lte=Now())

    def numbered(self, text: str) -> Self:
        """By the number as people write it; without a day, of every day."""
        found = read_number(text)
        if found is None:
            return self.none()
        number, day = found
        return self.filter(number=number, **({"registered_on": day} if day else {}))

    def of_number(self, text: str) -> Self | None:
        """Those of the registration number, ours or that of a letter, that the text is; None: it is
        none."""
        if read_number(text) is not None:
            return self.numbered(text)
        if outgoing := _OUTGOING.fullmatch(text):
            return self.filter(outgoing__number=int(outgoing[1]), outgoing__year=int(outgoing[2]))
        return None

    def said(self, text: str) -> Self:
        """By number, or by words of its subject and text: never by who sent it (weight C)."""
        text = clean(text)
        numbered = self.of_number(text)
        if numbered is not None:
            return numbered
        asked = query(text)
        if asked.is_empty:
            return self.none()
        return self.filter(search=asked).alias(said=_Said("search")).filter(said=asked)

    def search(self, text: str, *, forgiving: bool = False) -> Self:
        """By number, by the applicant's name, or by words of the text, each by an index of its own.

        ``forgiving``: names and words that were misspelt too, for when nothing was found; it reads
        every name (25 µs each).
        """
        text = clean(text)
        if not text:
            return self
        numbered = self.of_number(text)
        if numbered is not None:
            return numbered
        asked = query(text, forgiving=forgiving)
        found = Q(name__trigram_word_similar=text)
        if not asked.is_empty:
            found |= Q(search=asked)
        if not forgiving:
            return self.filter(found)
        return self.alias(likeness=similar("name", text)).filter(found | Q(likeness__gte=ALIKE))


def read_number(text: str) -> tuple[int, date | None] | None:
    """The number and, where it is said, the day of a registration number that somebody typed."""
    match = _NUMBER.fullmatch(clean(text))
    if match is None or not 1 <= int(match[1]) <= _LARGEST_NUMBER:
        return None
    if match[2] is None:
        return int(match[1]), None
    try:
        return int(match[1]), date(int(match[4]), int(match[3]), int(match[2]))
    except ValueError:
        return None


def _worked_on_by(user: User) -> Q:
    """Condition for appeals of staff: one given a single appeal works on that one; nobody on their
    own, nor on a complaint about them, for whom they stand in or a department of theirs
    (rules.roles says the same).
    """
    departments = user.department_ids
    office = Department.objects.filter(pk__in=departments, registers_appeals=True)
    executors = apps.get_model("appeals", "Executor")  # the models stand on this module
    given = executors._default_manager.filter(appeal=OuterRef("pk"), department__in=departments)
    reach = Q(Exists(office)) | Q(Exists(given)) | Q(pk__in=user.things_as(KIND, *OF_DEPARTMENTS))
    if user.leads_body():
        reach |= Q(decision_asked_at__isnull=False)
    if user.is_administrator:
        reach = Q(pk__isnull=False)  # not Q(), which «or» would leave out
    return (
        reach
        & (Q(author=None) | ~Q(author=user.pk))
        & (Q(about_person=None) | ~Q(about_person__in=user.acts_for))
        & (Q(about_department=None) | ~Q(about_department__in=user.belongs_to))
    )
