"""Actions on remarks: posting, editing, replies, official answers and support."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, cast

from django.utils.translation import gettext_lazy as _

from accounts.eligibility import Eligibility
from accounts.models import User
from accounts.staff.models import SPEAKERS
from consultations import rules
from consultations.events import RemarkAnswered, RemarkChanged, RemarkPosted, ReplyCorrected
from consultations.evidence.spoken import describe_in
from consultations.models import LONGEST_QUOTE, Consultation, Procedure, Remark
from consultations.remarks.counts import count
from consultations.remarks.participation import eligibility_at_all, eligibility_in
from consultations.reports.names import check_declared, declare
from core.db.statements import insert_last
from core.domain.actions import action, locked, shared
from core.domain.events import emit
from core.domain.rules import reject, require
from discussions import actions as discussion
from discussions import voices
from discussions.models import Comment, Correction
from drafts.clauses import anchors
from drafts.models import Clause
from drafts.versions.published import published_clause

#: What the rules need to know of a consultation.
STATE = (
    "thread",
    "draft",
    "department",
    "opens_at",
    "closes_at",
    "announced_at",
    "reported_at",
    "withdrawn_at",
    "asks_full_name",
    "names_with_proposals",
    "premoderates",
    "premoderated_until",
)


def remark(
    consultation: Consultation,
    *,
    by: User,
    text: str,
    kind: str = Remark.Kind.REMARK,
    clause_id: int | None = None,
    quote: anchors.Selector | None = None,
    proposal: str = "",
    organisation_id: int | None = None,
    interest: str = "",
    source: str = Remark.Source.PAGE,
    full_name: str = "",
    contact: str = "",
    no_patronymic: bool = False,
) -> Remark:
    """Say something about the draft: the whole of it, a clause, or selected words of a clause.

    ``clause_id``: a clause of a published version of this consultation's draft. ``quote`` selects
    words of that clause's text. ``proposal`` is the wording proposed instead (kind ``wording``).
    ``organisation_id``: in whose name it is said; ``interest``: what is declared; ``source``: by
    what way it came. ``full_name`` and ``contact``: kept where the consultation asks for them;
    ``no_patronymic``: the full name has none.
    Refuses by rules.take_part, discussions' rules and organisations.rules.speak_for, and with
    ``remark.no_such_clause``, ``remark.quote_not_found``, ``remark.wording_needs_clause``,
    ``remark.wording_missing``, ``remark.full_name_missing``, ``remark.contact_missing``.
    Where moderators read everything first, it is held and not counted until they have.
    Emits CommentPosted and RemarkPosted.
    """
    with action():
        fresh = require_open(consultation, by, partial(eligibility_in, speaks_for=organisation_id))
        place = describe_place(
            fresh, kind=kind, clause_id=clause_id, quote=quote, proposal=proposal
        )
        declared = check_declared(
            fresh, full_name=full_name, contact=contact, no_patronymic=no_patronymic
        )
        is_held = is_premoderated(fresh)
        made = Remark(consultation_id=fresh.pk, source=source, **place)
        comment = discussion.post(
            fresh.thread_id,
            by=by,
            text=text,
            proposal=proposal if kind == Remark.Kind.WORDING else "",
            organisation_id=organisation_id,
            interest=interest,
            is_held=is_held,
            describe=describe_in(fresh, made, full_name=declared["full_name"]),
        )
        made.comment = comment
        insert_last(made)
        declare(made, **declared)
        if not is_held:
            count(fresh.pk, made.clause_key, +1)
        emit(RemarkPosted(made.pk, fresh.pk, by.pk))
        return made


def describe_place(
    consultation: Consultation,
    *,
    kind: str,
    clause_id: int | None,
    quote: anchors.Selector | None,
    proposal: str,
) -> dict[str, Any]:
    """The place of a remark, as the columns of AboutDraft. Refuses as ``remark`` does."""
    kind = Remark.Kind(kind)
    clause = clause_of(consultation, clause_id)
    _require_wording(kind, clause, proposal)
    place: dict[str, Any] = {
        "clause": clause,
        "clause_key": clause.key if clause else None,
        "kind": kind,
    }
    if quote is not None and clause is not None:
        found = _find_quote(clause, quote)
        place |= {"quote_start": found.start, "quote_end": found.end, "quote": found.exact}
        place |= {"quote_prefix": found.prefix, "quote_suffix": found.suffix}
    return place


def change_remark(
    made: Remark, *, by: User, text: str, proposal: str = "", interest: str | None = None
) -> Comment:
    """Edit one's own remark or reply within 15 minutes, while the consultation is open.

    Refuses by rules.take_part and discussions.rules.edit. Emits CommentEdited.
    """
    with action():
        organisation_id = made.comment.organisation_id
        fresh = require_open(
            made.consultation, by, partial(eligibility_in, speaks_for=organisation_id)
        )
        if is_premoderated(fresh):
            reject(
                "remark.read_first",
                _("While moderators read everything first, what they have read stays as it is."),
            )
        if made.kind == Remark.Kind.WORDING and not proposal.strip():
            reject("remark.wording_missing", _("Write the wording that you propose."))
        return discussion.edit(made.comment, by=by, text=text, proposal=proposal, interest=interest)


def delete_remark(made: Remark, *, by: User) -> Comment:
    """Take back one's own remark, until the last day. Refuses by rules.delete. Emits
    CommentDeleted, or HeldCommentDeleted where nobody has read it."""
    with action():
        consultation, now = shared(made.consultation, *STATE)
        has_mandate = voices.still_holds(by, made.comment)
        require(rules.delete(by, consultation, made.comment, now=now, has_mandate=has_mandate))
        return discussion.delete(made.comment, by=by)


def take_name_off(consultation: Consultation, comment: Comment, *, by: User) -> Comment:
    """Take one's own name off a remark or a reply after the last day; the words stay, here and in
    the report.

    Refuses by rules.take_name_off. Emits NameTakenOff, and RemarkChanged.
    """
    with action():
        fresh, now = shared(consultation, *STATE)
        require(rules.take_name_off(by, fresh, comment, now=now))
        return discussion.take_name_off(comment, by=by)


def reply(
    made: Remark,
    *,
    by: User,
    text: str,
    organisation_id: int | None = None,
    interest: str = "",
) -> Comment:
    """Answer a remark, for oneself or for an organisation (as in ``remark``).

    Refuses by rules.take_part, discussions.rules.reply and organisations.rules.speak_for.
    Emits CommentPosted and RemarkChanged.
    """
    with action():
        fresh = require_open(
            made.consultation, by, partial(eligibility_in, speaks_for=organisation_id)
        )
        comment = discussion.post(
            fresh.thread_id,
            by=by,
            text=text,
            parent=made.comment,
            organisation_id=organisation_id,
            interest=interest,
            is_held=is_premoderated(fresh),
            describe=describe_in(fresh),
        )
        emit(RemarkChanged(made.pk, fresh.pk, by.pk))
        return comment


def answer(made: Remark, *, by: User, text: str, seen: int = 0) -> Comment:
    """Reply to a remark for the council; its author gets a mail. Whom a cover stands in for is
    shown beside it.

    ``seen``: the newest official reply that ``by`` has read, 0 for none. Refuses by rules.answer:
    of two officers who answer at once the second is told. Emits CommentPosted and RemarkAnswered.
    """
    with action():
        consultation, _now = shared(made.consultation, *STATE)
        comment = locked(made.comment)
        replies = Comment.objects.filter(parent=comment, is_official=True).select_related("author")
        newest = replies.order_by("pk").last()
        require(rules.answer(by, consultation, comment, kind=made.kind, newest=newest, seen=seen))
        absent_id = by.standing_in_as(SPEAKERS, consultation.department_id, consultation.topic)
        given = discussion.post(
            consultation.thread_id,
            by=by,
            text=text,
            parent=made.comment,
            official=True,
            standing_in_for_id=absent_id,
            describe=describe_in(consultation),
        )
        emit(RemarkAnswered(made.pk, consultation.pk, by.pk, given.pk, absent_id))
        return given


def correct(
    made: Remark, reply: Comment, *, by: User, text: str, tells_author: bool = False
) -> Correction:
    """Correct an official reply to a remark; what it said before stays on its page.

    No mail goes out, unless the officer wants whose remark it is to be told (``tells_author``).
    Refuses by rules.correct, and as discussions' correct does. Emits CommentCorrected and
    ReplyCorrected.
    """
    with action():
        consultation, _now = shared(made.consultation, *STATE)
        comment = locked(made.comment)
        require(rules.correct(by, consultation, comment, reply))
        correction = discussion.correct(reply, by=by, text=text)
        emit(ReplyCorrected(made.pk, consultation.pk, by.pk, reply.pk, correction.pk, tells_author))
        return correction


def react(made: Remark, *, by: User, value: int) -> Comment:
    """Agree (+1), disagree (−1) or neither (0) with a remark, while the consultation is open.

    Refuses by rules.take_part and discussions.rules.react.
    """
    with action():
        require_open(made.consultation, by, eligibility_at_all)
        return discussion.react(made.comment, by=by, value=value)


def require_open(
    consultation: Consultation,
    by: User,
    eligibility: Callable[[User, Procedure], Eligibility],
) -> Consultation:
    """The consultation under its shared lock, with the time at which it was asked for as
    ``read_at``. Refuses by rules.take_part."""
    fresh, now = shared(consultation, *STATE)
    fresh.procedure = consultation.procedure  # stays the same once it is announced
    require(rules.take_part(by, fresh, now=now, eligibility=eligibility(by, fresh.procedure)))
    return fresh


def is_premoderated(fresh: Consultation) -> bool:
    """Whether a moderator reads what is said now before it is shown: of what require_open gave."""
    return fresh.is_premoderated_at(cast(Any, fresh).read_at)


def clause_of(consultation: Consultation, clause_id: int | None) -> Clause | None:
    if clause_id is None:
        return None
    try:
        clause = published_clause(clause_id)
    except Clause.DoesNotExist:
        clause = None
    if clause is None or clause.version.draft_id != consultation.draft_id:
        reject("remark.no_such_clause", _("There is no such clause in this draft."))
    return clause


def _require_wording(kind: str, clause: Clause | None, proposal: str) -> None:
    if kind != Remark.Kind.WORDING:
        return
    if clause is None:
        reject("remark.wording_needs_clause", _("Choose the clause whose wording you propose."))
    if not proposal.strip():
        reject("remark.wording_missing", _("Write the wording that you propose."))


def _find_quote(clause: Clause, quote: anchors.Selector) -> anchors.Selector:
    place = anchors.find(clause.text, quote)
    if place is None or place[1] - place[0] > LONGEST_QUOTE:
        reject("remark.quote_not_found", _("The selected words are not in this clause."))
    return anchors.make(clause.text, *place)
