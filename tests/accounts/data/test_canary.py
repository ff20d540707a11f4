"""Nothing of a person stays when she has erased herself: looked for everywhere, by words like no
other that stood in every field that she could fill.

What may stay is written in KEPT; a column of the register that no canary sits in is written, with
the reason, in NOT_HERS, so that a new one cannot be forgotten.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.mail import EmailMultiAlternatives
from django.db import connection, models
from django.test import Client

from accounts.data import export, register
from accounts.models import Absence, Export, Grant, Residence, Suspension, User, Verification
from appeals.actions import NewFile, file, rate, reopen
from city.models import District, Street
from consultations.actions import remarks as consultations
from consultations.costs.models import Cost
from consultations.models import Declaration, Edition, EditionRow, Remark, WaitingRemark
from core.domain import clock
from discussions import actions as discussions
from discussions.later import reserve_number
from discussions.models import Comment, Edit, Flag, HideReason
from meetings.minutes.actions import publish as publish_minutes
from meetings.models import MinutesPart
from meetings.models import State as MeetingState
from meetings.registration import actions as registration
from moderation.contests import actions as contests
from newsroom.models import Accreditation, PressAttendance
from notifications.mail import defer, defer_letter, send_letter
from notifications.models import BouncedAddress, Letter, PushSubscription
from organisations.models import Invitation, Organisation
from petitions.models import Objection, Pending, Removal, Signature
from petitions.signing.mailbox import key_of
from tests import factories
from tests.appeals import factories as appeals
from tests.factories import PASSWORD
from tests.meetings import factories as meetings
from tests.petitions import factories as petitions
from tests.votes import factories as polls
from tokens.models import Token
from votes.actions.cast import cast
from votes.models import Invitation as Invited

pytestmark = pytest.mark.django_db

#: What the law keeps: the words of a remark in the record of a consultation, a petition as it was
#: published, with its author's name, and what was answered in a poll, which is counted; as columns.
KEPT = {
    "votes_openballot.choices",
    "votes_text.text",
    "petitions_petition.title",
    "petitions_petition.text",
    "petitions_petition.reasons",
    "petitions_petition.author_name",
    "petitions_petition.withdrawn_reason",
    "petitions_petition.search",
    "discussions_comment.text",
    "discussions_comment.html",
    "discussions_comment.proposal",
    "discussions_comment.interest",
    "discussions_comment.search",
    "consultations_declaration.full_name",
    "consultations_editionrow.words",
    # An appeal with its answer, for five years (the list of documents of 2012, item 82).
    "appeals_appeal.organisation_name",
    "appeals_appeal.name",
    "appeals_appeal.residence",
    "appeals_appeal.email",
    "appeals_appeal.phone",
    "appeals_appeal.house",
    "appeals_appeal.subject",
    "appeals_appeal.text",
    "appeals_appeal.search",
    "appeals_appeal.reopening_reason",
    "appeals_answer.rating_words",
    "appeals_entry.words",
    "appeals_attachment.name",
    "appeals_attachment.content",
    # A deputy, and what was asked in an open meeting (280/97-ВР art. 46).
    "meetings_deputy.name",
    "meetings_minutesedition.content",  # the deputy's name alone
    "meetings_question.text",
}
#: Text columns of the register in which no words of hers can stand.
NOT_HERS = {
    "notifications.follower.email": "of people without an account",
    "notifications.follower.language": "a code of a language",
    "notifications.following.topic": "a kind and a number",
    "appeals.answer.letterhead": "the council's form and its officials",
    "appeals.entry.letterhead": "the council's form and its officials",
    "accounts.personkey.key": "a keyed hash",
    "discussions.comment.author_name": "of people without an account",
    "accounts.user.password": "an irreversible hash",
    "accounts.agreement.version": "a date",
    "accounts.verification.source": "the name of a provider or a kind of document",
    "accounts.grant.scope": "the name of a thing",
    "accounts.export.file": "a random name",
    "accounts.desksettings.calendar_hash": "a hash",
    "moderation.contest.outcome": "a word from a list",
    "moderation.contest.reason": "a moderator's words",
    "accounts.dataaccess.role": "a role",
    "accounts.dataaccess.why": "a reason from a list",
    "account.emailconfirmation.key": "not used: codes are sent instead",
    "socialaccount.socialaccount.provider": "the name of a provider",
    "sessions.session.session_key": "a random key",
    "usersessions.usersession.session_key": "a random key",
    "usersessions.usersession.ip": "an address on the internet, gone with the row",
    "core.auditentry.event": "the name of an event",
    "core.auditentry.ids": "numbers, and hashes with a salt that goes with the account",
    "discussions.speechsalt.salt": "random, gone with the account",
    "city.change.verb": "a word from a list",
    "city.change.table": "the name of a table",
    "city.change.name": "what the council calls its own",
    "notifications.pushsubscription.session_hash": "a hash of a random key",
    "city.change.values": "the council’s own values",
    "core.idempotencykey.key": "an HMAC",
    "core.idempotencykey.body": "an HMAC",
    "core.idempotencykey.kind": "the name of a model",
    "procrastinate.procrastinatejob.queue_name": "the name of a queue",
    "procrastinate.procrastinatejob.task_name": "the name of a job",
    "procrastinate.procrastinatejob.lock": "not used",
    "procrastinate.procrastinatejob.queueing_lock": "the name of a job",
    "procrastinate.procrastinatejob.args": "numbers",
    "accounts.residenceletter.digest": "a hash",
    "accounts.paperaccount.number": "a random number, gone with the row",
    "accounts.papersheet.digests": "hashes",
    "organisations.organisation.code": "the ЄДРПОУ of a legal entity, which is public",
    "organisations.organisation.papers": "kinds of documents",
    "organisations.organisation.refused_reason": "an officer's words",
    "organisations.mandate.scopes": "names from a list",
    "organisations.invitation.scopes": "names from a list",
    "organisations.invitation.nonce": "random",
    "insights.panelmember.key": "random, gone with the row",
    "tokens.token.digest": "a hash",
    "tokens.token.scopes": "names from a list",
    "consultations.remark.quote": "words of the draft",
    "consultations.editionrow.name_hash": "a salted hash, whose salt goes",
    "consultations.editionrow.words_hash": "a salted hash",
    "consultations.editionrow.words_salt": "a random word",
    "consultations.editionrow.facts": "the council's words",
    "consultations.waitingremark.quote": "words of the draft",
    "consultations.remark.quote_prefix": "words of the draft",
    "consultations.waitingremark.quote_prefix": "words of the draft",
    "consultations.remark.quote_suffix": "words of the draft",
    "consultations.waitingremark.quote_suffix": "words of the draft",
    "notifications.sent.event": "the name of an event and a number",
    "petitions.petition.refused_note": "a moderator's words",
    "petitions.signature.mailbox": "a keyed hash",
    "petitions.signature.suspicion": "the name of a limit",
    "petitions.signature.network": "a network, emptied with the name",
    "petitions.pending.mailbox": "a keyed hash",
    "petitions.pending.language": "a code",
    "petitions.pending.suspicion": "the name of a limit",
    "petitions.pending.network": "a network, gone with the row",
    "petitions.objection.answer": "the words of whoever decided",
    "discussions.correction.text": "the council’s words, by an officer",
    "discussions.correction.html": "the council’s words, by an officer",
    "votes.invitation.code": "a keyed hash",
    "appeals.appeal.term": "the code of a term",
    "appeals.appeal.organisation_code": "the ЄДРПОУ of a legal entity, which is public",
    "appeals.appeal.origin": "the number of a petition",
    "appeals.appeal.origin_path": "the path of a petition",
    "appeals.appeal.extension_reason": "an official's words",
    "appeals.appeal.forwarded_to": "the name of a body",
    "appeals.appeal.ending_note": "an official's words",
    "appeals.appeal.secret_hash": "a keyed hash",
    "appeals.appeal.next_secret_hash": "a keyed hash",
    "appeals.appeal.digest": "a hash",
    "appeals.answer.text": "an official's words",
    "appeals.answer.signed_as": "an official's post",
    "appeals.answer.public_subject": "an official's words, without anything of hers",
    "appeals.answer.public_text": "an official's words, without anything of hers",
    "appeals.answer.public_question": "what an official makes of a question for everybody",
    "appeals.answer.public_search": "words of what everybody reads",
    "appeals.attachment.media_type": "the kind of a file",
    "meetings.deputy.name_key": "the order of the name, which stays",
    "meetings.question.hidden_reason": "the words of who runs the meeting",
    "meetings.question.answer": "the council's words",
    "meetings.speaker.name": "of people without an account",
    "meetings.registration.name_key": "the order of the name, which goes with the row",
    "meetings.minutespart.hash": "a hash, whose salt goes with the name",
    "newsroom.accreditation.email": "that of the account",
    "newsroom.accreditation.phone": "that of the account",
    "newsroom.accreditation.language": "a code of two letters",
    "newsroom.accreditation.refused_reason": "an officer's words",
    "newsroom.accreditation.ended_reason": "an officer's words",
}


class Canaries:
    """Words that stand nowhere else: letters alone, so that a search's lemmas keep them too."""

    def __init__(self) -> None:
        self.planted: dict[str, str] = {}

    def __call__(self, column: str) -> str:
        """The canary of a column («accounts.user.email»)."""
        number = len(self.planted)
        word = "kanarka" + "".join("bdfghjklmn"[int(digit)] + "o" for digit in f"{number:03}")
        return self.planted.setdefault(column, word)


@pytest.fixture
def canary() -> Canaries:
    return Canaries()


@pytest.fixture
def someone(canary) -> User:
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
        hidden_note=canary("discussions.comment.hidden_note")
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
    discussions.hide(hidden.comment, by=mo, reason=HideReason.SPAM)
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
        revoked_reason=canary("accounts.grant.revoked_reason"),
    )
    Absence.objects.create(
        absent=user,
        cover=mo,
        named_by=mo,
        starts_at=clock.now(),
        ends_at=clock.now() + timedelta(days=1),
        reason=canary("accounts.absence.reason"),
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


@pytest.mark.cpu(6)
def test_after_erasure_no_word_of_hers_is_found_anywhere(
    someone, bohdan, mo, department, canary, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT, settings.MAIL_KEPT_AT = tmp_path / "media", tmp_path / "mail"
    company = act_for_somebody(someone, bohdan, canary)
    speak(someone, bohdan, company, department, canary)
    contest(someone, mo, department, canary)
    be_somebody(someone, mo, canary)
    be_written_to(someone, canary)
    ask_the_council(someone, mo, canary)
    write_to_the_council(someone, canary)
    vote(someone, department, canary)
    sit_in_the_council(someone, canary)
    write_for_the_press(someone, canary)
    be_told(someone, canary)
    client = sign_in(someone, canary)
    assert left_out(canary) == []
    there = {word for _place, word in search(list(canary.planted.values()))}
    # Or the search would prove nothing.
    assert [name for name, word in canary.planted.items() if word not in there] == []

    with django_capture_on_commit_callbacks(execute=True):
        client.post("/account/data/export/")
        asked = Export.objects.get(user=someone)
        export.make(asked.pk)
        file = client.get(f"/account/data/export/{asked.pk}/")
        archive = b"".join(file.streaming_content)
    assert not missing_from(archive, canary)

    with django_capture_on_commit_callbacks(execute=True):
        done = client.post("/account/data/erase/", {"word": "видалити"})
    assert done["Location"] == "/account/data/erased/"
    for letter in Letter.objects.values_list("pk", flat=True):
        send_letter(letter)

    left = set(search(list(canary.planted.values())))
    lawful = {
        canary.planted[f"discussions.comment.{name}"] for name in ("text", "proposal", "interest")
    } | {
        canary.planted[f"petitions.petition.{name}"]
        for name in ("title", "text", "reasons", "author_name", "withdrawn_reason")
    }
    lawful |= {word for column, word in canary.planted.items() if column.startswith("appeals.")}
    lawful.add(canary.planted["votes.openballot.choices"])
    lawful |= {canary.planted[f"meetings.{column}"] for column in ("deputy.name", "question.text")}
    # The name of a participant, where the law asks for it; the words that were answered.
    lawful.add(canary.planted["consultations.declaration.full_name"])
    lawful.add(canary.planted["consultations.editionrow.words"])
    assert {place for place, word in left if word not in lawful} == set()
    assert {place for place, _word in left} <= KEPT
    assert any(place == "discussions_comment.text" for place, _word in left)
    assert list(files_with(canary, tmp_path)) == []
    assert EmailAddress.objects.filter(user=someone).count() == 0
    assert Flag.objects.filter(user=someone).count() == 1


#: What is hers but is not handed out: it opens something, or says nothing to her.
NOT_HANDED_OUT = {
    "accounts.verification.person_key",
    "socialaccount.socialtoken.token",
    "socialaccount.socialtoken.token_secret",
    "usersessions.usersession.data",
    "sessions.session.session_data",
    "organisations.organisation.code_key",
    "notifications.letter.text",
    "notifications.pushsubscription.p256dh",
    "notifications.pushsubscription.auth",
    "notifications.letter.html",
    "petitions.petition.search",
    "petitions.signature.domain",
    "consultations.editionrow.name_salt",
    "meetings.minutespart.salt",
    "votes.invitation.name_key",
    "appeals.appeal.search",
    "appeals.attachment.content",
}


#: What the page says in words; the file for programs holds it as it is.
SAID_IN_WORDS = {"usersessions.usersession.user_agent"}


def missing_from(archive: bytes, canary: Canaries) -> list[str]:
    """The columns whose canary is not in both files of a download."""
    with ZipFile(BytesIO(archive)) as opened:
        data, page = (opened.read(f"data.{kind}").decode().lower() for kind in ("json", "html"))
    return [
        column
        for column, word in canary.planted.items()
        if column not in NOT_HANDED_OUT
        and not (word.lower() in data and (word.lower() in page or column in SAID_IN_WORDS))
    ]


def left_out(canary: Canaries) -> list[str]:
    """Text columns of the register that neither hold a canary nor a reason why not."""
    return sorted(
        f"{entry.name}.{field.name}"
        for entry in register.registered()
        for field in entry.model._meta.concrete_fields
        if _holds_words(field)
        and f"{entry.name}.{field.name}" not in NOT_HERS
        and f"{entry.name}.{field.name}" not in canary.planted
    )


def _holds_words(field: models.Field[Any, Any]) -> bool:
    kind = field.get_internal_type()
    return not field.choices and kind in {
        *("CharField", "TextField", "EmailField", "JSONField", "GenericIPAddressField"),
        *("ArrayField", "SearchVectorField", "URLField", "SlugField", "FileField", "BinaryField"),
    }


def search(words: list[str]) -> Iterator[tuple[str, str]]:
    """Every (column, word) of the whole database where one of the words stands: tables of models,
    of libraries and of no one, whatever the type; contents of sessions; large objects."""
    needles = {word.lower() for word in words}
    needles |= {word.encode().hex() for word in needles}
    patterns = [f"%{needle}%" for needle in needles]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.oid::regclass::text, a.attname "
            "FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid WHERE c.relkind = 'r' "
            "AND c.relnamespace IN ('public'::regnamespace, 'audit'::regnamespace) "
            "AND a.attnum > 0 AND NOT a.attisdropped"
        )
        columns = cursor.fetchall()
        for table, column in columns:
            cursor.execute(
                f'SELECT lower("{column}"::text) FROM {table} '  # noqa: S608 - from the catalogue
                f'WHERE lower("{column}"::text) LIKE ANY (%s)',
                [patterns],
            )
            for (text,) in cursor.fetchall():
                yield from ((f"{table}.{column}", word) for word in _words_in(text, words))
        cursor.execute("SELECT encode(data, 'hex') FROM pg_largeobject")
        for (text,) in cursor.fetchall():
            yield from (("pg_largeobject", word) for word in _words_in(text, words))
    for session in Session.objects.all():
        text = json.dumps(session.get_decoded()).lower()
        yield from (("sessions.decoded", word) for word in _words_in(text, words))


def _words_in(text: str, words: list[str]) -> Iterator[str]:
    return (word for word in words if word.lower() in text or word.encode().hex() in text)


def files_with(canary: Canaries, folder: Path) -> Iterator[tuple[Path, str]]:
    """Every file under the folder that holds a canary, zips unpacked; and every zip at all."""
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            if content[:2] == b"PK":
                yield path, "a download"
            yield from (
                (path, word) for word in canary.planted.values() if word.encode() in content
            )
