"""Preparing surveys and announcements before a meeting.

Nothing of it is public until it is asked or shown by the actions of surveys and displays, which
emit their events; a note of the desk emits none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.domain.actions import action
from core.domain.idempotency_keys import created
from core.domain.rules import require
from meetings.actions import begin
from meetings.models import Meeting, Prepared
from meetings.prepared import rules

if TYPE_CHECKING:
    from accounts.models import User


def prepare(
    meeting: Meeting,
    *,
    by: User,
    kind: str,
    text: str,
    options: Sequence[str] = (),
    how: str = Prepared.How.ONE,
    results_while_open: bool = True,
) -> Prepared:
    """Write a survey or an announcement for later. Refuses by rules.prepare."""
    with action():
        meeting, _now = begin(meeting)
        there = meeting.prepared.count()
        number = len(options)
        require(
            rules.prepare(by, meeting, kind=kind, text=text, options=number, how=how, there=there)
        )
        made = Prepared.objects.create(
            meeting=meeting,
            kind=kind,
            text=text.strip(),
            options="\n".join(options),
            how=how,
            results_while_open=results_while_open,
        )
        created(made)
        return made


def discard(prepared: Prepared, *, by: User) -> None:
    """Throw it away. Twice is once. Refuses by rules.change."""
    with action():
        meeting, _now = begin(prepared.meeting)
        require(rules.change(by, meeting))
        meeting.prepared.filter(pk=prepared.pk).delete()
