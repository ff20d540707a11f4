"""Handing open work over, and taking back what nobody has acted on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from accounts.hand_overs import rules
from accounts.hand_overs.models import HandOver, HandOverRow
from accounts.hand_overs.queries import find_acted_on, giver_of, holders_among, taker_of
from accounts.locks import LOCK_ORDER
from accounts.models import User
from accounts.staff.events import WorkHandedOver, WorkTakenBack
from accounts.staff.open_work import CHANGED, Holder, Move, WorkItem, WorkKind, kind_of
from city.models import Department
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.rules import Verdict, refuse, require


@dataclass(slots=True)
class TakenBack:
    """Rows that went back, and those that stay, each with the reason."""

    back: list[HandOverRow] = field(default_factory=list)
    left: list[tuple[HandOverRow, Verdict]] = field(default_factory=list)


def hand_over(
    chosen: Mapping[WorkItem, Holder],
    *,
    by: User,
    occasion: str,
    person: User | None = None,
    department: Department | None = None,
) -> HandOver | None:
    """Pass open work of a person or of a department on: all that was chosen, or nothing of it.

    ``chosen``: lines of the list as they were shown, each with who takes it. Nothing chosen: None.
    Refuses by rules.hand_over, and with ``hand_over.some_left``, whose ``rows`` say by the lines'
    keys what rules.take or the app refuses. Emits WorkHandedOver.
    """
    with action():
        require(rules.hand_over(by, person))
        if not chosen:
            return None
        _lock_people([taker.person_id for taker in chosen.values()], person)
        moves = {
            item: [Move(pk, item.holder, taker, item.version) for pk in item.objects]
            for item, taker in chosen.items()
        }
        refused = _move(_by_kind((item.kind, move) for item in moves for move in moves[item]), by)
        rows = {
            item.key: refused[item.kind, move]
            for item in moves
            for move in moves[item]
            if (item.kind, move) in refused
        }
        if rows:
            require(refuse("hand_over.some_left", CHANGED.message, rows=rows))
        made = HandOver.objects.create(
            occasion=occasion, person=person, department=department, by=by, at=clock.now()
        )
        HandOverRow.objects.bulk_create(
            HandOverRow(
                hand_over=made,
                kind=item.kind,
                object_id=move.object_id,
                from_department_id=move.giver.department_id,
                from_person_id=move.giver.person_id,
                to_department_id=move.taker.department_id,
                to_person_id=move.taker.person_id,
            )
            for item in moves
            for move in moves[item]
        )
        emit(WorkHandedOver(made.pk, by.pk))
        return made


def take_back(hand_over: HandOver, *, by: User) -> TakenBack:
    """Return to its former holders all on which the new ones have not acted.

    What was acted on, passed on since or done, and what its former holder may not do any more,
    stays and is named. Refuses by rules.hand_over. Emits WorkTakenBack where anything went back.
    """
    with action():
        hand_over = locked(hand_over)
        require(rules.hand_over(by, hand_over.person))
        rows = list(hand_over.rows.filter(taken_back_at=None))
        _lock_people([row.to_person_id for row in rows], hand_over.person)
        acted_on = find_acted_on(hand_over, rows)
        result = TakenBack(left=[(row, rules.ACTED_ON) for row in rows if row.pk in acted_on])
        moves = {
            row: Move(row.object_id, taker_of(row), giver_of(row))
            for row in rows
            if row.pk not in acted_on
        }
        refused = _move(_by_kind((row.kind, move) for row, move in moves.items()), by)
        for row, move in moves.items():
            if (row.kind, move) in refused:
                result.left.append((row, refused[row.kind, move]))
            else:
                result.back.append(row)
        if result.back:
            HandOverRow.objects.filter(pk__in=[row.pk for row in result.back]).update(
                taken_back_at=clock.now(), taken_back_by=by
            )
            emit(WorkTakenBack(hand_over.pk, by.pk))
        return result


def _lock_people(takers: Iterable[int | None], person: User | None) -> None:
    """Nobody of them loses or gets a role until this action ends."""
    ids = {pk for pk in takers if pk is not None} | ({person.pk} if person else set())
    rows = User.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True)
    list(rows.values_list("pk", flat=True))


def _by_kind(moves: Iterable[tuple[str, Move]]) -> dict[str, list[Move]]:
    found: dict[str, list[Move]] = defaultdict(list)
    for name, move in moves:
        found[name].append(move)
    return dict(found)


def _move(moves: Mapping[str, Sequence[Move]], by: User) -> dict[tuple[str, Move], Verdict]:
    """Move what the takers may take; returns what was left, by kind and move, with the reason.

    Roles go first: other work may need them, and their people are locked already.
    """
    names = sorted(moves, key=lambda name: (LOCK_ORDER.index(kind_of(name).app), name))
    names.sort(key=lambda name: kind_of(name).needs_department_role)
    left: dict[tuple[str, Move], Verdict] = {}
    for name in names:
        kind, possible = kind_of(name), list(moves[name])
        if kind.needs_department_role:
            for move, verdict in _judge(kind, possible).items():
                left[name, move] = verdict
                possible.remove(move)
        if possible:
            left |= {(name, move): why for move, why in kind.move(possible, by).items()}
    return left


def _judge(kind: WorkKind, moves: Sequence[Move]) -> dict[Move, Verdict]:
    """Moves to those who may not do the work, each with the reason: three queries."""
    people = [move.taker.person_id for move in moves if move.taker.person_id]
    holders = holders_among(people, kind.roles)
    departments = frozenset(Department.objects.open().values_list("pk", flat=True))
    scopes = kind.scopes_of([move.object_id for move in moves])
    verdicts = {
        move: rules.take(
            move.taker,
            move.giver,
            open_departments=departments,
            holders=holders,
            scope=scopes.get(move.object_id, ""),
        )
        for move in moves
    }
    return {move: verdict for move, verdict in verdicts.items() if not verdict}
