"""The form in which an organisation says what a clause would cost it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.costs.models import LONGEST_NOTE, MOST_HOURS, MOST_MONEY, Cost
from core.web.forms import RefusableForm, TextField

FIGURES = ("hours_once", "hours_yearly", "money_once", "money_yearly")


def _figure(label: Any, most: int, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=0,
        max_value=most,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-10"}),
    )


class CostForm(RefusableForm):
    """Four figures and a note. An empty figure is nought; all of them empty say nothing."""

    marks_optional = False

    hours_once = _figure(
        _("Hours of work, once"),
        MOST_HOURS,
        _("To read the rule, to learn, to set up what it asks for."),
    )
    hours_yearly = _figure(_("Hours of work, every year"), MOST_HOURS)
    money_once = _figure(
        _("Hryvnias, once"), MOST_MONEY, _("Equipment, works, documents; without wages.")
    )
    money_yearly = _figure(_("Hryvnias, every year"), MOST_MONEY)
    note = TextField(
        label=_("How you counted (if you like)"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The council alone reads it, with the name of your organisation."),
    )

    def __init__(self, *args: Any, said: Cost | None = None, **kwargs: Any) -> None:
        if said is not None:
            kwargs["initial"] = {name: getattr(said, name) for name in (*FIGURES, "note")}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and all(data.get(name) is None for name in FIGURES):
            self.add_error("hours_once", _("Enter at least one figure; 0 if it costs nothing."))
        return data

    def said(self) -> dict[str, Any]:
        """The arguments of ``say_cost`` that say what it costs."""
        data = self.cleaned_data
        return {**{name: data[name] or 0 for name in FIGURES}, "note": data["note"]}
