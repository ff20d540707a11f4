"""The file of appeals for a document system: our schema (docs/appeals.md), encrypted by age."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import pyrage
from django.db.models import F, Func, Q, TextField, Value
from django.utils.translation import gettext as _

from appeals.models import Answer, Appeal, Attachment, OutgoingLetter, SystemRegistration
from core.domain.calendar import last_date

#: The name of the schema, raised when a field changes its meaning or goes.
SCHEMA = "viche-appeals/1"
#: SHA-256 of a file, reckoned where it is kept.
_DIGEST = Func(
    Func(F("content"), function="sha256"),
    Value("hex"),
    function="encode",
    output_field=TextField(),
)


class NoRecipient(ValueError):
    """The words are no public key of age; the text is for whoever entered them."""


def check_recipient(words: str) -> str:
    """The public key («age1…») in its one spelling. Raises NoRecipient."""
    try:
        return str(pyrage.x25519.Recipient.from_str(words.strip()))
    except pyrage.RecipientError as wrong:
        raise NoRecipient(
            _(
                "This is no public key of age. It begins with age1 and has 62 characters; "
                "age-keygen makes one."
            )
        ) from wrong


def encrypt(plain: bytes, recipient: str) -> bytes:
    """The bytes for whoever has the secret key of ``recipient`` alone."""
    return bytes(pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(recipient)]))


def write_document(
    appeals: Iterable[Appeal], *, since: date, until: date, made_at: datetime
) -> bytes:
    """The appeals with their sent answers as JSON. Four queries beside those of ``appeals``.

    Of files their names, lengths and SHA-256 stand in it, not what is in them.
    """
    listed = list(appeals)
    answers: dict[int, list[Answer]] = {}
    for answer in Answer.objects.filter(appeal__in=listed, sent_at__isnull=False).order_by("pk"):
        answers.setdefault(answer.appeal_id, []).append(answer)
    letters = {
        letter.answer_id: letter.label
        for letter in OutgoingLetter.objects.filter(appeal__in=listed, answer__isnull=False)
    }
    files = _files(listed)
    registrations = {
        (each.appeal_id, each.answer_id): each
        for each in SystemRegistration.objects.filter(appeal__in=listed)
    }
    told = [
        {
            **_appeal(appeal, made_at),
            **_registration(registrations.get((appeal.pk, None))),
            "files": files.get((appeal.pk, None), []),
            "answers": [
                {
                    **_answer(answer, letters.get(answer.pk, "")),
                    **_registration(registrations.get((appeal.pk, answer.pk))),
                    "files": files.get((None, answer.pk), []),
                }
                for answer in answers.get(appeal.pk, ())
            ],
        }
        for appeal in listed
    ]
    document = {
        "schema": SCHEMA,
        "made_at": made_at.isoformat(),
        "since": since.isoformat(),
        "until": until.isoformat(),
        "appeals": told,
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _appeal(appeal: Appeal, now: datetime) -> dict[str, Any]:
    return {
        "number": appeal.label,
        "registered_on": appeal.registered_on.isoformat(),
        "received_at": appeal.received_at.isoformat(),
        "kind": appeal.kind,
        "via": appeal.via,
        "name": appeal.name,
        "organisation": appeal.named_organisation,
        "residence": appeal.residence,
        "email": appeal.email,
        "phone": appeal.phone,
        "is_collective": appeal.is_collective,
        "people": appeal.people,
        "privileged": appeal.privileged,
        "category": appeal.category.code if appeal.category else "",
        "theme": appeal.theme.name if appeal.theme else "",
        "subject": appeal.subject,
        "text": appeal.text,
        "department": appeal.department.name if appeal.department else "",
        "due_on": last_date(appeal.due_at).isoformat(),
        "state": appeal.state_at(now).value,
        "closed_at": appeal.closed_at.isoformat() if appeal.closed_at else None,
    }


def _answer(answer: Answer, label: str) -> dict[str, Any]:
    return {
        "number": label,
        "sent_at": answer.sent_at.isoformat() if answer.sent_at else None,
        "result": answer.result,
        "how": answer.how,
        "signed_as": answer.signed_as,
        "text": answer.text,
    }


def _registration(found: SystemRegistration | None) -> dict[str, Any]:
    return {
        "system_number": found.number if found else "",
        "system_day": found.day.isoformat() if found else None,
    }


def _files(appeals: list[Appeal]) -> dict[tuple[int | None, int | None], list[dict[str, Any]]]:
    """Files by the ids of their appeal and of their answer, one of which each has. One query."""
    found: dict[tuple[int | None, int | None], list[dict[str, Any]]] = {}
    of_appeal = Q(appeal__in=appeals)
    of_answer = Q(answer__appeal__in=appeals, answer__sent_at__isnull=False)
    rows = (
        Attachment.objects.taken()
        .filter(of_appeal | of_answer)
        .order_by("pk")
        .annotate(digest=_DIGEST)
        .values_list("appeal_id", "answer_id", "name", "size", "digest")
    )
    for appeal_id, answer_id, name, size, digest in rows:
        file = {"name": name, "bytes": size, "sha256": digest}
        found.setdefault((appeal_id, answer_id), []).append(file)
    return found
