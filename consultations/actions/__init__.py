"""Everything that can happen to a consultation: its life, and what people say in it."""

from consultations.actions.deadlines import find_moved_report_days, recount_report_days
from consultations.actions.life import (
    announce,
    change_dates,
    create,
    discard,
    report,
    revise,
    tell_what_passed,
    withdraw,
)
from consultations.actions.papers import add_link, attach, detach, remove_link
from consultations.actions.polls import attach_poll, detach_poll
from consultations.actions.remarks import (
    answer,
    change_remark,
    correct,
    delete_remark,
    react,
    remark,
    reply,
)
from consultations.actions.text import import_text, publish_text

__all__ = [
    "add_link",
    "announce",
    "answer",
    "attach",
    "attach_poll",
    "change_dates",
    "change_remark",
    "correct",
    "create",
    "delete_remark",
    "detach",
    "detach_poll",
    "discard",
    "find_moved_report_days",
    "import_text",
    "publish_text",
    "react",
    "recount_report_days",
    "remark",
    "remove_link",
    "reply",
    "report",
    "revise",
    "tell_what_passed",
    "withdraw",
]
