"""Actions on petitions; those of signing are in signing/actions.py."""

from petitions.actions.answer import (
    answer,
    attach_poll,
    decide,
    detach_poll,
    note_step,
    promise,
    put_on_agenda,
    start_review,
)
from petitions.actions.deadlines import (
    find_moved_terms,
    recount_terms,
    settle_threshold,
    tell_what_passed,
)
from petitions.actions.life import (
    begin,
    change,
    discard,
    let_go,
    publish,
    refuse,
    sort,
    submit,
    withdraw,
)
from petitions.actions.news import hide_news, post_news, restore_news
from petitions.actions.rulebook import add_ground, change_ground, change_rules, force_ground

__all__ = [
    "add_ground",
    "answer",
    "attach_poll",
    "begin",
    "change",
    "change_ground",
    "change_rules",
    "decide",
    "detach_poll",
    "discard",
    "find_moved_terms",
    "force_ground",
    "hide_news",
    "let_go",
    "note_step",
    "post_news",
    "promise",
    "publish",
    "put_on_agenda",
    "recount_terms",
    "refuse",
    "restore_news",
    "settle_threshold",
    "sort",
    "start_review",
    "submit",
    "tell_what_passed",
    "withdraw",
]
