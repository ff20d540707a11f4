"""The current place of remarks, as annotations of a queryset: no query of its own."""

from __future__ import annotations

from django.db.models import F, FilteredRelation, Q

#: ``remarks.alias(place=CURRENT_PLACE).annotate(**PLACE)`` gives ``presenters.PlaceFacts``.
CURRENT_PLACE = FilteredRelation("places", condition=Q(places__is_current=True))
PLACE = {
    "place_id": F("place__pk"),
    "place_method": F("place__method"),
    "place_number": F("place__version__number"),
    "place_removed_in": F("place__removed_in"),
    "place_answer": F("place__answer"),
    "place_start": F("place__quote_start"),
    "place_end": F("place__quote_end"),
    "place_key": F("place__clause__key"),
    "place_label": F("place__clause__label"),
    "place_kind": F("place__clause__kind"),
}
