"""A list of people to be invited, as a table (CSV): addresses, roles, departments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import StaffRole
from core.export.csv import rows_of

#: Mails that one table may send.
MOST = 100
#: What a column may be headed with, in lower case.
_HEADS = {
    **{name: name for name in ("email", "role", "department")},
    **{name: name for name in ("post", "post_genitive", "patronymic")},
    **dict.fromkeys(("e-mail", "пошта", "електронна пошта", "ел. пошта"), "email"),
    "роль": "role",
    "підрозділ": "department",
    "посада": "post",
    **dict.fromkeys(("посада в родовому", "посада в родовому відмінку"), "post_genitive"),
    "по батькові": "patronymic",
}


@dataclass(frozen=True, slots=True)
class InvitedLine:
    """A line of the table: words as they stand there, "" where a column says nothing."""

    number: int
    email: str
    role: str
    department: str = ""
    post: str = ""
    post_genitive: str = ""
    patronymic: str = ""


def read(content: bytes) -> list[InvitedLine]:
    """The lines of a table. Raises core.export.csv.NotATable."""
    needed = {"email": _("e-mail"), "role": _("role")}
    return [
        InvitedLine(number, **{name: " ".join(cell.split()) for name, cell in cells.items()})
        for number, cells in rows_of(content, _HEADS, needed=needed, most=MOST)
    ]


def roles_by_words() -> Mapping[str, StaffRole]:
    """Roles by what a table may call them: their words in either language, and their keys."""
    found = {role.value: role for role in StaffRole}
    for language in ("uk", "en"):
        with override(language):
            found |= {str(role.label).casefold(): role for role in StaffRole}
    return found
