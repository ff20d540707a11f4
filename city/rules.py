"""Rules of changing the council's own data. Pure: the facts are passed in."""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import gettext_lazy as _

from core.domain.rules import ALLOWED, Verdict, refuse, refuse_unless

ADMINISTRATORS_ONLY = refuse(
    "city.administrators_only", _("Only an administrator may change what the council is made of.")
)


class Actor(Protocol):
    """The person who changes it, with their rights as apps above know them."""

    @property
    def pk(self) -> int: ...

    @property
    def is_administrator(self) -> bool: ...


def change(by: Actor | None) -> Verdict:
    """Change the council's own data: administrators; None is the server's command line."""
    return ALLOWED if by is None or by.is_administrator else ADMINISTRATORS_ONLY


def change_columns(*, is_closed: bool) -> Verdict:
    """Change a row's columns: not of one that is closed."""
    return refuse_unless(
        not is_closed, "city.row_closed", _("It is closed. Open it again to change it.")
    )


def close(*, is_closed: bool) -> Verdict:
    """Close a row that is open."""
    return refuse_unless(not is_closed, "city.closed_already", _("It is closed already."))


def reopen(*, is_closed: bool) -> Verdict:
    """Open a row that is closed again."""
    return refuse_unless(is_closed, "city.open_already", _("It is open already."))
