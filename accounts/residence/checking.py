"""Actions by which officers record what documents prove: of one person, or of a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.identity.actions import verify
from accounts.models import CheckList, CheckListRow, Level, Residence, User, Verification
from accounts.residence import rules
from accounts.residence.actions import check
from accounts.residence.events import CheckListApplied, CheckListDeclined, CheckListMade
from city.models import District
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import Refused, reject, require


@dataclass(frozen=True, slots=True)
class Proof:
    """Proof of residence from a document that an officer saw.

    ``document`` is its kind (accounts.models.Document). ``identity``: it is them; ``age_over``: the
    highest of 14, 16, 18 that they have reached, or None; ``district`` with ``basis``: they live
    there. Number and date of birth are nowhere: they are not needed once somebody has looked.
    """

    user: User
    document: str
    identity: bool = False
    age_over: int | None = None
    district: District | None = None
    basis: str = ""


def check_document(proof: Proof, *, by: User, person_code: str = "") -> None:
    """Record what a document proves. ``person_code``: the РНОКПП, of which a keyed hash is kept
    so that one person has one verified account; "" when they have none or do not show it.

    Refuses rules.check, rules.proves and what accounts.identity.actions.verify refuses. Emits what
    verify and residence.actions.check emit.
    """
    with action():
        require(rules.check(by, proof.user))
        require(
            rules.proves(
                identity=proof.identity,
                district_id=proof.district.pk if proof.district else None,
                basis=proof.basis,
                age_over=proof.age_over,
            )
        )
        if proof.identity:
            verify(
                proof.user,
                level=Level.SUBSTANTIAL,
                how=Verification.How.OFFICE,
                source=proof.document,
                person_code=person_code,
                age_over=proof.age_over,
                by=by,
            )
        if proof.district:
            check(
                proof.user,
                district=proof.district,
                basis=proof.basis,
                how=Residence.How.OFFICE,
                by=by,
            )
        created(proof.user)


def make_list(proofs: Sequence[Proof], *, by: User) -> CheckList:
    """Hand in checks of several people at once, one proof a person.

    Up to settings.CHECKS_ALONE people a day apply at once; more wait for a second officer. Refuses
    ``check.empty``, ``check.twice``, and for each person what check_document refuses. Emits
    CheckListMade, and CheckListApplied with all that it does when it applies at once.
    """
    with action():
        require(rules.look_up(by))
        if not proofs:
            reject("check.empty", _("The list names nobody."))
        whom = sorted({proof.user.pk for proof in proofs})
        if len(whom) < len(proofs):
            reject("check.twice", _("The list names somebody twice."))
        _lock_people([by.pk, *whom])
        for proof in proofs:
            require(rules.check(by, proof.user))
        needs_second = rules.needs_second(
            rows=len(proofs), lately=_checked_alone(by), alone=settings.CHECKS_ALONE
        )
        check_list = write_list(proofs, by=by, needs_second=needs_second)
        emit(CheckListMade(check_list.pk, by.pk))
        if not needs_second:
            _apply(check_list, proofs, by=by)
        created(check_list)
        return check_list


def write_list(proofs: Sequence[Proof], *, by: User, needs_second: bool) -> CheckList:
    """The rows of a list alone: asks no rule, tells nobody, applies nothing (make_list does)."""
    check_list = CheckList.objects.create(by=by, needs_second=needs_second)
    CheckListRow.objects.bulk_create(
        CheckListRow(
            check_list=check_list,
            user=proof.user,
            document=proof.document,
            identity=proof.identity,
            age_over=proof.age_over,
            district=proof.district,
            basis=proof.basis,
        )
        for proof in proofs
    )
    return check_list


def confirm_list(check_list: CheckList, *, by: User) -> CheckList:
    """Apply a list that waits, as the second officer. All of it, or nothing.

    The officer who saw the documents is the one who made it: the checks are theirs. Refuses
    rules.confirm and, naming the person, what check_document refuses. Emits CheckListApplied and
    all that it does.
    """
    with action():
        check_list = locked(check_list)
        require(rules.confirm(by, check_list))
        check_list.second = by
        proofs = [
            Proof(row.user, row.document, row.identity, row.age_over, row.district, row.basis)
            for row in check_list.rows.select_related("user", "district").order_by("user_id")
        ]
        _lock_people([proof.user.pk for proof in proofs])
        _apply(check_list, proofs, by=by)
        created(check_list)
        return check_list


def decline_list(check_list: CheckList, *, by: User) -> CheckList:
    """Refuse a list that waits, or take back one's own. Refuses rules.decline. Emits
    CheckListDeclined."""
    with action():
        check_list = locked(check_list)
        require(rules.decline(by, check_list))
        check_list.declined_at = clock.now()
        if by.pk != check_list.by_id:
            check_list.second = by
        check_list.save(update_fields=["declined_at", "second"])
        emit(CheckListDeclined(check_list.pk, by.pk))
        return check_list


def _apply(check_list: CheckList, proofs: Sequence[Proof], *, by: User) -> None:
    for proof in sorted(proofs, key=lambda proof: proof.user.pk):
        try:
            check_document(proof, by=check_list.by)
        except Refused as refusal:
            reject(
                refusal.verdict.code,
                f"{proof.user.get_full_name()}: {refusal.verdict.message}",
                **refusal.verdict.params,
            )
    check_list.applied_at = clock.now()
    check_list.save(update_fields=["applied_at", "second"])
    emit(CheckListApplied(check_list.pk, by.pk))


def _checked_alone(by: User) -> int:
    since = clock.now() - timedelta(days=1)
    return CheckListRow.objects.filter(
        check_list__by=by, check_list__needs_second=False, check_list__made_at__gt=since
    ).count()


def _lock_people(whom: Sequence[int]) -> None:
    """Take the people's locks in one order, so that two lists never wait for each other."""
    people = User.objects.select_for_update(no_key=True).filter(pk__in=whom).order_by("pk")
    list(people.values_list("pk", flat=True))
