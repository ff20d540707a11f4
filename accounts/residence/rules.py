"""Rules of declaring, checking and confirming residence. Pure: the facts are passed in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.rules import act, be_another, sign_with_name
from core.domain.rules import Verdict, refuse, refuse_unless

if TYPE_CHECKING:
    from accounts.models import Anybody, CheckList, ResidenceLetter, User

#: Letters that one person may ask for, within how many days.
LETTERS, LETTERS_PER_DAYS = 3, 90

NONE = refuse("residence.none", _("First say where you live."))
NO_LETTER = refuse(
    "residence.no_letter", _("No code is on its way to you now. Ask for a letter first.")
)
WRONG_CODE = refuse(
    "code.wrong", _("This is not the code from the letter that was sent to you last.")
)
MISREAD = refuse(
    "code.misread",
    _("A code has 12 digits. At least one is missing or wrong here: please compare it once more."),
)


def declare(user: Anybody) -> Verdict:
    """Say where one lives, or that one lives there no longer: anybody who may act."""
    return act(user)


def ask_letter(user: Anybody, *, address: str, lately: int) -> Verdict:
    """Ask for a letter with a code, by whoever has a name to write on it; ``lately``: how many one
    asked for in LETTERS_PER_DAYS days."""
    return (
        sign_with_name(user)
        and refuse_unless(
            address.strip(),
            "residence.address_missing",
            _("Give the address to which the letter is to come."),
        )
        and refuse_unless(
            lately < LETTERS,
            "residence.letters_many",
            _("You have asked for %(most)d letters in %(days)d days. Please come to an office.")
            % {"most": LETTERS, "days": LETTERS_PER_DAYS},
        )
    )


def redeem(letter: ResidenceLetter | None, *, now: datetime) -> Verdict:
    """Whether a code may be tried: one is on its way, not too late, and not tried too often."""
    if letter is None or letter.run_id is None:
        return NO_LETTER
    return refuse_unless(
        letter.expires_at is not None and letter.expires_at > now,
        "code.expired",
        _("The code of the letter is too old. Ask for another letter."),
    ) and refuse_unless(
        letter.tries < letter.MOST_TRIES,
        "code.tried_out",
        _("The code was wrong too many times and is void now. Ask for another letter."),
    )


def look_up(by: Anybody) -> Verdict:
    """Find people, register them, print letters: officers of a department and administrators.

    An officer for one consultation alone has nothing to do with people's documents.
    """
    return act(by) and refuse_unless(
        by.is_authenticated and (by.is_administrator or by.speaking_department_ids),
        "people.not_officer",
        _("Only an officer of a department may do this."),
    )


def serve(by: Anybody, user: User) -> Verdict:
    """Do something at the office for somebody else, who may act."""
    return (
        look_up(by)
        and be_another(by, user)
        and refuse_unless(
            user.is_active, "people.inactive", _("This account is suspended or deleted.")
        )
    )


def check(by: Anybody, user: User) -> Verdict:
    """Record what somebody's document proves: not one's own, not of somebody who may not act, nor
    of an account without a name, which no document can be compared with."""
    return serve(by, user) and refuse_unless(
        user.given_name,
        "people.nameless",
        _(
            "This account has no name yet to compare with the document. Ask the person to write it "
            "under “My account”, “Name and language”; then check."
        ),
    )


def proves(*, identity: bool, district_id: int | None, basis: str, age_over: int | None) -> Verdict:
    """Whether what an officer confirmed goes together."""
    return (
        refuse_unless(
            identity or district_id is not None,
            "check.nothing",
            _("Say what the document proves: who it is, or where."),
        )
        and refuse_unless(
            identity or age_over is None,
            "check.age_without_identity",
            _("An age is confirmed only together with who it is."),
        )
        and refuse_unless(
            (district_id is None) == (not basis),
            "check.basis_missing",
            _("A residence has a district and a basis."),
        )
    )


def needs_second(*, rows: int, lately: int, alone: int) -> bool:
    """Whether a list waits for a second officer.

    ``lately``: people whom the officer has checked by lists alone in a day; ``alone``: how many
    they may (settings.CHECKS_ALONE). A long list cut in pieces is still a long list.
    """
    return rows + lately > alone


def confirm(by: Anybody, check_list: CheckList) -> Verdict:
    """Apply a list that waits: another officer than the one who made it."""
    return decline(by, check_list) and refuse_unless(
        by.pk != check_list.by_id,
        "check.same_officer",
        _("Another officer than you must confirm this list."),
    )


def decline(by: Anybody, check_list: CheckList) -> Verdict:
    """Refuse a list that waits, or take back one's own."""
    return look_up(by) and refuse_unless(
        not (check_list.applied_at or check_list.declined_at),
        "check.settled",
        _("This list has been settled already."),
    )
