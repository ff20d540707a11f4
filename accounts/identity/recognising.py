"""Keys by which one living person is recognised; each belongs to one account at a time.

A key outlives its account where something that counts was done by it (accounts.models.PersonKey).
Whoever is confirmed again takes their key along, and with it what they counted in: they can support
again nothing that they have supported already.
"""

from __future__ import annotations

from collections.abc import Iterable

from accounts.data import register
from accounts.identity import rules
from accounts.models import PersonKey, User, Verification
from core.domain.rules import Refused


def claim(user: User, keys: Iterable[str]) -> list[User]:
    """Make the keys the account's; returns the accounts that had any of them until now.

    Those are erased, or no check of theirs counts any more. Call it in an action that holds the
    lock of ``user``. Refuses ``identity.taken`` when a check of another account counts.
    """
    before = set()
    for key in sorted(filter(None, keys)):
        PersonKey.objects.get_or_create(key=key, defaults={"user": user})
        # Without its person: joined, a row that another took over meanwhile would be none at all.
        found = PersonKey.objects.select_for_update(no_key=True).get(key=key)
        if found.user_id == user.pk:
            continue
        if Verification.objects.in_force().filter(user=found.user_id).exists():
            raise Refused(rules.TAKEN)
        before.add(found.user_id)
        found.user = user
        found.save(update_fields=["user"])
    return list(User.objects.filter(pk__in=before).order_by("pk")) if before else []


def keys_of(user: User) -> set[str]:
    """All the keys by which an account's person is or was known."""
    checks = Verification.objects.filter(user=user).exclude(person_key="")
    own = PersonKey.objects.filter(user=user)
    return {*checks.values_list("person_key", flat=True), *own.values_list("key", flat=True)}


def forget_unless_counted(user: User) -> None:
    """Delete the keys of somebody who goes and has done nothing that counts."""
    if not any(entry.counts and entry.rows(user).exists() for entry in register.all_entries()):
        PersonKey.objects.filter(user=user).delete()
