"""A resident whose every word is a canary: letters like no others, in every field that they fill.

What looks for leaks reads these words wherever they may not stand: after an erasure
(test_canary.py), and in what everybody is shown (tests/attack/test_planted.py).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from allauth.usersessions.models import UserSession
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from accounts.models import (
    Absence,
    Grant,
    Residence,
    StaffInvitation,
    StaffNote,
    Suspension,
    User,
    Verification,
)
from appeals.actions import NewFile, file, rate, reopen
from city.models import District, Street
from consultations.costs.models import Cost
from consultations.models import Declaration, Edition, EditionRow, Remark, WaitingRemark
from consultations.remarks import actions as consultations
from core.domain import clock
from discussions import actions as discussions
from discussions.later import reserve_number
from discussions.models import Comment, Edit, HideReason
from meetings.minutes.actions import publish as publish_minutes
from meetings.minutes.actions import save as save_minutes
from meetings.models import MinutesPart
from meetings.models import State as MeetingState
from meetings.registration import actions as registration
from moderation.contests import actions as contests
from newsroom.models import Accreditation, ArticleQuestion, PressAttendance
from notifications.models import BouncedAddress, PushSubscription
from notifications.sending.mail import defer, defer_letter
from organisations.models import Invitation, Organisation
from petitions.models import Objection, Pending, PetitionPhoto, Removal, Signature
from petitions.signing.mailbox import key_of
from tests import factories
from tests.appeals import factories as appeals
from tests.factories import PASSWORD
from tests.meetings import factories as meetings
from tests.newsroom import factories as articles
from tests.petitions import factories as petitions
from tests.votes import factories as polls
from tokens.models import Token
from votes.ballots.actions import cast
from votes.models import Invitation as Invited


class Canaries:
    """Words that stand nowhere else: letters alone, so that a search's lemmas keep them too."""

    def __init__(self) -> None:
        self.planted: dict[str, str] = {}

    def __call__(self, column: str) -> str:
        """The canary of a column («accounts.user.email»)."""
        number = len(self.planted)
        word = "kanarka" + "".join("bdfghjklmn"[int(digit)] + "o" for digit in f"{number:03}")
        return self.planted.setdefault(column, word)


def load_someone(canary: Canaries) -> User:
    """A resident whose every word is a canary."""
    user = User.objects.create_user(
        f"{canary('accounts.user.email')}@viche.example",
        PASSWORD,
        given_name=canary("accounts.user.given_name").title(),
        family_name=canary("accounts.user.family_name").title(),
        public_name_style="full",
        phone="+380447318462",
    )
    canary.planted["accounts.user.phone"] = "380447318462"
    canary.planted["accounts.user.delivered_email"] = canary.planted["accounts.user.email"]
    canary.planted["account.emailaddress.email"] = canary.planted["accounts.user.email"]
    return user


def be_reported(said: Remark, canary: Canaries) -> None:
    """What the person declared, and their row in a report that names by the public name."""
    Declaration.objects.create(
        remark=said,
        **{
            column: canary(f"consultations.declaration.{column}")
            for column in ("full_name", "contact")
        },
    )
    edition = Edition.objects.create(
        consultation=said.consultation,
        number=1,
        by=factories.user("publisher"),
        at=clock.now(),
        content=[],
        rows_total=1,
        sha256="0" * 64,
    )
    EditionRow.objects.create(
        edition=edition,
        place=1,
        remark=said,
        author=said.comment.author,
        name=canary("consultations.editionrow.name"),
        name_salt=canary("consultations.editionrow.name_salt"),
        name_hash="0" * 64,
        words=canary("consultations.editionrow.words"),
        words_salt="0" * 32,
        words_hash="0" * 64,
        facts={},
    )


def speak(
    user: User, bohdan: User, company: Organisation, department: Any, canary: Canaries
) -> None:
    consultation = factories.consultation(department)
    said = consultations.remark(consultation, by=user, text=canary("discussions.edit.text"))
    consultations.change_remark(said, by=user, text=canary("discussions.comment.text"))
    Edit.objects.filter(comment=said.comment).update(proposal=canary("discussions.edit.proposal"))
    said.comment.refresh_from_db()
    Comment.objects.filter(pk=said.pk).update(
        proposal=canary("discussions.comment.proposal"),
        organisation=company,
        interest=canary("discussions.comment.interest"),
    )
    for column in ("html", "search"):  # the same words once more
        canary.planted[f"discussions.comment.{column}"] = canary.planted["discussions.comment.text"]
    Cost.objects.create(
        consultation=consultation,
        organisation=company,
        size="micro",
        by=user,
        note=canary("consultations.cost.note"),
    )
    waits = factories.organisation("ТОВ «Чекає»", bohdan, how="", confirmed_at=None)
    WaitingRemark.objects.create(
        pk=reserve_number(),
        consultation=consultation,
        organisation=waits,
        author=user,
        sent_at=clock.now(),
        **{
            column: canary(f"consultations.waitingremark.{column}")
            for column in ("text", "proposal", "interest", "full_name", "contact")
        },
    )
    taken_back = consultations.remark(consultation, by=user, text=canary("taken back"))
    consultations.delete_remark(taken_back, by=user)
    Comment.objects.filter(pk=taken_back.pk).update(
        hidden_note=canary("discussions.comment.hidden_note"),
        hidden_quote=canary("discussions.comment.hidden_quote"),
    )
    be_reported(said, canary)
    his = consultations.remark(consultation, by=bohdan, text="Ні.")
    consultations.react(his, by=user, value=1)
    discussions.flag(
        his.comment,
        by=user,
        reason=HideReason.SPAM,
        details=canary("discussions.flag.details"),
    )


def contest(user: User, mo: User, department: Any, canary: Canaries) -> None:
    consultation = factories.consultation(department)
    hidden = consultations.remark(consultation, by=user, text="Приховане.")
    discussions.hide(hidden.comment, by=mo, reason=HideReason.SPAM, note="Порушує правила")
    hidden.comment.refresh_from_db()
    contests.make(hidden.comment, by=user, words=canary("moderation.contest.words"))


def be_somebody(user: User, mo: User, canary: Canaries) -> None:
    """All that was checked, granted and connected."""
    district, _made = District.objects.get_or_create(name="Центр", slug="centre")
    Residence.objects.create(
        user=user, district=district, address=canary("accounts.residence.address")
    )
    Verification.objects.create(
        user=user,
        level=30,
        how="provider",
        source="id.gov.ua",
        person_key=canary("accounts.verification.person_key"),
        organisation_code="41760283",
        organisation_name=canary("accounts.verification.organisation_name"),
    )
    canary.planted["accounts.verification.organisation_code"] = "41760283"
    Suspension.objects.create(
        user=user, by=mo, reason=canary("accounts.suspension.reason"), ended_at=clock.now()
    )
    Grant.objects.create(
        user=user,
        role="moderator",
        revoked_at=clock.now(),
        reason=canary("accounts.grant.reason"),
        patronymic=canary("accounts.grant.patronymic"),
        revoked_reason=canary("accounts.grant.revoked_reason"),
    )
    StaffInvitation.objects.create(
        email=user.email,
        role="moderator",
        nonce="0" * 32,
        post=canary("accounts.staffinvitation.post"),
        post_genitive=canary("accounts.staffinvitation.post_genitive"),
        patronymic=canary("accounts.staffinvitation.patronymic"),
        reason=canary("accounts.staffinvitation.reason"),
        invited_by=mo,
        expires_at=clock.now() + timedelta(days=1),
    )
    canary.planted["accounts.staffinvitation.email"] = canary.planted["accounts.user.email"]
    Absence.objects.create(
        absent=user,
        cover=mo,
        named_by=mo,
        starts_at=clock.now(),
        ends_at=clock.now() + timedelta(days=1),
        reason=canary("accounts.absence.reason"),
    )
    StaffNote.objects.create(
        matter_kind="petition", matter_id=1, author=user, words=canary("accounts.staffnote.words")
    )
    account = SocialAccount.objects.create(
        user=user,
        provider="id_gov_ua",
        uid=canary("socialaccount.socialaccount.uid"),
        extra_data={"familyname": canary("socialaccount.socialaccount.extra_data")},
    )
    SocialToken.objects.create(
        account=account,
        token=canary("socialaccount.socialtoken.token"),
        token_secret=canary("socialaccount.socialtoken.token_secret"),
    )
    Authenticator.objects.create(
        user=user, type="webauthn", data={"name": canary("mfa.authenticator.data")}
    )
    Token.objects.create(
        user=user,
        name=canary("tokens.token.name"),
        digest="0" * 64,
        scopes=["me:read"],
        expires_at=clock.now() + timedelta(days=30),
    )


def act_for_somebody(user: User, bohdan: User, canary: Canaries) -> Organisation:
    """A sole proprietor, whose name is her own, and a company where she is the contact."""
    factories.organisation(
        canary("organisations.organisation.short_name"),
        bohdan,
        kind=Organisation.Kind.SOLE,
        code="",
        code_key=canary("organisations.organisation.code_key"),
        name=canary("organisations.organisation.name"),
        location=canary("organisations.organisation.location"),
        contact="…",
    )
    company = factories.organisation(
        "ТОВ «Тераса»", bohdan, contact=canary("organisations.organisation.contact")
    )
    Organisation.objects.update(registered_by=user)
    for registered in Organisation.objects.all():
        factories.mandate(user, registered)
    Invitation.objects.create(
        organisation=company,
        email=user.email,
        scopes=["comment"],
        nonce="0" * 32,
        invited_by=bohdan,
        expires_at=clock.now(),
    )
    canary.planted["organisations.invitation.email"] = canary.planted["accounts.user.email"]
    return company


def ask_the_council(user: User, mo: User, canary: Canaries) -> None:
    """Petitions in every way in which one ends, signatures, one that waits and one objected to."""
    words = {
        name: canary(f"petitions.petition.{name}")
        for name in ("title", "text", "reasons", "author_name", "author_address", "author_phone")
    }
    canary.planted["petitions.petition.search"] = words["title"]
    for state in ("draft", "moderation", "refused", "collecting", "answered"):
        is_public = state in ("collecting", "answered")
        unique = words if is_public else {name: f"{state} {name}" for name in words}
        petitions.petition(user, state, **unique, search=f"'{unique['title'].split()[0]}'")
    _show(user, mo, canary)
    reason = canary("petitions.petition.withdrawn_reason")
    petitions.petition(user, "withdrawn", withdrawn_reason=reason, author_name=words["author_name"])
    one, other = (petitions.petition(mo) for _number in range(2))
    by_mail = {"email": user.email, "mailbox": key_of(one.pk, user.email)}
    name = canary("petitions.signature.name")
    domain = canary("petitions.signature.domain")
    Signature.objects.create(petition=one, name=name, domain=domain, **by_mail)
    canary.planted["petitions.signature.email"] = canary.planted["accounts.user.email"]
    Pending.objects.create(
        petition=other,
        name=canary("petitions.pending.name"),
        email=user.email,
        mailbox=key_of(other.pk, user.email),
        language="uk",
        expires_at=clock.now() + timedelta(days=1),
    )
    canary.planted["petitions.pending.email"] = canary.planted["accounts.user.email"]
    removal = Removal.objects.create(petition=other, rule="hour", reason="…", number=1, by=mo)
    removed = Signature.objects.create(
        petition=other, user=user, status=Signature.Status.REMOVED, removal=removal
    )
    text = canary("petitions.objection.text")
    Objection.objects.create(signature=removed, removal=removal, removed_by=mo, text=text)


def _show(user: User, mo: User, canary: Canaries) -> None:
    """Photographs in a petition, as if their files had been made: one stays, one was removed."""
    alt = canary("petitions.petitionphoto.alt")
    petition = petitions.petition(
        user, author_name=canary.planted["petitions.petition.author_name"]
    )
    drawn = {"petition": petition, "alt": alt, "width": 480, "height": 320, "widths": [480]}
    PetitionPhoto.objects.create(digest="c0ffee", **drawn)
    removed = {"removed_at": clock.now(), "removed_by": mo, "removed_reason": "spam"}
    PetitionPhoto.objects.create(digest="decade", **drawn, **removed)


def write_to_the_council(user: User, canary: Canaries) -> None:
    """An appeal with a file, answered, rated and reopened."""
    words = {
        name: canary(f"appeals.appeal.{name}")
        for name in ("residence", "phone", "house", "subject", "text")
    }
    canary.planted["appeals.appeal.search"] = words["subject"]
    appeal = appeals.appeal(
        user,
        "answered",
        **words,
        name=f"{canary('appeals.appeal.name')} Олена",
        email=f"{canary('appeals.appeal.email')}@viche.example",
        street=Street.objects.create(name="вулиця Садова", slug="sadova"),
        files=[
            NewFile(
                canary("appeals.attachment.name"),
                "text/plain",
                canary("appeals.attachment.content").encode(),
            )
        ],
    )
    # And one that came to the office by letter, of an organisation of theirs.
    organisation = canary("appeals.appeal.organisation_name")
    by_letter = {**appeals.WORDS, "via": "letter", "organisation_name": organisation}
    file(by=appeals.registrar(), author=user, **by_letter)
    told, reason = canary("appeals.answer.rating_words"), canary("appeals.appeal.reopening_reason")
    canary.planted["appeals.entry.words"] = reason
    rate(appeal, by=user, rating=1, words=told)
    reopen(appeal, by=user, reason=reason)


def sit_in_the_council(user: User, canary: Canaries) -> None:
    """A deputy, who also asks in a meeting: what everybody reads, and what nobody has read yet."""
    meeting = meetings.meeting()
    assert meeting.body is not None
    deputy = meetings.deputies(meeting.body)[0]
    deputy.name, deputy.user = canary("meetings.deputy.name"), user
    deputy.save()
    meetings.question(meeting, user, text=canary("meetings.question.text"), state="shown")
    meetings.question(meeting, user, text=canary("a question that waits"))
    needs = canary("meetings.registration.needs")
    registration.register(meeting, by=user, needs=needs, consents=True)
    closed = meetings.meeting(MeetingState.CLOSED)
    head = {"chair": "Бондар О. І."}
    save_minutes(closed, by=meetings.secretary(), section="head", texts=head)
    MinutesPart.objects.create(
        edition=publish_minutes(closed, by=meetings.secretary()),
        place=1,
        user=user,
        words=canary("meetings.minutespart.words"),
        salt=canary("meetings.minutespart.salt"),
        hash="0" * 64,
    )


def write_for_the_press(user: User, canary: Canaries) -> None:
    """A journalist with the address of the account."""
    made = Accreditation.objects.create(
        email=user.email,
        phone=user.phone,
        asked_at=clock.now(),
        **{
            column: canary(f"newsroom.accreditation.{column}")
            for column in ("name", "outlet", "document_number")
        },
    )
    say_coming = {"meeting": meetings.meeting(kind="press"), "is_coming": True}
    PressAttendance.objects.create(accreditation=made, **say_coming)
    running = meetings.meeting("running", kind="press")
    question = meetings.question(running, user, state="later")
    article = articles.article(title="Відповіді на пресконференції")
    ArticleQuestion.objects.create(
        article=article,
        number=1,
        question=question,
        user=user,
        name=canary("newsroom.articlequestion.name"),
    )


def be_told(user: User, canary: Canaries) -> None:
    """In a browser; and by mails that came back, to an address of the account."""
    PushSubscription.objects.create(
        user=user,
        **{
            column: canary(f"notifications.pushsubscription.{column}")
            for column in ("endpoint", "p256dh", "auth")
        },
    )
    BouncedAddress.objects.create(
        email=user.email, status=canary("notifications.bouncedaddress.status")
    )
    canary.planted["notifications.bouncedaddress.email"] = canary.planted["accounts.user.email"]


def vote(user: User, department: Any, canary: Canaries) -> None:
    """In an open poll, in her own words; and on the list of another."""
    officer = factories.user("officer", role="officer", department=department)
    question = {"text": "Що ще?", "kind": "text"}
    asked, invited = (polls.poll(officer, department, questions=[question]) for _number in range(2))
    answer = canary.planted["votes.text.text"] = canary("votes.openballot.choices")
    cast(asked, by=user, choices={str(asked.questions.get().pk): answer})
    Invited.objects.create(
        poll=invited,
        name=canary("votes.invitation.name"),
        name_key=canary("votes.invitation.name_key"),
        email=user.email,
    )
    canary.planted["votes.invitation.email"] = canary.planted["accounts.user.email"]


def be_written_to(user: User, canary: Canaries) -> None:
    letter = EmailMultiAlternatives(
        canary("notifications.letter.subject"),
        canary("notifications.letter.text"),
        to=[user.email],
    )
    letter.attach_alternative(canary("notifications.letter.html"), "text/html")
    defer_letter(letter)
    defer("accounts/reinstated", user_id=user.pk, about="1")
    canary.planted["notifications.letter.to"] = canary.planted["accounts.user.email"]


def sign_in(user: User, canary: Canaries) -> Client:
    client = Client()
    client.force_login(user, second_factor=True)
    session = client.session
    session["typed"] = canary("sessions.session.session_data")
    session.save()
    UserSession.objects.update_or_create(
        session_key=session.session_key,
        defaults={
            "user": user,
            "ip": "192.0.2.1",
            "user_agent": canary("usersessions.usersession.user_agent"),
            "data": {"place": canary("usersessions.usersession.data")},
        },
    )
    return client


def plant(user: User, bohdan: User, mo: User, department: Any, canary: Canaries) -> None:
    """Fill in whatever a person can fill in, and what others write of them."""
    company = act_for_somebody(user, bohdan, canary)
    speak(user, bohdan, company, department, canary)
    contest(user, mo, department, canary)
    be_somebody(user, mo, canary)
    be_written_to(user, canary)
    ask_the_council(user, mo, canary)
    write_to_the_council(user, canary)
    vote(user, department, canary)
    sit_in_the_council(user, canary)
    write_for_the_press(user, canary)
    be_told(user, canary)
