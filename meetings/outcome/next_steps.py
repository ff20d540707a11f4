"""Next steps after an item that was considered: links for staff at the desk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.decisions.rules import work_on as may_decide
from meetings.models import Item, Kind, Meeting
from meetings.outcome import rules
from petitions.rules import review as may_review

if TYPE_CHECKING:
    from accounts.models import User

_CONSIDERED = (Item.State.CURRENT, Item.State.DONE)


@dataclass(frozen=True, slots=True)
class NextStep:
    label: str
    url: str


def next_steps(user: User, meeting: Meeting, item: Item) -> Iterator[NextStep]:
    """No query: ``item`` comes with its consultation and petition."""
    if item.state not in _CONSIDERED:
        return
    if meeting.kind == Kind.COMMITTEE:
        if rules.work_on(user, meeting, item):
            url = reverse("meetings_desk:conclusions", args=[meeting.pk, item.pk])
            yield NextStep(_("Publish the conclusions"), url)
    elif item.consultation is not None and may_decide(user, item.consultation):
        url = reverse("desk:decision", args=[item.consultation.pk])
        yield NextStep(_("Enter the roll-call as the decision on the consultation"), url)
    elif item.petition is not None and may_review(user, item.petition):
        url = reverse("petitions_desk:detail", args=[item.petition.pk])
        yield NextStep(_("Announce what was decided on the petition"), url)
