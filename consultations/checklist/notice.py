"""The sheet for notice boards: the consultation document on one A4 page (law 3841-IX art. 7(7))."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from consultations.models import Consultation
from core.domain.council import council
from core.export.document import Block, Document, Mark, Paragraph, Run
from core.templatetags.components import shorten

#: Characters of one part and of the title, so that all of it stays on one page.
_PART, _TITLE = 290, 150


def sheet_of(consultation: Consultation) -> Document:
    """The document; long parts are shortened, and their whole text is on the page whose address it
    names."""
    return Document(
        title=_("Public consultation: %(title)s") % {"title": shorten(consultation.title, _TITLE)},
        blocks=list(_blocks(consultation)),
        made_at=consultation.announced_at,
    )


def _blocks(consultation: Consultation) -> Iterator[Block]:
    parts = [
        (_("Who holds it"), f"{council().council}, {consultation.department.name}"),
        (_("What it is about"), consultation.summary),
        (_("What problem it solves"), consultation.problem),
        (_("Options considered"), consultation.options),
        (_("The option chosen, and why"), consultation.chosen_option),
        (_("Who is affected and how"), consultation.affected),
        (_("Forms, dates and places"), consultation.how_held),
        (_("Proposals are accepted"), _period(consultation)),
        (_("Where to send them"), consultation.on_paper),
        (_("Full text, and where to propose on the site"), _address(consultation)),
        (
            _("Responsible person"),
            f"{consultation.contact_person}, {consultation.contact_details}",
        ),
        (_("When and how the report is published"), consultation.report_how),
    ]
    whole = (_("Full text, and where to propose on the site"), _("Responsible person"))
    for title, words in parts:
        if words.strip():
            said = " ".join(words.split())
            cut = said if title in whole else shorten(said, _PART)
            yield Paragraph([Run(f"{title}: ", Mark.STRONG), Run(cut)])


def _period(consultation: Consultation) -> str:
    if consultation.opens_on is None or consultation.last_day is None:
        return ""
    days = {
        "first": date_format(consultation.opens_on, "j E Y"),
        "last": date_format(consultation.last_day, "j E Y"),
    }
    return _("from %(first)s until %(last)s inclusive") % days


def _address(consultation: Consultation) -> str:
    return f"{settings.SITE_URL}{consultation.get_absolute_url()}"
