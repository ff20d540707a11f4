"""Querysets of meetings; every view starts from ``visible_to`` or ``published``."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from accounts.staff.models import OF_DEPARTMENTS
from core.domain.clock import Now

if TYPE_CHECKING:
    from accounts.models import User
    from meetings.models import Body, Deputy, Display, Meeting, Question, Registration, Seat

#: What the scopes of grants for one meeting begin with.
KIND = "meeting"


class MeetingQuerySet[Row: Meeting](models.QuerySet[Row]):
    def published(self) -> Self:
        """Public meetings, in whatever state they are now."""
        return self.filter(published_at__lte=Now())

    def visible_to(self, user: User | Any) -> Self:
        """Published ones; those who run a meeting also see it while it is prepared."""
        if not getattr(user, "is_authenticated", False) or not getattr(user, "grants_in_force", ()):
            return self.published()
        return self.filter(Q(published_at__lte=Now()) | _run_by(user))

    def run_by(self, user: User | Any) -> Self:
        """Those that this person plans and runs: of their departments, or theirs alone;
        administrators all."""
        if not getattr(user, "grants_in_force", ()):
            return self.none()
        return self.filter(_run_by(user))

    def coming(self) -> Self:
        """Announced or going on, the next first."""
        return (
            self.published().filter(closed_at=None, cancelled_at=None).order_by("begins_at", "pk")
        )

    def running(self) -> Self:
        """Going on now."""
        return self.published().filter(opened_at__isnull=False, closed_at=None)

    def past(self) -> Self:
        """Over or cancelled, the newest first."""
        over = Q(closed_at__isnull=False) | Q(cancelled_at__isnull=False)
        return self.published().filter(over).order_by("-begins_at", "-pk")


class BodyQuerySet[Row: Body](models.QuerySet[Row]):
    def open(self) -> Self:
        """Those that still meet."""
        return self.filter(closed_at=None)


class SeatQuerySet[Row: Seat](models.QuerySet[Row]):
    def on(self, day: date) -> Self:
        """The seats that are taken on a day (in Kyiv)."""
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


class DeputyQuerySet[Row: Deputy](models.QuerySet[Row]):
    def on(self, day: date) -> Self:
        """Those who have their powers on a day (in Kyiv)."""
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)

    def of(self, body_id: int, day: date) -> Self:
        """The members of a body on a day (in Kyiv)."""
        return self.filter(
            Q(seats__until=None) | Q(seats__until__gte=day),
            seats__body=body_id,
            seats__since__lte=day,
        )


class QuestionQuerySet[Row: Question](models.QuerySet[Row]):
    def public(self) -> Self:
        """Public questions: checked, and not merged into another."""
        return self.filter(state__in=self.model.PUBLIC)

    def unanswered(self) -> Self:
        """Those that nobody answered at their meeting, which is over, nor promised to answer; one
        that was merged into another when that one was not answered."""
        waits = ("waiting", "shown")
        open_ = Q(state__in=waits) | Q(state="merged", merged_into__state__in=waits)
        return self.filter(open_, meeting__closed_at__isnull=False).exclude(text="")

    def promised(self) -> Self:
        """Those that will be answered in writing."""
        return self.filter(state="later")


class DisplayQuerySet[Row: Display](models.QuerySet[Row]):
    def paired(self) -> Self:
        """Those that a screen shows, by their numbers."""
        return self.filter(unpaired_at=None).order_by("number")


class RegistrationQuerySet[Row: Registration](models.QuerySet[Row]):
    def active(self) -> Self:
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at=None)

    def seated(self) -> Self:
        """For whom a place in the hall is kept."""
        return self.active().filter(seated_at__isnull=False)

    def waiting(self) -> Self:
        """Registrations that wait for a place in the hall, in the order in which they get it."""
        waiting = self.active().filter(attendance=self.model.Attendance.HALL, seated_at=None)
        return waiting.order_by("at", "pk")


def _run_by(user: User) -> Q:
    if user.is_administrator:
        return Q()
    return Q(department_id__in=user.department_ids) | Q(
        pk__in=user.things_as(KIND, *OF_DEPARTMENTS)
    )
