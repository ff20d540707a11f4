"""Actions of appeals: from filing to the answer, and what the applicant makes of it."""

from appeals.answers.actions import (
    answer,
    approve,
    ask_approval,
    draft_answer,
    publish_answer,
    send_back,
    unpublish_answer,
)
from appeals.correcting.actions import Description, correct
from appeals.course.actions import About, accept, ask_head, assign, extend, note, shorten
from appeals.course.actions_endings import forward, leave_without_consideration, move, return_
from appeals.course.recounting import find_moved_terms, recount_terms
from appeals.filing.actions import Filed, NewFile, file
from appeals.filing.actions_own import (
    offer_secret,
    open_by_secret,
    rate,
    renew_secret,
    reopen,
    withdraw,
)
from appeals.filing.petitions import Origin, give_back, receive_petition, take_again
from appeals.many.actions import give_many
from appeals.requests.actions import ask_fee, postpone, record_payment, refuse_request
from appeals.requests.rules import Grounds
from appeals.together.actions import approve_together, draft_together, send_together

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
    "approve_together",
    "ask_approval",
    "ask_fee",
    "ask_head",
    "assign",
    "correct",
    "draft_answer",
    "draft_together",
    "extend",
    "file",
    "find_moved_terms",
    "forward",
    "give_back",
    "give_many",
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
    "send_back",
    "send_together",
    "shorten",
    "take_again",
    "unpublish_answer",
    "withdraw",
]
