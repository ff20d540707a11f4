"""Amendments: entered, put to the vote, composed into a text, published (ADR 106)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override

from consultations.events import VersionPublished
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import require
from drafts.clauses.tree import save_new
from drafts.events import VersionImported
from drafts.models import Clause, Version
from drafts.versions import actions as drafts
from meetings.actions import begin, enter
from meetings.amendments import events, queries, rules
from meetings.amendments.composing import compose as compose_clauses
from meetings.models import AdoptedText, Amendment, Deputy, Item, LogEntry, Meeting, RollCall
from meetings.queries import is_member
from meetings.rollcalls import actions

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import User

#: So much of the words stands in the question of the roll-call.
_MOST_WORDS = 800


def propose(
    item: Item,
    *,
    by: User,
    clause: Clause | None,
    kind: str,
    text: str = "",
    deputy: Deputy | None = None,
    mover: str = "",
) -> Amendment:
    """Enter an amendment to one clause of the last published version of the item's draft. Refuses
    by rules.propose and rules.write. Emits AmendmentEntered."""
    with action():
        meeting, now = begin(item.meeting)
        item = locked(item)
        sits = deputy is not None and is_member(meeting, deputy)
        require(rules.propose(by, meeting, item, deputy, is_member=sits))
        version = queries.version_of(item)
        is_of_draft = clause is not None and version is not None and clause.version_id == version.pk
        require(
            rules.write(
                kind=kind,
                text=text,
                mover=mover,
                has_deputy=deputy is not None,
                is_of_draft=is_of_draft,
            )
        )
        assert clause is not None  # noqa: S101 - by the rule
        last = item.amendments.order_by("-number").first()
        made = Amendment.objects.create(
            item=item,
            number=last.number + 1 if last else 1,
            clause=clause,
            kind=kind,
            text=text.strip(),
            deputy=deputy,
            mover=mover.strip(),
            at=now,
            by=by,
        )
        created(made)
        _log(meeting, LogEntry.Kind.AMENDMENT, made, now)
        emit(events.AmendmentEntered(meeting.pk, by.pk, item.pk, made.pk))
        return made


def withdraw(amendment: Amendment, *, by: User) -> Amendment:
    """Withdraw it; it stays with its number, and a vote on it that was annulled in the minutes.
    Refuses by rules.withdraw. Emits AmendmentWithdrawn."""
    with action():
        amendment, meeting, now = _begin(amendment)
        require(rules.withdraw(by, meeting, amendment, is_voted=queries.is_voted(amendment)))
        amendment.withdrawn_at, amendment.roll_call = now, None
        amendment.save(update_fields=["withdrawn_at", "roll_call"])
        _log(meeting, LogEntry.Kind.AMENDMENT_WITHDRAWN, amendment, now)
        emit(events.AmendmentWithdrawn(meeting.pk, by.pk, amendment.item_id, amendment.pk))
        return amendment


def mark(amendment: Amendment, *, by: User, is_compatible: bool) -> Amendment:
    """Say whether it can stand beside others to its clause. Refuses by rules.mark. Emits
    AmendmentMarked."""
    with action():
        amendment, meeting, _now = _begin(amendment)
        require(rules.mark(by, meeting, amendment, is_voted=queries.is_voted(amendment)))
        amendment.is_compatible = is_compatible
        amendment.save(update_fields=["is_compatible"])
        emit(events.AmendmentMarked(meeting.pk, by.pk, amendment.item_id, amendment.pk))
        return amendment


def put_to_vote(amendment: Amendment, *, by: User) -> RollCall:
    """Open the roll-call on it, in its turn within the amendments to its clause; where its vote
    was annulled, the one that repeats that. Refuses by rules.put_to_vote and
    rules.rollcalls.open_roll_call. Emits RollCallOpened and AmendmentPutToVote."""
    with action():
        amendment, meeting, _now = _begin(amendment)
        state, is_next = queries.place_of(amendment)
        require(rules.put_to_vote(by, meeting, amendment, state=state, is_next=is_next))
        with override("uk"):
            question = question_of(amendment)
        roll_call = actions.open_roll_call(
            meeting,
            by=by,
            question=question,
            seen_item=meeting.current_item_id,
            repeats=amendment.roll_call,
        )
        amendment.roll_call = roll_call
        amendment.save(update_fields=["roll_call"])
        emit(
            events.AmendmentPutToVote(
                meeting.pk, by.pk, amendment.item_id, amendment.pk, roll_call.pk
            )
        )
        return roll_call


def question_of(amendment: Amendment) -> str:
    """The question put to the vote, in words."""
    facts = {
        "number": amendment.number,
        "clause": str(amendment.clause),
        "kind": Amendment.Kind(amendment.kind).label,
    }
    words = _("Amendment %(number)s to “%(clause)s”: %(kind)s") % facts
    text = " ".join(amendment.text.split())
    if len(text) > _MOST_WORDS:
        text = f"{text[:_MOST_WORDS].rstrip()}…"
    return f"{words}. {text}"[:1000] if text else words


def compose(item: Item, *, by: User) -> AdoptedText:
    """Compose the text of the version to which the amendments were moved and of those adopted, as a
    preview of the next version. One that was composed before is replaced. Refuses by
    rules.compose. Emits AdoptedTextComposed."""
    with action():
        meeting, now = begin(item.meeting)
        item = locked(item)
        groups = queries.groups_on(item)
        adopted = queries.adopted_in(groups)
        composed = AdoptedText.objects.filter(item=item).select_related("version").first()
        newest = queries.version_of(item)
        bases = {each.clause.version_id for each in adopted}
        previews = Version.objects.filter(draft=newest.draft_id if newest else None).previews()
        others = previews.exclude(pk=composed.version_id) if composed else previews
        require(
            rules.compose(
                by,
                meeting,
                adopted=len(adopted),
                is_undecided=queries.is_undecided(groups),
                is_newest=newest is not None and bases == {newest.pk},
                has_other_preview=others.exists(),
                composed=composed,
            )
        )
        assert newest is not None  # noqa: S101 - by the rule
        draft = locked(newest.draft)
        if composed is not None:
            composed.version.delete()  # and composed with it
        version = Version.objects.create(draft=draft, number=newest.number + 1)
        save_new(compose_clauses(version, list(newest.outline()), adopted))
        made = AdoptedText.objects.create(item=item, version=version, base=newest, at=now, by=by)
        emit(VersionImported(draft.pk, version.pk, by.pk))
        emit(events.AdoptedTextComposed(meeting.pk, by.pk, item.pk, version.pk))
        return made


def publish(item: Item, *, by: User) -> AdoptedText:
    """Publish the composed text as the next version of the draft: everybody reads it, and remarks
    are carried to it. Refuses by rules.publish. Emits drafts' and consultations' VersionPublished
    and AdoptedTextPublished."""
    with action():
        meeting, now = begin(item.meeting)
        item = locked(item)
        found = AdoptedText.objects.filter(item=item).select_related("version").first()
        is_outdated = found is not None and queries.has_changed_since(item, found.at)
        require(rules.publish(by, meeting, found, is_outdated=is_outdated))
        assert found is not None and item.consultation_id is not None  # noqa: S101 - by the rule
        # The rule is ours: a secretary need not be an officer who prepares drafts.
        version = drafts.publish(found.version)
        found.published_at = now
        found.save(update_fields=["published_at"])
        enter(meeting, LogEntry.Kind.ADOPTED_TEXT, at=now, item=item)
        emit(VersionPublished(item.consultation_id, by.pk, version.pk))
        emit(events.AdoptedTextPublished(meeting.pk, by.pk, item.pk, version.pk))
        return found


def _begin(amendment: Amendment) -> tuple[Amendment, Meeting, datetime]:
    """The amendment and its meeting under their locks."""
    meeting, now = begin(amendment.item.meeting)
    return locked(amendment), meeting, now


def _log(meeting: Meeting, kind: LogEntry.Kind, amendment: Amendment, at: datetime) -> None:
    if meeting.is_running:
        words = f"№ {amendment.number}: {amendment.clause}"
        enter(meeting, kind, at=at, words=words[:500])
