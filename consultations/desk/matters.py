"""Consultations, and rows of their tables, as matters of notes between officers
(accounts/notes/)."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Anybody, User
from accounts.notes.matters import Matter, register
from consultations.dispositions.actions import assign
from consultations.dispositions.models import Assignment
from consultations.dispositions.rules import fill, is_assigned_to, use_table
from consultations.models import Consultation, Remark
from consultations.querysets import KIND
from consultations.rules import keep_record
from core.domain import clock
from core.domain.rules import Verdict, require

#: The kind of the rows of a table, each of which is a remark.
ROW = "remark"


def matter_of(consultation: Consultation) -> Matter:
    """A consultation as notes know it."""
    return Matter(
        KIND,
        consultation.pk,
        consultation,
        consultation.title,
        reverse("desk:detail", args=[consultation.pk]),
        work=lambda user: keep_record(user, consultation),
    )


def matter_of_row(
    remark: Remark, consultation: Consultation, assignment: Assignment | None
) -> Matter:
    """A row of a table as notes know it: also for those to whom it was given (``assignment``). Its
    comment is what is deleted."""

    def work(user: Anybody) -> Verdict:
        return use_table(user, consultation, is_assigned=is_assigned_to(assignment, user))

    def hand_over(to: User, by: User) -> None:
        held = is_assigned_to(assignment, by)
        require(fill(by, consultation, now=clock.now(), is_assigned=held))
        due_on = assignment.due_on if assignment is not None else None
        assign(consultation, [remark.pk], by=by, person_id=to.pk, due_on=due_on)

    return Matter(
        ROW,
        remark.pk,
        remark.comment,
        _("Row No. %(number)d: %(title)s")
        % {"number": remark.number or remark.pk, "title": consultation.title},
        reverse("desk:row_history", args=[consultation.pk, remark.pk]),
        work=work,
        hand_over=hand_over,
    )


def _find(pk: int) -> Matter | None:
    consultation = Consultation.objects.filter(pk=pk).first()
    return matter_of(consultation) if consultation is not None else None


def _find_row(pk: int) -> Matter | None:
    """A row of a remark that nobody has deleted; a reply has no row."""
    rows = Remark.objects.filter(comment__parent=None, comment__deleted_at=None)
    remark = rows.select_related("comment", "consultation", "assignment").filter(pk=pk).first()
    if remark is None:
        return None
    return matter_of_row(remark, remark.consultation, getattr(remark, "assignment", None))


register(KIND, label=gettext_lazy("a consultation"), find=_find)
register(ROW, label=gettext_lazy("a row of a disposition table"), find=_find_row)
