"""Actions of the register: enter and correct a proposal that came otherwise than on the site."""

from __future__ import annotations

from datetime import date
from typing import Any, BinaryIO

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from consultations.events import RemarkRestored
from consultations.evidence.spoken import describe_in
from consultations.models import Consultation, Remark
from consultations.register import rules, scans
from consultations.register.events import ContactSeen, EntryCorrected, RemarkEntered
from consultations.register.models import ReceivedOffline, ReceivedScan
from consultations.remarks.actions import STATE, describe_place
from consultations.remarks.counts import count
from consultations.reports.names import check_received
from core.domain import clock
from core.domain.actions import action, locked, shared
from core.domain.events import emit
from core.domain.rules import reject, require
from discussions import entered
from organisations.models import Organisation


def enter(
    consultation: Consultation,
    *,
    by: User,
    source: str,
    received_on: date,
    author_name: str,
    text: str,
    kind: str = Remark.Kind.REMARK,
    clause_id: int | None = None,
    proposal: str = "",
    organisation_code: str = "",
    contact: str = "",
    scan: BinaryIO | None = None,
    is_full_name: bool = False,
    is_undeclared: bool = False,
) -> Remark:
    """Enter a proposal that came by letter, by e-mail, at a hearing or by telephone.

    It stands beside those of the site: shown, numbered and answered like them. ``author_name`` is
    published; ``organisation_code`` is that of an organisation of the site in whose name it came;
    ``contact`` and ``scan`` are for this consultation's officers. Where full names stand with
    proposals, one that lacks the name or the contact is neither published nor considered
    (``is_undeclared``; law 3841-IX art. 15(3)2); ``is_full_name`` as in names.check_received.
    Refuses by rules.enter and rules.receive, names.check_received, scans.accept,
    discussions.entered.enter, as ``actions.remarks.describe_place`` does, and with
    ``register.no_such_organisation``. Emits CommentPosted and RemarkEntered.
    """
    require(rules.enter(by, consultation, now=clock.now()))
    accepted = scans.accept(scan) if scan else None
    with action():
        fresh, now = shared(consultation, *STATE)
        require(rules.enter(by, fresh, now=now) and rules.receive(fresh, received_on, now=now))
        place = describe_place(fresh, kind=kind, clause_id=clause_id, quote=None, proposal=proposal)
        is_undeclared = is_undeclared and fresh.names_with_proposals
        if not is_undeclared:
            check_received(
                fresh,
                author_name=author_name,
                contact=contact,
                is_full_name=is_full_name or bool(organisation_code.strip()),
            )
        made = Remark(consultation=fresh, source=source, **place)
        comment = entered.enter(
            fresh.thread_id,
            by=by,
            author_name=author_name,
            text=text,
            proposal=proposal if kind == Remark.Kind.WORDING else "",
            organisation=_organisation_of(organisation_code),
            describe=describe_in(fresh, made, received=received_on),
            is_undeclared=is_undeclared,
        )
        made.comment = comment
        made.save(force_insert=True)
        received = ReceivedOffline.objects.create(
            remark=made, received_on=received_on, contact=contact.strip(), entered_by=by
        )
        if accepted:
            ReceivedScan.objects.create(
                received=received, content=accepted.content, media_type=accepted.media_type
            )
        if not is_undeclared:
            count(fresh.pk, made.clause_key, +1)
        emit(RemarkEntered(made.pk, fresh.pk, by.pk))
        return made


def correct(
    received: ReceivedOffline,
    *,
    by: User,
    author_name: str,
    text: str,
    proposal: str = "",
    received_on: date,
    contact: str = "",
    is_full_name: bool = False,
) -> Remark:
    """Put a slip of the pen right. The words and the name before are kept: the words for everybody,
    as after an edit, the name for officers. ``contact``: another one; "": it stays. What lacked the
    name or the contact is published once it has both.

    Refuses by rules.correct, rules.receive, names.check_received and discussions.entered.correct,
    and with ``remark.wording_missing``. Emits EntryCorrected; CommentEdited if words or name
    changed, and RemarkRestored of what is published now.
    """
    with action():
        remark = received.remark
        consultation, now = shared(remark.consultation, *STATE)
        comment = locked(remark.comment)
        remark.comment = comment
        require(rules.correct(by, consultation, remark, now=now))
        require(rules.receive(consultation, received_on, now=now))
        is_wording = remark.kind == Remark.Kind.WORDING
        if is_wording and not proposal.strip():
            reject("remark.wording_missing", _("Write the wording that you propose."))
        received = locked(received)
        before, reachable = comment.author_name, contact.strip() or received.contact
        was_undeclared = comment.is_undeclared
        is_undeclared = was_undeclared and not (author_name.strip() and reachable)
        if not is_undeclared and (was_undeclared or author_name != before):
            check_received(
                consultation,
                author_name=author_name,
                contact=reachable,
                is_full_name=is_full_name or comment.organisation_id is not None,
            )
        comment = entered.correct(
            comment,
            by=by,
            author_name=author_name,
            text=text,
            proposal=proposal if is_wording else "",
            is_undeclared=is_undeclared,
        )
        if was_undeclared and not is_undeclared:
            count(consultation.pk, remark.listed_key, +1)
            emit(RemarkRestored(remark.pk, consultation.pk, by.pk))
        changed: dict[str, Any] = {"received_on": received_on}
        if contact.strip():
            changed["contact"] = contact.strip()
        if comment.author_name != before and not received.name_before:
            changed["name_before"] = before
        for name, value in changed.items():
            setattr(received, name, value)
        received.corrected_by, received.corrected_at = by, now
        received.save(update_fields=[*changed, "corrected_by", "corrected_at"])
        emit(EntryCorrected(remark.pk, consultation.pk, by.pk))
        return remark


def record_contact_seen(received: ReceivedOffline, *, by: User) -> None:
    """Keep that an officer has read what is not public of it. Refuses by rules.see_contact. Emits
    ContactSeen."""
    with action():
        consultation = received.remark.consultation
        require(rules.see_contact(by, consultation))
        emit(ContactSeen(received.remark_id, consultation.pk, by.pk))


def _organisation_of(code: str) -> Organisation | None:
    """The confirmed organisation of the site with this code; None of none."""
    code = code.strip()
    if not code:
        return None
    found = Organisation.objects.confirmed().filter(code=code).first()
    if found is None:
        reject(
            "register.no_such_organisation",
            _("No organisation of this code is confirmed here. Leave it out, and write its name."),
        )
    return found
