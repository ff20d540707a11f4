"""Actions of carrying: begun when a version is published, done in batches by a job."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from consultations.carrying import rules
from consultations.carrying.finding import Finder, Found
from consultations.carrying.models import Method
from consultations.events import PlaceAnswered, RemarksCarried
from consultations.models import Carrying, Place, Remark
from consultations.remarks.counts import move_counts
from core.domain import clock, outbox
from core.domain.actions import action, locked, shared
from core.domain.each import run_for_each
from core.domain.events import emit
from core.domain.rules import require
from discussions.models import Comment
from drafts.clauses import anchors
from drafts.models import Version
from drafts.versions.published import Text, text_of

if TYPE_CHECKING:
    from accounts.models import User

#: What is read of a remark to carry it.
_READ = (
    *("consultation_id", "clause_key", "moved_key", "clause__version_id"),
    *("quote", "quote_start", "quote_end", "quote_prefix", "quote_suffix"),
)
_SET_MOVED = """
UPDATE consultations_remark SET moved_key = moved.key
FROM unnest(%s::bigint[], %s::uuid[]) AS moved (id, key) WHERE comment_id = moved.id
"""
#: Remarks carried in one transaction: a fraction of a second.
BATCH = 500


def begin(consultation_id: int, version_id: int, *, by_id: int | None) -> Carrying | None:
    """Have a job carry the consultation's remarks to the version that is being published: part of
    that action. None where there is no earlier version."""
    version = Version.objects.only("number").filter(pk=version_id, number__gt=1).first()
    if version is None:
        return None
    carrying = Carrying.objects.create(
        consultation_id=consultation_id,
        version=version,
        by_id=by_id,
        total=_to_carry(consultation_id, version_id).count(),
    )
    outbox.defer("consultations.jobs.carry_remarks", carrying_id=carrying.pk)
    return carrying


def carry(carrying_id: int) -> int:
    """Carry whatever is not carried yet, a batch a transaction; returns how many were.

    Can be run at any time, also twice at once: each batch locks the Carrying, and what stands in
    the version already is left out. Emits RemarksCarried.
    """
    moved = 0
    while batch := _carry_batch(carrying_id):
        moved += batch
    with action():
        carrying = locked(Carrying(pk=carrying_id))
        if _is_outrun(carrying):
            return moved
        is_first = carrying.finished_at is None
        if is_first:
            carrying.finished_at = clock.now()
            carrying.save(update_fields=["finished_at"])
        if moved or is_first:
            emit(
                RemarksCarried(
                    carrying.consultation_id, carrying.by_id, carrying.version_id, is_first
                )
            )
    return moved


def carry_late() -> int:
    """Carry what was said of an earlier version since, what waited for its organisation, and what
    a worker that was stopped has left; returns how many.

    Where it fails in one consultation, the others are carried, and an ExceptionGroup is raised.
    """
    unfinished = list(_unfinished_carryings().order_by("pk").values_list("pk", flat=True))
    return run_for_each(unfinished, carry, what="Carrying of remarks")


def answer_place(place: Place, *, by: User, is_right: bool) -> Place:
    """Let the author of a remark say whether it is about the clause to which it was carried.

    Refuses by rules.answer_place. Emits PlaceAnswered.
    """
    with action():
        remark = Remark.objects.only("consultation").get(pk=place.remark_id)
        consultation, now = shared(remark.consultation)
        comment = locked(Comment(pk=place.remark_id))
        place = locked(place)
        require(rules.answer_place(by, consultation, comment, place))
        place.answer = Place.Answer.YES if is_right else Place.Answer.NO
        place.answered_at = now
        place.save(update_fields=["answer", "answered_at"])
        emit(PlaceAnswered(place.remark_id, consultation.pk, by.pk, place.pk))
        return place


def _carry_batch(carrying_id: int) -> int:
    """Carry some remarks that are not carried yet; returns how many, 0 when there are none."""
    with action():
        carrying = locked(Carrying(pk=carrying_id))
        if _is_outrun(carrying):
            return 0
        left = _to_carry(carrying.consultation_id, carrying.version_id).order_by("pk")
        remarks = list(left.select_related("clause").only(*_READ)[:BATCH])
        if not remarks:
            return 0
        text = text_of(carrying.version_id)
        former = {
            place.remark_id: place
            for place in Place.objects.current()
            .filter(remark__in=remarks)
            .select_related("clause")
            .defer("clause__html", "clause__search")
        }
        places = [_place(remark, former.get(remark.pk), text) for remark in remarks]
        # Comments are locked before places, as by an author who answers.
        _list_anew(carrying.consultation_id, remarks, places)
        Place.objects.filter(pk__in=[place.pk for place in former.values()]).update(
            is_current=False
        )
        Place.objects.bulk_create(places)
        carrying.carried += len(remarks)
        carrying.total = max(carrying.total, carrying.carried)
        carrying.save(update_fields=["carried", "total"])
        return len(remarks)


def _place(remark: Remark, former: Place | None, text: Text) -> Place:
    """Find the remark's place in the text; ``former``: its place in the version before."""
    found = _find(remark, former, text)
    clause = text.by_key[found.key] if found.key else None
    was_removed_in = former.removed_in if former else None
    return Place(
        remark=remark,
        version_id=text.version_id,
        clause=clause,
        quote_start=found.start,
        quote_end=found.end,
        method=found.method,
        removed_in=None if clause else was_removed_in or text.number,
    )


def _find(remark: Remark, former: Place | None, text: Text) -> Found:
    """From the words as they were said, and where these are gone, from where they stood last."""
    if remark.clause is None or remark.clause_key is None:
        raise ValueError("a remark on the whole draft has no place")
    direct = _finder(remark.clause.version_id, text.version_id).find(
        remark.clause_key, remark.selector
    )
    if former is None or former.clause is None or direct.method == Method.EXACT:
        return direct
    selector = None
    if former.quote_start is not None and former.quote_end is not None:
        selector = anchors.make(former.clause.text, former.quote_start, former.quote_end)
    found = _finder(former.version_id, text.version_id).find(former.clause.key, selector)
    # As sure as the least sure step of the way.
    surest_first = list(Method)
    least = max(Method(former.method), found.method, key=surest_first.index)
    return Found(least, found.key, found.start, found.end)


@lru_cache(maxsize=8)
def _finder(before_id: int, after_id: int) -> Finder:
    """Published versions never change, so what was found once holds for all batches."""
    return Finder(text_of(before_id).clauses, text_of(after_id).clauses)


def _list_anew(consultation_id: int, remarks: Sequence[Remark], places: Sequence[Place]) -> None:
    """List and count under another clause what the new version has put there."""
    moved: dict[int, UUID | None] = {}
    for remark, place in zip(remarks, places, strict=True):
        if place.clause is not None and place.clause.key != remark.listed_key:
            own = place.clause.key == remark.clause_key
            moved[remark.pk] = None if own else place.clause.key
    if not moved:
        return
    # Locked, so that whoever hides one counts it where it is listed then.
    comments = Comment.objects.filter(pk__in=moved).order_by("pk").select_for_update(no_key=True)
    visible = {
        comment.pk for comment in comments.only("hidden_at", "deleted_at") if comment.is_visible
    }
    rows = (
        Remark.objects.filter(pk__in=moved)
        .only("clause_key", "moved_key")
        .order_by("pk")
        .select_for_update(of=("self",), no_key=True)
    )
    changes: Counter[UUID] = Counter()
    for row in rows:
        before = row.listed_key
        row.moved_key = moved[row.pk]
        after = row.listed_key
        if row.pk in visible and before and after:
            changes[before] -= 1
            changes[after] += 1
    with connection.cursor() as cursor:
        cursor.execute(_SET_MOVED, [list(moved), list(moved.values())])
    move_counts(consultation_id, {key: change for key, change in changes.items() if change})


def _is_outrun(carrying: Carrying) -> bool:
    """Whether a newer version was published meanwhile: that one's job carries from here."""
    later = Carrying.objects.filter(consultation=carrying.consultation_id, pk__gt=carrying.pk)
    return later.exists()


def _to_carry(consultation_id: int, version_id: int) -> QuerySet[Remark]:
    """Remarks said of a clause of another version, without a place in this one."""
    there = Place.objects.filter(remark=OuterRef("pk"), version=version_id)
    said = Remark.objects.filter(consultation=consultation_id, clause__isnull=False)
    return said.exclude(clause__version=version_id).filter(~Exists(there))


def _unfinished_carryings() -> QuerySet[Carrying]:
    """The newest Carrying of each consultation that goes on and has something left to carry."""
    newer = Carrying.objects.filter(consultation=OuterRef("consultation"), pk__gt=OuterRef("pk"))
    there = Place.objects.filter(remark=OuterRef("pk"), version=OuterRef(OuterRef("version")))
    left = (
        Remark.objects.filter(consultation=OuterRef("consultation"), clause__isnull=False)
        .exclude(clause__version=OuterRef("version"))
        .filter(~Exists(there))
    )
    return Carrying.objects.filter(
        Q(finished_at=None) | Exists(left),
        ~Exists(newer),
        consultation__reported_at=None,
        consultation__withdrawn_at=None,
    )
