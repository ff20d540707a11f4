"""Whether a signer hears what becomes of her petition."""

from __future__ import annotations

from core.domain.actions import action, locked
from petitions.models import Signature


def listen(signature: Signature, *, wants_news: bool) -> Signature:
    """Send her news and answers from now on, or no more; what is on its way is not sent either.

    Anybody who has the signature's token (the caller has seen it). Emits nothing. A signature that
    was taken back is nobody's, and stays as it is.
    """
    with action():
        signature = locked(signature)
        if signature.status != Signature.Status.WITHDRAWN:
            signature.wants_news = wants_news
            signature.save(update_fields=["wants_news"])
        return signature
