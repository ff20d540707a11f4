"""How often mails with a link to sign may be asked for, and codes tried.

Signatures themselves are not limited but marked (petitions/defence/suspicions.py). Mails are: a
form that sends them to whatever address is typed would bury somebody else's mailbox.
"""

from __future__ import annotations

from datetime import timedelta

from accounts.limits import HOUR, TEN_MINUTES, Limit

_DAY = timedelta(days=1)

#: Asked for by one client; a hall of people shares one address.
ASK = Limit("sign-by-mail", 60, TEN_MINUTES)
ASK_IN_A_DAY = Limit("sign-by-mail-day", 300, _DAY)
#: Mails to one mailbox, however its address is written, for all petitions together: asked for from
#: one network, so that a stranger who asks does not keep its owner from asking; and by anybody.
MAILS = Limit("mails-to-sign", 5, HOUR)
MAILS_IN_A_DAY = Limit("mails-to-sign-day", 12, _DAY)
MAILS_OF_MAILBOX = Limit("mails-of-mailbox", 40, _DAY)
#: Mails that somebody asks for to her own address, signed in: whatever strangers have asked for.
MAILS_OF_OWNER = Limit("mails-of-owner", 12, _DAY)
#: Codes tried by one client.
CODES = Limit("codes-to-sign", 60, TEN_MINUTES)
#: Signatures that one person takes back.
TAKE_BACK = Limit("take-back", 20, HOUR)
