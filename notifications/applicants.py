"""Mails to applicants that letters do not carry: the number of what was filed, a new secret.

They go to accounts and to applicants without one. Their words tell nothing of what the appeal says:
a mail lies in mailboxes that others read, too. Jobs know ids alone; the secret is made here.
"""

from __future__ import annotations

from django.urls import reverse
from django.utils import translation

from appeals.contact import contact_of
from appeals.events import AppealFiled
from appeals.filing import renewing
from appeals.filing.presenters import ShownAppeal
from appeals.models import Appeal
from core.domain import clock, outbox
from core.domain.events import within
from notifications.mail import send_now


@within(AppealFiled)
def appeal_filed(event: AppealFiled) -> None:
    """Tell the applicant the number, where they gave an e-mail."""
    outbox.defer("notifications.jobs.send_appeal_filed", appeal_id=event.appeal_id)


def send_appeal_filed(appeal_id: int) -> bool:
    """Write the number to the applicant; False where they gave no e-mail."""
    appeal = Appeal.objects.select_related("author").filter(pk=appeal_id).first()
    if appeal is None:
        return False
    contact = contact_of(appeal)
    if contact is None:
        return False
    with translation.override(_language_of(appeal)):
        context = {
            "appeal": appeal,
            "shown": ShownAppeal(appeal, clock.now()),
            "path": appeal.get_absolute_url() if appeal.author_id else reverse("appeals:find"),
        }
        return send_now(
            "appeals/filed", context, to=contact.email, name=f"appeal:{appeal.pk}:filed"
        )


def send_appeal_secret(appeal_id: int, email_digest: str) -> bool:
    """Replace the secret and mail the new one; False where the e-mail is not the appeal's."""
    renewed = renewing.renew(appeal_id, email_digest)
    if renewed is None:
        return False
    appeal = renewed.appeal
    with translation.override(_language_of(appeal)):
        context = {
            "appeal": appeal,
            "secret": renewed.secret,
            "path": reverse("appeals:find"),
        }
        name = f"appeal:{appeal.pk}:secret:{clock.now().timestamp()}"
        try:
            return send_now("appeals/secret", context, to=appeal.email, name=name)
        except Exception:
            renewing.forgive(appeal)
            raise


def _language_of(appeal: Appeal) -> str:
    """The account's; Ukrainian for who has none (law 2704-VIII)."""
    return appeal.author.language if appeal.author else "uk"
