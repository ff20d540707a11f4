"""The mail to somebody who signs a petition by e-mail: a link, or that they have signed already.

Which of the two it is, is decided when it is sent, so that neither the page nor the time of its
answer tells. Link and code are made from the row; the job knows its id alone.
"""

from __future__ import annotations

from django.urls import reverse
from django.utils import translation

from core.domain import clock, outbox
from core.domain.events import within
from notifications.sending import budget
from notifications.sending.budget import Asker, asker_of
from notifications.sending.mail import Draft
from petitions.events import SignatureAsked
from petitions.models import Pending, Signature
from petitions.signing import queries, tokens


@within(SignatureAsked)
def signature_asked(event: SignatureAsked) -> None:
    outbox.defer(
        "notifications.jobs.send_signature_link", pending_id=event.pending_id, by_id=event.by_id
    )


def send_signature_link(pending_id: int, by_id: int | None = None) -> bool:
    """Write and send the mail, as the budget of its mailbox lets; False when there is no use in it
    any more (confirmed meanwhile), or it waits. ``by_id``: of somebody who asked for it to their
    own address, signed in."""
    pending = Pending.objects.filter(pk=pending_id).first()
    if pending is None:
        return False
    asker = asker_of(pending.email, pending.network)
    if by_id is not None:
        asker = Asker(f"account:{by_id}", is_owner=True)
    return budget.send("signature", {"pending_id": pending_id}, asker=asker)


def _about(pending_id: int) -> str:
    found = Pending.objects.filter(pk=pending_id).values_list("petition", flat=True).first()
    return f"petition:{found}"


@budget.writes("signature", about=_about)
def _write(*, pending_id: int) -> Draft | None:
    waiting = Pending.objects.select_related("petition").filter(expires_at__gt=clock.Now())
    pending = waiting.filter(pk=pending_id).first()
    if pending is None:
        return None
    made = queries.signature_of(pending)
    with translation.override(pending.language):
        context = {
            "petition": pending.petition,
            "pending": pending,
            "path": _own_page(made, pending) if made else _link(pending),
            "code": tokens.code_of(pending),
        }
    return Draft(
        template="petitions/signed_already" if made else "petitions/confirm_signature",
        context=context,
        to=pending.email,
        name=f"signature:{pending.pk}:{pending.sent}",
        language=pending.language,
    )


def _link(pending: Pending) -> str:
    return reverse(
        "petitions:confirm", args=[pending.petition_id, pending.pk, tokens.link_of(pending)]
    )


def _own_page(made: Signature, pending: Pending) -> str:
    """Page on which it is taken back; "" for a mailbox that only looks like its signer's."""
    if not queries.is_read_at(made, pending.email):
        return ""
    token = tokens.page_of_signature(made)
    return reverse("petitions:signature", args=[made.petition_id, made.pk, token])
