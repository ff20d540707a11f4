"""Links and codes of signatures by mail: made from the row, kept nowhere.

A reader of the database alone, without the site's secret, can make none. Each is bound to what it
is for, and to something that another row under the same number would not have.
"""

from __future__ import annotations

from hmac import compare_digest
from typing import TYPE_CHECKING

from django.utils.crypto import salted_hmac

from accounts.paper.codes import digits_of

if TYPE_CHECKING:
    from petitions.models import Pending, Signature

_CODE_DIGITS = 8


def link_of(pending: Pending) -> str:
    """The token of the link in the mail: only who reads the mailbox has it."""
    return _mixed("link", _row(pending))


def handle_of(pending: Pending) -> str:
    """The token of the page that waits for the code: only who asked has it. It confirms nothing."""
    return _mixed("handle", _row(pending))


def code_of(pending: Pending) -> str:
    """The code in the mail, «4821-0937»."""
    digits = f"{int(_mixed('code', _row(pending)), 16) % 10**_CODE_DIGITS:0{_CODE_DIGITS}}"
    return f"{digits[:4]}-{digits[4:]}"


def is_code_of(pending: Pending, written: str) -> bool:
    """Whether somebody has copied the code, however she wrote it."""
    return fits(digits_of(code_of(pending)), digits_of(written))


def page_of_signature(signature: Signature) -> str:
    """The token of a signature's own page, for whoever has no account."""
    return _mixed("signature", f"{signature.pk}:{signature.at.timestamp()}")


def fits(token: str, given: str) -> bool:
    """Whether a token is the one that was given. Takes the same time either way."""
    return compare_digest(token.encode(), given.encode())


def _row(pending: Pending) -> str:
    return f"{pending.pk}:{bytes(pending.mailbox).hex()}"


def _mixed(purpose: str, value: str) -> str:
    mixed = salted_hmac(f"petitions.signing.{purpose}", value, algorithm="sha256")
    return mixed.hexdigest()[:40]
