"""What lists show of consultations beside their own columns: remarks, theme, cover."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from city.models import Theme
from consultations.models import Consultation, ConsultationPicture, RemarkCount
from core.kept_pictures.models import listed_columns


@dataclass(frozen=True, slots=True)
class ListedFacts:
    """``theme``: the slug of its first theme, "" for none; ``cover``: without its words."""

    remarks: int = 0
    theme: str = ""
    cover: ConsultationPicture | None = None


def load_listed_facts(consultation_ids: list[int]) -> dict[int, ListedFacts]:
    """What a card shows of each: one query."""
    own = OuterRef("pk")
    total = RemarkCount.objects.filter(consultation=own, clause_key=None).values("remarks")
    theme = Theme.objects.filter(consultation=own).order_by("pk").values("slug")[:1]
    cover = ConsultationPicture.objects.filter(consultation=own, is_cover=True)
    rows = Consultation.objects.filter(pk__in=consultation_ids).values_list(
        "pk",
        Coalesce(Subquery(total), 0),
        Subquery(theme),
        Subquery(cover.values(json=listed_columns())),
    )
    return {
        pk: ListedFacts(remarks, slug or "", _cover(columns)) for pk, remarks, slug, columns in rows
    }


def _cover(columns: dict[str, Any] | None) -> ConsultationPicture | None:
    return ConsultationPicture(**columns) if columns else None
