"""Template tag: where a consultation was considered by the council, with jumps to the minute."""

from __future__ import annotations

from typing import Any

from django import template

from consultations.models import Consultation
from drafts.versions.published import Text
from meetings.log import jumps

register = template.Library()


@register.inclusion_tag("meetings/considered.html")
def considered_at(consultation: Consultation, text: Text | None) -> dict[str, Any]:
    """The moments at which meetings took it up and voted on it, or on a clause of ``text``, by
    name: one query, and another one where there are any."""
    clauses = text.clauses if text else ()
    return {"considered": jumps.of_consultation(consultation.pk, clauses)}
