"""The clause picture: clauses of the draft that is considered, with what is said of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from consultations import queries
from consultations.boards import remark_card, visible_remarks
from consultations.models import Consultation
from consultations.pages import text_shown
from consultations.presenters import ShownRemark
from consultations.queries import Heat
from core.displays.cards import Card
from core.displays.layout import HEIGHT, NOTE
from core.displays.screens import Screen, with_cards
from drafts.models import Clause
from drafts.versions.published import Text
from meetings.presenters import ShownMeeting

#: How many clauses that people speak of are turned through, and how many remarks each has.
_MOST_CLAUSES, _MOST_REMARKS = 12, 3
#: How many of the supported remarks are read for that.
_MOST_READ = 200
#: So many screens are turned through: ten minutes.
_MOST_SCREENS = 40
_REFRESHED = timedelta(seconds=1)


def draw_clause(shown: ShownMeeting, words: str) -> dict[str, Any] | None:
    """The clause that the display's words name («п. 2.1»), else those that people speak of most in
    the order of the text, each with its most supported remarks; of a draft that nobody has spoken
    of the text. Six queries."""
    item = shown.meeting.current_item if shown.is_running else None
    if item is None or item.consultation_id is None:
        return None
    consultation = Consultation.objects.published().filter(pk=item.consultation_id).first()
    text = text_shown(consultation) if consultation else None
    if consultation is None or text is None or not text.clauses:
        return None
    heat = Heat.of(consultation)
    named = _find_clauses(text, words)
    spoken_of = named or _most_spoken_of(text, heat.by_key)
    if spoken_of:
        screens = _with_remarks(spoken_of, _supported_remarks(consultation, spoken_of))
    else:
        cards = [_clause_card(clause) for clause in text.clauses if clause.printed]
        screens = with_cards(cards, HEIGHT - NOTE, fills=True)[:_MOST_SCREENS]
    if not screens:
        return None
    return {
        "view": "clause",
        "title": consultation.title,
        "screens": screens,
        "version": text.number,
        "join_url": settings.SITE_URL + consultation.get_absolute_url(),
        "refreshed_at": shown.now + _REFRESHED,
    }


def _find_clauses(text: Text, words: str) -> list[Clause]:
    """The clause that is called so: by its label, its number or as the document prints it."""
    name = words.strip().rstrip(".").casefold()
    if not name:
        return []
    for clause in text.clauses:
        called = (clause.label, clause.number, clause.marker)
        if name in (each.rstrip(".").casefold() for each in called if each):
            return [clause]
    return []


def _most_spoken_of(text: Text, by_key: Mapping[UUID, int]) -> list[Clause]:
    """In the order of the text."""
    counted = [clause for clause in text.clauses if by_key.get(clause.key)]
    most = sorted(counted, key=lambda clause: -by_key[clause.key])[:_MOST_CLAUSES]
    return sorted(most, key=lambda clause: clause.position)


def _supported_remarks(
    consultation: Consultation, clauses: Sequence[Clause]
) -> dict[UUID | None, list[ShownRemark]]:
    """The remarks of these clauses that everybody reads, the most supported first: one query."""
    rows = (
        visible_remarks(consultation)
        .alias(listed_at=Coalesce("moved_key", "clause_key"))
        .filter(listed_at__in=[clause.key for clause in clauses], comment__score__gte=0)
        .order_by("-comment__score", "-comment_id")[:_MOST_READ]
    )
    found: dict[UUID | None, list[ShownRemark]] = {}
    for row in rows:
        here = found.setdefault(row.listed_key, [])
        if len(here) < _MOST_REMARKS:
            here.append(queries.show_unanswered(row))
    return found


def _with_remarks(
    clauses: Iterable[Clause], remarks: Mapping[UUID | None, Sequence[ShownRemark]]
) -> list[Screen]:
    """Each clause begins a screen, and what is said of it follows; whole clauses, as many as there
    is time for."""
    screens: list[Screen] = []
    for clause in clauses:
        said = [remark_card(each, is_under_clause=True) for each in remarks.get(clause.key, ())]
        own = with_cards([_clause_card(clause), *said], HEIGHT - NOTE)
        if screens and len(screens) + len(own) > _MOST_SCREENS:
            break
        screens += own
    return screens


def _clause_card(clause: Clause) -> Card:
    words = clause.text or _("(without words of its own)")
    return Card(words, head=clause.label or clause.marker, kind="clause")
