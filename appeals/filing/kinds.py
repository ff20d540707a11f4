"""The kinds of appeals as one chooses them, in plain words, with what each is."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from appeals.models import Appeal

#: What each kind is, in a sentence.
MEANINGS: Mapping[str, str | Promise] = {
    Appeal.Kind.PROPOSAL: _("You advise how something in the city could be better."),
    Appeal.Kind.APPLICATION: _(
        "You ask for help in exercising your rights, or report that something is wrong."
    ),
    Appeal.Kind.COMPLAINT: _(
        "An official or a body violated your rights by what they did, decided or failed to do."
    ),
    Appeal.Kind.REQUEST: _(
        "You ask for documents or data that the council has; an answer within 5 working days."
    ),
}
#: The kinds as one chooses them, in plain words.
KINDS = (
    (Appeal.Kind.PROPOSAL, _("Proposal (remark)")),
    (Appeal.Kind.APPLICATION, _("Application (request)")),
    (Appeal.Kind.COMPLAINT, _("Complaint")),
    (Appeal.Kind.REQUEST, _("Request for information")),
)
