"""Rules of petitions: who may do what, and when. Pure: the facts are passed in.

Law 393/96-ВР art. 23-1. Who may sign is for signing/rules.py to say.
"""

from petitions.rules.answer import (
    DECIDED,
    answer,
    attach_poll,
    decide,
    detach_poll,
    note_step,
    promise,
    put_on_agenda,
    start_review,
)
from petitions.rules.life import (
    MOST_DRAFTS,
    begin,
    change,
    check,
    discard,
    publish,
    refuse_it,
    sort,
    submit,
    whole,
    withdraw,
)
from petitions.rules.news import hide_news, post_news, restore_news
from petitions.rules.roles import (
    NOT_ONES_OWN,
    keep_record,
    moderate,
    own,
    review,
    see,
    set_rules,
    speak_for,
)
from petitions.rules.rulebook import change_ground, change_rules

__all__ = [
    "DECIDED",
    "MOST_DRAFTS",
    "NOT_ONES_OWN",
    "answer",
    "attach_poll",
    "begin",
    "change",
    "change_ground",
    "change_rules",
    "check",
    "decide",
    "detach_poll",
    "discard",
    "hide_news",
    "keep_record",
    "moderate",
    "note_step",
    "own",
    "post_news",
    "promise",
    "publish",
    "put_on_agenda",
    "refuse_it",
    "restore_news",
    "review",
    "see",
    "set_rules",
    "sort",
    "speak_for",
    "start_review",
    "submit",
    "whole",
    "withdraw",
]
