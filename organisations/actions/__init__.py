"""Actions on organisations and on those who act for them."""

from organisations.actions.confirming import (
    confirm_at_office,
    confirm_by_signature,
    decide_amendment,
    refuse_at_office,
)
from organisations.actions.invitations import (
    accept,
    forget_invitations,
    invite,
    withdraw_invitation,
)
from organisations.actions.letters import ask_for_letter, confirm_by_letter, print_letters
from organisations.actions.merging import take_over
from organisations.actions.people import change_mandate, grant, revoke
from organisations.actions.registering import amend, close, describe, enter, register

__all__ = [
    "accept",
    "amend",
    "ask_for_letter",
    "change_mandate",
    "close",
    "confirm_at_office",
    "confirm_by_letter",
    "confirm_by_signature",
    "decide_amendment",
    "describe",
    "enter",
    "forget_invitations",
    "grant",
    "invite",
    "print_letters",
    "refuse_at_office",
    "register",
    "revoke",
    "take_over",
    "withdraw_invitation",
]
