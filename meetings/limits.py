"""Limits of what one person does in meetings."""

from __future__ import annotations

from accounts.limits import HOUR, MINUTE, Limit

#: Questions asked; how many wait at once is a rule (meetings/rules/questions.py).
ASK = Limit("meeting-ask", 20, HOUR)
#: Questions supported, or no more.
SUPPORT = Limit("meeting-support", 120, MINUTE)
#: Hands raised and taken down.
HAND = Limit("meeting-hand", 30, HOUR)
#: Votes in surveys of those present: one's choice can be changed.
POLL = Limit("meeting-poll", 30, MINUTE)
