"""All that can happen to polls and votes."""

from votes.actions.cast import cast, cast_secretly
from votes.actions.electorate import freeze, invite
from votes.actions.life import (
    cancel,
    change,
    create,
    discard,
    extend,
    open_quickly,
    publish,
    schedule,
    tell_what_passed,
)
from votes.actions.paper import confirm_paper, enter_paper, vote_on_paper
from votes.actions.questions import add_question, remove_question
from votes.actions.seal import reseal, reseal_what_waits

__all__ = [
    "add_question",
    "cancel",
    "cast",
    "cast_secretly",
    "change",
    "confirm_paper",
    "create",
    "discard",
    "enter_paper",
    "extend",
    "freeze",
    "invite",
    "open_quickly",
    "publish",
    "remove_question",
    "reseal",
    "reseal_what_waits",
    "schedule",
    "tell_what_passed",
    "vote_on_paper",
]
