"""Filing and registering an appeal or a request for information."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from appeals import secrets, terms
from appeals.begin import id_of
from appeals.events import AppealCameFrom, AppealFiled
from appeals.filing import rules
from appeals.models import Appeal, Attachment, Entry
from appeals.queries import load_involved
from appeals.register.numbering import begin_registration, register_at_commit
from appeals.rules import Involved
from core.db.search import document, words_of
from core.db.statements import insert_last_unread
from core.domain import idempotency_keys
from core.domain.actions import action
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import require
from organisations.mandates import queries
from organisations.models import MandatePower

if TYPE_CHECKING:
    from accounts.models import Anybody, User
    from core.domain.calendar import WorkCalendar

#: What the applicant, or the office for them, writes in it.
WRITTEN = frozenset(
    {
        "kind",
        "organisation_name",
        "organisation_code",
        "name",
        "residence",
        "email",
        "phone",
        "is_collective",
        "people",
        "subject",
        "text",
        "theme",
        "district",
        "street",
        "house",
        "privileged",
        "about_department",
        "about_person",
    }
)


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to attach, checked already: pictures are encoded anew (appeals/filing/).

    ``left_out``: why it is not taken; its name alone is kept.
    """

    name: str
    media_type: str
    content: bytes
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class Filed:
    """Result of filing. ``secret`` is shown once, to a person without an account who filed it by
    the form; "" else.
    """

    appeal: Appeal
    secret: str


def file(
    *,
    by: Anybody,
    via: str = Appeal.Via.PAGE,
    author: User | None = None,
    organisation_id: int | None = None,
    received_at: datetime | None = None,
    is_urgent: bool = False,
    files: Iterable[NewFile] = (),
    origin: str = "",
    **fields: Any,
) -> Filed:
    """Register an appeal: ``fields`` are columns of WRITTEN.

    By the form or by a program it is the person's own, with an account or without. What came on
    paper or by word of mouth the office registers, for a person with an account (``author``) or
    without, with the moment of its receipt; ``organisation_name``: of an organisation without one.
    ``organisation_id``: in whose name, by a mandate to sign. ``is_urgent``: a request on what
    art. 20(2) of 2939-VI names. ``origin``: the page of another app on which it was begun. The
    appeal's row is written, and has its number, when the outermost action ends. Refuses by
    rules.file. Emits AppealFiled and, with an origin, AppealCameFrom.
    """
    given = list(files)
    appeal = _draft_of(fields)
    # No row is locked at the beginning: without a transaction it is a round trip less.
    now, appeal.pk, calendar = begin_registration()
    with action():
        appeal.via, appeal.received_at = via, received_at or now
        involved = Involved(frozenset())
        if via in rules.ON_PAPER:
            appeal.author, appeal.registered_by_id = author, id_of(by)
            involved = load_involved()
        elif by.is_authenticated:
            appeal.author = by
        require(rules.file(by, appeal, involved=involved, now=now, files=len(given)))
        if organisation_id is not None and appeal.author is not None:
            held = queries.hold(appeal.author, organisation_id, MandatePower.SIGN)
            appeal.organisation = held.organisation
        prepare(appeal, now, calendar, is_urgent=is_urgent)
        # What came on paper gets one at the window, for a person who asks for it (renew_secret).
        needs_secret = appeal.author_id is None and via not in rules.ON_PAPER
        source = idempotency_keys.secret("appeal")
        secret = secrets.new_secret(source) if needs_secret else ""
        appeal.secret_hash = secrets.hash_of(secret) if secret else None
        attach(given, appeal=appeal)
        filed = Entry(appeal=appeal, kind=Entry.Kind.FILED, by_id=id_of(by), at=now)
        insert_last_unread(filed)
        register_at_commit(appeal)
        created(appeal)
        emit(AppealFiled(appeal.pk, id_of(by)))
        if origin:
            emit(AppealCameFrom(appeal.pk, id_of(by), origin))
    return Filed(appeal, secret)


def prepare(
    appeal: Appeal, now: datetime, calendar: WorkCalendar, *, is_urgent: bool = False
) -> None:
    """Write its day of registration and its term, and by what it is found (without saving)."""
    appeal.registered_on = terms.registration_day(now, calendar)
    appeal.term = _term(appeal, is_urgent=is_urgent).code
    terms.set_due(appeal, calendar)
    appeal.digest = digest_of(appeal.text)
    appeal.search = document(A=appeal.subject, B=appeal.text, C=_sender(appeal))


def attach(files: Iterable[NewFile], **to: Any) -> None:
    """Store files of an appeal or an answer, inside an action."""
    Attachment.objects.bulk_create(
        Attachment(
            name=each.name[:200],
            media_type=each.media_type,
            size=len(each.content),
            content=each.content,
            left_out=each.left_out,
            **to,
        )
        for each in files
    )


def _sender(appeal: Appeal) -> str:
    return f"{appeal.residence} {appeal.organisation_name}"


def digest_of(text: str) -> bytes:
    """By what a repeated text is found: its words in their basic forms, in their order."""
    return sha256(" ".join(words_of(text)).encode()).digest()


def _draft_of(fields: dict[str, Any]) -> Appeal:
    if unknown := fields.keys() - WRITTEN:
        raise TypeError(f"an applicant does not write {sorted(unknown)}")
    written = {
        name: value.strip() if isinstance(value, str) else value for name, value in fields.items()
    }
    return Appeal(**written)


def _term(appeal: Appeal, *, is_urgent: bool) -> terms.Term:
    usual, other = terms.offered_to(appeal.kind)
    return other if appeal.is_request and is_urgent else usual
