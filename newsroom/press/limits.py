"""Limits of applications for accreditation: each sends a mail to the address that was typed."""

from __future__ import annotations

from accounts.limits import DAY, HOUR, Limit

#: Forms sent by one client address; an editorial office shares one.
APPLY = Limit("press-apply", 20, HOUR)
#: Mails to one address, whoever asks.
MAILS = Limit("press-mails", 5, DAY)
