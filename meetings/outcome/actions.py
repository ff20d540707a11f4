"""Outcomes of a meeting: conclusions, decisions on proposals, appeals of questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.actions import action
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import require
from meetings.actions import begin
from meetings.events import OutcomePublished
from meetings.models import Item, Meeting, Outcome
from meetings.outcome import rules

if TYPE_CHECKING:
    from accounts.models import User


def publish_outcome(
    meeting: Meeting, *, by: User, text: str, url: str = "", item: Item | None = None
) -> Outcome:
    """Publish a committee's conclusions on an item, or what was decided on the proposals of a
    hearing; another one beside the first corrects or completes it. Refuses by rules.publish.
    Emits OutcomePublished."""
    with action():
        meeting, now = begin(meeting)
        if item is not None:
            item = meeting.items.get(pk=item.pk)
        url = url.strip()
        require(rules.publish(by, meeting, item, text=text, url=url))
        made = Outcome.objects.create(
            meeting=None if item else meeting, item=item, text=text.strip(), url=url, by=by, at=now
        )
        created(made)
        emit(OutcomePublished(meeting.pk, by.pk, made.pk))
        return made
