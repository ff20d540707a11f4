"""Actions of repeats: found and folded by a job, unfolded and folded again by staff.

Folding writes ``Remark.folded_into`` and nothing else, so that unfolding gives back what was. A
remark is folded into a head alone, never into one that is folded itself: all that write hold the
consultation's lock of repeats.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import partial

from django.db import connection
from django.db.models import Q, QuerySet

from accounts.models import User
from consultations.models import KeptApart, Remark, RepeatSketch
from consultations.remarks.actions import STATE
from consultations.repeats import rules
from consultations.repeats.events import (
    RemarkFolded,
    RemarkFoldedAgain,
    RemarkUnfolded,
    RepeatsRegrouped,
)
from consultations.repeats.likeness import Words, find_repeat
from core.domain import clock
from core.domain.actions import action, shared
from core.domain.each import run_for_each
from core.domain.events import emit
from core.domain.rules import require
from discussions.models import EDIT_WINDOW

#: Remarks that one transaction compares, and candidates of each.
BATCH, CANDIDATES = 100, 10

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('consultations.repeats:' || %s, 0))"
_CANDIDATES = """
SELECT new.remark_id, found.remark_id
  FROM consultations_repeatsketch AS new
 CROSS JOIN LATERAL (
       SELECT old.remark_id,
              (SELECT count(*) FROM unnest(old.keys) AS key WHERE key = ANY(new.keys)) AS shared
         FROM consultations_repeatsketch AS old
        WHERE old.consultation_id = new.consultation_id
          AND old.remark_id < new.remark_id AND old.keys && new.keys
        ORDER BY shared DESC, old.remark_id LIMIT %s) AS found
 WHERE new.remark_id = ANY(%s)
"""


def fold_repeats(*, batch: int = BATCH, window: bool = True) -> int:
    """Fold what repeats an earlier remark of its consultation; returns how many. A job calls it.

    Words are compared once their author can change them no more. ``window``: False also compares
    what may still be edited. Emits RemarkFolded, and RepeatsRegrouped where a head is replaced.
    Where it fails in one consultation, it goes on with the others and raises an ExceptionGroup.
    """
    upto = clock.now() - (EDIT_WINDOW if window else EDIT_WINDOW * 0)
    waiting = _waiting(upto).order_by().values_list("remark__consultation_id", flat=True)
    without_head = _without_head().order_by().values_list("consultation_id", flat=True)
    fold = partial(_fold_in, upto=upto, batch=batch)
    return run_for_each(sorted({*waiting, *without_head}), fold, what="Folding of remarks")


def _without_head() -> QuerySet[Remark]:
    """Visible remarks folded into a hidden one: it was hidden while the job folded."""
    gone = Q(folded_into__comment__hidden_at__isnull=False) | Q(
        folded_into__comment__deleted_at__isnull=False
    )
    return Remark.objects.filter(gone, comment__hidden_at=None, comment__deleted_at=None)


def _replace_gone_heads(consultation_id: int) -> None:
    lost = _without_head().filter(consultation=consultation_id).order_by("folded_into")
    for head_id in lost.values_list("folded_into", flat=True).distinct():
        if head_id is not None:
            with action():
                replace_head(head_id, consultation_id)


def _waiting(upto: datetime) -> QuerySet[RepeatSketch]:
    return RepeatSketch.objects.filter(
        keys=None,
        remark__comment__created_at__lte=upto,
        remark__comment__hidden_at=None,
        remark__comment__deleted_at=None,
    )


def _fold_in(consultation_id: int, upto: datetime, batch: int) -> int:
    _replace_gone_heads(consultation_id)
    total = 0
    while True:
        with action():
            _lock(consultation_id)
            waiting = _waiting(upto).filter(consultation=consultation_id).order_by("remark_id")
            ids = list(waiting.values_list("remark_id", flat=True)[:batch])
            total += _compare(consultation_id, ids)
        if len(ids) < batch:
            return total


def _compare(consultation_id: int, ids: list[int]) -> int:
    """Fold those of these remarks that repeat an earlier one; the others are candidates now."""
    words = _words(ids)
    kept_apart = set(KeptApart.objects.filter(remark__in=ids).values_list("remark", flat=True))
    _write_keys({pk: [] if pk in kept_apart or pk not in words else words[pk].keys for pk in ids})
    candidates = _candidates(ids)
    words |= _words({pk for found in candidates.values() for pk in found} - words.keys())
    may_fold = set(_unanswered_remarks(ids).values_list("pk", flat=True)) - kept_apart
    folded: dict[int, int] = {}
    for pk in (pk for pk in ids if pk in may_fold):
        # A candidate of this batch may be folded by now: its head stands for it.
        heads = sorted({folded.get(found, found) for found in candidates.get(pk, ())})
        head = find_repeat(words[pk], [(found, words[found]) for found in heads if found in words])
        if head is not None:
            folded[pk] = head
    held = _hold({*folded, *folded.values()})
    folded = {pk: head for pk, head in folded.items() if pk in held}
    _write(folded)
    for pk, head in folded.items():
        emit(RemarkFolded(pk, consultation_id, head))
    return len(folded)


def _words(ids: Collection[int]) -> dict[int, Words]:
    """Words of remarks that are shown by themselves."""
    shown = Remark.objects.filter(
        pk__in=ids, folded_into=None, comment__hidden_at=None, comment__deleted_at=None
    )
    rows = shown.values_list("pk", "comment__text", "comment__proposal", "clause_key")
    return {pk: Words.of(text, proposal, about) for pk, text, proposal, about in rows}


def _candidates(ids: list[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_CANDIDATES, [CANDIDATES, ids])
        for new, old in cursor.fetchall():
            found.setdefault(new, []).append(old)
    return found


def _unanswered_remarks(ids: Collection[int]) -> QuerySet[Remark]:
    """Those of these remarks that have no answer and no disposition of their own, and
    are no heads.
    """
    return Remark.objects.filter(
        pk__in=ids, comment__is_answered=False, folded_into=None, folded=None
    ).exclude(disposition__kind__gt="")


def _hold(ids: Collection[int]) -> set[int]:
    """Lock remarks by key, as whoever settles them does, so that what is decided in this moment is
    known: which of them are unanswered still."""
    if not ids:
        return set()
    _lock_rows(Remark.objects.filter(pk__in=ids))
    return set(_unanswered_remarks(ids).values_list("pk", flat=True))


def _lock_rows(remarks: QuerySet[Remark]) -> list[int]:
    """Lock remarks by key, whatever order a later statement takes them in; returns their ids."""
    rows = remarks.order_by("pk").select_for_update(of=("self",), no_key=True)
    return list(rows.values_list("pk", flat=True))


def _write(folded: dict[int, int]) -> None:
    Remark.objects.bulk_update(
        [Remark(pk=pk, folded_into_id=head) for pk, head in folded.items()], ["folded_into"]
    )
    _write_keys({pk: [] for pk in folded})


def _write_keys(keys: dict[int, list[int]]) -> None:
    RepeatSketch.objects.bulk_update(
        [RepeatSketch(remark_id=pk, keys=each) for pk, each in keys.items()], ["keys"]
    )


def unfold(remark: Remark, *, by: User) -> Remark:
    """Show and answer a folded remark by itself, and never fold it again by a job.

    Refuses by rules.unfold. Emits RemarkUnfolded.
    """
    with action():
        consultation, now = shared(remark.consultation, *STATE)
        _lock(consultation.pk)
        fresh = Remark.objects.get(pk=remark.pk)
        require(rules.unfold(by, consultation, fresh, now=now))
        _unfold([fresh], by)
        return fresh


def unfold_all(head: Remark, *, by: User) -> int:
    """Unfold all that are folded into a remark; returns how many. Refuses by rules.regroup. Emits
    RemarkUnfolded for each."""
    with action():
        consultation, now = shared(head.consultation, *STATE)
        _lock(consultation.pk)
        require(rules.regroup(by, consultation, now=now))
        folded = list(Remark.objects.filter(folded_into=head.pk).order_by("pk"))
        _unfold(folded, by)
        return len(folded)


def _unfold(remarks: Iterable[Remark], by: User) -> None:
    apart = []
    for remark in remarks:
        head_id = remark.folded_into_id
        if head_id is not None:
            apart.append(KeptApart(remark=remark, head_id=head_id, by=by))
            emit(RemarkUnfolded(remark.pk, remark.consultation_id, by.pk, head_id))
            remark.folded_into_id = None
    _lock_rows(Remark.objects.filter(pk__in=[each.remark.pk for each in apart]))
    Remark.objects.bulk_update([each.remark for each in apart], ["folded_into"], batch_size=500)
    KeptApart.objects.bulk_create(apart)


def fold_again(apart: KeptApart, *, by: User) -> Remark:
    """Take an unfolding back. Refuses by rules.fold_again. Emits RemarkFoldedAgain."""
    with action():
        remark = apart.remark
        consultation, now = shared(remark.consultation, *STATE)
        _lock(consultation.pk)
        fresh = KeptApart.objects.select_related("remark", "head__comment").get(pk=apart.pk)
        head, remark = fresh.head, fresh.remark
        require(rules.fold_again(by, consultation, head, now=now))
        _lock_rows(Remark.objects.filter(Q(folded_into=remark.pk) | Q(pk=remark.pk)))
        Remark.objects.filter(folded_into=remark.pk).update(folded_into=head)
        remark.folded_into = head
        remark.save(update_fields=["folded_into"])
        fresh.delete()
        if head is not None:
            emit(RemarkFoldedAgain(remark.pk, consultation.pk, by.pk, head.pk))
        return remark


def replace_head(head_id: int, consultation_id: int) -> None:
    """Let the next remark that is shown stand for those folded into one that is shown no more.

    Runs within the action that hides or deletes it, or shows one of those again.
    """
    if not Remark.objects.filter(folded_into=head_id).exists():
        return
    _lock(consultation_id)
    folded = Remark.objects.filter(folded_into=head_id)
    visible = folded.filter(comment__hidden_at=None, comment__deleted_at=None)
    following = visible.order_by("number", "pk").values_list("pk", flat=True).first()
    if following is None:
        return
    _lock_rows(folded)
    Remark.objects.filter(pk=following).update(folded_into=None)
    folded.update(folded_into=following)
    _write_keys({following: _words([following])[following].keys})
    RepeatSketch.objects.filter(remark=head_id).update(keys=None)
    emit(RepeatsRegrouped(consultation_id))


def show_again(head_id: int, consultation_id: int) -> None:
    """One of those folded into this head is shown again: it stands for them where the head is not
    shown itself.

    Runs within the action that shows it.
    """
    shown = Remark.objects.filter(pk=head_id, comment__hidden_at=None, comment__deleted_at=None)
    if not shown.exists():
        replace_head(head_id, consultation_id)


def compare_again(remark_id: int, consultation_id: int) -> None:
    """Its words were changed: it is shown by itself until the job has compared them.

    Runs within the action that changes them.
    """
    if not RepeatSketch.objects.filter(remark=remark_id, keys__isnull=False).exists():
        return
    _lock(consultation_id)
    if not KeptApart.objects.filter(remark=remark_id).exists():
        RepeatSketch.objects.filter(remark=remark_id).update(keys=None)
    folded = Remark.objects.filter(pk=remark_id, folded_into__isnull=False)
    if folded.update(folded_into=None):
        emit(RepeatsRegrouped(consultation_id))


def _lock(consultation_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [consultation_id])
