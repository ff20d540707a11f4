"""A consultation's transitions: prepared, announced, its dates changed, withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.notes.actions import delete_notes
from city.calendar import work_calendar
from city.models import Street, Theme
from consultations import rules
from consultations.checklist import rules as checklist
from consultations.checklist.queries import elections_for, facts_of
from consultations.events import (
    ConsultationAnnounced,
    ConsultationChanged,
    ConsultationClosed,
    ConsultationCreated,
    ConsultationDiscarded,
    ConsultationOpened,
    ConsultationWithdrawn,
    DatesChanged,
)
from consultations.life import rules_dates
from consultations.models import Consultation, DateChange
from consultations.querysets import KIND
from core.db.search import document
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.calendar import WorkCalendar, end_of_day, kyiv, local_date
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import reject, require
from core.kept_pictures.files import drop_files
from discussions.actions import open_thread
from drafts.versions import actions as drafts


def create(
    *,
    by: User,
    fields: Mapping[str, Any],
    themes: Iterable[Theme] = (),
    streets: Iterable[Street] = (),
) -> Consultation:
    """Begin to prepare a consultation of ``fields["department"]``.

    ``fields``: values of the model's editable columns. Refuses by rules.prepare. Emits
    ConsultationCreated.
    """
    with action():
        consultation = Consultation(thread=open_thread(), **fields)
        require(rules.prepare(by, consultation.department_id))
        _index(consultation)
        consultation.save()
        consultation.themes.set(themes)
        consultation.streets.set(streets)
        created(consultation)
        emit(ConsultationCreated(consultation.pk, by.pk))
        return consultation


def revise(
    consultation: Consultation,
    *,
    by: User,
    fields: Mapping[str, Any],
    themes: Iterable[Theme] | None = None,
    streets: Iterable[Street] | None = None,
) -> Consultation:
    """Edit the description (never the dates of what is published: that is change_dates).

    Refuses by rules.revise, by rules.prepare for the department that it goes to, and of what is
    announced by rules.brief_to_announce and checklist.rules.keep. Emits ConsultationChanged.
    """
    with action():
        consultation = locked(consultation)
        changed = [name for name, value in fields.items() if getattr(consultation, name) != value]
        require(rules.revise(by, consultation, now=clock.now(), changed=changed))
        before = facts_of(copy(consultation), clock.now())
        for name, value in fields.items():
            setattr(consultation, name, value)
        require(checklist.keep(before, replace(before, consultation=consultation)))
        if "department" in changed:
            require(rules.prepare(by, consultation.department_id))
        if "brief" in changed and consultation.announced_at is not None:
            require(rules.brief_to_announce(consultation))
        _index(consultation)
        consultation.save()
        if themes is not None:
            consultation.themes.set(themes)
        if streets is not None:
            consultation.streets.set(streets)
        emit(ConsultationChanged(consultation.pk, by.pk))
        return consultation


def discard(consultation: Consultation, *, by: User) -> None:
    """Throw away a consultation that was never announced, with its text, files and links.

    A text that was published for it stays in the database, since PostgreSQL lets nobody change
    what was published; no page leads to it. Refuses by rules.discard, and while it stands on the
    agenda of a meeting. Emits ConsultationDiscarded.
    """
    with action():
        consultation = locked(consultation)
        require(rules.discard(by, consultation, now=clock.now()))
        emit(ConsultationDiscarded(consultation.pk, by.pk))
        draft, thread = consultation.draft, consultation.thread
        for attachment in consultation.attachments.all():
            storage, name = attachment.file.storage, str(attachment.file.name)
            transaction.on_commit(partial(storage.delete, name), robust=True)
        drop_files(consultation.pictures.all())
        delete_notes(KIND, [consultation.pk])
        try:
            consultation.delete()
        except ProtectedError:
            reject(
                "consultation.discussed_elsewhere",
                _("It stands on the agenda of a meeting: take it off there first."),
            )
        thread.delete()
        if draft is not None:
            drafts.discard(draft, by=by)


def announce(consultation: Consultation, *, by: User) -> Consultation:
    """Publish it: from now on everybody sees it, and it opens and closes by its dates.

    One that opens today opens at once. Fills the day the report is due unless one is set.
    Refuses by rules.announce. Emits ConsultationAnnounced.
    """
    with action():
        consultation = locked(consultation)
        now, calendar = clock.now(), work_calendar()
        draft = consultation.draft
        require(
            rules.announce(
                by,
                consultation,
                now=now,
                today=local_date(now),
                has_text=draft is not None and draft.versions.published().exists(),
                calendar=calendar,
                facts=facts_of(consultation, now),
            )
        )
        consultation.opens_at = max(consultation.opens_at or now, now)
        consultation.announced_at = now
        consultation.asks_full_name = consultation.procedure.asks_full_name
        consultation.names_with_proposals = consultation.asks_full_name
        consultation.checklist = consultation.procedure.checklist
        consultation.premoderates = consultation.procedure.premoderates
        set_report_due(consultation, calendar)
        consultation.save(
            update_fields=[
                "opens_at",
                "announced_at",
                "asks_full_name",
                "names_with_proposals",
                "checklist",
                "premoderates",
                "report_due_on",
            ]
        )
        emit(ConsultationAnnounced(consultation.pk, by.pk))
        return consultation


def change_dates(
    consultation: Consultation,
    *,
    by: User,
    opens_on: date,
    last_day: date,
    reason: str,
    short_period_reason: str = "",
) -> DateChange:
    """Correct or extend published dates; the reason is shown and told to the participants.

    ``opens_on`` is kept as it is once it has opened. Refuses by rules.change_dates and
    rules_dates.dates. Emits DatesChanged.
    """
    with action():
        consultation = locked(consultation)
        now, calendar = clock.now(), work_calendar()
        require(rules.change_dates(by, consultation, now=now, reason=reason))
        old_opens_at, old_closes_at = consultation.opens_at or now, consultation.closes_at or now
        opens_at = old_opens_at
        if now < opens_at and opens_on != consultation.opens_on:
            opens_at = max(kyiv(opens_on), now)
        short_period_reason = short_period_reason or consultation.short_period_reason
        short_period_reason = _reason_if_needed(
            consultation, local_date(opens_at), last_day, calendar, short_period_reason
        )
        require(rules_dates.still_ahead(last_day, today=local_date(now)))
        change = DateChange.objects.create(
            consultation=consultation,
            by=by,
            old_opens_at=old_opens_at,
            old_closes_at=old_closes_at,
            new_opens_at=opens_at,
            new_closes_at=end_of_day(last_day),
            reason=reason.strip(),
        )
        consultation.opens_at, consultation.closes_at = opens_at, change.new_closes_at
        consultation.short_period_reason = short_period_reason
        consultation.report_due_on = None
        set_report_due(consultation, calendar)
        consultation.save(
            update_fields=["opens_at", "closes_at", "short_period_reason", "report_due_on"]
        )
        created(change)
        emit(DatesChanged(consultation.pk, by.pk, change.pk))
        return change


def withdraw(consultation: Consultation, *, by: User, reason: str) -> Consultation:
    """Take it back: it stays to be read with its reason, nothing more is accepted.

    Refuses by rules.withdraw. Emits ConsultationWithdrawn.
    """
    with action():
        consultation = locked(consultation)
        now = clock.now()
        require(rules.withdraw(by, consultation, now=now, reason=reason))
        consultation.withdrawn_at, consultation.withdrawn_reason = now, reason.strip()
        consultation.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        emit(ConsultationWithdrawn(consultation.pk, by.pk))
        return consultation


def tell_what_passed(*, closings: bool = True) -> int:
    """Announce, once each, that consultations have opened or closed by their dates.

    A job calls it every minute; nothing depends on it but the telling. ``closings``: whether those
    that have closed are told of; while the site is away, they wait for what its outage extends.
    Returns how many events.
    """
    told = 0
    with action():
        live = Consultation.objects.published().filter(withdrawn_at=None)
        live = live.order_by("pk").select_for_update(no_key=True)
        for consultation in live.filter(opening_told=False, opens_at__lte=clock.Now()):
            consultation.opening_told = True
            consultation.save(update_fields=["opening_told"])
            emit(ConsultationOpened(consultation.pk, None))
            told += 1
        over = live.filter(closing_told=False, closes_at__lte=clock.Now())
        for consultation in over if closings else ():
            consultation.closing_told = True
            consultation.save(update_fields=["closing_told"])
            emit(ConsultationClosed(consultation.pk, None))
            told += 1
    return told


def _reason_if_needed(
    consultation: Consultation, opens_on: date, last_day: date, calendar: WorkCalendar, reason: str
) -> str:
    """The reason for a period other than the procedure's, "" where the period is the procedure's.

    Refuses by rules_dates.dates.
    """
    procedure = consultation.procedure
    judged = partial(
        rules_dates.dates,
        procedure,
        opens_on=opens_on,
        last_day=last_day,
        calendar=calendar,
        is_announced=consultation.announced_at is not None,
        elections=elections_for(consultation),
    )
    if judged(reason=""):
        return ""
    require(judged(reason=reason))
    return reason


def set_report_due(consultation: Consultation, calendar: WorkCalendar) -> None:
    """Fill the day on which the report is due, unless one is set. Saves nothing."""
    if consultation.report_due_on is None and consultation.last_day is not None:
        period = consultation.procedure.report_period
        consultation.report_due_on = period.last_day(consultation.last_day, calendar)


def _index(consultation: Consultation) -> None:
    consultation.search = document(
        A=consultation.title,
        B=f"{consultation.summary} {consultation.brief}",
        C=" ".join((consultation.problem, consultation.options, consultation.affected)),
    )
