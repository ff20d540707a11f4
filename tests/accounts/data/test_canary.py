"""Nothing of a person stays when she has erased herself: looked for everywhere, by words like no
other that stood in every field that she could fill.

What may stay is written in KEPT; a column of the register that no canary sits in is written, with
the reason, in NOT_HERS, so that a new one cannot be forgotten.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db import connection, models

from accounts.data import export, register
from accounts.models import Export, User
from discussions.models import Flag
from notifications.models import Letter
from notifications.sending.mail import send_letter
from tests.accounts.data.planting import Canaries, load_someone, plant, sign_in

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
    "search_entry.title",
    "search_entry.heads",
    "search_entry.search",
    "petitions_petitionphoto.alt",
    "discussions_comment.text",
    "discussions_comment.html",
    "discussions_comment.proposal",
    "discussions_comment.interest",
    "discussions_comment.search",
    "consultations_declaration.full_name",
    "accounts_staffnote.words",
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
    "notifications.heldmail.mailbox": "a keyed hash",
    "notifications.heldmail.kind": "a kind of mail",
    "notifications.heldmail.about": "a kind and a number",
    "notifications.heldmail.ids": "numbers",
    "notifications.following.topic": "a kind and a number",
    "appeals.answer.letterhead": "the council's form and its officials",
    "appeals.entry.letterhead": "the council's form and its officials",
    "accounts.personkey.key": "a keyed hash",
    "discussions.comment.author_name": "of people without an account",
    "accounts.user.password": "an irreversible hash",
    "accounts.agreement.version": "a date",
    "accounts.verification.source": "the name of a provider or a kind of document",
    "accounts.grant.scope": "the name of a thing",
    "accounts.handover.occasion": "a word from a list",
    "accounts.handoverrow.kind": "a word from a list",
    "accounts.staffinvitation.scope": "the name of a thing",
    "accounts.staffinvitation.language": "a code of two letters",
    "accounts.staffinvitation.nonce": "random",
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
    "notifications.pushsubscription.session_hash": "a hash of a random key",
    "notifications.sent.event": "the name of an event and a number",
    "petitions.petition.refused_note": "a moderator's words",
    "petitions.petition.refused_quote": "words of the petition, which is kept",
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
    "accounts.grant.post": "a post of the council",
    "accounts.staffnote.matter_kind": "the name of a kind",
    "accounts.grant.post_genitive": "a post of the council",
    "appeals.appeal.postponement_reason": "an official's words",
    **{
        f"appeals.refusal.{name}": "an official's words"
        for name in ("ground", "part", "reason", "interest", "harm", "balance", "responsible")
    },
    "appeals.copyfee.account": "the council's account",
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
    "appeals.attachment.left_out": "the code of a reason",
    "meetings.amendment.mover": "of who is no deputy",
    "meetings.amendment.text": "a deputy's act, which its minutes hold",
    "meetings.conflict.words": "a deputy's act, which its minutes hold",
    "meetings.conflict.withdrawn_reason": "the words of who runs the meeting",
    "meetings.deputy.name_key": "the order of the name, which stays",
    "meetings.question.hidden_reason": "the words of who runs the meeting",
    "meetings.question.answer": "the council's words",
    "meetings.speaker.name": "of people without an account",
    "meetings.registration.name_key": "the order of the name, which goes with the row",
    "meetings.minutespart.hash": "a hash, whose salt goes with the name",
    "petitions.petitionphoto.digest": "a hash",
    "petitions.petitionphoto.widths": "numbers of pixels",
    "newsroom.accreditation.email": "that of the account",
    "newsroom.accreditation.phone": "that of the account",
    "newsroom.accreditation.language": "a code of two letters",
    "newsroom.accreditation.refused_reason": "an officer's words",
    "newsroom.accreditation.ended_reason": "an officer's words",
    "votes.secretvoterrecord.box": "sealed; a secret poll takes no words",
}


@pytest.fixture
def canary() -> Canaries:
    return Canaries()


@pytest.fixture
def someone(canary) -> User:
    return load_someone(canary)


@pytest.mark.cpu(6)
def test_after_erasure_no_word_of_hers_is_found_anywhere(
    someone, bohdan, mo, department, canary, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT, settings.MAIL_KEPT_AT = tmp_path / "media", tmp_path / "mail"
    plant(someone, bohdan, mo, department, canary)
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
    lawful.add(canary.planted["petitions.petitionphoto.alt"])
    lawful.add(canary.planted["accounts.staffnote.words"])
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
        for entry in register.all_entries()
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
