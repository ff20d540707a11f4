"""The display of a consultation, and remarks as cards on a display. No request, no user."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from consultations import pages, queries
from consultations.models import Consultation
from consultations.presenters import ShownConsultation, ShownRemark
from consultations.queries import Heat
from core.displays import layout
from core.displays.cards import Card, Figure
from core.displays.layout import HEIGHT, Text
from core.displays.screens import Screen, mark_rotation, spread, with_cards
from core.templatetags.components import thousands

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from consultations.presenters import RemarkRow

#: How many remarks a display shows: the newest, and the most supported.
_NEWEST, _SUPPORTED = 4, 5
#: A line above the cards, which says what they are.
_NOTE = layout.NOTE
#: How high the title is above the cards.
_TITLE = 10.0
#: What stands beside has so much height for the name of a clause.
_HOTTEST = 7.0


def display_context(shown: ShownConsultation) -> dict[str, Any]:
    """Context of a hall display: the newest and the most supported remarks, never hidden ones."""
    consultation = shown.consultation
    visible = visible_remarks(consultation)
    newest = list(visible.order_by("-comment_id")[:_NEWEST])
    supported = list(
        visible.filter(comment__score__gt=0).order_by("-comment__score", "-comment_id")[:_SUPPORTED]
    )
    heat = Heat.of(consultation)
    text = pages.text_shown(consultation)
    hot_key = max(heat.by_key, key=lambda key: heat.by_key[key], default=None)
    hottest = text.by_key.get(hot_key) if text and hot_key else None
    hottest_name = (hottest.label or hottest.marker) if hottest else ""
    screens = _screens(
        consultation.title,
        [queries.show_unanswered(row) for row in newest],
        [queries.show_unanswered(row) for row in supported],
    )
    # What was said last stands on the first screen: the hall sees a new remark at once.
    since = newest[0].comment.created_at if newest else None
    (hottest_size,) = layout.fit((Text(hottest_name, is_bold=True),), _HOTTEST, layout.BESIDE)
    return {
        **pages.consultation_context(shown),
        "screens": screens,
        "turn": layout.TURN,
        "turns_from": mark_rotation(screens, shown.now, since),
        "total": heat.total,
        "hottest": hottest_name,
        "hottest_size": min(hottest_size, 34),
        "join_url": settings.SITE_URL + consultation.get_absolute_url(),
        "board_url": f"{reverse('consultations:display', args=[consultation.pk])}?board",
    }


def visible_remarks(consultation: Consultation) -> QuerySet[RemarkRow]:
    """The remarks that a display may show, with_display_columns (consultations.queries)."""
    listed = queries.remarks_in_lists(consultation)
    return queries.with_display_columns(
        listed.filter(comment__hidden_at=None, comment__deleted_at=None)
    )


def remark_card(shown: ShownRemark, *, is_under_clause: bool = False) -> Card:
    """A remark as a display shows it, whole: with the clause that it is about and when it was said,
    unless it stands under its clause."""
    comment = shown.comment
    said = date_format(localtime(comment.created_at), "j\xa0E, H:i")
    words = comment.text
    if comment.proposal:
        proposed = _("Proposed wording: %(words)s") % {"words": comment.proposal}
        words = f"{words}\n{proposed}" if words else proposed
    return Card(
        words,
        head="" if is_under_clause else shown.place_words,
        foot=comment.voice if is_under_clause else f"{comment.voice}, {said}",
        figures=(
            Figure("agree", _("agree:"), thousands(comment.agrees)),
            Figure("disagree", _("disagree:"), thousands(comment.disagrees)),
        ),
        kind="remark",
    )


def _screens(title: str, newest: list[ShownRemark], supported: list[ShownRemark]) -> list[Screen]:
    def contents(height: float, _most: int) -> list[Screen]:
        if not newest:
            said = _("Nobody has said anything yet. Be the first.")
            return [Screen(paragraphs=(said,), size=60, note=_("Said just now"))]
        return [
            *with_cards([remark_card(each) for each in newest], height, _("Said just now")),
            *with_cards([remark_card(each) for each in supported], height, _("Most supported")),
        ]

    heading = Text(title, layout.SIZES[5:])
    screens = spread(heading, contents, HEIGHT - _NOTE, highest=_TITLE)
    # A title that has screens of its own comes last: what was said just now is not to wait for it.
    return sorted(screens, key=lambda screen: not screen.note)
