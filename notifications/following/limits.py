"""Rate limits of following: its form sends a mail to whatever address is typed."""

from __future__ import annotations

from accounts.limits import DAY, MINUTE, TEN_MINUTES, Limit

#: Changes of what one person follows.
CHANGE = Limit("follow", 60, MINUTE)
#: Mails asked for by one client; a hall of people shares one address.
ASK = Limit("follow-by-mail", 60, TEN_MINUTES)
ASK_IN_A_DAY = Limit("follow-by-mail-day", 300, DAY)
