"""Limits of applications for accreditation: each sends a mail to the address that was typed, of
which a mailbox gets as many as notifications/sending/budget.py says."""

from __future__ import annotations

from accounts.limits import HOUR, Limit

#: Forms sent by one client address; an editorial office shares one.
APPLY = Limit("press-apply", 20, HOUR)
