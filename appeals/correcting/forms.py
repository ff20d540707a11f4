"""The form by which the office corrects what an appeal was registered as."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from appeals import terms
from appeals.actions import About, Description
from appeals.desk.about_fields import department_field, offer_about, official_field
from appeals.desk.forms import AppealForm
from appeals.events import AppealCorrected
from appeals.models import Appeal, Category
from city.models import District, Theme
from city.streets.field import StreetField
from core.web.forms import offer
from core.web.optimistic_lock import OptimisticLockForm


def values_of_registration(appeal: Appeal) -> dict[str, Any]:
    """Values of its registration, as CorrectForm has them."""
    return {
        "kind": appeal.kind,
        "is_urgent": appeal.term == terms.URGENT.code,
        "theme": appeal.theme_id,
        "category": appeal.category_id,
        "privileged": appeal.privileged,
        "district": appeal.district_id,
        "street": appeal.street,
        "house": appeal.house,
        "about_department": appeal.about_department_id,
        "about_person": appeal.about_person_id,
    }


class CorrectForm(AppealForm, OptimisticLockForm):
    """Form to correct its registration, from which its term follows."""

    asked_as = {"department": "about_department", "officer": "about_person"}
    saved_in = (AppealCorrected,)
    saved_id = "appeal_id"

    kind = forms.ChoiceField(label=_("Kind"), choices=Appeal.Kind, widget=forms.RadioSelect)
    is_urgent = forms.BooleanField(
        label=_("A request on life, freedom, environment, accidents or dangers: 48 hours"),
        required=False,
    )
    category = forms.ModelChoiceField(
        Category.objects.none(), label=_("Category of the classifier"), required=False
    )
    theme = forms.ModelChoiceField(Theme.objects.none(), label=_("Theme"), required=False)
    privileged = forms.ChoiceField(
        label=_("Privileged category"),
        choices=[("", _("none")), *Appeal.Privileged.choices],
        required=False,
    )
    district = forms.ModelChoiceField(District.objects.none(), label=_("District"), required=False)
    street = StreetField(label=_("Street"), required=False, must_be_known=True)
    house = forms.CharField(
        label=_("House"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
    )
    about_department = department_field()
    about_person = official_field()

    def __init__(self, *args: Any, appeal: Appeal, **kwargs: Any) -> None:
        super().__init__(*args, initial=values_of_registration(appeal), **kwargs)
        offer(self, "theme", Theme.objects.offered([appeal.theme_id]))
        offer(self, "district", District.objects.offered([appeal.district_id]))
        is_offered = Q(closed_at=None) | Q(pk=appeal.category_id or 0)
        offer(self, "category", Category.objects.filter(is_offered))
        offer_about(self, appeal.about_department_id, appeal.about_person_id)
        street = self.fields["street"]
        if isinstance(street, StreetField):
            street.current = appeal.street

    def current_values(self, row: Appeal) -> dict[str, Any]:
        return values_of_registration(row)

    def description(self) -> Description:
        """The arguments of ``actions.correct``."""
        data = dict(self.cleaned_data)
        about = About(data.pop("about_department"), data.pop("about_person"))
        return Description(**data | {"street": data["street"].street, "about": about})
