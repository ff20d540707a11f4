"""Which rows of record an event of a consultation leaves."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import partial
from typing import Any

from consultations.checklist.events import (
    DiscussionCancelled,
    DiscussionPlanned,
    ProcedureAnswered,
)
from consultations.decisions.events import DecisionChanged, DecisionEntered
from consultations.dispositions.events import (
    ApprovalTakenBack,
    DispositionApproved,
    DispositionCopied,
    PublicReasonChecked,
    PublicReasonTakenBack,
)
from consultations.events import (
    ConsultationAnnounced,
    ConsultationChanged,
    ConsultationEvent,
    ConsultationPicturesChanged,
    ConsultationWithdrawn,
    DatesChanged,
    EditionPublished,
    RemarkEvent,
    ReportDayMoved,
    ReportPublished,
    VersionPublished,
)
from consultations.evidence import things
from consultations.evidence.events import (
    EditionFilesDropped,
    EditionFilesMade,
    VoiceChanged,
)
from consultations.evidence.notices import MadeUp
from consultations.evidence.spoken import DECLARED, REMARK, subject_of
from consultations.evidence.things import Things
from consultations.models import Consultation
from consultations.register.events import EntryCorrected, RemarksNumbered
from core.audit_log.comparing import (
    Last,
    RecordSource,
    find_unrecorded,
    last_rows,
    last_rows_of,
    record_source,
    stands,
)
from core.domain.events import Event
from core.domain.records import Gone, Recorded, records
from core.models import AuditRecord
from discussions.events import (
    CommentCorrected,
    CommentDeleted,
    CommentEdited,
    CommentHidden,
    CommentRestored,
    HeldCommentDeleted,
    HeldCommentHidden,
    NameTakenOff,
)

type Found = Iterator[tuple[Event, Recorded]]


@records(ConsultationAnnounced)
def announced(events: list[ConsultationAnnounced]) -> Found:
    """Record the public parts of an announcement."""
    for event in events:
        for thing in _things(event).announced():
            yield event, thing


@records(ConsultationChanged, ConsultationPicturesChanged)
def changed(events: list[ConsultationEvent]) -> Found:
    """The announcement where it says something else, and files, links and pictures that came, went
    or were described anew. What is being prepared is no procedure yet."""
    for event in events:
        here = _things(event)
        if here.consultation.announced_at is None:
            continue
        last = last_rows(here.of)
        known = _known_files(here.of)
        for kind, read in (
            (things.ANNOUNCEMENT, here.announcement),
            (things.ATTACHMENT, partial(here.attachments, known=known)),
            (things.LINK, here.links),
            (things.PICTURE, here.pictures),
        ):
            yield from _tell(event, last, kind, read())


@records(ConsultationWithdrawn, ReportDayMoved)
def announcement_changed(events: list[ConsultationEvent]) -> Found:
    for event in events:
        yield from ((event, each) for each in _things(event).announcement())


@records(DatesChanged)
def dates_changed(events: list[DatesChanged]) -> Found:
    for event in events:
        here = _things(event)
        yield from ((event, each) for each in here.announcement())
        changes = (each for each in here.dates() if each.number == event.change_id)
        yield from ((event, each) for each in changes)


@records(VersionPublished)
def version_published(events: list[VersionPublished]) -> Found:
    for event in events:
        here = _things(event)
        if here.consultation.announced_at is not None:
            versions = (each for each in here.versions() if each.number == event.version_id)
            yield from ((event, each) for each in versions)


@records(ProcedureAnswered)
def answered(events: list[ProcedureAnswered]) -> Found:
    for event in events:
        here = _things(event)
        if here.consultation.announced_at is not None:
            yield from ((event, each) for each in here.answers())


@records(DiscussionPlanned, DiscussionCancelled)
def discussion_changed(events: list[DiscussionPlanned | DiscussionCancelled]) -> Found:
    for event in events:
        here = _things(event)
        if here.consultation.announced_at is not None:
            them = (each for each in here.discussions() if each.number == event.discussion_id)
            yield from ((event, each) for each in them)


@records(DispositionApproved, PublicReasonChecked, PublicReasonTakenBack)
def approved(events: list[RemarkEvent]) -> Found:
    """The rows as everybody reads them from now on."""
    for here, them in _by_consultation(events):
        said = {each.number: each for each in here.dispositions([e.remark_id for e in them])}
        for event in them:
            if event.remark_id in said:
                yield event, said[event.remark_id]


@records(DispositionCopied)
def copied(events: list[DispositionCopied]) -> Found:
    """Record a folded remark with its head's row, which may be public without an approval of its
    own.
    """
    for here, them in _by_consultation(events):
        by_remark = {event.remark_id: event for event in them}
        for each in _dispositions_of(here, by_remark):
            yield by_remark[each.number], each


@records(ApprovalTakenBack)
def approval_taken_back(events: list[ApprovalTakenBack]) -> Found:
    for event in events:
        of = subject_of(event.consultation_id)
        yield event, Gone(of, things.DISPOSITION, event.remark_id, "not_public")


@records(ReportPublished)
def report_published(events: list[ReportPublished]) -> Found:
    """The rows that are public with the report; what was recorded already stays as it was."""
    for event in events:
        here = _things(event)
        known = {
            number
            for (kind, number), row in last_rows(here.of).items()
            if kind == things.DISPOSITION and not row.is_gone
        }
        for each in here.dispositions():
            if each.number not in known:
                yield event, each


@records(EditionPublished)
def edition_published(events: list[EditionPublished]) -> Found:
    for event in events:
        here = _things(event)
        yield from ((event, each) for each in here.announcement())
        yield from ((event, each) for each in here.editions() if each.number == event.edition_id)


@records(EditionFilesMade)
def edition_files_made(events: list[EditionFilesMade]) -> Found:
    for event in events:
        for each in _things(event).edition_files([event.edition_id]):
            yield event, each


@records(EditionFilesDropped)
def edition_files_dropped(events: list[EditionFilesDropped]) -> Found:
    for event in events:
        of = subject_of(event.consultation_id)
        yield event, Gone(of, things.EDITION_FILES, event.edition_id, "removed")


@records(DecisionEntered, DecisionChanged)
def decided(events: list[ConsultationEvent]) -> Found:
    for event in events:
        yield from ((event, each) for each in _things(event).decisions())


@records(RemarksNumbered)
def numbered(events: list[RemarksNumbered]) -> Found:
    for event in events:
        for each in _things(event).numbers(event.remark_ids):
            yield event, each


@records(
    *(CommentEdited, CommentCorrected, CommentDeleted, CommentHidden, CommentRestored),
    *(HeldCommentDeleted, HeldCommentHidden, NameTakenOff),
)
def comment_changed(events: list[Any]) -> Found:
    """Record comments as they stand now: shown, hidden, in other words, or taken back."""
    by_thread = defaultdict(list)
    for event in events:
        by_thread[event.thread_id].append(event)
    for consultation in _announced_consultations(thread__in=by_thread):
        them = {event.comment_id: event for event in by_thread[consultation.thread_id]}
        here = Things(consultation)
        for each in _filter_known(here, here.speech(them)):
            yield them[each.number], each
        for each in _dispositions_of(here, them):
            yield them[each.number], each
        for each in _gone_with(here, [pk for pk, event in them.items() if _is_deleted(event)]):
            yield them[each.number], each


@records(EntryCorrected)
def entry_corrected(events: list[EntryCorrected]) -> Found:
    """Another day of receipt."""
    for event in events:
        here = _things(event)
        yield from ((event, each) for each in _filter_known(here, here.speech([event.remark_id])))


@records(VoiceChanged)
def voices_changed(events: list[VoiceChanged]) -> Found:
    """Record comments under the names and keys that they have now, where these have changed."""
    by_consultation: dict[int, dict[int, VoiceChanged]] = defaultdict(dict)
    for event in events:
        by_consultation[event.consultation_id][event.comment_id] = event
    for consultation in _announced_consultations(pk__in=by_consultation):
        here, them = Things(consultation), by_consultation[consultation.pk]
        said = list(here.speech(them))
        for kind in (REMARK, DECLARED):
            of_kind = [each for each in said if each.kind == kind]
            for each in find_unrecorded(here.of, kind, of_kind):
                yield them[each.number], each


def _known_files(of: str) -> dict[int, Any]:
    """Recorded attached files, by their numbers: what was uploaded is never written over, so that
    nobody reads it again under the consultation's lock. One query.
    """
    rows = AuditRecord.objects.filter(of=of, kind=things.ATTACHMENT).order_by("number", "-pk")
    lines = rows.distinct("number").values_list("number", "line")
    return {number: json.loads(line).get("facts", {}) for number, line in lines}


def _tell(
    event: ConsultationEvent,
    last: dict[tuple[str, int], Last],
    kind: str,
    them: Iterable[Recorded],
) -> Found:
    """Record things of one kind that differ from their last rows, and things that are no more."""
    numbers = set()
    for each in them:
        numbers.add(each.number)
        if not stands(each, last.get((kind, each.number))):
            yield event, each
    for (found, number), row in last.items():
        if found == kind and number not in numbers and not row.is_gone:
            yield event, Gone(subject_of(event.consultation_id), kind, number, "removed")


def _filter_known(here: Things, them: Iterable[Recorded]) -> Iterator[Recorded]:
    """Things as they stand, and of those that are gone the ones that were there."""
    said = list(them)
    gone = [each.number for each in said if isinstance(each, Gone)]
    last = {
        (kind, number): row
        for kind in ((REMARK, DECLARED) if gone else ())
        for number, row in last_rows_of(here.of, kind, gone).items()
    }
    for each in said:
        row = last.get((each.kind, each.number))
        if not isinstance(each, Gone) or (row is not None and not row.is_gone):
            yield each


def _dispositions_of(here: Things, ids: Collection[int]) -> Iterator[Recorded]:
    """Dispositions of remarks that became public or not public any more, by their hiding."""
    public = {each.number: each for each in here.dispositions(ids)}
    last = last_rows_of(here.of, things.DISPOSITION, ids)
    for pk, each in public.items():
        if not stands(each, last.get(pk)):
            yield each
    for pk, row in last.items():
        if pk not in public and not row.is_gone:
            yield Gone(here.of, things.DISPOSITION, pk, "not_public")


def _gone_with(here: Things, ids: Collection[int]) -> Iterator[Recorded]:
    """The numbers of remarks that were taken back."""
    if not ids:
        return
    last = last_rows_of(here.of, things.NUMBER, ids)
    for pk in ids:
        row = last.get(pk)
        if row is not None and not row.is_gone:
            yield Gone(here.of, things.NUMBER, pk, "taken_back")


def _is_deleted(event: Event) -> bool:
    return isinstance(event, CommentDeleted | HeldCommentDeleted)


def _things(event: ConsultationEvent | EntryCorrected | RemarksNumbered) -> Things:
    return Things(_load(event.consultation_id))


def _load(consultation_id: int) -> Consultation:
    return Consultation.objects.select_related("procedure").get(pk=consultation_id)


def _announced_consultations(**which: Any) -> list[Consultation]:
    rows = Consultation.objects.filter(announced_at__isnull=False, **which)
    return list(rows.select_related("procedure").order_by("pk"))


def _by_consultation(
    events: Iterable[RemarkEvent],
) -> Iterator[tuple[Things, list[RemarkEvent]]]:
    them: dict[int, list[RemarkEvent]] = defaultdict(list)
    for event in events:
        them[event.consultation_id].append(event)
    for consultation in _announced_consultations(pk__in=them):
        yield Things(consultation), them[consultation.pk]


_made_up = MadeUp()


def _subjects() -> Iterator[str]:
    global _made_up
    _made_up = MadeUp()  # a comparison begins: it counts anew, once for all
    rows = Consultation.objects.filter(announced_at__isnull=False).order_by("pk")
    return (subject_of(pk) for pk in rows.values_list("pk", flat=True))


def _things_of(of: str) -> Iterator[Recorded]:
    yield from Things(_load(int(of.partition(":")[2]))).all()
    yield from _made_up.things(of)


record_source("consultation", RecordSource(things.ANNOUNCEMENT, _subjects, _things_of))
