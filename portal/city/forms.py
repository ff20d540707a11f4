"""Forms of the council's own data. They gather; rules and the database judge."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from city.council import colours
from city.council.actions import CONTACTS
from city.lists.forms import CityForm, CityRowForm
from city.models import (
    AgeGroup,
    Council,
    Department,
    District,
    LocalElection,
    MartialLawPeriod,
    Street,
    Theme,
)
from core.web.forms import DateField, DateInput, LinesField, RefusableForm, offer

_NUMBER = {"class": "govuk-input--width-10", "inputmode": "numeric"}
_DEGREES = {"class": "govuk-input--width-10", "inputmode": "decimal", "step": "any"}
_DAY = {"class": "govuk-input--width-10"}
#: Of the field for a row's name in English.
_ENGLISH_LABEL = {"name_en": _("Name in English")}
_ENGLISH_HINT = {
    "name_en": _("English pages show it. Without it they show the Ukrainian name."),
}
_ENGLISH_INPUT = {"name_en": forms.TextInput(attrs={"lang": "en"})}


class CouncilForm(CityRowForm):
    """Its names, and how people reach it."""

    table = "council"

    class Meta:
        model = Council
        fields = CONTACTS
        labels = {
            "name": _("City, village or community"),
            "name_locative": _("The same after «у» or «в»"),
            "name_en": _("The same in English"),
            "council": _("Council"),
            "council_en": _("Council in English"),
            "address": _("Address"),
            "phone": _("Telephone"),
            "email": _("E-mail"),
            "website": _("Website"),
            "copy_price": _("Copying for requests for information, hryvnias a page"),
            "copy_limit": _("The Cabinet’s limit, hryvnias a page"),
            "copy_account": _("Account to which copying is paid"),
        }
        help_texts = {
            "name": _("For example, Рудногірськ."),
            "name_locative": _("For example, Рудногірську: where something is."),
            "council": _("Its full name, as it stands on letters."),
            "name_en": _ENGLISH_HINT["name_en"],
            "council_en": _ENGLISH_HINT["name_en"],
            "phone": _("People read it on every page and in every mail."),
            "email": _("Questions and objections come here; mails name it as their sender."),
            "website": _("With https://"),
            "copy_price": _("More than 10 pages cost it (2939-VI art. 21). Empty: they are free."),
            "copy_limit": _("By the Cabinet’s resolution that is in force, as it is today."),
            "copy_account": _("As people need it to pay: receiver, code, IBAN."),
        }
        widgets = {
            "website": forms.URLInput(attrs={"autocomplete": "off"}),
            "name_en": forms.TextInput(attrs={"lang": "en"}),
            "council_en": forms.TextInput(attrs={"lang": "en"}),
        }

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        if sum(character.isdigit() for character in phone) < 3:
            raise ValidationError(_("Write the number, e.g. (000) 000-00-00."))
        return phone


class RowForm(CityRowForm):
    """A row of one of the council's lists; a new one gets its slug from its name."""


class DepartmentForm(RowForm):
    table = "department"

    class Meta:
        model = Department
        fields = ("name", "name_en", "phone", "email", "address", "registers_appeals")
        labels = {
            "name": _("Name"),
            **_ENGLISH_LABEL,
            "phone": _("Telephone"),
            "address": _("Address"),
        }
        help_texts = _ENGLISH_HINT
        widgets = _ENGLISH_INPUT


class ThemeForm(RowForm):
    table = "theme"

    class Meta:
        model = Theme
        fields = ("name", "name_en")
        labels = {"name": _("Name"), **_ENGLISH_LABEL}
        help_texts = _ENGLISH_HINT
        widgets = _ENGLISH_INPUT


class DistrictForm(RowForm):
    table = "district"

    class Meta:
        model = District
        fields = ("name", "name_en", "population")
        labels = {"name": _("Name"), "population": _("Population"), **_ENGLISH_LABEL}
        help_texts = {"population": _("Results of polls set turnout beside it."), **_ENGLISH_HINT}
        widgets = {"population": forms.NumberInput(attrs=_NUMBER), **_ENGLISH_INPUT}


class StreetForm(RowForm):
    table = "street"

    district = forms.ModelChoiceField(
        District.objects.open(), label=_("District"), required=False, empty_label=_("No district")
    )
    former_names = LinesField(
        label=_("Former names"),
        required=False,
        max_length=2100,
        help_text=_("One a line. People find a renamed street by them."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    class Meta:
        model = Street
        fields = ("name", "name_en", "district", "former_names", "latitude", "longitude")
        labels = {
            "name": _("Name"),
            **_ENGLISH_LABEL,
            "latitude": _("Latitude"),
            "longitude": _("Longitude"),
        }
        help_texts = {
            "name": _("In full, with what it is: вулиця Соборності, проспект Миру."),
            "latitude": _("Of its middle, in degrees: 47.910483. Give both or neither."),
            **_ENGLISH_HINT,
        }
        widgets = {
            "latitude": forms.NumberInput(attrs=_DEGREES),
            "longitude": forms.NumberInput(attrs=_DEGREES),
            **_ENGLISH_INPUT,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        current: int | None = getattr(self.instance, "district_id", None)
        offer(self, "district", District.objects.offered([current]))


class AgesForm(CityForm):
    """Form for the number of residents by age; left empty, results say nothing of it."""

    table = "age"

    from_14 = forms.IntegerField(
        label=_("14 and 15 years of age"),
        required=False,
        min_value=0,
        widget=forms.NumberInput(attrs=_NUMBER),
    )
    from_16 = forms.IntegerField(
        label=_("16 and 17 years of age"),
        required=False,
        min_value=0,
        widget=forms.NumberInput(attrs=_NUMBER),
    )
    from_18 = forms.IntegerField(
        label=_("18 years of age and more"),
        required=False,
        min_value=0,
        widget=forms.NumberInput(attrs=_NUMBER),
    )

    def current_values(self, row: models.Model) -> Mapping[str, Any]:
        known = dict(AgeGroup.objects.values_list("since", "population"))
        return {f"from_{since}": known.get(since) for since in (14, 16, 18)}

    def populations(self) -> dict[int, int | None]:
        """By the first year of an age, how many people there are."""
        return {since: self.cleaned_data[f"from_{since}"] for since in (14, 16, 18)}


class PeriodForm(CityRowForm):
    """A period of martial law."""

    table = "martial_law"

    starts_on = DateField(label=_("First day"), widget=DateInput(attrs=_DAY))
    ends_on = DateField(
        label=_("Last day"),
        required=False,
        widget=DateInput(attrs=_DAY),
        help_text=_("Leave it empty while it is not known."),
    )
    #: That the days which move were shown, by their marks (city.deadlines): a day has some tens.
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=200_000)

    class Meta:
        model = MartialLawPeriod
        fields = ("starts_on", "ends_on", "act")
        labels = {"act": _("Act")}
        help_texts = {"act": _("The decree and the law that confirms it, with their numbers.")}

    field_order = ("starts_on", "ends_on", "act")

    def values(self) -> dict[str, Any]:
        """The columns' values."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def periods(self, others: list[tuple[date, date | None]]) -> list[tuple[date, date | None]]:
        """All periods as they would be: this one among the ``others``."""
        return [*others, (self.cleaned_data["starts_on"], self.cleaned_data["ends_on"])]


class ElectionForm(CityRowForm):
    """The process of a local election."""

    table = "election"

    starts_on = DateField(
        label=_("First day of the electoral process"), widget=DateInput(attrs=_DAY)
    )
    ends_on = DateField(
        label=_("Last day of the electoral process"),
        required=False,
        widget=DateInput(attrs=_DAY),
        help_text=_("Leave it empty while it is not known."),
    )

    class Meta:
        model = LocalElection
        fields = ("name", "starts_on", "ends_on")
        labels = {"name": _("Which election")}
        help_texts = {"name": _("Regular, extraordinary or repeat, and of whom.")}

    field_order = ("name", "starts_on", "ends_on")


class ColourInput(forms.TextInput):
    """The browser's own picker, which is never empty: HTML allows it no ``required``."""

    input_type = "color"

    def use_required_attribute(self, initial: Any) -> bool:
        return False


class ColourField(forms.RegexField):
    """A colour that can be read."""

    widget = ColourInput(attrs={"class": "colour-input"})

    def __init__(self, **more: Any) -> None:
        super().__init__(colours.HEX, strip=True, max_length=7, **more)
        self.error_messages["invalid"] = _("A colour is written like #8c2318.")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}  # HTML allows a picker no `maxlength`

    def to_python(self, value: Any) -> Any:
        return str(super().to_python(value)).lower()

    def validate(self, value: Any) -> None:
        super().validate(value)
        if colours.HEX.fullmatch(value) and not (verdict := colours.judge(value)):
            raise ValidationError(str(verdict.message), code=verdict.code)


class DarkColourField(forms.RegexField):
    """A colour that can be read on dark pages, or none; a browser's picker knows no "none"."""

    def __init__(self, **more: Any) -> None:
        attrs = {"class": "govuk-input--width-5", "spellcheck": "false", "autocomplete": "off"}
        more = {"required": False, "strip": True, "max_length": 7} | more
        super().__init__(colours.HEX, widget=forms.TextInput(attrs=attrs), **more)
        self.error_messages["invalid"] = _("A colour is written like #8c2318.")

    def to_python(self, value: Any) -> Any:
        return str(super().to_python(value)).lower()

    def validate(self, value: Any) -> None:
        super().validate(value)
        if colours.HEX.fullmatch(value) and not (verdict := colours.judge_dark(value)):
            raise ValidationError(str(verdict.message), code=verdict.code)


class ColoursForm(CityForm):
    """The colour of pages, of which the others are made (city.council.colours)."""

    table = "council"
    refused_at = {"city.dark_contrast_too_low": "brand_dark"}

    brand = ColourField(
        label=_("Main colour"),
        help_text=_("Buttons, links, the line above each page. White text has to stand out on it."),
    )

    brand_dark = DarkColourField(
        label=_("Colour of dark pages, if not made of the main one"),
        help_text=_("For example, #f49383. Left empty, it is the main colour made lighter."),
    )

    def current_values(self, row: Any) -> Mapping[str, Any]:
        return {"brand": row.brand or colours.BRAND, "brand_dark": row.brand_dark}


class ArmsForm(RefusableForm):
    """A picture of the arms."""

    refused_at = dict.fromkeys(
        (
            *("file.empty", "file.too_large", "file.type", "file.damaged"),
            *("file.too_many_pixels", "file.busy", "arms.unsafe", "arms.no_size"),
        ),
        "file",
    )

    file = forms.FileField(
        label=_("Picture"),
        help_text=_("SVG, PNG or JPEG of up to 300 kB; it is shown 44 pixels high."),
        widget=forms.FileInput(attrs={"accept": ".svg,.png,.jpg,.jpeg,image/*"}),
        allow_empty_file=True,
    )


class MapForm(RefusableForm):
    """A GeoJSON file for the map of the city."""

    refused_at = {"city.not_a_map": "file"}

    file = forms.FileField(
        label=_("GeoJSON file"),
        required=False,
        help_text=_(
            "Of up to 5 MB, in WGS 84. It replaces what the map has of the same kind: districts, "
            "streets, water. Nothing is stored if something in it is wrong."
        ),
        widget=forms.FileInput(attrs={"accept": ".geojson,.json,application/geo+json"}),
        allow_empty_file=True,
    )
    attribution = forms.CharField(
        label=_("Whose data it is"),
        required=False,
        max_length=200,
        help_text=_("Stands below each map. Left empty: the council."),
    )
