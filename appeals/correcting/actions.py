"""Correcting what an appeal was registered as: its kind, what and whom it is about, from whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, override

from appeals import terms
from appeals.begin import begin, enter
from appeals.course import rules
from appeals.course.actions import About
from appeals.events import AppealCorrected, AppealTermCorrected
from appeals.models import Appeal, Category, Entry, Executor
from appeals.queries import load_involved
from appeals.rules import office
from city.calendar import work_calendar
from city.models import District, Street, Theme
from core.domain.actions import action
from core.domain.calendar import KYIV, last_date
from core.domain.events import emit
from core.domain.rules import require

if TYPE_CHECKING:
    from accounts.models import User

#: What the applicant reads of a correction, and what only who works on it does: columns.
_TOLD = ("kind", "theme", "category", "privileged", "district", "street", "house")
_INTERNAL = ("about_department", "about_person")


@dataclass(frozen=True, slots=True)
class Description:
    """Registration of an appeal; None and "": nothing.

    ``is_urgent``: a request on what art. 20(2) of 2939-VI names.
    """

    kind: str
    is_urgent: bool = False
    theme: Theme | None = None
    category: Category | None = None
    privileged: str = ""
    district: District | None = None
    street: Street | None = None
    house: str = ""
    about: About = field(default_factory=About)


def correct(appeal: Appeal, *, by: User, to: Description) -> Appeal:
    """Correct what it is registered as; what ``to`` leaves empty is empty from then on.

    A kind of the other law, and urgency, change its term, which runs from its receipt as before:
    the applicant is told until when. They read every correction but whom a complaint is about. The
    same once more changes nothing. Refuses by rules.correct. Emits AppealCorrected, and
    AppealTermCorrected where it has another term.
    """
    with action():
        appeal, involved, now = begin(appeal)
        require(office(by, appeal, involved))
        before = _values(appeal)
        appeal.about_department, appeal.about_person = to.about.department, to.about.person
        appeal.theme, appeal.category, appeal.privileged = to.theme, to.category, to.privileged
        appeal.district, appeal.street, appeal.house = to.district, to.street, to.house.strip()
        term = terms.corrected_term(appeal, to.kind, is_urgent=to.is_urgent)
        executors = Executor.objects.filter(appeal=appeal, user__isnull=False)
        require(
            rules.correct(
                by,
                appeal,
                involved=load_involved(appeal),
                now=now,
                kind=to.kind,
                term=term.code,
                people=set(executors.values_list("user", flat=True)),
            )
        )
        is_other_term = term.code != appeal.term
        appeal.kind, appeal.term = to.kind, term.code
        if is_other_term:
            terms.set_due(appeal, work_calendar())
        after = _values(appeal)
        if before == after and not is_other_term:
            return appeal
        appeal.save(update_fields=[*_TOLD, *_INTERNAL, "term", "due_at"])
        told, internal = _lines(before, after, _TOLD), _lines(before, after, _INTERNAL)
        if is_other_term:
            told.append(_in_words(appeal))
        entries = [
            enter(appeal, Entry.Kind.CORRECTED, by=by, at=now, words=words, internal=is_internal)
            for words, is_internal in (("\n".join(told), False), ("\n".join(internal), True))
            if words
        ]
        emit(AppealCorrected(appeal.pk, by.pk, entries[0].pk))
        if is_other_term:
            emit(AppealTermCorrected(appeal.pk, by.pk, entries[0].pk))
        return appeal


type Values = dict[str, tuple[object, str]]


def _values(appeal: Appeal) -> Values:
    """Its columns that can be corrected, as they are stored and as they are read in an entry."""
    with override("uk"):
        return {
            name: (getattr(appeal, _column(name)), _shown_value(appeal, name))
            for name in (*_TOLD, *_INTERNAL)
        }


def _shown_value(appeal: Appeal, name: str) -> str:
    if name in ("kind", "privileged"):
        return str(getattr(appeal, f"get_{name}_display")())
    value = getattr(appeal, name)
    if name == "about_person":
        return str(value.get_full_name()) if value else ""
    return str(value or "")


def _lines(before: Values, after: Values, names: tuple[str, ...]) -> list[str]:
    """«Тема: Дороги → Освітлення» for each that differs."""
    with override("uk"):
        return [
            f"{_label(name)}: {before[name][1] or '–'} → {after[name][1] or '–'}"
            for name in names
            if before[name] != after[name]
        ]


def _column(name: str) -> str:
    return str(getattr(Appeal._meta.get_field(name), "attname", name))


def _label(name: str) -> str:
    words = str(getattr(Appeal._meta.get_field(name), "verbose_name", name))
    return words[:1].upper() + words[1:]


def _in_words(appeal: Appeal) -> str:
    """Until when it is answered now, and by which article."""
    term = terms.term_of(appeal)
    with override("uk"):
        until = f"{last_date(appeal.due_at):%d.%m.%Y}"
        if term is terms.URGENT:
            until = date_format(localtime(appeal.due_at, KYIV), "d.m.Y H:i")
        return gettext(
            "The term was recalculated for this kind: until %(until)s (%(article)s)."
        ) % {
            "until": until,
            "article": term.article,
        }
