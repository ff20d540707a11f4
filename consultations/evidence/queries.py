"""Queries of the public page of evidence: a fixed number at any size."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from consultations.evidence.kinds import Audience
from consultations.evidence.models import EvidenceBundle
from consultations.models import Consultation
from core.db.paging import Page, page_of

#: What each kind of thing is called, in the plural.
KINDS = {
    "announcement": _("the announcement"),
    "answers": _("answers about the procedure"),
    "attachment": _("attached files"),
    "dates": _("changes of dates"),
    "declared": _("declared full names"),
    "decision": _("decisions of the council"),
    "disposition": _("dispositions"),
    "discussion": _("events of the public discussion"),
    "edition": _("editions of the report"),
    "edition_files": _("files of the report"),
    "link": _("links"),
    "notice": _("hours in which mails were sent"),
    "number": _("numbers of remarks"),
    "picture": _("pictures"),
    "remark": _("remarks and replies"),
    "version": _("versions of the text"),
}


@dataclass(frozen=True, slots=True)
class Count:
    """Counts of things of a kind that hold, and that are not provable."""

    label: str
    holds: int
    unproven: int


def newest_public(consultation: Consultation) -> EvidenceBundle | None:
    """The bundle that anybody can download now."""
    rows = EvidenceBundle.objects.filter(
        consultation=consultation, audience=Audience.PUBLIC, replaced_at=None
    )
    return rows.exclude(ready_at=None).first()


def is_awaited(consultation: Consultation) -> bool:
    """Whether another one is being made."""
    rows = EvidenceBundle.objects.filter(consultation=consultation, audience=Audience.PUBLIC)
    return rows.filter(ready_at=None).exists()


def earlier(consultation: Consultation, after: str | None) -> Page[EvidenceBundle]:
    """Those that were replaced, the newest first."""
    rows = EvidenceBundle.objects.filter(
        consultation=consultation, audience=Audience.PUBLIC, replaced_at__isnull=False
    )
    return page_of(rows, order=("-id",), after=after)


def counts_of(bundle: EvidenceBundle) -> list[Count]:
    """The maker's counts, by kind."""
    found = [
        Count(capfirst(str(KINDS.get(kind, kind))), holds, unproven)
        for kind, (holds, unproven) in bundle.counts.items()
    ]
    return sorted(found, key=lambda each: each.label)


def begun_at(bundle: EvidenceBundle) -> datetime | None:
    """Since when the record is kept, where the procedure is older."""
    said: Any = bundle.figures.get("begun_at")
    return datetime.fromisoformat(said) if said else None


def folder() -> Path:
    """The private folder of bundles; made on first use, for the server's own account alone."""
    place = Path(settings.PRIVATE_ROOT) / "evidence"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def path_of(bundle: EvidenceBundle) -> Path:
    return folder() / Path(bundle.file).name
