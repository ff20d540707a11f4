"""A new secret by mail, for an applicant who has lost theirs.

The e-mail of an appeal is never confirmed: where it was mistyped, a stranger learns the number from
a mail. So a new secret also asks for two words of the name.

Every request defers the same job, which knows the appeal's id and a digest of what was typed: only
the job looks whether they belong together, so the page's answer and its time tell nothing. The
secret is made when the mail is sent, and no table ever holds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from django.utils.crypto import constant_time_compare, salted_hmac

from appeals import actions
from appeals.filing import limits
from appeals.models import Appeal
from core.domain import outbox
from core.domain.actions import action
from core.domain.email_addresses import to_comparable

_WORD = re.compile(r"[^\W\d_]+")
_APOSTROPHES = re.compile("['’ʼ`ʹ]")


@dataclass(frozen=True, slots=True)
class Renewed:
    """An appeal, and its new secret."""

    appeal: Appeal
    secret: str


def ask(number: int, day: date, *, email: str, name: str) -> None:
    """Defer the job, whether there is such an appeal or not."""
    rows = Appeal.objects.filter(number=number, registered_on=day)
    found = rows.values_list("pk", flat=True).first() or 0
    with action():
        outbox.defer(
            "notifications.jobs.send_appeal_secret",
            appeal_id=found,
            digest=_digest(found, email, _words(name)[:2]),
        )


def renew(appeal_id: int, digest: str) -> Renewed | None:
    """The appeal with a new secret, for the mail that is sent now; None where there is none.

    The former secret opens it until the new one is used."""
    appeal = Appeal.objects.filter(pk=appeal_id, author=None, secret_hash__isnull=False).first()
    if appeal is None or not appeal.email:
        return None
    digests = [_digest(appeal.pk, appeal.email, each) for each in _pairs(appeal.name)]
    if not any(constant_time_compare(each, digest) for each in digests):
        return None
    if not limits.RENEW_OF_APPEAL.spend(appeal.pk):
        return None
    return Renewed(appeal, actions.offer_secret(appeal))


def forgive(appeal: Appeal) -> None:
    """Do not count what the mail server has refused."""
    limits.RENEW_OF_APPEAL.forget(appeal.pk)


def _words(name: str) -> list[str]:
    return _WORD.findall(_APOSTROPHES.sub("", name.casefold()))


def _pairs(name: str) -> list[tuple[str, ...]]:
    """Any two words of a name; of one word, that."""
    words = _words(name)
    return list(combinations(words, min(len(words), 2))) if words else []


def _digest(appeal_id: int, email: str, words: Iterable[str]) -> str:
    value = f"{appeal_id}:{to_comparable(email)}:{' '.join(sorted(words))}"
    return salted_hmac("appeals.renew", value, algorithm="sha256").hexdigest()[:32]
