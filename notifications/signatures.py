"""The mail to somebody who signs a petition by e-mail: a link, or that they have signed already.

Which of the two it is, is decided when it is sent, so that neither the page nor the time of its
answer tells. Link and code are made from the row; the job knows its id alone.
"""

from __future__ import annotations

from django.urls import reverse
from django.utils import translation

from core.domain import clock, outbox
from core.domain.events import within
from notifications.mail import send_now
from petitions.events import SignatureAsked
from petitions.models import Pending, Signature
from petitions.signing import reading, tokens


@within(SignatureAsked)
def signature_asked(event: SignatureAsked) -> None:
    outbox.defer("notifications.jobs.send_signature_link", pending_id=event.pending_id)


def send_signature_link(pending_id: int) -> bool:
    """Write and send the mail; False when there is no use in it any more (confirmed meanwhile)."""
    waiting = Pending.objects.select_related("petition").filter(expires_at__gt=clock.Now())
    pending = waiting.filter(pk=pending_id).first()
    if pending is None:
        return False
    made = reading.signature_of(pending)
    template = "petitions/signed_already" if made else "petitions/confirm_signature"
    with translation.override(pending.language):
        context = {
            "petition": pending.petition,
            "pending": pending,
            "path": _own_page(made, pending) if made else _link(pending),
            "code": tokens.code_of(pending),
        }
        name = f"signature:{pending.pk}:{pending.sent}"
        return send_now(template, context, to=pending.email, name=name)


def _link(pending: Pending) -> str:
    return reverse(
        "petitions:confirm", args=[pending.petition_id, pending.pk, tokens.link_of(pending)]
    )


def _own_page(made: Signature, pending: Pending) -> str:
    """Where it is taken back; "" for a mailbox that only looks like its signer's."""
    if not reading.is_read_at(made, pending.email):
        return ""
    token = tokens.page_of_signature(made)
    return reverse("petitions:signature", args=[made.petition_id, made.pk, token])
