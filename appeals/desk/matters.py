"""Appeals as matters of notes between officers (accounts/notes/)."""

from __future__ import annotations

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.notes.matters import Matter, register
from appeals.course.actions import assign
from appeals.models import Appeal
from appeals.queries import load_involved
from appeals.querysets import KIND
from appeals.rules import Involved, work
from city.models import Department
from core.domain.rules import reject


def matter_of(appeal: Appeal, involved: Involved) -> Matter:
    """An appeal as notes know it. ``involved``: who has to do with it."""
    return Matter(
        KIND,
        appeal.pk,
        appeal,
        _("Appeal %(number)s") % {"number": appeal.label},
        reverse("appeals_desk:detail", args=[appeal.pk]),
        work=lambda user: work(user, appeal, involved),
        hand_over=partial(_hand_over, appeal, involved),
    )


def _hand_over(appeal: Appeal, involved: Involved, to: User, by: User) -> None:
    """Name ``to`` as the officer who answers, by ``assign``: in the responsible department if they
    are of it, else in another one that executes the appeal. Those who help stay."""
    own = [each for each in (appeal.department_id, *sorted(involved.executors)) if each is not None]
    chosen = next((each for each in own if each in to.department_ids), None)
    if chosen is None:
        reject(
            "note.of_no_executor",
            _("They are of no department that considers this appeal: give it to another first."),
        )
    rows = appeal.executors.select_related("department", "user")
    assign(
        appeal,
        by=by,
        department=Department.objects.get(pk=chosen),
        officer=to,
        others=[
            (each.department, each.user)
            for each in rows
            if not each.is_main and each.department_id != chosen
        ],
    )


def _find(pk: int) -> Matter | None:
    appeal = Appeal.objects.filter(pk=pk).first()
    return matter_of(appeal, load_involved(appeal)) if appeal is not None else None


register(KIND, label=gettext_lazy("an appeal"), find=_find)
