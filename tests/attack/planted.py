"""Words like no others in every private column of the register of personal data, in every row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.db import DatabaseError, connection, models, transaction
from django.db.models import Q, QuerySet

from accounts.data import register
from accounts.data.register import PersonalData
from accounts.models import User

#: A word of ours, or one of tests.accounts.data.planting, which fill what is no plain text.
_WORD = re.compile(r"kanar(?:ka|ok)[a-z]+|\+?380555\d{6}")
_LETTERS = str.maketrans({str(digit): f"{letter}o" for digit, letter in enumerate("bdfghjklmn")})
_TEXT = {"CharField", "TextField", "EmailField", "SlugField"}
_WORDS = {*_TEXT, "JSONField", "GenericIPAddressField", "ArrayField", "FileField", "BinaryField"}


def _each(why: str, *columns: str) -> dict[str, str]:
    return dict.fromkeys(columns, why)


#: Columns that everybody may read, with the reason. What does not stand here is private.
PUBLIC: dict[str, str] = {
    **_each("a public name shows it", "accounts.user.given_name"),
    **_each(
        "what the council changed of its own",
        *("city.change.table", "city.change.name", "city.change.values"),
    ),
    **_each(
        "the public entry of an organisation",
        *("organisations.organisation.name", "organisations.organisation.short_name"),
        *("organisations.organisation.code", "organisations.organisation.location"),
        *("appeals.appeal.organisation_code", "accounts.verification.organisation_code"),
    ),
    **_each(
        "what was said in public, until it is changed or hidden",
        *("discussions.comment.proposal", "discussions.comment.interest"),
        *("discussions.edit.text", "discussions.edit.proposal", "discussions.comment.author_name"),
        *("discussions.correction.text", "discussions.correction.html"),
        *("consultations.editionrow.words", "consultations.editionrow.facts"),
        *("consultations.remark.quote", "consultations.waitingremark.quote"),
        *("consultations.remark.quote_prefix", "consultations.waitingremark.quote_prefix"),
        *("consultations.remark.quote_suffix", "consultations.waitingremark.quote_suffix"),
    ),
    **_each(
        "hashes by which anybody checks a report",
        *("consultations.editionrow.name_hash", "consultations.editionrow.words_hash"),
        *("consultations.editionrow.name_salt", "consultations.editionrow.words_salt"),
        *("meetings.minutespart.hash", "meetings.minutespart.salt"),
    ),
    **_each(
        "the names of those who asked at a press conference, beside its article",
        "newsroom.articlequestion.name",
    ),
    **_each(
        "the names of those who took part, in a report (3841-IX art. 16)",
        *("consultations.declaration.full_name", "consultations.editionrow.name"),
    ),
    **_each(
        "a petition and its signers (393/96-ВР art. 23-1)",
        *("petitions.petition.author_name", "petitions.petition.withdrawn_reason"),
        *("petitions.petition.refused_note", "petitions.signature.name"),
        *("petitions.petitionphoto.alt", "petitions.petitionphoto.digest"),
    ),
    **_each(
        "what the council answered",
        *("appeals.answer.public_subject", "appeals.answer.public_question"),
        *("appeals.answer.public_text", "meetings.question.answer"),
        "petitions.objection.answer",
    ),
    **_each(
        "an open meeting, its deputies and speakers (280/97-ВР art. 46)",
        *("meetings.deputy.name", "meetings.deputy.name_key", "meetings.speaker.name"),
        *("meetings.minutespart.words", "meetings.conflict.words"),
        *("meetings.conflict.withdrawn_reason", "meetings.amendment.mover"),
        "meetings.amendment.text",
    ),
    **_each("the list of a panel, without a name", "insights.panelmember.key"),
}
_HIDDEN = Q(hidden_at__isnull=False)
_UNPUBLISHED = Q(published_at=None)
#: Columns of which these rows alone are private.
PARTLY: dict[str, Q] = {
    **dict.fromkeys(("discussions.comment.text", "discussions.comment.html"), _HIDDEN),
    **dict.fromkeys(
        (f"petitions.petition.{name}" for name in ("title", "text", "reasons")), _UNPUBLISHED
    ),
    "votes.text.text": ~Q(state="shown"),
    "meetings.question.text": Q(state__in=["waiting", "hidden"]),
}
#: Private columns that hold no word, or none that would lead anywhere.
NO_WORDS: dict[str, str] = {
    **_each(
        "a hash, or bytes that are random",
        *("accounts.residenceletter.digest", "accounts.papersheet.digests"),
        *("accounts.personkey.key", "accounts.user.password", "discussions.speechsalt.salt"),
        *("appeals.appeal.secret_hash", "appeals.appeal.next_secret_hash"),
        *("appeals.appeal.digest", "votes.invitation.code", "core.idempotencykey.key"),
        *("core.idempotencykey.body", "petitions.signature.mailbox", "petitions.pending.mailbox"),
        *("notifications.pushsubscription.session_hash", "notifications.heldmail.mailbox"),
        *("tokens.token.digest", "accounts.desksettings.calendar_hash"),
        *("usersessions.usersession.session_key", "sessions.session.session_key"),
        *("accounts.staffinvitation.nonce",),
        *("accounts.paperaccount.number", "account.emailconfirmation.key"),
        "votes.secretvoterrecord.box",
    ),
    **_each(
        "a code, or the name of something",
        *("accounts.handover.occasion", "accounts.handoverrow.kind"),
        *("accounts.staffinvitation.scope", "accounts.staffinvitation.language"),
        "accounts.staffnote.matter_kind",
        *("accounts.agreement.version", "accounts.grant.scope", "accounts.dataaccess.role"),
        *("accounts.dataaccess.why", "core.idempotencykey.kind", "core.auditentry.event"),
        *("procrastinate.procrastinatejob.lock", "procrastinate.procrastinatejob.queueing_lock"),
        *("procrastinate.procrastinatejob.queue_name", "procrastinate.procrastinatejob.task_name"),
        *("procrastinate.procrastinatejob.args", "core.auditentry.ids"),
        *("organisations.organisation.papers", "organisations.mandate.scopes"),
        *("organisations.invitation.scopes", "tokens.token.scopes", "appeals.appeal.origin"),
        *("appeals.appeal.origin_path", "appeals.appeal.term", "appeals.attachment.media_type"),
        *("petitions.pending.language", "newsroom.accreditation.language"),
        *("notifications.sent.event", "notifications.follower.language"),
        *("notifications.following.topic", "socialaccount.socialaccount.provider"),
        *("accounts.verification.source", "petitions.signature.network"),
        *("petitions.pending.network", "usersessions.usersession.ip"),
        *("notifications.heldmail.kind", "notifications.heldmail.about"),
        *("notifications.heldmail.ids", "appeals.attachment.left_out"),
    ),
    "petitions.petitionphoto.widths": "numbers of pixels",
    **_each(
        "words of officials, in letters and at the desk",
        *("appeals.answer.letterhead", "appeals.entry.letterhead"),
    ),
    **_each(
        "stands with a refusal or a postponement alone, of which the city has none",
        *("appeals.appeal.postponement_reason", "appeals.refusal.part", "appeals.refusal.reason"),
        *("appeals.refusal.interest", "appeals.refusal.harm", "appeals.refusal.balance"),
        "appeals.refusal.responsible",
        *("organisations.organisation.refused_reason", "appeals.appeal.extension_reason"),
        *("meetings.question.hidden_reason", "moderation.contest.reason"),
        *("newsroom.accreditation.refused_reason", "newsroom.accreditation.ended_reason"),
    ),
}


def plant(*readers: User) -> dict[str, str]:
    """Overwrite every private text, but in the rows of ``readers``, who may read their own.

    Returns how the words of each column begin, with its name; raises AssertionError for a column in
    which none stands.
    """
    columns: dict[str, str] = {}
    bare = []
    for entry in register.all_entries():
        own = {pk for reader in readers for pk in entry.rows(reader).values_list("pk", flat=True)}
        for field in entry.model._meta.concrete_fields:
            name = f"{entry.name}.{field.name}"
            kind = field.get_internal_type()
            if kind not in _WORDS or field.choices or name in PUBLIC or name in NO_WORDS:
                continue
            number = f"{len(columns):03}"
            word, phone = f"kanarok{number.translate(_LETTERS)}", f"380555{number}"
            columns |= {word: name, phone: name}
            if kind in _TEXT:
                rows = entry.model._base_manager.filter(PARTLY.get(name, Q()))
                _overwrite(rows.exclude(pk__in=own), field, word, phone)
            if not any(find_words(str(value)) for value in _values(entry, field)):
                bare.append(name)
    assert not bare, f"say in tests/attack/planted.py why no word can be planted in: {bare}"
    return columns


def find_words(text: str) -> set[str]:
    """The planted words in a text, whatever its case."""
    return set(_WORD.findall(text.lower()))


def words_of(user: User) -> set[str]:
    """The planted words in a person's own rows."""
    rows = (str(row) for entry in register.all_entries() for row in entry.rows(user).values_list())
    return set().union(*map(find_words, rows))


def words_beside(address: str) -> set[str]:
    """The planted words in rows in which an address stands, in those that belong to them, and of
    whom they lead to: the own words of people without an account, and of other addresses."""
    found: set[str] = set()
    for entry in register.all_entries():
        fields = [field for field in entry.model._meta.concrete_fields if _is_email(field)]
        for row in _rows(entry.model, Q(*((f.name, address) for f in fields), _connector=Q.OR)):
            found |= find_words(str(row))
            found |= _words_below(entry.model, row["pk"])
            for name in ("user_id", "author_id"):
                for user in User.objects.filter(pk=row.get(name)):
                    found |= words_of(user)
    return found


def _words_below(model: type[models.Model], pk: object) -> set[str]:
    """The words of rows that point to a row."""
    found: set[str] = set()
    for entry in register.all_entries():
        keys = [f.name for f in entry.model._meta.concrete_fields if f.related_model is model]
        for key in keys if model is not User else ():
            found |= find_words(str(list(_rows(entry.model, Q(**{key: pk})))))
    return found


def _rows(model: type[models.Model], wanted: Q) -> Iterator[dict[str, Any]]:
    if wanted:
        names = [field.attname for field in model._meta.concrete_fields]
        yield from model._base_manager.filter(wanted).values("pk", *names)


def column_of(columns: dict[str, str], word: str) -> str:
    """The private column of a planted word; "" for a word in a row that everybody may read."""
    name = columns.get(word) or columns.get(word.partition("z")[0]) or columns.get(word[:9], word)
    return "" if columns.get(word) and (name in PUBLIC or name in PARTLY) else name


def _overwrite(rows: QuerySet[Any], field: models.Field[Any, Any], word: str, phone: str) -> None:
    """Write the word in all rows; where the database refuses, in those that hold something; where
    that is no telephone number, one."""
    all_keys = list(rows.order_by("pk").values_list("pk", flat=True))
    filled = rows.exclude(**{f"{field.name}__isnull": True}).exclude(**{field.name: ""})
    keys = list(filled.order_by("pk").values_list("pk", flat=True))
    domain = "@viche.example" if _is_email(field) else ""
    for chosen in (all_keys, keys):
        words = [word + f"z{number}".translate(_LETTERS) + domain for number in range(len(chosen))]
        if _write(rows, field, dict(zip(chosen, words, strict=True))):
            return
    _write(rows, field, {pk: f"+{phone}{number:03}" for number, pk in enumerate(keys)})


def _write(rows: QuerySet[Any], field: models.Field[Any, Any], words: dict[Any, str]) -> bool:
    """Whether the database has taken these words, by the key of the row."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")  # no triggers
            for pk, word in words.items():
                rows.model._base_manager.filter(pk=pk).update(**{field.name: word})
            cursor.execute("SET LOCAL session_replication_role = origin")
    except DatabaseError:
        return False
    return True


def _is_email(field: models.Field[Any, Any]) -> bool:
    return isinstance(field, models.EmailField) or field.name.endswith("email")


def _values(entry: PersonalData, field: models.Field[Any, Any]) -> Iterator[object]:
    for value in entry.model._base_manager.values_list(field.name, flat=True):
        yield bytes(value) if isinstance(value, memoryview) else value
