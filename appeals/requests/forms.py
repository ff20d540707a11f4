"""Forms of the desk for requests for information: refusal, postponement, the fee for copying."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from appeals.actions import Grounds
from appeals.begin import last_answer
from appeals.desk.forms import AppealForm
from appeals.events import AnswerDrafted
from appeals.models import Appeal, Refusal
from core.web.forms import DateField, TextField, whole_number
from core.web.optimistic_lock import OptimisticLockForm

_COLUMNS = ("ground", "reason", "part", "interest", "harm", "balance")


def values_of_refusal(appeal: Appeal) -> dict[str, Any]:
    """Values of the draft refusal; empty without one."""
    draft = last_answer(appeal, sent=False)
    refusal = Refusal.objects.filter(answer=draft).first() if draft else None
    written = {name: getattr(refusal, name) if refusal else "" for name in _COLUMNS}
    text = draft.text if draft and refusal and refusal.part else ""
    return {**written, "text": text}


def _words(label: Any, help_text: Any, *, required: bool = False, rows: int = 4) -> TextField:
    return TextField(
        label=label,
        max_length=2000 if not required else 4000,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class RefuseForm(AppealForm, OptimisticLockForm):
    """Why a request is refused, wholly or in part. Saving takes an approval back."""

    saved_in = (AnswerDrafted,)
    saved_id = "appeal_id"

    ground = forms.ChoiceField(label=_("Ground"), choices=Refusal.Ground, widget=forms.RadioSelect)
    reason = _words(
        _("Reason"),
        _("The motives of the refusal: facts and norms of law. The applicant reads it."),
        required=True,
    )
    interest = _words(
        _("Restricted access: which interest is protected"),
        _("One of those that art. 6(2)1 names: national security, others’ rights and so on."),
    )
    harm = _words(
        _("Restricted access: which substantial harm disclosure may do"),
        _("To this interest, by this information (art. 6(2)2)."),
    )
    balance = _words(
        _("Restricted access: why the harm outweighs the public interest"),
        _("In obtaining this very information (art. 6(2)3)."),
    )
    part = _words(
        _("Which part is refused"),
        _("Empty: all of it. Restricted is information, not a document (art. 6(8))."),
        rows=2,
    )
    text = TextField(
        label=_("Answer about the rest"),
        max_length=20_000,
        required=False,
        help_text=_("Where a part is refused: what is given."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def current_values(self, row: Appeal) -> dict[str, Any]:
        return values_of_refusal(row)

    def collect_arguments(self) -> dict[str, Any]:
        """The arguments of ``actions.refuse_request``."""
        data = self.cleaned_data
        return {"why": Grounds(**{name: data[name] for name in _COLUMNS}), "text": data["text"]}


class PostponeForm(AppealForm):
    """Until when a request is postponed, and why."""

    until = DateField(label=_("The new last day"))
    reason = TextField(
        label=_("Reason"),
        max_length=900,
        help_text=_(
            "Which force majeure it is, and why the information cannot be given in time. The "
            "applicant reads it."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class FeeForm(AppealForm):
    """Form for the number of pages copied and the day to pay by."""

    pages = whole_number(
        _("Pages to be copied"),
        most=100_000,
        width=5,
    )
    pay_by = DateField(
        label=_("To be paid by"),
        help_text=_("A working day. If it is not paid by then, the request may be refused."),
    )
    is_exempt = forms.BooleanField(
        label=_("It is about the applicant themselves, or of public interest (art. 21(4))"),
        required=False,
    )


class PaymentForm(AppealForm):
    """The day of the payment."""

    paid_on = DateField(label=_("Paid on"))
