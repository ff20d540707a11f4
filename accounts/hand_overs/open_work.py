"""Open work of the kind “a role for one thing alone”: it passes with the work of who held it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.hand_overs.acting import find_acts
from accounts.models import Grant, User
from accounts.staff import actions, grant_targets, rules
from accounts.staff.open_work import (
    CHANGED,
    Described,
    Holder,
    Move,
    Passed,
    WorkItem,
    WorkKind,
    register,
)
from core.domain.rules import Verdict, refuse

NEEDS_PERSON = refuse(
    "hand_over.needs_person",
    gettext_lazy("A role for one thing passes to a person, not to a whole department."),
)
HELD_ALREADY = refuse(
    "staff.held_already", gettext_lazy("This person holds exactly this role already.")
)


class RoleWork(WorkKind):
    """Roles of a person for one thing alone («consultation:12»)."""

    name = "role"
    app = "accounts"
    label = gettext_lazy("role for one thing")
    needs_department_role = False

    def of_person(self, person_id: int, by: User) -> list[WorkItem]:
        grants = list(Grant.objects.unended().filter(user=person_id).exclude(scope=""))
        titles = _titles(grants)
        return [
            WorkItem(
                self.name,
                grant.pk,
                Holder(grant.department_id, person_id),
                (grant.pk,),
                titles[grant.pk],
                reverse("staff:person", args=[person_id]),
                scope=grant.scope,
            )
            for grant in grants
        ]

    def move(self, moves: Sequence[Move], by: User) -> dict[Move, Verdict]:
        known = Grant.objects.select_related("department", "user").in_bulk(
            [move.object_id for move in moves]
        )
        people = {move.giver.person_id for move in moves} | {move.taker.person_id for move in moves}
        users = User.objects.in_bulk([pk for pk in people if pk is not None])
        scopes = {grant.scope for grant in known.values()}
        held = {
            (grant.user_id, grant.role, grant.department_id, grant.scope): grant
            for grant in Grant.objects.unended()
            .filter(user__in=users, scope__in=scopes)
            .select_related("user", "department")
        }
        left = {}
        for move in moves:
            like = known[move.object_id]
            kind = (like.role, like.department_id, like.scope)
            taker = users.get(move.taker.person_id or 0)
            verdict = (
                NEEDS_PERSON
                if taker is None
                else rules.grant(
                    by, taker, role=like.role, department_id=like.department_id, scope=like.scope
                )
            )
            current = held.get((move.giver.person_id or 0, *kind))
            if verdict and (current is None or taker is None):
                verdict = CHANGED
            elif verdict and taker is not None and (taker.pk, *kind) in held:
                verdict = HELD_ALREADY
            if not verdict or current is None or taker is None:
                left[move] = verdict
                continue
            why = _("passed with the work of a colleague")
            actions.grant(
                taker,
                by=by,
                role=like.role,
                department=like.department,
                scope=like.scope,
                ends_at=current.ends_at,
                reason=why,
            )
            actions.revoke(current, by=by, reason=why)
        return left

    def find_acted_on(self, passed: Collection[Passed]) -> set[int]:
        scopes = dict(
            Grant.objects.filter(pk__in=[each.object_id for each in passed]).values_list(
                "pk", "scope"
            )
        )
        return find_acts(passed, {pk: _named_in_audit(scope) for pk, scope in scopes.items()})

    def describe(self, ids: Collection[int], reader: User) -> dict[int, Described]:
        grants = list(Grant.objects.filter(pk__in=ids))
        titles = _titles(grants)
        return {
            grant.pk: Described(titles[grant.pk], reverse("staff:person", args=[grant.user_id]))
            for grant in grants
        }


def _titles(grants: Collection[Grant]) -> dict[int, str]:
    titles = grant_targets.titles_of(grant.scope for grant in grants)
    return {
        grant.pk: f"{grant.get_role_display()}: {titles.get(grant.scope, grant.scope)}"
        for grant in grants
    }


def _named_in_audit(scope: str) -> dict[str, int]:
    kind, _colon, number = scope.partition(":")
    return {f"{kind}_id": int(number)}


register(RoleWork())
