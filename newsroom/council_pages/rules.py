"""Rules of the council's pages. Pure: the facts are passed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.rules import use_desk
from core.domain.rules import Verdict, refuse_unless

if TYPE_CHECKING:
    from accounts.models import Anybody

#: Addresses below /about/ that lead to the documents that people agree to
#: (accounts/people/documents.py).
RESERVED = frozenset({"privacy", "terms", "feed", "programme"})


def edit(user: Anybody) -> Verdict:
    """Edit pages of the council: heads and officers of departments, and administrators. Every
    change is public, with the name of its author."""
    return use_desk(user) and refuse_unless(
        user.is_authenticated and user.is_officer,
        "page.officers_only",
        _("Only an officer of a department edits the council’s pages."),
    )


def add(user: Anybody, *, slug: str, is_taken: bool, title_en: str, text_en: str) -> Verdict:
    """Add a page at an address that is free."""
    return (
        edit(user)
        and refuse_unless(
            not is_taken and slug not in RESERVED,
            "page.address_taken",
            _("There is a page at this address already."),
        )
        and _be_whole(title_en, text_en)
    )


def change(
    user: Anybody, *, has_changed: bool, reason: str, title_en: str, text_en: str
) -> Verdict:
    """Write another version, and say what is changed and why."""
    return (
        edit(user)
        and refuse_unless(has_changed, "page.same", _("Nothing is other than before."))
        and refuse_unless(
            reason.strip(),
            "page.reason_missing",
            _("Say what is changed and why: everybody reads it."),
        )
        and _be_whole(title_en, text_en)
    )


def _be_whole(title_en: str, text_en: str) -> Verdict:
    return refuse_unless(
        title_en.strip() or not text_en.strip(),
        "page.english_without_title",
        _("The translation needs a title in English too."),
    )
