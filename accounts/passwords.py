"""Passwords: Argon2id, so many at once, none too long.

Parameters: m = 19 MiB, t = 2, p = 1, the minimum that OWASP's Password Storage Cheat Sheet names.
More memory would make guessing from a stolen database dearer, but also let fewer people of a
filled hall sign in at once on the two cores of a municipal server; what a hash may cost the machine
is ``PASSWORD_HASHES_AT_ONCE`` × 19 MiB. When the parameters here are raised, each hash is renewed
the next time its owner signs in (Django's ``must_update``).
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.web.semaphore import slot

#: Longer ones are refused before anything is computed from them.
LONGEST = 128


class CappedArgon2(Argon2PasswordHasher):
    """Argon2id, limited in number on a machine. Raises core.web.semaphore.Full."""

    time_cost = 2
    memory_cost = 19 * 1024  # KiB
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        with _turn():
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        with _turn():
            return super().verify(password, encoded)


class ShortEnough:
    """A password validator: at most LONGEST characters."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) > LONGEST:
            raise ValidationError(
                ngettext(
                    "The password is too long: at most %(most)d character.",
                    "The password is too long: at most %(most)d characters.",
                    LONGEST,
                )
                % {"most": LONGEST},
                code="password_too_long",
            )

    def get_help_text(self) -> str:
        return _("Your password can be as long as a sentence.")


def _turn() -> AbstractContextManager[None]:
    return slot(
        "hash",
        at_once=settings.PASSWORD_HASHES_AT_ONCE,
        waiting=settings.PASSWORD_HASHES_WAITING,
        patience=settings.PASSWORD_HASH_PATIENCE,
    )
