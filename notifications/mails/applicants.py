"""Mails to applicants that letters do not carry: the number of what was filed, a new secret.

They go to accounts and to applicants without one. Their words tell nothing of what the appeal says:
a mail lies in mailboxes that others read, too. Jobs know ids alone; the secret is made here.
"""

from __future__ import annotations

from django.urls import reverse
from django.utils import translation

from appeals.contact import contact_of
from appeals.events import AppealFiled, AppealTrackSuggested, SecretRenewed
from appeals.filing import renewing
from appeals.filing.presenters import ApplicantAppeal
from appeals.models import Appeal
from core.domain import clock, outbox
from core.domain.events import within
from notifications.sending import budget
from notifications.sending.mail import Draft, send_draft, send_now


@within(AppealFiled)
def appeal_filed(event: AppealFiled) -> None:
    """Tell the applicant the number, where they gave an e-mail."""
    outbox.defer_last("notifications.jobs.send_appeal_filed", appeal_id=event.appeal_id)


@within(SecretRenewed)
def secret_renewed(event: SecretRenewed) -> None:
    """Tell the applicant that another code opens their appeal, where they gave an e-mail."""
    outbox.defer(
        "notifications.jobs.send_appeal_secret_renewed",
        appeal_id=event.appeal_id,
        at_office=event.by_id is not None,
    )


def send_appeal_filed(appeal_id: int) -> bool:
    """Write the number to the applicant; False where they gave no e-mail, or it waits: anybody may
    name any address, so who has no account shares the budget of the mailbox. The author of a
    petition has it from petitions/ended."""
    if Appeal.objects.filter(pk=appeal_id, author=None).exists():
        return budget.send("appeal", {"appeal_id": appeal_id})
    draft = _write_filed(appeal_id=appeal_id)
    return draft is not None and send_draft(draft)


@budget.writes("appeal", about=lambda appeal_id: str(appeal_id))
def _write_filed(*, appeal_id: int) -> Draft | None:
    appeal = Appeal.objects.select_related("author").filter(pk=appeal_id).first()
    contact = contact_of(appeal) if appeal else None
    if appeal is None or contact is None or appeal.via == Appeal.Via.PETITION:
        return None
    language = _language_of(appeal)
    with translation.override(language):
        path = appeal.get_absolute_url() if appeal.author_id else reverse("appeals:find")
    context = {"appeal": appeal, "shown": ApplicantAppeal(appeal, clock.now()), "path": path}
    return Draft(
        template="appeals/filed",
        context=context,
        to=contact.email,
        name=f"appeal:{appeal.pk}:filed",
        language=language,
    )


@within(AppealTrackSuggested)
def track_suggested(event: AppealTrackSuggested) -> None:
    """Tell the applicant that the council has written something on the page of their appeal."""
    outbox.defer(
        "notifications.jobs.send_track_suggested",
        appeal_id=event.appeal_id,
        entry_id=event.entry_id,
    )


def send_track_suggested(appeal_id: int, entry_id: int) -> bool:
    """Say where a suggestion is read, not what it is; False where the applicant gave no e-mail."""
    appeal = Appeal.objects.select_related("author").filter(pk=appeal_id).first()
    contact = contact_of(appeal) if appeal else None
    if appeal is None or contact is None:
        return False
    with translation.override(_language_of(appeal)):
        path = appeal.get_absolute_url() if appeal.author_id else reverse("appeals:find")
        context = {"appeal": appeal, "path": path}
        name = f"appeal:{appeal.pk}:suggested:{entry_id}"
        return send_now("appeals/suggested", context, to=contact.email, name=name)


def send_appeal_secret(appeal_id: int, digest: str) -> bool:
    """Mail a new secret; False where e-mail or name are not the appeal's, or the receiver is
    refused."""
    renewed = renewing.renew(appeal_id, digest)
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
        is_sent = False
        try:
            is_sent = send_now("appeals/secret", context, to=appeal.email, name=name)
        finally:
            if not is_sent:
                renewing.forgive(appeal)
        return is_sent


def send_appeal_secret_renewed(appeal_id: int, *, at_office: bool) -> bool:
    """Write that a new code is in use, and who gave it; False where they gave no e-mail."""
    appeal = Appeal.objects.filter(pk=appeal_id, author=None).first()
    if appeal is None or not appeal.email:
        return False
    with translation.override(_language_of(appeal)):
        context = {"appeal": appeal, "at_office": at_office, "path": reverse("appeals:find")}
        name = f"appeal:{appeal.pk}:renewed:{clock.now().timestamp()}"
        return send_now("appeals/renewed", context, to=appeal.email, name=name)


def _language_of(appeal: Appeal) -> str:
    """The account's; Ukrainian for who has none (law 2704-VIII)."""
    return appeal.author.language if appeal.author else "uk"
