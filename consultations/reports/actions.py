"""Actions on reports: saving the working copy, publishing an edition, removing names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import translation

from accounts.models import User
from city.calendar import work_calendar
from consultations.dispositions.conditions import is_enough
from consultations.dispositions.events import DispositionApproved
from consultations.events import (
    EditionNamesRemoved,
    EditionPublished,
    EditionTermOpened,
    ReportPublished,
    ReportSaved,
)
from consultations.evidence.events import EditionFilesDropped
from consultations.models import (
    Consultation,
    Disposition,
    Edition,
    EditionRow,
    EditionTerm,
    Remark,
    Report,
    ReportVersion,
)
from consultations.register.numbering import number_remarks
from consultations.reports import manifest, queries, rules
from consultations.reports.composing import compose_edition
from consultations.reports.models import SECTIONS
from core.domain import clock, outbox
from core.domain.actions import action, locked
from core.domain.calendar import local_date
from core.domain.events import emit
from core.domain.rules import require
from core.web.idempotency import created
from discussions.models import Comment

if TYPE_CHECKING:
    from django.db.models import QuerySet

#: Seconds that a publication waits for those who are writing remarks just now.
PATIENCE = 2.0
#: What one officer saves within so long is one version: the page saves by itself.
ONE_VERSION = timedelta(minutes=10)


def begin(consultation: Consultation, *, by: User) -> Report:
    """The working copy, which is begun if nobody has: its row is what officers lock.

    Refuses by rules.write.
    """
    with action():
        require(rules.write(by, consultation, now=clock.now()))
        texts = queries.first_texts(consultation)
        return Report.objects.get_or_create(consultation=consultation, defaults=texts)[0]


def save(consultation: Consultation, *, by: User, texts: Mapping[str, str]) -> Report:
    """Save what officers write, with a version of it.

    ``texts``: sections (models.SECTIONS) to their text; what is left out stays. Saving what is
    there already stores nothing. Refuses by rules.write. Emits ReportSaved.
    """
    with action():
        report = locked(begin(consultation, by=by))
        changed = {
            name: text.strip()
            for name, text in texts.items()
            if name in SECTIONS and getattr(report, name) != text.strip()
        }
        if changed:
            for name, text in changed.items():
                setattr(report, name, text)
            _store(report, by, [*changed])
            _keep_version(report, by)
            emit(ReportSaved(consultation.pk, by.pk))
        return report


def save_costs(consultation: Consultation, *, by: User, costs: Mapping[str, Any]) -> Report:
    """Save the working copy of the М-тест. Refuses by rules.write. Emits ReportSaved."""
    with action():
        report = locked(begin(consultation, by=by))
        report.costs = dict(costs)
        _store(report, by, ["costs"])
        emit(ReportSaved(consultation.pk, by.pk))
        return report


def restore(version: ReportVersion, *, by: User) -> Report:
    """Put an earlier version in place of what is there, which stays as a version itself.

    Refuses by rules.write. Emits ReportSaved.
    """
    return save(version.report.consultation, by=by, texts=version.texts)


def publish(
    consultation: Consultation, *, by: User, reason: str = "", names_contests: bool = False
) -> Edition:
    """Publish the working copy as an edition, the first or another one (``reason``: why).
    ``names_contests``: it names the hidden proposals whose hiding may still be contested.

    A job makes its files. What has no number yet gets it first, in an action of its own, if nothing
    else stands in the way. Refuses by rules.publish. Emits EditionPublished, ReportPublished the
    first time, and later DispositionApproved for each row that was decided otherwise since.
    """
    said = {"reason": reason, "names_contests": names_contests}
    _require_publishable(Consultation.objects.get(pk=consultation.pk), by, said, is_numbered=True)
    number_remarks(of=consultation.pk, patience=PATIENCE)
    with action(), translation.override(settings.LANGUAGE_CODE):
        consultation = locked(consultation)
        report, now = _require_publishable(consultation, by, said)
        is_first = consultation.reported_at is None
        if not is_first:
            _approve_changed(consultation, by)
        edition = make_edition(
            consultation, report, by=by, at=now, reason="" if is_first else reason.strip()
        )
        consultation.outcome = report.outcome
        consultation.reported_at = consultation.reported_at or now
        consultation.save(update_fields=["reported_at", "outcome"])
        EditionTerm.objects.filter(consultation=consultation, edition=None).update(edition=edition)
        remake_files([edition.pk])
        created(edition)
        if is_first:
            emit(ReportPublished(consultation.pk, by.pk))
        emit(EditionPublished(consultation.pk, by.pk, edition.pk))
        return edition


def _require_publishable(
    consultation: Consultation, by: User, said: Mapping[str, Any], *, is_numbered: bool = False
) -> tuple[Report, datetime]:
    """The working copy, and the moment at which rules.publish allows it.

    ``is_numbered``: as if all remarks had their numbers.
    """
    report, now = queries.report_of(consultation), clock.now()
    readiness = queries.readiness_of(consultation)
    if is_numbered:
        readiness = replace(readiness, unnumbered=0)
    require(rules.publish(by, consultation, report, now=now, readiness=readiness, **said))
    return report, now


def make_edition(
    consultation: Consultation, report: Report, *, by: User, at: datetime, reason: str
) -> Edition:
    """Freeze what the working copy and the rows say now: part of an action that publishes it."""
    _hold_words(consultation)
    edition, rows = compose_edition(consultation, report, by=by, at=at, reason=reason)
    edition.sha256 = manifest.digest(edition, rows)
    edition.save()
    EditionRow.objects.bulk_create(rows, batch_size=1000)
    return edition


def _hold_words(consultation: Consultation) -> None:
    """Lock the comments of its remarks by key, until the edition is there: an erasure and a hiding
    lock what they change, so each is known to the edition, or finds the edition."""
    remarks = Remark.objects.filter(consultation=consultation).values("pk")
    said = Comment.objects.filter(pk__in=remarks).order_by("pk").select_for_update(no_key=True)
    list(said.values_list("pk", flat=True))


def open_edition_term(remark: Remark) -> None:
    """Set the term for another edition, where the newest one left the remark out as hidden: part of
    the action that shows it again. Nothing where the term runs already. Emits EditionTermOpened."""
    newest = EditionRow.objects.filter(edition__consultation=remark.consultation_id, remark=remark)
    row = newest.filter(edition__superseded_by=None).only("facts").first()
    if row is None or not row.facts["hidden"]:
        return
    period = remark.consultation.procedure.edition_period
    due_on = period.last_day(local_date(clock.now()), work_calendar())
    _term, is_new = EditionTerm.objects.get_or_create(
        remark=remark,
        edition=None,
        defaults={"consultation_id": remark.consultation_id, "due_on": due_on},
    )
    if is_new:
        emit(EditionTermOpened(remark.consultation_id, None, remark.pk))


def end_edition_term(remark: Remark) -> None:
    """It is hidden anew: no other edition is due because of it."""
    EditionTerm.objects.filter(remark=remark, edition=None).delete()


def remove_names_of(user: User) -> None:
    """Take the names of somebody out of the editions: part of the erasure of their account."""
    remove_names(EditionRow.objects.filter(author=user))


def remove_names(rows: QuerySet[EditionRow]) -> None:
    """Take the names out of some rows of editions: part of an erasure, or of taking a name off.

    An edition with full names keeps them for the legal term (law 3841-IX art. 15). Emits
    EditionNamesRemoved for each edition.
    """
    theirs = rows.filter(edition__has_full_names=False).exclude(name="")
    numbers: dict[int, int] = {}
    for edition_id in theirs.order_by("edition", "place").values_list("edition", flat=True):
        numbers[edition_id] = numbers.get(edition_id, 0) + 1
    editions = Edition.objects.filter(pk__in=numbers).order_by("pk").defer("content")
    for edition in editions.select_for_update(no_key=True):
        theirs.filter(edition=edition).update(name="", name_salt="", author=None)
        edition.removed_names += numbers[edition.pk]
        edition.names_removed_at = clock.now()
        edition.save(update_fields=["removed_names", "names_removed_at"])
        remake_files([edition.pk])
        emit(EditionNamesRemoved(edition.consultation_id, None, edition.pk))


def remake_files(edition_ids: Iterable[int]) -> None:
    """Let the files of editions be made anew: they say something that they should not any more,
    so nobody loads them until then, also if the job fails. Emits EditionFilesDropped for each
    that had any."""
    with action():
        editions = Edition.objects.filter(pk__in=edition_ids).order_by("pk")
        held = list(editions.select_for_update(no_key=True).defer("content"))
        Edition.objects.filter(pk__in=[edition.pk for edition in held]).update(progress=0)
        for edition in held:
            if edition.has_files:
                emit(EditionFilesDropped(edition.consultation_id, None, edition.pk))
            outbox.defer("consultations.jobs.make_report_files", edition_id=edition.pk)


def _approve_changed(consultation: Consultation, by: User) -> None:
    """Approve decisions changed since the report was published, with its next edition; a row that
    is not enough for a report is not. Emits DispositionApproved.
    """
    changed = Disposition.objects.filter(
        is_enough("", "remark"),
        remark__consultation=consultation,
        changed_at__gt=consultation.reported_at,
        approved_at=None,
    )
    ids = list(changed.order_by("pk").values_list("pk", flat=True))
    Disposition.objects.filter(pk__in=ids).update(approved_at=clock.now(), approved_by=by)
    for pk in ids:
        emit(DispositionApproved(pk, consultation.pk, by.pk))


def _store(report: Report, by: User, columns: list[str]) -> None:
    report.changed_at, report.changed_by = clock.now(), by
    report.save(update_fields=[*columns, "changed_at", "changed_by"])


def _keep_version(report: Report, by: User) -> None:
    """The saved texts as a version: the officer's newest one, if it is of a moment ago."""
    newest = report.versions.first()
    if newest and newest.by_id == by.pk and clock.now() - newest.at < ONE_VERSION:
        newest.texts = report.texts
        newest.save(update_fields=["texts"])
        return
    number = newest.number + 1 if newest else 1
    ReportVersion.objects.create(
        report=report, number=number, texts=report.texts, by=by, at=clock.now()
    )
