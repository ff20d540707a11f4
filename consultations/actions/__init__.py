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

__all__ = [
    "announce",
    "answer",
    "change_dates",
    "change_remark",
    "create",
    "delete_remark",
    "react",
    "remark",
    "reply",
    "report",
    "revise",
    "tell_what_passed",
    "withdraw",
]
