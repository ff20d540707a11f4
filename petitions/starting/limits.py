"""How often one person may start petitions and write to signers: enough for whoever means it."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest

from accounts.limits import HOUR, MINUTE, Limit
from core.domain.rules import Verdict
from core.web.client_ip import client_groups

_DAY = timedelta(days=1)

#: Drafts begun.
BEGIN = Limit("petition-begin", 20, HOUR)
#: Pages of a draft saved.
WRITE = Limit("petition-write", 120, HOUR)
#: Questions for similar petitions while a title is typed.
LOOK = Limit("petition-look", 60, MINUTE)
#: Petitions sent to the moderators.
SUBMIT = Limit("petition-submit", 5, _DAY)
#: Petitions taken back.
WITHDRAW = Limit("petition-withdraw", 10, HOUR)
#: News told to signers, each a mail to all of them.
NEWS = Limit("petition-news", 3, _DAY)
#: Forms that one client address sends without being signed in.
_UNSENT = Limit("petition-unsent", 60, MINUTE)


def spend_unsent(request: HttpRequest) -> Verdict:
    """Count a form that is kept in the session of somebody who is not signed in."""
    return _UNSENT.spend_client(client_groups(request))
