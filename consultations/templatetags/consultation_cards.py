"""Template tags of cards of consultations."""

from __future__ import annotations

from django import template

from consultations import cards
from consultations.models import Consultation

register = template.Library()


@register.filter
def for_whom_consulted(consultation: Consultation) -> str:
    """People who may take part, in a few words; "" where it is everybody."""
    return cards.for_whom(consultation)
