"""Limits of what one person does in meetings."""

from __future__ import annotations

from accounts.limits import HOUR, MINUTE, TEN_MINUTES, Limit

#: Questions asked; how many wait at once is a rule (meetings/questions/rules.py).
ASK = Limit("meeting-ask", 20, HOUR)
#: Questions supported, or no more.
SUPPORT = Limit("meeting-support", 120, MINUTE)
#: Choices in shows of hands, and changes of them.
SHOW_OF_HANDS = Limit("meeting-show-of-hands", 60, MINUTE)
#: Hands raised and taken down.
HAND = Limit("meeting-hand", 30, HOUR)
#: Codes of screens that are typed: few are mistyped, many are guessed.
PAIR = Limit("meeting-pair", 20, TEN_MINUTES)
#: Registrations to attend.
REGISTER = Limit("meeting-register", 20, HOUR)
#: Votes in surveys of those present: one's choice can be changed.
POLL = Limit("meeting-poll", 30, MINUTE)
#: Guests of the hall, by their network: a whole hall comes within minutes behind one address.
GUEST_ENTER = Limit("meeting-guest-enter", 600, TEN_MINUTES)
#: What they press: one guest, and all of one network.
GUEST = Limit("meeting-guest", 60, MINUTE)
GUEST_NETWORK = Limit("meeting-guest-network", 3000, MINUTE)
#: Codes that are typed, by network: a whole hall types at once. Of a million codes two are right,
#: so that one of 800 networks guesses one in ten minutes: its hands then count as in the hall.
TYPE_CODE = Limit("meeting-hall-typed", 600, TEN_MINUTES)
