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
    tell_what_closed,
    tell_what_passed,
)
from votes.actions.paper import confirm_paper, enter_paper, vote_on_paper
from votes.actions.questions import add_question, remove_question
from votes.actions.seal import reseal, reseal_what_waits
from votes.actions.texts import hide as hide_text
from votes.actions.texts import show as show_text
from votes.actions.texts import show_all as show_texts

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
    "hide_text",
    "invite",
    "open_quickly",
    "publish",
    "remove_question",
    "reseal",
    "reseal_what_waits",
    "schedule",
    "show_text",
    "show_texts",
    "tell_what_closed",
    "tell_what_passed",
    "vote_on_paper",
]
