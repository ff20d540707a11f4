"""Limits of what one person or client does with petitions.

Signatures themselves are not limited but marked (petitions/defence/suspicions.py).
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from accounts.limits import DAY, HOUR, MINUTE, TEN_MINUTES, Limit
from core.domain.rules import Verdict
from core.web.client_ip import client_groups

# --- Starting one, and writing to signers: enough for whoever means it ----------------------------

#: Drafts begun.
BEGIN = Limit("petition-begin", 20, HOUR)
#: Pages of a draft saved.
WRITE = Limit("petition-write", 120, HOUR)
#: Photographs put into drafts: each is made anew, which takes a second of a processor.
PHOTO = Limit("petition-photo", 30, HOUR)
#: Questions for similar petitions while a title is typed.
LOOK = Limit("petition-look", 60, MINUTE)
#: Petitions sent to the moderators.
SUBMIT = Limit("petition-submit", 5, DAY)
#: Petitions taken back.
WITHDRAW = Limit("petition-withdraw", 10, HOUR)
#: News told to signers, each a mail to all of them.
NEWS = Limit("petition-news", 3, DAY)
#: Forms that one client address sends without being signed in.
_UNSENT = Limit("petition-unsent", 60, MINUTE)

# --- Signing by mail: how many mails a mailbox gets, notifications/sending/budget.py says
# ----------------

#: Asked for by one client; a hall of people shares one address.
ASK = Limit("sign-by-mail", 60, TEN_MINUTES)
ASK_IN_A_DAY = Limit("sign-by-mail-day", 300, DAY)
#: Codes tried by one client.
CODES = Limit("codes-to-sign", 60, TEN_MINUTES)
#: Signatures that one person takes back.
TAKE_BACK = Limit("take-back", 20, HOUR)

# --- Speaking: one budget for all discussions of the site -----------------------------------------

#: Comments and replies of one person, with their remarks in consultations.
SPEAK = Limit("speak", settings.REMARKS_PER_HOUR, HOUR)
#: Changes of what one person has said.
EDIT = Limit("edit", settings.REMARKS_PER_HOUR, HOUR)
#: Agreements and disagreements of one person.
REACT = Limit("react", 10 * settings.REMARKS_PER_HOUR, HOUR)


def spend_unsent(request: HttpRequest) -> Verdict:
    """Count a form that is kept in the session of somebody who is not signed in."""
    return _UNSENT.spend_client(client_groups(request))
