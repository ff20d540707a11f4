"""Actions of a poll's life: prepared, announced, open, closed, its results published."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.notes.actions import delete_notes
from city.models import Department
from core.db.search import document
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import reject, require
from votes import queries, rules
from votes.ballots import codes
from votes.electorate.actions import freeze
from votes.events import (
    PollCancelled,
    PollChanged,
    PollClosed,
    PollClosedEarly,
    PollCreated,
    PollExtended,
    PollScheduled,
    ResultsPublished,
)
from votes.keepers import actions
from votes.keepers import rules as keepers_rules
from votes.models import Extension, Invitation, Option, PaperBallot, Poll, Result, State
from votes.opening.actions import empty_boxes
from votes.opening.numbers import numbers_of
from votes.querysets import KIND
from votes.questions.actions import write_question
from votes.questions.actions_pictures import forget_pictures
from votes.results import grouping
from votes.results import result as results_result

#: The longest that a quick poll stays open.
LONGEST_QUICK = timedelta(hours=2)


def create(*, by: User, fields: Mapping[str, Any], questions: Iterable[Mapping[str, Any]]) -> Poll:
    """Begin a poll that only those who prepare it see.

    ``questions``: the columns of each Question, with ``options``: the columns of each Option.
    Refuses by rules.prepare. Emits PollCreated.
    """
    with action():
        require(rules.prepare(by, Poll(**fields).department_id))
        return _write(by, fields, questions)


def _write(by: User, fields: Mapping[str, Any], questions: Iterable[Mapping[str, Any]]) -> Poll:
    poll = Poll(made_by=by, **fields)
    poll.save()
    for described in questions:
        write_question(poll, described)
    created(poll)
    emit(PollCreated(poll.pk, by.pk))
    return poll


def change(
    poll: Poll,
    *,
    by: User,
    fields: Mapping[str, Any],
    questions: Iterable[Mapping[str, Any]] | None = None,
) -> Poll:
    """Change its description and rules, and put other questions in the place of the old ones
    (None leaves them). Refuses by rules.revise. Emits PollChanged, and KeeperRemoved where others
    keep the keys from now on."""
    with action():
        poll = locked(poll)
        require(rules.revise(by, poll, now=clock.now()))
        kept = (poll.secrecy, poll.keeping)
        for name, value in fields.items():
            setattr(poll, name, value)
        if kept != (poll.secrecy, poll.keeping):
            actions.discard_keys(poll, by)
        require(rules.prepare(by, poll.department_id, poll.topic))
        poll.save()
        if questions is not None:
            forget_pictures(Option.objects.filter(question__poll=poll))
            poll.questions.all().delete()
            for described in questions:
                write_question(poll, described)
        emit(PollChanged(poll.pk, by.pk))
        return poll


def discard(poll: Poll, *, by: User) -> None:
    """Throw away a poll that was never announced. Refuses by rules.revise."""
    with action():
        poll = locked(poll)
        require(rules.revise(by, poll, now=clock.now()))
        forget_pictures(Option.objects.filter(question__poll=poll))
        delete_notes(KIND, [poll.pk])
        poll.delete()


def schedule(poll: Poll, *, by: User) -> Poll:
    """Announce it: from now on everybody sees it, and it opens and closes by its dates.

    The number from which lots are drawn is made and shown now; of people on a list nothing stays
    where others vote. Refuses by rules.schedule, of a secret poll by keepers_rules.keep. Emits
    PollScheduled.
    """
    with action():
        poll = locked(poll)
        now = clock.now()
        invited = Invitation.objects.filter(poll=poll)
        listed = poll.voters == Poll.Voters.INVITED and invited.exists()
        require(rules.schedule(by, poll, queries.questions_of(poll), now=now, listed=listed))
        actions.settle(poll)
        if not listed:
            invited.delete()
        return _announce(poll, by, now)


def _announce(poll: Poll, by: User, now: datetime) -> Poll:
    poll.opens_at = max(poll.opens_at or now, now)
    poll.scheduled_at = now
    if poll.tie_rule == Poll.TieRule.LOT:
        poll.lot = secrets.token_hex(16)
    poll.search = document(A=poll.title, B=poll.summary, C=queries.words_of(poll))
    poll.save(update_fields=["opens_at", "scheduled_at", "lot", "search"])
    emit(PollScheduled(poll.pk, by.pk))
    return poll


def open_quickly(
    *,
    by: User,
    department: Department,
    question: Mapping[str, Any],
    lasts: timedelta,
    results_while_open: bool = True,
    scope: str = "",
) -> Poll:
    """Ask those who are here one question, at once, for a few minutes.

    ``scope``: the topic of what they have come to. Refuses by rules.ask_here and rules.announce,
    and with ``poll.quick_too_long``. Emits PollCreated, PollScheduled.
    """
    if not timedelta(0) < lasts <= LONGEST_QUICK:
        reject("poll.quick_too_long", _("A quick poll lasts two hours at most."))
    with action():
        require(rules.ask_here(by, department.pk, scope))
        now = clock.now()
        poll = _write(
            by,
            {
                "title": question["text"],
                "department": department,
                "secrecy": Poll.Secrecy.NAMELESS,
                "results_while_open": results_while_open,
                "is_quick": True,
                "opens_at": now,
                "closes_at": now + lasts,
            },
            [question],
        )
        require(rules.announce(poll, queries.questions_of(poll), now=now, listed=False))
        return _announce(poll, by, now)


def extend(poll: Poll, *, by: User, closes_at: datetime, reason: str) -> Extension:
    """Close it later than was announced. Refuses by rules.extend. Emits PollExtended."""
    with action():
        poll = locked(poll)
        now = clock.now()
        require(rules.extend(by, poll, now=now, closes_at=closes_at, reason=reason))
        made = Extension.objects.create(
            poll=poll,
            by=by,
            at=now,
            old_closes_at=poll.closes_at or now,
            new_closes_at=closes_at,
            reason=reason.strip(),
        )
        poll.closes_at = closes_at
        poll.save(update_fields=["closes_at"])
        created(made)
        emit(PollExtended(poll.pk, by.pk, made.pk))
        return made


def close_early(poll: Poll, *, by: User, scope: str = "") -> Poll:
    """Close a quick poll now, and publish what nobody has to decide, as at its own close.

    Who is voting at this very moment is counted or refused: votes take the poll's lock too.
    Refuses by rules.close_early. Emits PollClosedEarly, PollClosed, ResultsPublished.
    """
    with action():
        poll = locked(poll)
        now = clock.now()
        require(rules.close_early(by, poll, now=now, scope=scope))
        poll.was_to_close_at, poll.closes_at = poll.closes_at, now
        poll.save(update_fields=["was_to_close_at", "closes_at"])
        emit(PollClosedEarly(poll.pk, by.pk))
        _tell_closed(poll)
        return poll


def cancel(poll: Poll, *, by: User, reason: str) -> Poll:
    """Call it off; it stays to be read with its reason, and boxes are emptied unopened. Refuses by
    rules.cancel. Emits PollCancelled."""
    with action():
        poll = locked(poll)
        now = clock.now()
        require(rules.cancel(by, poll, now=now, reason=reason))
        poll.cancelled_at, poll.cancelled_reason = now, reason.strip()
        poll.save(update_fields=["cancelled_at", "cancelled_reason"])
        empty_boxes(poll)
        emit(PollCancelled(poll.pk, by.pk))
        return poll


def publish(poll: Poll, *, by: User, unopened_reason: str = "") -> Result:
    """Count its ballots and publish what they give; of a secret poll what its boxes held, and its
    codes with their hash.

    ``unopened_reason``: what everybody reads of boxes that did not open, where there are any.
    Refuses by rules.publish, and of a secret poll by keepers.rules.count_opened. Emits
    ResultsPublished.
    """
    with action():
        poll = locked(poll)
        now = clock.now()
        unconfirmed = PaperBallot.objects.filter(poll=poll, confirmed_at=None).count()
        require(rules.publish(by, poll, now=now, unconfirmed=unconfirmed))
        if poll.is_secret:
            require(keepers_rules.count_opened(poll, numbers_of(poll), reason=unopened_reason))
            if poll.unopened:
                poll.unopened_reason = unopened_reason.strip()
                poll.save(update_fields=["unopened_reason"])
        return _count_and_publish(poll, now, by)


def _count_and_publish(poll: Poll, now: datetime, by: User | None) -> Result:
    """Under the poll's lock; ``by`` is None where nobody had to decide it."""
    city = grouping.populations(poll)
    result = Result.objects.create(
        poll=poll,
        by=by,
        at=now,
        counted=results_result.count_ballots(poll, city),
        city=city,
        codes_hash=codes.hash_of(poll) if poll.has_receipts else "",
    )
    poll.published_at = now
    poll.save(update_fields=["published_at"])
    created(result)
    emit(ResultsPublished(poll.pk, by.pk if by else None))
    return result


def tell_what_passed() -> int:
    """Freeze the electorates of polls that have opened and announce closings, once each.

    A job calls it every minute; nothing depends on it but the telling. Returns how many events.
    """
    told = 0
    for poll in Poll.objects.open().filter(frozen_at=None):
        freeze(poll)
        told += 1
    return told + tell_what_closed()


def tell_what_closed(only: Collection[int] | None = None) -> int:
    """Announce closings, once each, and publish what nobody has to decide: rules.publish_itself.

    ``only``: of these polls. The job calls it every minute for all, the live hub every second for
    those that somebody watches. Returns how many polls. Emits PollClosed, ResultsPublished, by
    nobody.
    """
    on_paper = PaperBallot.objects.filter(poll=OuterRef("pk"))
    over = Poll.objects.closed().filter(
        Q(closing_told=False) | Q(is_quick=True) & ~Exists(on_paper)
    )
    told = 0
    for poll in over if only is None else over.filter(pk__in=only):
        with action():
            told += _tell_closed(locked(poll))
    return told


def _tell_closed(poll: Poll) -> bool:
    """Whether there was anything to tell: another process may have been quicker."""
    now = clock.now()
    if poll.state_at(now) != State.CLOSED:
        return False
    first = not poll.closing_told
    if first:
        poll.closing_told = True
        poll.save(update_fields=["closing_told"])
        emit(PollClosed(poll.pk, None))
    sheets = PaperBallot.objects.filter(poll=poll).count()
    if rules.publish_itself(poll, now=now, sheets=sheets):
        _count_and_publish(poll, now, None)
        return True
    return first
