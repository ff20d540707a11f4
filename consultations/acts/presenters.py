"""Presenter of an act: a decision that adopted it, and whether it was published in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.urls import reverse

from consultations.decisions.models import Decision, Votes
from core.domain.calendar import WorkCalendar, local_date

if TYPE_CHECKING:
    from typing import TypedDict

    from django_stubs_ext import WithAnnotations

    class PublishedFacts(TypedDict):
        """When the act was published here."""

        published_at: datetime

    type ActRow = WithAnnotations[Decision, PublishedFacts]

#: Working days within which an adopted act is published (law 2939-VI art. 15(2)).
WORKING_DAYS = 5


@dataclass(frozen=True, slots=True)
class ShownAct:
    """An adopted act with the terms of its publication."""

    decision: ActRow
    calendar: WorkCalendar

    @property
    def title(self) -> str:
        """The title of the draft or question that was consulted on."""
        return self.decision.consultation.title

    @property
    def number(self) -> str:
        return self.decision.number

    @property
    def counted_from(self) -> date:
        """The day of the signature; where nobody entered it, that of the decision."""
        return self.decision.signed_on or self.decision.decided_on

    @property
    def due_on(self) -> date:
        """The last day on which it is published in time."""
        return self.calendar.add_working_days(self.counted_from, WORKING_DAYS)

    @property
    def published_at(self) -> datetime:
        return self.decision.published_at

    @property
    def is_in_time(self) -> bool:
        return local_date(self.published_at) <= self.due_on

    @property
    def votes(self) -> Votes | None:
        return self.decision.votes

    def get_absolute_url(self) -> str:
        return reverse("acts:act", args=[self.decision.pk])
