"""The tracks: what somebody may want of the council, and the forms that take their words.

A form is opened by a POST with ``begin=1`` (core.web.begun_forms), so nothing typed is lost.
"""

from __future__ import annotations

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from appeals.filing.kinds import MEANINGS
from consultations.models import Consultation
from core.domain.typography import group_thousands
from core.templatetags.times import last_day
from petitions.models import Procedure
from portal.tracks.presenters import Target, Track

#: Whoever does not know is shown all of them.
UNSURE = "unsure"
#: Of the consultations that are open now, those that close first.
_MOST_CONSULTATIONS = 30


def load_tracks() -> list[Track]:
    """The tracks that lead somewhere now: two queries."""
    return [track for track in (_remark(), _petition(), *_appeals()) if track.targets]


def _remark() -> Track:
    rows = Consultation.objects.open().only("title", "summary", "problem", "closes_at")
    rows = rows.order_by("closes_at", "pk")
    opened = list(rows[:_MOST_CONSULTATIONS])
    number = ngettext(
        "%(number)d discussion is open now.", "%(number)d discussions are open now.", len(opened)
    ) % {"number": len(opened)}
    return Track(
        code="remark",
        label=_("Comment on a draft under discussion"),
        meaning=" ".join(
            (
                _("A remark: everybody reads it under your name."),
                _("The council considers it and says what became of it."),
                number,
                _("You need an account."),
            )
        ),
        targets=tuple(
            Target(
                title=each.title,
                meaning=_("Open until %(day)s.") % {"day": _day(each)},
                button=_("Write a remark"),
                url=reverse("consultations:speak", args=[each.pk]),
                about=f"{each.title} {each.summary} {each.problem}",
            )
            for each in opened
        ),
    )


def _day(consultation: Consultation) -> str:
    closes_at = consultation.closes_at
    return date_format(last_day(closes_at), "j\xa0E Y") if closes_at else ""


def _petition() -> Track:
    procedure = Procedure.objects.now()
    meaning = ngettext(
        "A petition: everybody reads it with your full name. When %(threshold)s person signs "
        "within %(period)s, the council considers it and answers in public. You need an account.",
        "A petition: everybody reads it with your full name. When %(threshold)s people sign within "
        "%(period)s, the council considers it and answers in public. You need an account.",
        procedure.threshold,
    ) % {"threshold": group_thousands(procedure.threshold), "period": procedure.collection_period}
    return Track(
        code="petition",
        label=_("Ask the council for something many want"),
        meaning=meaning,
        targets=(
            Target(
                title=_("Petition"),
                button=_("Start a petition"),
                url=reverse("petitions:start"),
            ),
        ),
    )


def _appeals() -> list[Track]:
    url = reverse("appeals:new")
    private = _("Only you and those who prepare the answer read it.")
    month = _("The answer comes within a month, in simple matters within 15 days.")
    no_account = _("No account needed.")
    request = " ".join(
        (
            _("A request for information."),
            private,
            _("The answer comes within 5 working days; up to 20 for a large search."),
            no_account,
        )
    )
    kinds = (
        (
            "proposal",
            _("Proposal"),
            str(MEANINGS["proposal"]),
            _("Write a proposal"),
        ),
        (
            "application",
            _("Application"),
            str(MEANINGS["application"]),
            _("Write an application"),
        ),
        (
            "complaint",
            _("Complaint"),
            str(MEANINGS["complaint"]),
            _("Write a complaint"),
        ),
    )
    return [
        Track(
            code="appeal",
            label=_("To tell the council about a problem, to ask or to propose something"),
            meaning=" ".join(
                (_("An appeal: a proposal, an application or a complaint."), private, month)
            )
            + f" {no_account}",
            targets=tuple(
                Target(title, button, url, meaning, kind) for kind, title, meaning, button in kinds
            ),
        ),
        Track(
            code="request",
            label=_("To learn something that the council knows"),
            meaning=request,
            targets=(
                Target(
                    title=_("Request for information"),
                    button=_("Write a request"),
                    url=url,
                    kind="request",
                ),
            ),
        ),
    ]
