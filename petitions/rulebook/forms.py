"""Forms of the council's rules for petitions and of its grounds of refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Choices
from django.utils.translation import gettext_lazy as _

from core.domain.calendar import LONGEST, Unit
from core.web.forms import TextField
from core.web.optimistic_lock import OptimisticLockForm
from petitions.events import GroundChanged, RulesChanged
from petitions.models import Ground, Procedure

_NUMBER = {"class": "govuk-input--width-5", "inputmode": "numeric"}
#: What an administrator sets.
_FIELDS = (
    "legal_basis",
    "threshold",
    "collection",
    "collection_unit",
    "signers",
    "min_age",
    "names_may_be_withheld",
    "plenary",
    "publish_within",
    "notice_within",
    "review_within",
    "answer_within",
)
_CHOICES: dict[str, type[Choices]] = {"signers": Procedure.Signers, "min_age": Procedure.Age}
_WORKING_DAYS = (
    ("publish_within", _("Check and publish, or refuse, within (working days)")),
    ("notice_within", _("Announce the review within (working days)")),
    ("review_within", _("Review and decide within (working days)")),
    ("answer_within", _("Publish the answer within (working days)")),
)


if TYPE_CHECKING:
    _ProcedureForm = forms.ModelForm[Procedure]
    _GroundForm = forms.ModelForm[Ground]
else:
    _ProcedureForm = _GroundForm = forms.ModelForm


class RulesForm(OptimisticLockForm, _ProcedureForm):
    """The next wording of the rules."""

    saved_in = (RulesChanged,)
    saved_id = "procedure_id"

    class Meta:
        model = Procedure
        fields = _FIELDS
        widgets = {
            "threshold": forms.NumberInput(attrs=_NUMBER),
            "collection": forms.NumberInput(attrs=_NUMBER),
            "signers": forms.RadioSelect,
            "min_age": forms.RadioSelect,
            **{name: forms.NumberInput(attrs=_NUMBER) for name, _label in _WORKING_DAYS},
        }
        labels = {
            "collection_unit": _("Days or months of collecting"),
            **dict(_WORKING_DAYS),
        }
        help_texts = {
            "legal_basis": _("The act and its article, as they are to be quoted on the pages."),
            "threshold": _("As the charter of the community says (art. 23-1, part 12)."),
            "min_age": _(
                "Known only of people whose identity is confirmed: of others it is not asked."
            ),
            "publish_within": _("The law: not more than 2 (art. 23-1, part 6)."),
            "notice_within": _("The law: not more than 3 (art. 23-1, part 14)."),
            "review_within": _("The law: not more than 10 (art. 23-1, part 15)."),
            "answer_within": _("The law: not more than 1 (art. 23-1, part 20)."),
        }

    def __init__(self, *args: Any, current: Procedure, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(current, name) for name in _FIELDS}
        super().__init__(*args, **kwargs)
        for name, choices in _CHOICES.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices
        for name in ("threshold", "collection", *_LONGEST_BY_LAW):
            self.fields[name].validators.append(MinValueValidator(1))
        for name, most in _LONGEST_BY_LAW.items():
            self.fields[name].validators.append(MaxValueValidator(most))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        unit = data.get("collection_unit")
        if data.get("collection") and unit and data["collection"] > LONGEST[Unit(unit)]:
            self.add_error("collection", _("This is too long."))
        of_all_ages = data.get("signers") != Procedure.Signers.VERIFIED_RESIDENTS
        if of_all_ages and (data.get("min_age") or 0) > Procedure.Age.FROM_14:
            self.add_error(
                "min_age", _("The age is known only of people whose identity is confirmed.")
            )
        return data

    def current_values(self, row: Procedure) -> dict[str, Any]:
        """Values of the wording in force: ``row`` is the oldest one, which is locked to change
        them.
        """
        self.in_force = Procedure.objects.now()
        return {name: getattr(self.in_force, name) for name in _FIELDS}

    def saved_key(self, fresh: Procedure) -> int:
        return self.in_force.pk


#: Working days that the law allows at most (393/96-ВР art. 23-1): a council may only be quicker.
_LONGEST_BY_LAW = {"publish_within": 2, "notice_within": 3, "review_within": 10, "answer_within": 1}


class GroundForm(OptimisticLockForm, _GroundForm):
    """A ground of refusal with the words of the act that sets it."""

    saved_in = (GroundChanged,)
    saved_id = "ground_id"

    class Meta:
        model = Ground
        fields = ("name", "name_en", "article", "quote")
        labels = {"name_en": _("Name in English")}
        field_classes = {"quote": TextField}
        widgets = {
            "name_en": forms.TextInput(attrs={"lang": "en"}),
            "quote": forms.Textarea(attrs={"rows": 5}),
        }
        help_texts = {
            "name": _("In a few words, as a moderator chooses it and the author reads it."),
            "name_en": _("English pages show it. Without it they show the Ukrainian name."),
            "article": _("For example: Закон № 393/96-ВР, ст. 23-1, ч. 3"),
            "quote": _("Word for word, without quotation marks."),
        }

    def __init__(self, *args: Any, used: bool = False, **kwargs: Any) -> None:
        """``used``: somebody was refused on it, and its words stay; the English name may change."""
        super().__init__(*args, **kwargs)
        if used:
            for name in ("name", "article", "quote"):
                self.fields[name].widget.attrs["readonly"] = True

    def current_values(self, row: Ground) -> dict[str, Any]:
        return {name: getattr(row, name) for name in self.Meta.fields}
