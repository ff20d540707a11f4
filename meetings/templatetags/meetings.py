"""Template tags of meetings: what of a shared page is the reader's own."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest

from consultations.models import Consultation
from core.web.personal_parts import personal_part
from drafts.versions.published import Text
from meetings.floor import queries
from meetings.floor.forms import keep_key
from meetings.log import jumps
from meetings.models import Pause
from meetings.outcome.questions import unanswered_of
from meetings.pauses import words
from meetings.registration import queries as registration_queries

register = template.Library()


@personal_part(register, "meetings/own.html")
def own_part(request: HttpRequest, meeting_id: int) -> dict[str, Any] | None:
    """The reader's own questions that nobody else reads or that were not answered, and a deputy's
    way to their vote: three queries for whoever is signed in."""
    user = request.user
    if not user.is_authenticated:
        return None
    questions = queries.own_unshown(meeting_id, user)
    deputy = queries.deputy_of(user)
    unanswered = unanswered_of(user, meeting_id=meeting_id)
    if not questions and deputy is None and not unanswered:
        return None
    here = {each.question.pk for each in unanswered}
    return {
        "own_questions": [each for each in questions if each.pk not in here],
        "unanswered": unanswered,
        "deputy": deputy,
        "meeting": {"pk": meeting_id},
    }


@personal_part(register, "meetings/own_bar.html")
def own_bar(request: HttpRequest, meeting_id: int) -> dict[str, Any]:
    """The reader's actions at a running meeting: one query for whoever is signed in."""
    user = request.user
    is_deputy = user.is_authenticated and queries.deputy_of(user) is not None
    return {"is_deputy": is_deputy, "meeting": {"pk": meeting_id}}


@personal_part(register, "meetings/outbox.html")
def outbox_part(request: HttpRequest, meeting_id: int) -> dict[str, Any] | None:
    """Place for the questions that the reader's device could not send (js/outbox.js)."""
    user = request.user
    return {"key": keep_key(user.pk, meeting_id)} if user.is_authenticated else None


@register.inclusion_tag("meetings/considered.html")
def considered_at(consultation: Consultation, text: Text | None) -> dict[str, Any]:
    """The moments at which meetings took it up and voted on it, or on a clause of ``text``, by
    name: one query, and another one where there are any."""
    clauses = text.clauses if text else ()
    return {"considered": jumps.of_consultation(consultation.pk, clauses)}


@register.filter
def until(pause: Pause) -> str:
    """When the meeting goes on: «до 14:30»; "" where it was not said."""
    return words.until(pause)


@personal_part(register, "meetings/own_registration.html")
def own_registration(request: HttpRequest, meeting_id: int) -> dict[str, Any] | None:
    """The reader's registration: one query for whoever is signed in, one more for who waits for a
    place.
    """
    user = request.user
    own = registration_queries.own_registration(meeting_id, user) if user.is_authenticated else None
    return {"own": own, "meeting": {"pk": meeting_id}} if own else None
