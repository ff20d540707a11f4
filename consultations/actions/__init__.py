"""Everything that can happen to a consultation: its life, and what people say in it."""

from consultations.actions.life import (
    announce,
    change_dates,
    create,
    report,
    revise,
    tell_what_passed,
    withdraw,
)
from consultations.actions.remarks import (
    answer,
    change_remark,
    delete_remark,
    react,
    remark,
    reply,
)
from consultations.actions.text import import_text, publish_text

__all__ = [
    "announce",
    "answer",
    "change_dates",
    "change_remark",
    "create",
    "delete_remark",
    "import_text",
    "publish_text",
    "react",
    "remark",
    "reply",
    "report",
    "revise",
    "tell_what_passed",
    "withdraw",
]
