"""Forms of the disposition table: a row, filters, bulk, assignment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from city.models import Department
from consultations.dispositions.events import DispositionRestored, RemarkSettled
from consultations.dispositions.models import LONGEST_REASON, Disposition, SavedText
from consultations.dispositions.queries import Row
from consultations.dispositions.rules import may_note
from consultations.models import Consultation, Remark
from core.domain.actions import action, shared
from core.web.form_drafts import DeviceDrafts
from core.web.forms import (
    DateField,
    DateInput,
    RefusableForm,
    TextField,
    offer,
    offer_choices,
)
from core.web.optimistic_lock import OptimisticLockForm
from drafts.versions.published import Text, text_of

if TYPE_CHECKING:
    # Django's own classes are generic to a type checker alone.
    _ModelChoiceField = forms.ModelChoiceField[User]
    _ModelForm = forms.ModelForm[SavedText]
else:
    _ModelChoiceField, _ModelForm = forms.ModelChoiceField, forms.ModelForm

#: Long texts that the device keeps until they are saved.
DRAFTS = DeviceDrafts("table", {"settle": ("reason",), "bulk": ("reason",), "text": ("text",)})
UNDECIDED = ("", gettext_lazy("not decided"))


@lru_cache(maxsize=64)
def clause_names(version_id: int) -> dict[UUID, str]:
    """Names of the clauses of a published version in the list of clauses: the label, with a number
    behind where another clause has the same.
    """
    names: dict[UUID, str] = {}
    seen: dict[str, int] = {}
    for clause in text_of(version_id).clauses:
        if not clause.label:
            continue
        seen[clause.label] = times = seen.get(clause.label, 0) + 1
        names[clause.key] = clause.label if times == 1 else f"{clause.label} ({times})"
    return names


class DecisionForm(RefusableForm):
    """Form for dispositions: kind, reason, the clause to which it led."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Disposition"),
        choices=[UNDECIDED, *Disposition.Kind.choices],
        required=False,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
    )
    reason = TextField(
        label=gettext_lazy("Reason given"),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    resulting = forms.CharField(
        label=gettext_lazy("Resulting clause"),
        max_length=220,
        required=False,
        widget=forms.TextInput(attrs={"list": "clauses", "autocomplete": "off"}),
    )
    saved = forms.ChoiceField(label=gettext_lazy("Add a saved reason"), required=False)

    refused_at = {
        "disposition.proposes": "kind",
        "disposition.no_such_clause": "resulting",
        "disposition.reason_too_long": "reason",
    }

    def offer_texts(self, texts: Sequence[SavedText]) -> None:
        """Let these saved reasons be added; without any the field is not there."""
        self.texts = {str(text.pk): text.text for text in texts}
        if not texts:
            del self.fields["saved"]
            return
        titles = [(str(text.pk), text.title) for text in texts]
        offer_choices(self, "saved", [("", _("choose")), *titles])

    def name_clauses(self, text: Text | None) -> None:
        self.clauses = clause_names(text.version_id) if text else {}

    def clean_resulting(self) -> UUID | None:
        typed = self.cleaned_data["resulting"].strip()
        if not typed:
            return None
        for key, name in self.clauses.items():
            if name.casefold() == typed.casefold():
                return key
        raise forms.ValidationError(
            _("There is no clause of this name in the newest text: choose one of the list."),
            code="disposition.no_such_clause",
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        text = self.texts.get(data.pop("saved", "") or "")
        if text and "reason" in data and text not in data["reason"]:
            data["reason"] = f"{data['reason']}\n{text}".strip()
            if len(data["reason"]) > LONGEST_REASON:
                self.add_error("saved", _("With this text the reason is too long."))
        return data

    def decision(self) -> dict[str, Any]:
        """The decision, for the actions."""
        data = self.cleaned_data
        return {
            "kind": data["kind"],
            "reason": data["reason"],
            "resulting_key": data["resulting"],
        }


class RowForm(OptimisticLockForm, DecisionForm):
    """A row of the table, filled in its place."""

    saved_in = (RemarkSettled, DispositionRestored)
    saved_id = "remark_id"
    marks_optional = False
    use_required_attribute = False

    def __init__(
        self,
        *args: Any,
        row: Row,
        text: Text | None,
        texts: Sequence[SavedText],
        questions_only: bool,
        **kwargs: Any,
    ) -> None:
        self.name_clauses(text)
        initial = self._values(row.disposition)
        super().__init__(*args, prefix=f"r{row.pk}", initial=initial, **kwargs)
        # Twenty-five counts of characters would tell nobody anything; what is too long is refused.
        self.fields["reason"].widget.attrs.pop("maxlength", None)
        self.offer_texts(texts)
        choices = [UNDECIDED, *Disposition.Kind.choices]
        # What was taken note of before its procedure asked more stays so.
        is_noted = row.kind == Disposition.Kind.NOTED
        if not is_noted and not may_note(row.remark, questions_only=questions_only):
            choices = [choice for choice in choices if choice[0] != Disposition.Kind.NOTED]
        offer_choices(self, "kind", choices)

    def current_values(self, row: Remark) -> dict[str, Any]:
        return self._values(Disposition.objects.filter(remark=row.pk).first())

    def submitted_values(self) -> dict[str, Any]:
        key = self.cleaned_data["resulting"]
        return {**self.cleaned_data, "resulting": self.clauses.get(key, "") if key else ""}

    def _values(self, row: Disposition | None) -> dict[str, Any]:
        key = row.resulting_key if row else None
        return {
            "kind": row.kind if row else "",
            "reason": row.reason if row else "",
            "resulting": self.clauses.get(key, "") if key else "",
        }

    @contextmanager
    def saving_row(self, consultation: Consultation, remark: Remark) -> Iterator[None]:
        """``saving`` under the shared lock of the consultation, which comes before the remark's."""
        with action():
            shared(consultation, "pk")
            with self.saving(remark):
                yield


class PublicReasonForm(RefusableForm):
    """Why the council decides so on hidden words, for everybody to read. One of many on a page."""

    marks_optional = False
    refused_at = {
        "disposition.repeats_hidden": "public_reason",
        "disposition.reason_too_long": "public_reason",
        "disposition.undecided": "public_reason",
    }

    public_reason = TextField(
        label=gettext_lazy("Reason for everybody"),
        max_length=LONGEST_REASON,
        required=False,
        help_text=gettext_lazy(
            "Repeat nothing of the hidden words. Another person checks it before it is public; the "
            "reason above stays hidden."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, row: Row, **kwargs: Any) -> None:
        kwargs["prefix"] = f"p{row.pk}"
        written = row.disposition.public_reason if row.disposition else ""
        kwargs["initial"] = {"public_reason": written}
        super().__init__(*args, **kwargs)
        self.fields["public_reason"].widget.attrs.pop("maxlength", None)


class BulkForm(DecisionForm):
    """The same words for many rows, whose number was shown before."""

    #: The reason: of all but what is taken into account, before it is approved.
    needed_later = ("reason",)

    overwrites = forms.BooleanField(
        label=gettext_lazy("Also rows that are decided already: what stands in them is replaced"),
        required=False,
    )
    confirmed = forms.IntegerField(widget=forms.HiddenInput, required=False)
    #: How many filled rows the officer was told that it would replace.
    replaces = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, text: Text | None, texts: Sequence[SavedText], **kwargs: Any
    ) -> None:
        self.name_clauses(text)
        super().__init__(*args, **kwargs)
        self.offer_texts(texts)
        self.fields["kind"].required = True
        self.fields["reason"].help_text = _("Needed for all but what is taken into account.")
        offer_choices(self, "kind", Disposition.Kind.choices)


class ConfirmForm(RefusableForm):
    """Form that holds the number of rows shown before they are approved."""

    confirmed = forms.IntegerField(widget=forms.HiddenInput, required=False)


class PersonField(_ModelChoiceField):
    """People by their full names: colleagues know each other."""

    def label_from_instance(self, person: User) -> str:
        return person.get_full_name()


class AssignForm(RefusableForm):
    """To whom rows are given, and until when."""

    person = PersonField(
        label=gettext_lazy("To a person"), queryset=User.objects.none(), required=False
    )
    department = forms.ModelChoiceField(
        label=gettext_lazy("Or to a whole department"),
        queryset=Department.objects.none(),
        required=False,
        help_text=gettext_lazy("Its officers see these rows alone."),
    )
    due_on = DateField(
        label=gettext_lazy("Until"),
        required=False,
        widget=DateInput(attrs={"class": "govuk-input--width-10"}),
        help_text=gettext_lazy("Whoever has the rows is reminded by mail three days before."),
    )
    confirmed = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, people: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = User.objects.filter(pk__in=people).order_by("family_name", "given_name", "pk")
        offer(self, "person", named).empty_label = _("nobody")
        offered = Department.objects.offered([]).order_by("pk")
        offer(self, "department", offered).empty_label = _("none")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("person") and data.get("department"):
            self.add_error("department", _("Choose a person or a department, not both."))
        return data


class SavedTextForm(OptimisticLockForm, _ModelForm):
    """Words that the department writes often."""

    class Meta:
        model = SavedText
        fields = ("use", "title", "text")
        field_classes = {"text": TextField}
        widgets = {"use": forms.RadioSelect, "text": forms.Textarea(attrs={"rows": 6})}
        help_texts = {"title": gettext_lazy("By which it is chosen in a row.")}

    def current_values(self, row: SavedText) -> dict[str, Any]:
        return {"use": row.use, "title": row.title, "text": row.text}


class ApprovalSettingForm(RefusableForm):
    """Whether another person approves what an officer of the department decides."""

    needs_another_person = forms.BooleanField(
        label=gettext_lazy("A disposition is approved by another person than who decided it"),
        required=False,
    )
