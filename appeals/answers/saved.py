"""Saved answers of a department: their rule, events, actions and query."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.rules import act
from appeals.answers.models_saved import SavedAnswer
from city.models import Department
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.events import Event, emit
from core.domain.idempotency_keys import created
from core.domain.rules import Verdict, refuse_unless, reject, require

if TYPE_CHECKING:
    from accounts.models import Anybody, User


class SavedAnswerChanged(Event):
    audited: ClassVar[bool] = True
    saved_answer_id: int
    department_id: int
    by_id: int


class SavedAnswerDeleted(Event):
    audited: ClassVar[bool] = True
    saved_answer_id: int
    department_id: int
    by_id: int


def keep(user: Anybody, department_id: int) -> Verdict:
    """See and change the saved answers of a department: its head, officers and secretaries."""
    return act(user) and refuse_unless(
        user.is_authenticated and user.keeps_record_of(department_id),
        "appeal.not_your_department",
        _("Only those who work in this department may do this."),
    )


def kept_by(user: User) -> QuerySet[SavedAnswer]:
    """Those of the person's departments; all for an administrator."""
    rows = SavedAnswer.objects.select_related("department", "by")
    return rows if user.is_administrator else rows.filter(department__in=user.department_ids)


def offered_for(department_ids: Collection[int]) -> QuerySet[SavedAnswer]:
    """Saved answers for drafts of these departments."""
    return SavedAnswer.objects.filter(department__in=department_ids)


def save(
    *, by: User, department: Department, title: str, text: str, saved: SavedAnswer | None = None
) -> SavedAnswer:
    """Save words that the department writes often, or change ``saved``; drafts into which they
    were put stay.

    Refuses by ``keep``, and with ``appeal.saved_title_taken``. Emits SavedAnswerChanged.
    """
    with action():
        require(keep(by, department.pk))
        made = locked(saved) if saved else SavedAnswer()
        if saved:
            require(keep(by, made.department_id))
        values: dict[str, Any] = {"department": department, "title": title, "text": text}
        for name, value in values.items():
            setattr(made, name, value)
        made.by, made.changed_at = by, clock.now()
        _store(made)
        if saved is None:
            created(made)
        emit(SavedAnswerChanged(made.pk, department.pk, by.pk))
        return made


def delete(saved: SavedAnswer, *, by: User) -> None:
    """Delete saved words. Refuses by ``keep``. Emits SavedAnswerDeleted."""
    with action():
        require(keep(by, saved.department_id))
        if SavedAnswer.objects.filter(pk=saved.pk).delete()[0]:
            emit(SavedAnswerDeleted(saved.pk, saved.department_id, by.pk))


def _store(saved: SavedAnswer) -> None:
    try:
        with transaction.atomic():
            saved.save()
    except IntegrityError:
        reject("appeal.saved_title_taken", _("The department has a text of this title already."))
