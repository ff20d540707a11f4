"""Actions of appeals: from filing to the answer, and what the applicant makes of it."""

from appeals.actions.answers import (
    answer,
    approve,
    ask_approval,
    draft_answer,
    publish_answer,
    unpublish_answer,
)
from appeals.actions.applicant import (
    offer_secret,
    open_by_secret,
    rate,
    renew_secret,
    reopen,
    withdraw,
)
from appeals.actions.correcting import Description, correct
from appeals.actions.course import About, accept, ask_head, assign, extend, note, shorten
from appeals.actions.deadlines import find_moved_terms, recount_terms
from appeals.actions.endings import forward, leave_without_consideration, move, return_
from appeals.actions.filing import Filed, NewFile, file
from appeals.actions.petitions import Origin, give_back, receive_petition, take_again
from appeals.actions.requests import ask_fee, postpone, record_payment, refuse_request
from appeals.rules.requests import Grounds

__all__ = [
    "About",
    "Description",
    "Filed",
    "Grounds",
    "NewFile",
    "Origin",
    "accept",
    "answer",
    "approve",
    "ask_approval",
    "ask_fee",
    "ask_head",
    "assign",
    "correct",
    "draft_answer",
    "extend",
    "file",
    "find_moved_terms",
    "forward",
    "give_back",
    "leave_without_consideration",
    "move",
    "note",
    "offer_secret",
    "open_by_secret",
    "postpone",
    "publish_answer",
    "rate",
    "receive_petition",
    "record_payment",
    "recount_terms",
    "refuse_request",
    "renew_secret",
    "reopen",
    "return_",
    "shorten",
    "take_again",
    "unpublish_answer",
    "withdraw",
]
