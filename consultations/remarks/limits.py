"""Rate limits of one person's remarks, edits and reactions."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from accounts.limits import HOUR, MINUTE, Limit
from core.domain.rules import Verdict
from core.web.client_ip import client_groups

#: Remarks and replies of one person.
SPEAK = Limit("speak", settings.REMARKS_PER_HOUR, HOUR)
#: Changes of what one person has said.
EDIT = Limit("edit", settings.REMARKS_PER_HOUR, HOUR)
#: Agreements and disagreements of one person.
REACT = Limit("react", 10 * settings.REMARKS_PER_HOUR, HOUR)
#: Forms that one client address opens with words without being signed in.
_BEGUN = Limit("remark-begun", 60, MINUTE)


def spend_begun(request: HttpRequest) -> Verdict:
    """Count words that are kept in the session of somebody who is not signed in."""
    return _BEGUN.spend_client(client_groups(request))
