"""Rate limits of following: its form sends a mail to whatever address is typed."""

from __future__ import annotations

from accounts.limits import DAY, HOUR, MINUTE, TEN_MINUTES, Limit

#: Changes of what one person follows.
CHANGE = Limit("follow", 60, MINUTE)
#: Mails asked for by one client; a hall of people shares one address.
ASK = Limit("follow-by-mail", 60, TEN_MINUTES)
ASK_IN_A_DAY = Limit("follow-by-mail-day", 300, DAY)
#: Mails to one mailbox, however its address is written: asked for from one network, so that a
#: stranger who asks does not keep its owner from asking; and by anybody.
MAILS = Limit("mails-to-follow", 5, HOUR)
MAILS_IN_A_DAY = Limit("mails-to-follow-day", 12, DAY)
MAILS_OF_MAILBOX = Limit("mails-to-follow-mailbox", 40, DAY)
