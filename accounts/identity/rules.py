"""Rules of verifying people and of joining two accounts. Pure: the facts are passed in."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.identity import keys
from accounts.rules import act, be_another
from core.domain.rules import ALLOWED, Verdict, refuse, refuse_unless

if TYPE_CHECKING:
    from accounts.models import Anybody, User

CODE_WRONG = refuse(
    "identity.code_wrong",
    _("This is no РНОКПП: it has 10 digits, and the last one proves the others."),
)
NOT_YOURS = refuse("merge.not_yours", _("The e-mail or the password is not right."))
TAKEN = refuse(
    "identity.taken",
    _(
        "You have another account here whose identity is confirmed already. One living person has "
        "one confirmed account: join the two."
    ),
    way="identity:merge",
)
ANOTHER_PERSON = refuse(
    "identity.another_person",
    _(
        "This account was confirmed as another person’s. An account is not handed on: please sign "
        "up for one of your own."
    ),
)


def verify(
    user: Anybody, *, by: User | None, person_key: str, known_keys: Collection[str]
) -> Verdict:
    """Record that somebody checked who ``user`` is: ``by`` an officer, or None by a provider.

    ``person_key``: what was found out now; ``known_keys``: all of the account's checks before.
    Whoever of the council checks documents is accounts.residence.rules' matter: here, nobody
    checks themselves.
    """
    others = {known for known in known_keys if keys.is_of_code(known)} - {person_key}
    is_another_person = keys.is_of_code(person_key) and bool(others)
    return (
        act(user)
        and (ALLOWED if by is None else be_another(by, user))
        and (ANOTHER_PERSON if is_another_person else ALLOWED)
    )


def merge(
    kept: Anybody,
    gone: User | None,
    *,
    has_second_factor: bool = False,
    is_proved: bool = True,
) -> Verdict:
    """Join ``gone`` into ``kept``; control of both has been proved.

    Accounts of the council are refused: what staff did stays with who did it. So is one that a
    second factor protects (``has_second_factor``): here it was not asked for. And a sign-up whose
    address nobody proved (``is_proved``) is nobody's: its password is that of whoever named the
    address, and what was signed by mail from there would go over with it.
    """
    if not act(kept) or not kept.is_authenticated:
        return act(kept)
    if gone is None or gone.erased_at is not None:
        return refuse(
            "merge.no_other", _("Please sign in to the other account first, on this page.")
        )
    return (
        refuse_unless(
            kept.pk != gone.pk,
            "merge.same",
            _("This is the account in which you are signed in already."),
        )
        and (ALLOWED if is_proved else NOT_YOURS)
        and refuse_unless(
            gone.is_active,
            "merge.suspended",
            _("The other account is suspended: it stays as it is."),
        )
        and refuse_unless(
            not (kept.is_staff or gone.is_staff),
            "merge.staff",
            _("An account that works for the council is not joined to another one."),
        )
        and refuse_unless(
            not has_second_factor,
            "merge.second_factor",
            _(
                "The other account is protected by a second factor. Sign in to it and join this "
                "one to it from there, or remove the factor first."
            ),
        )
    )


def merge_keys(kept_keys: Collection[str], gone_keys: Collection[str]) -> Verdict:
    """Two accounts that are confirmed as different people are not joined."""
    codes = {key for key in (*kept_keys, *gone_keys) if keys.is_of_code(key)}
    return refuse_unless(
        len(codes) <= 1,
        "merge.two_people",
        _("The two accounts are confirmed as two different people: they stay apart."),
    )
