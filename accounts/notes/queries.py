"""Queries of notes between officers: two statements for a matter's page."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.http import QueryDict
from django.urls import reverse

from accounts.models import User
from accounts.notes import rules
from accounts.notes.forms import NoteForm
from accounts.notes.matters import Matter
from accounts.notes.models import StaffNote
from accounts.staff.queries import staff_with_grants
from core.db.paging import neighbours, page_of
from core.domain.clock import Now

#: So many notes stand on a page, the newest ones last.
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class ShownNote:
    """A note, and whether the reader may withdraw it now."""

    note: StaffNote
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class Notes:
    """Notes about a matter as its page shows them, with the form for another one."""

    url: str
    items: list[ShownNote]
    form: NoteForm
    older_url: str
    newer_url: str


def colleagues_on(matter: Matter, user: User) -> list[User]:
    """The others who may work on a matter, by name: one statement, or two where somebody stands in
    who holds nothing of their own."""
    found = [
        each for each in staff_with_grants() if each.pk != user.pk and rules.read(each, matter)
    ]
    return sorted(found, key=lambda each: (each.family_name, each.given_name, each.pk))


def notes_of(matter: Matter, user: User, query: QueryDict) -> Notes | None:
    """Notes about a matter, for its page at the desk; None for who may not work on it.

    ``query``: of the page's address; ``notes`` in it leads to older ones. Two statements.
    """
    if not rules.read(user, matter):
        return None
    rows = StaffNote.objects.filter(matter_kind=matter.kind, matter_id=matter.pk)
    rows = rows.annotate(read_at=Now())
    page = page_of(
        rows.select_related("author", "mentioned"), after=query.get("notes"), size=PAGE_SIZE
    )
    links = neighbours(page, query, "notes")
    return Notes(
        url=reverse("notes:write", args=[matter.kind, matter.pk]),
        items=[_show(each, matter, user, each.read_at) for each in reversed(page.items)],
        form=form_for(matter, user),
        older_url=_at_notes(links["next_url"]),
        newer_url=_at_notes(links["previous_url"]),
    )


def form_for(matter: Matter, user: User, data: QueryDict | None = None) -> NoteForm:
    """The form of a note about a matter, with the colleagues who may be mentioned."""
    return NoteForm(
        data, colleagues=colleagues_on(matter, user), is_assigned=matter.hand_over is not None
    )


def count_notes(kind: str, ids: Collection[int]) -> dict[int, int]:
    """Numbers of notes by matter, without those that have none: one statement."""
    rows = StaffNote.objects.filter(matter_kind=kind, matter_id__in=ids, withdrawn_at=None)
    counted = rows.order_by().values("matter_id").annotate(number=Count("pk"))
    return dict(counted.values_list("matter_id", "number"))


def _show(note: StaffNote, matter: Matter, user: User, now: datetime) -> ShownNote:
    return ShownNote(note, bool(rules.withdraw(user, note, matter, now=now)))


def _at_notes(url: str) -> str:
    return f"{url}#notes" if url else ""
