"""Event handlers that defer mails about accounts and consultations, in the event's transaction."""

from __future__ import annotations

from accounts.data.events import ExportReady
from accounts.events import EmailChanged, UserReinstated, UserSignedOut, UserSuspended
from accounts.identity.events import IdentityExpiring
from accounts.models import Residence, StaffRole, Suspension, User
from accounts.residence.events import ResidenceExpiring
from accounts.staff.queries import holders
from consultations.events import (
    ConsultationOpened,
    ConsultationWithdrawn,
    DatesChanged,
    EditionPublished,
    EditionTermOpened,
    RemarkAnswered,
    RemarkJoined,
    ReplyCorrected,
)
from consultations.models import Consultation, Remark
from core.domain import clock
from core.domain.events import within
from discussions import voices
from discussions.models import Comment
from notifications.channels.bounces.actions import forget_change
from notifications.channels.push.actions import end_with_session
from notifications.sending.fanout import tell
from notifications.sending.mail import defer


@within(RemarkAnswered)
def remark_answered(event: RemarkAnswered) -> None:
    """Tell whose words were answered: the author, or who may speak now for the organisation; and
    whose are folded into these, and so answered with them."""
    for user_id in voices.owners_of(Comment.objects.get(pk=event.remark_id)):
        if user_id != event.by_id:
            defer(
                "consultations/remark_answered",
                user_id=user_id,
                about=f"answer:{event.answer_id}",
                comment_id=event.remark_id,
                answer_id=event.answer_id,
            )
    _tell_repeaters("consultations/remark_answered", f"answer:{event.answer_id}", event)


@within(RemarkJoined)
def remark_joined(event: RemarkJoined) -> None:
    """Tell its author that what waited for the organisation is published."""
    defer(
        "consultations/remark_joined",
        user_id=event.by_id,
        about=f"remark:{event.remark_id}",
        comment_id=event.remark_id,
    )


@within(ReplyCorrected)
def reply_corrected(event: ReplyCorrected) -> None:
    """Tell whose words were answered, as ``remark_answered``, where the officer wants it."""
    if not event.tells_author:
        return
    for user_id in voices.owners_of(Comment.objects.get(pk=event.remark_id)):
        if user_id != event.by_id:
            defer(
                "consultations/reply_corrected",
                user_id=user_id,
                about=f"correction:{event.correction_id}",
                comment_id=event.remark_id,
                answer_id=event.answer_id,
            )
    _tell_repeaters("consultations/reply_corrected", f"correction:{event.correction_id}", event)


@within(DatesChanged)
def dates_changed(event: DatesChanged) -> None:
    """Tell everybody who took part until when they may speak now."""
    _tell_participants(
        "consultations/dates_changed",
        event.consultation_id,
        f"change:{event.change_id}",
        change_id=event.change_id,
    )


@within(EditionPublished)
def edition_published(event: EditionPublished) -> None:
    """Tell everybody who took part what became of each of their proposals; of a later edition
    whoever has another answer in it."""
    _tell_participants(
        "consultations/report_published",
        event.consultation_id,
        f"edition:{event.edition_id}",
        edition_id=event.edition_id,
    )


@within(ConsultationWithdrawn)
def consultation_withdrawn(event: ConsultationWithdrawn) -> None:
    """Tell everybody who took part that it was taken back, and why."""
    _tell_participants(
        "consultations/withdrawn",
        event.consultation_id,
        f"consultation:{event.consultation_id}",
    )


@within(ConsultationOpened)
def consultation_opened(event: ConsultationOpened) -> None:
    """Tell the officers who will have to answer: nobody else has taken part yet."""
    about = f"consultation:{event.consultation_id}"
    _tell_officers("consultations/opened", event.consultation_id, about)


@within(EditionTermOpened)
def edition_term_opened(event: EditionTermOpened) -> None:
    """Tell the officers that another edition of the report is due."""
    about = f"remark:{event.remark_id}:{clock.now().timestamp():.0f}"
    remark_id = event.remark_id
    _tell_officers("consultations/edition_due", event.consultation_id, about, remark_id=remark_id)


def _tell_officers(template: str, consultation_id: int, about: str, **ids: int) -> None:
    consultation = Consultation.objects.only("department").get(pk=consultation_id)
    officers = holders(
        StaffRole.OFFICER, department_id=consultation.department_id, scope=consultation.topic
    )
    for officer_id in officers:
        defer(template, user_id=officer_id, about=about, consultation_id=consultation_id, **ids)


@within(UserSuspended)
def user_suspended(event: UserSuspended) -> None:
    """Tell the person why, and how to object."""
    suspension = Suspension.objects.get(user_id=event.user_id, ended_at=None)
    defer(
        "accounts/suspended",
        user_id=event.user_id,
        about=f"suspension:{suspension.pk}",
        suspension_id=suspension.pk,
    )


@within(UserReinstated)
def user_reinstated(event: UserReinstated) -> None:
    """Tell the person that they may act again."""
    suspension_id = (
        Suspension.objects.filter(user_id=event.user_id)
        .order_by("-pk")
        .values_list("pk", flat=True)
        .first()
    )
    defer("accounts/reinstated", user_id=event.user_id, about=f"suspension:{suspension_id}")


@within(ExportReady)
def export_ready(event: ExportReady) -> None:
    """Tell the person that everything about them can be downloaded."""
    defer(
        "accounts/export_ready",
        user_id=event.user_id,
        about=f"export:{event.export_id}",
        export_id=event.export_id,
    )


@within(IdentityExpiring)
def identity_expiring(event: IdentityExpiring) -> None:
    """Tell the person that they are to be checked again; each check is told once."""
    defer(
        "accounts/identity_expiring",
        user_id=event.user_id,
        about=f"identity:{event.verification_id}",
        verification_id=event.verification_id,
    )


@within(ResidenceExpiring)
def residence_expiring(event: ResidenceExpiring) -> None:
    """Tell the person that their residence is to be confirmed again; each check is told once."""
    expires_at = Residence.objects.values_list("expires_at", flat=True).get(pk=event.residence_id)
    defer(
        "accounts/residence_expiring",
        user_id=event.user_id,
        about=f"residence:{event.residence_id}:{expires_at:%Y-%m-%d}",
        residence_id=event.residence_id,
    )


def _tell_repeaters(template: str, about: str, event: RemarkAnswered | ReplyCorrected) -> None:
    if Remark.objects.filter(folded_into=event.remark_id).exists():
        ids = {"comment_id": event.remark_id, "answer_id": event.answer_id}
        tell("repeaters", template, about=about, **ids)


def _tell_participants(template: str, consultation_id: int, about: str, **ids: int) -> None:
    tell("participants", template, about=about, consultation_id=consultation_id, **ids)


@within(EmailChanged)
def email_changed(event: EmailChanged) -> None:
    """Mails go to the new address."""
    for user in User.objects.filter(pk=event.user_id):
        forget_change(user)


@within(UserSignedOut)
def user_signed_out(event: UserSignedOut) -> None:
    """A browser whose session has ended is told nothing more. Signed out everywhere – suspension,
    another password, or because something was stolen: none is."""
    end_with_session(event.user_id, event.session_key)
