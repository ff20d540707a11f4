"""The token of the page by which a signer stops her mails: made from the row, kept nowhere."""

from __future__ import annotations

from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from petitions.models import Signature


def token_of(signature: Signature) -> str:
    """Only the signer has it, from a mail or from their own page. It is good for mails alone."""
    value = f"{signature.pk}:{signature.at.timestamp()}"
    mixed = salted_hmac("petitions.listening", value, algorithm="sha256")
    return mixed.hexdigest()[:40]


def path_of(signature: Signature) -> str:
    """The path of that page."""
    args = [signature.petition_id, signature.pk, token_of(signature)]
    return reverse("petitions:unsubscribe", args=args)


def fits(signature: Signature, given: str) -> bool:
    """Whether this is its token; takes the same time either way."""
    return constant_time_compare(token_of(signature), given)
