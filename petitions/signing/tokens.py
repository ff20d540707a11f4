"""Tokens and codes in mails to signers: made from the row, stored nowhere.

A reader of the database alone, without the site's secret, can make none. Each is bound to what it
is for, and to something that another row under the same number would not have.
"""

from __future__ import annotations

from hmac import compare_digest
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.crypto import salted_hmac

from accounts.paper.codes import digits_of
from petitions.models import Signature

if TYPE_CHECKING:
    from petitions.models import Pending


_CODE_DIGITS = 8


def link_of(pending: Pending) -> str:
    """The token of the link in the mail: only who reads the mailbox has it."""
    return _mix("petitions.signing.link", _row(pending))


def handle_of(pending: Pending) -> str:
    """The token of the page that waits for the code: only who asked has it. It confirms nothing."""
    return _mix("petitions.signing.handle", _row(pending))


def code_of(pending: Pending) -> str:
    """The code in the mail, «4821-0937»."""
    number = int(_mix("petitions.signing.code", _row(pending)), 16) % 10**_CODE_DIGITS
    digits = f"{number:0{_CODE_DIGITS}}"
    return f"{digits[:4]}-{digits[4:]}"


def is_code_of(pending: Pending, written: str) -> bool:
    """Whether somebody has copied the code, however they wrote it."""
    return fits(digits_of(code_of(pending)), digits_of(written))


def page_of_signature(signature: Signature) -> str:
    """The token of a signature's own page, for whoever has no account."""
    return _mix("petitions.signing.signature", f"{signature.pk}:{signature.at.timestamp()}")


def token_of_mails(signature: Signature) -> str:
    """The token of the page that stops a signature's mails: good for that alone."""
    return _mix("petitions.listening", f"{signature.pk}:{signature.at.timestamp()}")


def mails_path(signature: Signature) -> str:
    """The path of the page that stops a signature's mails."""
    args = [signature.petition_id, signature.pk, token_of_mails(signature)]
    return reverse("petitions:unsubscribe", args=args)


def objection_path(signature: Signature) -> str:
    """Path to object to the signature's removal: an account's page, or for whoever has none a link
    of their own.
    """
    if signature.user_id is not None:
        return reverse("petitions:objection", args=[signature.petition_id])
    return reverse(
        "petitions:objection_by_link",
        args=[signature.petition_id, signature.pk, token_of_objection(signature)],
    )


def token_of_objection(signature: Signature) -> str:
    """The token of the page on which a signer without an account objects to the removal."""
    row = f"{signature.pk}:{bytes(signature.mailbox or b'').hex()}:{signature.at.timestamp()}"
    return _mix("petitions.defence.objection", row)


def fits(token: str, given: str) -> bool:
    """Whether a token is the one that was given. Takes the same time either way."""
    return compare_digest(token.encode(), given.encode())


def _row(pending: Pending) -> str:
    return f"{pending.pk}:{bytes(pending.mailbox).hex()}"


def _mix(purpose: str, value: str) -> str:
    return salted_hmac(purpose, value, algorithm="sha256").hexdigest()[:40]
