"""The address at which whoever signed by mail objects to the removal of her signature."""

from __future__ import annotations

from hmac import compare_digest

from django.urls import reverse
from django.utils.crypto import salted_hmac

from petitions.models import Signature


def objection_path(signature: Signature) -> str:
    """Where its signer objects: an account's page, or for who has none a link of her own, which is
    good for this alone and for nobody without the site's secret to make."""
    if signature.user_id is not None:
        return reverse("petitions:objection", args=[signature.petition_id])
    return reverse(
        "petitions:objection_by_link",
        args=[signature.petition_id, signature.pk, token_of(signature)],
    )


def token_of(signature: Signature) -> str:
    """Bound to the signature, to its signer's mailbox and to its purpose."""
    row = f"{signature.pk}:{bytes(signature.mailbox or b'').hex()}:{signature.at.timestamp()}"
    mixed = salted_hmac("petitions.defence.objection", row, algorithm="sha256")
    return mixed.hexdigest()[:40]


def fits(signature: Signature, token: str) -> bool:
    """Whether the link was made for this signature. Takes the same time either way."""
    return compare_digest(token_of(signature).encode(), token.encode())
