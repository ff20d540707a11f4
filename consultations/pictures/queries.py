"""Facts for lists of consultations beside their own columns: remarks, theme, cover."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from city.models import Theme
from consultations.models import Consultation, ConsultationPicture, RemarkCount
from core.db.statements import AskedAnyOf, Statement
from core.kept_pictures.models import listed_columns


@dataclass(frozen=True, slots=True)
class ListedFacts:
    """``theme``: the slug of its first theme, "" for none; ``cover``: without its words."""

    remarks: int = 0
    theme: str = ""
    cover: ConsultationPicture | None = None


def load_listed_facts(consultation_ids: list[int]) -> dict[int, ListedFacts]:
    """Load the facts of each card: one query."""
    return {
        pk: ListedFacts(remarks, slug or "", _cover(columns))
        for pk, remarks, slug, columns in _LISTED.all(ids=consultation_ids)
    }


def _listed_rows() -> QuerySet[Any, Any]:
    own = OuterRef("pk")
    total = RemarkCount.objects.filter(consultation=own, clause_key=None).values("remarks")
    theme = Theme.objects.filter(consultation=own).order_by("pk").values("slug")[:1]
    cover = ConsultationPicture.objects.filter(consultation=own, is_cover=True)
    return Consultation.objects.filter(pk=AskedAnyOf("ids")).values_list(
        "pk",
        Coalesce(Subquery(total), 0),
        Subquery(theme),
        Subquery(cover.values(json=listed_columns())),
    )


_LISTED: Statement[Any] = Statement(_listed_rows)


def _cover(columns: dict[str, Any] | None) -> ConsultationPicture | None:
    return ConsultationPicture(**columns) if columns else None
