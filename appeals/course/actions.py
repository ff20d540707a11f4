"""Accepting an appeal, giving it to its executors, another term, noting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from appeals import terms
from appeals.begin import begin, decided_line, enter
from appeals.course import rules
from appeals.events import (
    AppealAccepted,
    AppealAssigned,
    AppealExtended,
    AppealHeadAsked,
    AppealNoted,
    AppealShortened,
)
from appeals.letters.letterhead import letterhead_of
from appeals.letters.wording import LetterKind
from appeals.models import Answer, Appeal, Category, Entry, Executor
from appeals.queries import load_involved, load_leaders
from appeals.register.outgoing import number_letter
from appeals.rules import office
from city.calendar import work_calendar
from city.models import Department, Theme
from core.domain import clock
from core.domain.actions import action
from core.domain.calendar import end_of_day
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import require

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class About:
    """The subject of a complaint, as the office sees it; nobody: none of the council."""

    department: Department | None = None
    person: User | None = None


def accept(
    appeal: Appeal,
    *,
    by: User,
    department: Department,
    officer: User | None = None,
    kind: str = "",
    term: str = "",
    theme: Theme | None = None,
    category: Category | None = None,
    privileged: str | None = None,
    about: About | None = None,
) -> Appeal:
    """Take it to be considered by a department, which becomes its main executor.

    The office may correct its kind, theme, privileged category and whom it is ``about`` (None: as
    it was filed), unless it is about themselves. ``term``: a code of appeals/terms.py, the usual
    one of its kind if it is not named. Refuses by rules.accept. Emits AppealAccepted.
    """
    with action():
        appeal, involved, now = begin(appeal)
        if about is not None:
            require(office(by, appeal, involved))
            appeal.about_department, appeal.about_person = about.department, about.person
            involved = load_involved(appeal)
        kind = kind or appeal.kind
        usual = [offered.code for offered in terms.offered_to(kind)]
        term = term or (appeal.term if appeal.term in usual else usual[0])
        officer_id = officer.pk if officer else None
        require(
            rules.accept(
                by,
                appeal,
                involved=involved,
                now=now,
                department_id=department.pk,
                officer_id=officer_id,
                kind=kind,
                term=term,
            )
        )
        appeal.kind, appeal.term, appeal.accepted_at = kind, term, now
        appeal.department, appeal.officer = department, officer
        appeal.theme, appeal.category = theme or appeal.theme, category or appeal.category
        appeal.privileged = appeal.privileged if privileged is None else privileged
        terms.set_due(appeal, work_calendar())
        appeal.save(
            update_fields=[
                "kind",
                "term",
                "due_at",
                "accepted_at",
                "about_department",
                "about_person",
                "department",
                "officer",
                "theme",
                "category",
                "privileged",
            ]
        )
        Executor.objects.create(
            appeal=appeal, department=department, user=officer, is_main=True, by=by, at=now
        )
        enter(appeal, Entry.Kind.ACCEPTED, by=by, at=now, words=department.name)
        emit(AppealAccepted(appeal.pk, by.pk))
        return appeal


def assign(
    appeal: Appeal,
    *,
    by: User,
    department: Department,
    officer: User | None = None,
    others: Sequence[tuple[Department, User | None]] = (),
    resolution: str = "",
) -> Appeal:
    """Say anew who executes it: the department that answers, and others that help it.

    Who is no executor any more reads it no more. What was approved for another main executor, or
    waited for it, is a draft again. ``resolution``: what they are asked to do; the applicant reads
    only which departments it is. Refuses by rules.assign. Emits AppealAssigned.
    """
    with action():
        appeal, involved, now = begin(appeal)
        wanted = {(department.pk, officer.pk if officer else None): (department, officer)}
        for helper, person in others:
            wanted.setdefault((helper.pk, person.pk if person else None), (helper, person))
        require(
            rules.assign(
                by,
                appeal,
                involved=involved,
                now=now,
                departments={pk for pk, _person in wanted},
                people={person for _pk, person in wanted if person is not None},
            )
        )
        Executor.objects.filter(appeal=appeal).delete()
        Executor.objects.bulk_create(
            Executor(
                appeal=appeal,
                department=helper,
                user=person,
                is_main=place == 0,
                by=by,
                at=now,
            )
            for place, (helper, person) in enumerate(wanted.values())
        )
        was = (appeal.department_id, appeal.officer_id)
        appeal.department, appeal.officer = department, officer
        appeal.save(update_fields=["department", "officer"])
        if was != (appeal.department_id, appeal.officer_id):
            drafts = Answer.objects.filter(appeal=appeal, sent_at=None)
            drafts.update(asked_by=None, asked_at=None, approved_by=None, approved_at=None)
        names = ", ".join(dict.fromkeys(helper.name for helper, _person in wanted.values()))
        enter(appeal, Entry.Kind.ASSIGNED, by=by, at=now, words=names)
        if resolution.strip():
            enter(appeal, Entry.Kind.NOTE, by=by, at=now, words=resolution, internal=True)
        emit(AppealAssigned(appeal.pk, by.pk))
        return appeal


def extend(appeal: Appeal, *, by: User, until: date, reason: str) -> Appeal:
    """Extend its term until the end of a day, once; the applicant is told why, in a letter that
    ``by`` signs: of an appeal as the head of the body or a deputy.

    Refuses by rules.extend (393/96-ВР art. 20, 2939-VI art. 20). Emits AppealExtended.
    """
    with action():
        appeal, involved, now = begin(appeal)
        calendar = work_calendar()
        require(
            rules.extend(
                by,
                appeal,
                involved=involved,
                now=now,
                calendar=calendar,
                leaders=load_leaders(),
                until=until,
                reason=reason,
            )
        )
        longer = terms.extension_of(appeal)
        assert longer is not None  # noqa: S101 - the rule has refused what has none
        appeal.term, appeal.due_at = longer.code, end_of_day(until)
        appeal.extended_at, appeal.extension_reason = now, reason.strip()
        appeal.save(update_fields=["term", "due_at", "extended_at", "extension_reason"])
        words = f"{until:%d.%m.%Y}: {reason.strip()}"
        leads = not appeal.is_request
        head = letterhead_of(appeal, by, involved=involved, leads=leads, until=until)
        head = number_letter(appeal, LetterKind.EXTENDED, head, now)
        if leads:
            words = f"{words}\n{decided_line(head, now)}"
        enter(appeal, Entry.Kind.EXTENDED, by=by, at=now, words=words, letterhead=head)
        emit(AppealExtended(appeal.pk, by.pk))
        return appeal


def ask_head(appeal: Appeal, *, by: User, words: str) -> Entry:
    """Ask the head of the body to leave it without consideration or to extend its term; from then
    on the head and the deputies may read it. ``words``: what is to be decided, for the desk alone.

    Refuses by rules.ask_head (393/96-ВР arts 8, 20). Emits AppealHeadAsked.
    """
    with action():
        appeal, involved, now = begin(appeal)
        leaders = load_leaders()
        require(
            rules.ask_head(by, appeal, involved=involved, now=now, leaders=leaders, words=words)
        )
        appeal.decision_asked_at = now
        appeal.save(update_fields=["decision_asked_at"])
        entry = enter(appeal, Entry.Kind.HEAD_ASKED, by=by, at=now, words=words, internal=True)
        emit(AppealHeadAsked(appeal.pk, by.pk, entry.pk))
        return entry


def shorten(appeal: Appeal, *, by: User, until: date, reason: str) -> Appeal:
    """Shorten its term to the end of a day, as its applicant has asked in writing, giving reasons.

    The applicant is told. Refuses by rules.shorten (393/96-ВР art. 20). Emits AppealShortened.
    """
    with action():
        appeal, involved, now = begin(appeal)
        require(
            rules.shorten(
                by,
                appeal,
                involved=involved,
                now=now,
                calendar=work_calendar(),
                until=until,
                reason=reason,
            )
        )
        appeal.term, appeal.due_at = terms.SHORTENED.code, end_of_day(until)
        appeal.save(update_fields=["term", "due_at"])
        words = f"{until:%d.%m.%Y}: {reason.strip()}"
        entry = enter(appeal, Entry.Kind.SHORTENED, by=by, at=now, words=words)
        emit(AppealShortened(appeal.pk, by.pk, entry.pk))
        return appeal


def note(appeal: Appeal, *, by: User, text: str) -> Entry:
    """Write an internal note, which the applicant does not see. Refuses by rules.note. Emits
    AppealNoted."""
    with action():
        require(rules.note(by, appeal, involved=load_involved(appeal), text=text))
        entry = enter(appeal, Entry.Kind.NOTE, by=by, at=clock.now(), words=text, internal=True)
        created(entry)
        emit(AppealNoted(appeal.pk, by.pk, entry.pk))
        return entry
