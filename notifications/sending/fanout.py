"""Mails to many: in batches, once each, to whoever is of the audience when their mail is sent.

    tell("listeners", "petitions/answered", about="petition:7", petition_id=7)

leaves one job behind. Each batch leaves the jobs of its mails and of the next batch behind in one
transaction: a worker killed in the middle leaves all of them or none, the queue never holds more
than a batch of a mailing, and memory does not grow with the audience. A mail's row in ``Sent``
commits after the mail server has taken it, so none is lost; those that were under way when a worker
was killed, four at most, are double. Nothing here waits for the lock of what is told, or holds one:
people sign and vote meanwhile.
"""

from __future__ import annotations

from django.db import transaction
from procrastinate.types import JSONDict

from core.domain import outbox
from notifications.mails.audiences import AUDIENCES
from notifications.sending import budget
from notifications.sending.mail import Draft, draft_once, send_once

BATCH = 500
#: Mails to somebody who only typed the address: no news, and counted as news is.
_CONFIRMING = frozenset({"press/confirm"})


def tell(audience: str, template: str, *, about: str, **ids: int) -> None:
    """Tell everybody in an audience (AUDIENCES) something, once: the mail ``emails/<template>``.

    ``about`` and ``ids`` as in notifications.sending.mail.defer; the ids name the audience too.
    Call it inside the transaction of what it tells.
    """
    outbox.defer(
        "notifications.jobs.tell_audience",
        audience=audience,
        template=template,
        about=about,
        ids={**ids},
    )


def tell_batch(
    audience: str, template: str, about: str, ids: dict[str, int], after: int = 0
) -> int:
    """Defer the mail to the next BATCH of an audience, by ascending id above ``after``, and the
    batch after it. Returns how many mails were deferred."""
    mailing: JSONDict = {
        "audience": audience,
        "template": template,
        "about": about,
        "ids": {**ids},
    }
    with transaction.atomic():
        members = AUDIENCES[audience].next_members(ids, after=after, most=BATCH)
        outbox.defer_many(
            "notifications.jobs.send_to_member",
            [{**mailing, "member_id": member_id} for member_id in members],
        )
        if len(members) == BATCH:
            outbox.defer("notifications.jobs.tell_audience", **mailing, after=members[-1])
    return len(members)


def send_to_member(
    audience: str,
    template: str,
    member_id: int,
    about: str,
    ids: dict[str, int],
    asker: str = "",
) -> bool:
    """Send a deferred mail now, or leave it to a job after the recipient's quiet hours; what the
    budget counts, as the budget of the mailbox lets. Returns whether it went (see mail.send_once).
    """
    recipient = AUDIENCES[audience].load_recipient(ids, member_id)
    if recipient is None:
        return False
    if recipient.not_before is not None:
        outbox.defer_at(
            recipient.not_before,
            "notifications.jobs.send_to_member",
            audience=audience,
            template=template,
            member_id=member_id,
            about=about,
            ids={**ids},
        )
        return False
    if not recipient.is_told_news and template not in _CONFIRMING:
        return send_once(template, recipient, about, ids)
    mailing = {"audience": audience, "template": template, "member_id": member_id}
    return budget.send(
        "member", {**mailing, "about": about, "ids": {**ids}}, asker=budget.Asker(asker)
    )


def _about(audience: str, template: str, member_id: int, about: str, ids: dict[str, int]) -> str:
    return f"{template}:{about}"


@budget.writes("member", about=_about)
def _write(
    *, audience: str, template: str, member_id: int, about: str, ids: dict[str, int]
) -> Draft | None:
    recipient = AUDIENCES[audience].load_recipient(ids, member_id)
    return None if recipient is None else draft_once(template, recipient, about, ids)
