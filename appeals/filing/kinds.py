"""The kinds and states of appeals as pages show them."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from appeals.models import Appeal, State

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
#: The kind of status tag (components.status_tag) of each state, for its applicant and at the desk.
TAGS = {
    State.RECEIVED: "waiting",
    State.IN_WORK: "open",
    State.REOPENED: "open",
    State.ANSWERED: "done",
    State.FORWARDED: "info",
    State.MOVED: "info",
    State.RETURNED: "stop",
    State.NOT_CONSIDERED: "stop",
    State.WITHDRAWN: "closed",
    State.GIVEN_BACK: "closed",
}
