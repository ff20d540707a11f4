"""Mails to those who signed a petition: in batches, once each, stopped by one click.

    tell("listeners", "petitions/answered", about="petition:7", petition_id=7)

leaves one job behind. Each batch leaves the jobs of its mails and of the next batch behind in one
transaction: a worker killed in the middle leaves all of them or none, the queue never holds more
than a batch of a mailing, and memory does not grow with its signers. A mail's row in ``Sent``
commits after the mail server has taken it, so none is lost and a killed worker's at most is double.
Nothing here waits for a petition's lock, or holds one: people sign meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import translation

from core.domain import outbox
from core.domain.mail import compose
from notifications.contents import context_of
from notifications.mail import hand_over, message_id
from notifications.models import Sent
from petitions.listening import audiences
from petitions.listening.tokens import path_of
from petitions.models import Signature
from petitions.signing.tokens import page_of_signature

BATCH = 500


def tell(audience: str, template: str, *, about: str, **ids: int) -> None:
    """Tell all signers of an audience (AUDIENCES) something, once: the mail ``emails/<template>``.

    ``about`` and ``ids`` as in notifications.mail.defer; the ids name the audience too. Call it
    inside the transaction of what it tells.
    """
    outbox.defer(
        "notifications.jobs.tell_signers",
        audience=audience,
        template=template,
        about=about,
        ids=ids,
    )


def tell_signers(
    audience: str, template: str, about: str, ids: dict[str, int], after: int = 0
) -> int:
    """Defer the mail to the next BATCH of the audience, by ascending id above ``after``.

    Returns how many were deferred.
    """
    told = {"audience": audience, "template": template, "about": about, "ids": ids}
    with transaction.atomic():
        found = AUDIENCES[audience](**ids).filter(pk__gt=after).order_by("pk")
        signatures = list(found.values_list("pk", flat=True)[:BATCH])
        outbox.defer_many(
            "notifications.jobs.send_to_signer",
            [{**told, "signature_id": each} for each in signatures],
        )
        if len(signatures) == BATCH:
            outbox.defer("notifications.jobs.tell_signers", **told, after=signatures[-1])
    return len(signatures)


def send(audience: str, template: str, signature_id: int, about: str, ids: dict[str, int]) -> bool:
    """Send a deferred mail now. Returns whether it went: False when it has gone before, when there
    is nothing to tell any more, or when the signer is not of the audience now. Raises what the mail
    server raises, for a later try.

    A person with an account is told once of what a template tells, as its author or as a signer.
    """
    event = f"{template}:{about}"
    with transaction.atomic():
        found = AUDIENCES[audience](**ids).select_related("user").filter(pk=signature_id)
        signature = found.first()
        if signature is None:
            return False
        user = signature.user
        whose = {"user": user} if user else {"signature": signature}
        _row, is_first = Sent.objects.get_or_create(**whose, event=event)
        if not is_first:
            return False
        # Whoever signed without an account reads the state's language (law 2704-VIII art. 27).
        with translation.override(user.language if user else settings.LANGUAGE_CODE):
            context = context_of(template, user, ids)
            if context is None:
                return False
            name = f"{user.pk}:{event}" if user else f"signature:{signature.pk}:{event}"
            stop = path_of(signature) if audience == "listeners" else ""
            message = compose(
                template,
                {**context, "own_path": _own_path(signature), "stop_path": stop},
                to=user.email if user else signature.email,
                headers={"Message-ID": message_id(name), **unsubscribing(stop)},
            )
        return hand_over(message)


def unsubscribing(path: str) -> dict[str, str]:
    """The headers by which a mail program stops such mails in one click (RFC 8058): both must be
    signed by DKIM (docs/deploy.md). "" for mails that nobody can stop."""
    if not path:
        return {}
    return {
        "List-Unsubscribe": f"<{settings.SITE_URL}{path}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _own_path(signature: Signature) -> str:
    """Where a signer sees her own signature, and takes it back or objects."""
    if signature.user_id:
        return reverse("petitions:signed", args=[signature.petition_id])
    args = [signature.petition_id, signature.pk, page_of_signature(signature)]
    return reverse("petitions:signature", args=args)


def _listeners(*, petition_id: int, **_more: int) -> QuerySet[Signature]:
    return audiences.listeners(petition_id)


def _removed(*, removal_id: int, **_more: int) -> QuerySet[Signature]:
    return audiences.removed(removal_id)


def _restored(*, petition_id: int, removal_id: int, **_more: int) -> QuerySet[Signature]:
    """Whoever was told that a removal had taken hers, and stands again."""
    event = f"petitions/signature_removed:removal:{removal_id}"
    whose = Q(signature=OuterRef("pk")) | Q(user=OuterRef("user"))
    told = Exists(Sent.objects.filter(whose, event=event))
    return audiences.standing(petition_id).filter(told)


def _objector(*, objection_id: int, **_more: int) -> QuerySet[Signature]:
    return audiences.reachable().filter(objections=objection_id)


#: Whom a mail is for -> the signatures, by the mail's ids.
AUDIENCES: dict[str, Callable[..., QuerySet[Signature]]] = {
    "listeners": _listeners,
    "removed": _removed,
    "restored": _restored,
    "objector": _objector,
}
