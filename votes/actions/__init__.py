"""All that can happen to polls and votes."""

from votes.actions.cast import cast, cast_secretly
from votes.actions.electorate import create_partitions, freeze
from votes.actions.life import (
    cancel,
    change,
    close_early,
    create,
    discard,
    extend,
    open_quickly,
    publish,
    schedule,
    tell_what_closed,
    tell_what_passed,
)
from votes.actions.lists import invite, uninvite, uninvite_all, void_codes
from votes.actions.paper import (
    confirm_paper,
    enter_paper,
    hand_sheet,
    take_sheet_back,
    withdraw_paper,
)
from votes.actions.pictures import remove_picture, set_picture
from votes.actions.questions import (
    add_question,
    change_question,
    move_question,
    remove_question,
)
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
    "change_question",
    "close_early",
    "confirm_paper",
    "create",
    "create_partitions",
    "discard",
    "enter_paper",
    "extend",
    "freeze",
    "hand_sheet",
    "hide_text",
    "invite",
    "move_question",
    "open_quickly",
    "publish",
    "remove_picture",
    "remove_question",
    "reseal",
    "reseal_what_waits",
    "schedule",
    "set_picture",
    "show_text",
    "show_texts",
    "take_sheet_back",
    "tell_what_closed",
    "tell_what_passed",
    "uninvite",
    "uninvite_all",
    "void_codes",
    "withdraw_paper",
]
