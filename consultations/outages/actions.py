"""Enter outages, and extend consultations for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import BigIntegerField, Exists, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.models import User
from city.calendar import work_calendar
from consultations.events import DatesChanged, OutageEntered
from consultations.life.actions import set_report_due
from consultations.models import Consultation, DateChange, Outage
from consultations.outages import rules
from consultations.outages.rules import Span
from consultations.querysets import ConsultationQuerySet
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.calendar import end_of_day, local_date
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import require


def enter(*, by: User, began_at: datetime, ended_at: datetime, what: str) -> Outage:
    """Enter an outage that the page beat did not measure: the network was away, or mails.

    A job extends what it asks for within a minute. Refuses by rules.enter, rules.times and
    rules.reason_given. Emits OutageEntered.
    """
    with action():
        require(rules.enter(by))
        require(rules.times(began_at, ended_at, now=clock.now()))
        require(rules.reason_given(what))
        outage = Outage.objects.create(
            by=by, began_at=began_at, ended_at=ended_at, what=what.strip()
        )
        created(outage)
        emit(OutageEntered(outage.pk, by.pk))
        return outage


def extend_for_outages() -> int:
    """Extend every consultation that outages ask for, each once for what is new; returns how many.

    A job calls it every minute, before closings are told. Emits DatesChanged.
    """
    rows: list[Any] = list(_concerned_consultations())
    if not rows:
        return 0
    outages = list(Outage.objects.filter(ended_at__gt=min(row.opens_at for row in rows)))
    due = [row for row in rows if rules.extend(row, *_spans(outages, row.answered))]
    return sum(_extend(consultation) is not None for consultation in due)


def _concerned_consultations() -> ConsultationQuerySet:
    """Consultations with an outage in their term that no extension has answered."""
    answers = DateChange.objects.filter(consultation=OuterRef("pk"), outage__isnull=False)
    newest = answers.order_by("-outage").values("outage")[:1]
    answered = Coalesce(Subquery(newest), 0, output_field=BigIntegerField())
    term = Outage.objects.filter(
        pk__gt=OuterRef("answered"),
        began_at__lt=OuterRef("closes_at"),
        ended_at__gt=OuterRef("opens_at"),
    )
    rows = Consultation.objects.published().filter(reported_at=None, withdrawn_at=None)
    rows = rows.annotate(answered=answered).filter(Exists(term))
    at_close = term.filter(ended_at__gte=OuterRef("closes_at"))
    rows = rows.filter(Q(closing_told=False) | Exists(at_close))
    return rows.select_related("procedure").defer("search").order_by("pk")


def _spans(outages: Iterable[Outage], answered: int) -> tuple[list[Span], list[Span]]:
    """The times of outages that are new, and of those that an extension has answered."""
    new: list[Span] = []
    counted: list[Span] = []
    for outage in outages:
        times = (outage.began_at, outage.ended_at)
        (new if outage.pk > answered else counted).append(times)
    return new, counted


def _extend(consultation: Consultation) -> DateChange | None:
    """Extend one, judged again under its lock; None where somebody was quicker."""
    with action(), translation.override(settings.LANGUAGE_CODE):
        consultation = locked(consultation)
        now, calendar = clock.now(), work_calendar()
        answers = DateChange.objects.filter(consultation=consultation)
        answered = answers.aggregate(newest=Max("outage", default=0))["newest"]
        opens_at, closes_at = consultation.opens_at, consultation.closes_at
        if opens_at is None or closes_at is None:
            return None
        outages = list(
            Outage.objects.filter(began_at__lt=closes_at, ended_at__gt=opens_at).order_by("pk")
        )
        new, counted = _spans(outages, answered)
        last_day = rules.last_day_after(consultation, new, today=local_date(now))
        if last_day is None or not rules.extend(consultation, new, counted):
            return None
        change = DateChange.objects.create(
            consultation=consultation,
            outage=outages[-1],
            old_opens_at=opens_at,
            old_closes_at=closes_at,
            new_opens_at=opens_at,
            new_closes_at=end_of_day(last_day),
            reason=reason_of(
                [each for each in outages if each.pk > answered], (opens_at, closes_at)
            ),
        )
        consultation.closes_at, consultation.closing_told = change.new_closes_at, False
        consultation.report_due_on = None
        set_report_due(consultation, calendar)
        consultation.save(update_fields=["closes_at", "closing_told", "report_due_on"])
        emit(DatesChanged(consultation.pk, None, change.pk))
        return change


def reason_of(outages: list[Outage], term: Span) -> str:
    """Why the term is longer, in the active language: how long the site was away, when last, why.

    ``outages``: those that the extension answers, of which there is one at least.
    """
    away = rules.time_away([(each.began_at, each.ended_at) for each in outages], within=term)
    last = max(outages, key=lambda each: each.ended_at)
    words = _(
        "The site could not be reached for %(minutes)s min of the term in all, last from "
        "%(began)s to %(ended)s."
    ) % {
        "minutes": away // timedelta(minutes=1),
        "began": date_format(localtime(last.began_at), "j E Y, H:i"),
        "ended": date_format(localtime(last.ended_at), "j E Y, H:i"),
    }
    return f"{words} {last.what}".strip()
