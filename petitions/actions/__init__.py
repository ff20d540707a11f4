"""Everything that can happen to a petition; signing is in signing/actions.py."""

from petitions.actions.answer import answer, decide, note_step, promise, put_on_agenda, start_review
from petitions.actions.life import (
    begin,
    change,
    discard,
    publish,
    refuse,
    sort,
    submit,
    withdraw,
)
from petitions.actions.news import hide_news, post_news
from petitions.actions.threshold import settle_threshold, tell_what_passed

__all__ = [
    "answer",
    "begin",
    "change",
    "decide",
    "discard",
    "hide_news",
    "note_step",
    "post_news",
    "promise",
    "publish",
    "put_on_agenda",
    "refuse",
    "settle_threshold",
    "sort",
    "start_review",
    "submit",
    "tell_what_passed",
    "withdraw",
]
