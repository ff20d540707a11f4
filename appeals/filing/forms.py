"""The form of an appeal. It gathers what is said; appeals.filing.rules judges it."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Anybody
from accounts.people.fields import clean_name
from appeals.filing import files
from appeals.filing.fields import FilesField, FilesInput, LineField
from appeals.filing.kinds import KINDS, MEANINGS
from appeals.filing.residence import ResidenceField
from appeals.models import Appeal
from city.models import Department, District, Theme
from city.streets.field import ChosenStreet, StreetField, StreetInput
from core.db.search import clean
from core.domain.email_addresses import EmailField, to_comparable
from core.domain.rules import Verdict
from core.web.begun_forms import origin_of
from core.web.copied_fields import copies_fields
from core.web.form_drafts import keep_on_device
from core.web.forms import RefusableForm, TextField, offer_choices
from core.web.radios import ExplainedRadios
from organisations.mandates import queries
from organisations.models import MandatePower

#: The choice to act in one's own name.
MYSELF = "self"
_LONGEST_SUBJECT = 200
#: Before a place that is no street of the list; the text is Ukrainian.
_PLACE = "Місце:"
_WIDTH = {"class": "govuk-input--width-10"}
_END_OF_SENTENCE = re.compile(r"(?<=[.!?…])\s|\n")

#: Fields in groups, as the page shows them: (name of the group, its fields).
WORDS = ("kind", "text", "attachments")
PLACE = ("street", "house")
WHO = ("organisation", "name", "residence", "email", "phone")
MORE = (
    "subject",
    "district",
    "theme",
    "about_department",
    "is_urgent",
    "is_collective",
    "people",
    "privileged",
)


def _privileged_choices() -> list[tuple[str, Any]]:
    return [("", _("none")), *Appeal.Privileged.choices]


@copies_fields
class FilingForm(RefusableForm):
    """Form to file an appeal, with an account or without."""

    #: The council has to reach who writes by one of them.
    one_of: ClassVar[frozenset[str]] = frozenset({"email", "phone"})

    kind = forms.ChoiceField(
        label=_("What are you sending?"),
        choices=KINDS,
        widget=ExplainedRadios(meanings=MEANINGS),
        error_messages={"required": _("Choose what you are sending.")},
    )
    text = TextField(
        label=_("What do you want to say?"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What happened, where and when, and what you ask for."),
        error_messages={"required": _("Write what you want to say.")},
    )
    subject = LineField(
        label=_("In a few words"),
        max_length=_LONGEST_SUBJECT,
        required=False,
        help_text=_("If you leave it empty, the first sentence is used."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    attachments = FilesField(
        label=_("Photographs and documents"),
        required=False,
        help_text=_("Up to 5 files of 10 MB: JPEG, PNG, PDF, .docx, .xlsx, .odt."),
        widget=FilesInput(attrs={"accept": ".jpg,.jpeg,.png,.pdf,.docx,.xlsx,.odt"}),
    )
    street = StreetField(
        label=_("Street"),
        required=False,
        help_text=_("If it is about one place."),
    )
    house = LineField(
        label=_("House"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "autocomplete": "off"}),
    )
    theme = forms.ModelChoiceField(
        Theme.objects.open(), label=_("Theme"), required=False, empty_label=_("I do not know")
    )
    district = forms.ModelChoiceField(
        District.objects.open(),
        label=_("District"),
        required=False,
        empty_label=_("The whole city, or I do not know"),
    )
    organisation = forms.TypedChoiceField(
        label=_("I am writing"),
        coerce=lambda value: None if value == MYSELF else int(value),
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )
    name = forms.CharField(
        label=_("Last name, first name, patronymic"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Give your name: the law requires it.")},
    )
    residence = ResidenceField(
        label=_("Where you live"),
        max_length=300,
        help_text=_("Street, house, flat."),
        error_messages={
            "required": _("Say where you live: the law requires it (393/96-ВР art. 5).")
        },
        widget=StreetInput(attrs={"autocomplete": "address-line1"}),
    )
    email = EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("We will write to you there. Or give a telephone number."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = LineField(
        label=_("Telephone"),
        max_length=40,
        required=False,
        help_text=_("If you have no e-mail, or would rather be called."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"} | _WIDTH),
    )
    about_department = forms.ModelChoiceField(
        Department.objects.open(),
        label=_("Which department a complaint is about"),
        required=False,
        empty_label=_("none of these"),
        help_text=_("It does not consider the complaint (law 393/96-ВР art. 7)."),
    )
    is_urgent = forms.BooleanField(
        label=_("A request about life, freedom, the environment, accidents or dangers"),
        required=False,
        help_text=_("It is answered within 48 hours (law 2939-VI art. 20)."),
    )
    is_collective = forms.BooleanField(label=_("Several people sign it"), required=False)
    people = forms.IntegerField(
        label=_("How many people"),
        required=False,
        min_value=2,
        max_value=100_000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-5"}),
    )
    #: Where it was begun (core.web.begun_forms).
    origin = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    privileged = forms.ChoiceField(
        label=_("Privileged category"),
        choices=_privileged_choices,  # Django copies a list with every form
        required=False,
        help_text=_("Appeals from these people are considered first (law 393/96-ВР art. 20)."),
    )

    def __init__(self, *args: Any, by: Anybody, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = queries.of(by, MandatePower.SIGN)
        if held:
            named = [(str(each.organisation_id), each.organisation.short_name) for each in held]
            offer_choices(self, "organisation", [(MYSELF, _("in my own name")), *named])
            self.initial = {"organisation": MYSELF, **self.initial}
        else:
            del self.fields["organisation"]
        if (self["kind"].value() or "") == Appeal.Kind.REQUEST:
            self.fields["residence"].required = False
        if by.is_authenticated:
            # Kept for whoever signs in alone: a device without an account may be a library's.
            keep_on_device(self, text=f"appeal:{by.pk}:text", subject=f"appeal:{by.pk}:subject")

    def clean_origin(self) -> str:
        return origin_of(self.cleaned_data["origin"])

    def clean_name(self) -> str:
        return clean_name(self.cleaned_data["name"])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("people") and not data.get("is_collective"):
            data["is_collective"] = True
        if data.get("is_collective") and not data.get("people") and not self.has_error("people"):
            self.add_error("people", forms.ValidationError(_("Say how many people sign it.")))
        if not data.get("subject") and data.get("text"):
            data["subject"] = subject_of(data["text"])
        return data

    def refuse(self, verdict: Verdict) -> None:
        """At the field that the rule names."""
        field = verdict.params.get("field")
        field = "attachments" if field == "files" else field
        error = forms.ValidationError(str(verdict.message), code=verdict.code)
        self.add_error(field if field in self.fields else None, error)

    @property
    def has_lost_files(self) -> bool:
        """Files were chosen and the form comes back: a browser does not send them again."""
        return bool(self.is_bound and self.errors and self.files)

    @property
    def opens_more(self) -> bool:
        """Whether what few people need is filled in, or wrong; of a request it asks for urgency."""
        is_request = self["kind"].value() == Appeal.Kind.REQUEST
        return is_request or any(self[name].value() or self[name].errors for name in MORE)

    @property
    def opens_place(self) -> bool:
        """Whether something of the place is filled in, or wrong."""
        return any(str(self[name].value() or "") or self[name].errors for name in PLACE)

    @property
    def contact(self) -> str:
        """By what limits count who has no account."""
        data = self.cleaned_data
        return to_comparable(data["email"]) or data["phone"] or data["residence"].casefold()

    def collect_arguments(self) -> dict[str, Any]:
        """The arguments of ``appeals.filing.actions.file`` that the form gathers."""
        data = dict(self.cleaned_data)
        chosen = data.pop("attachments", [])
        place: ChosenStreet = data.pop("street")
        if place.street is not None:
            data["street"] = place.street
            data["district"] = place.street.district or data["district"]
        elif place or data["house"]:
            where = ", ".join(filter(None, (place.words, data.pop("house", ""))))
            data["text"] = f"{data['text']}\n\n{_PLACE} {where}"
        organisation_id = data.pop("organisation", None)
        if data["kind"] != Appeal.Kind.COMPLAINT:
            data["about_department"] = None
        return {
            **data,
            "people": data.get("people") or 1,
            "organisation_id": organisation_id,
            "files": files.accept(chosen),
        }


def subject_of(text: str) -> str:
    """The first sentence, cut at a word where it is long."""
    first = clean(_END_OF_SENTENCE.split(text.strip(), maxsplit=1)[0])
    if len(first) <= _LONGEST_SUBJECT:
        return first
    return first[: _LONGEST_SUBJECT - 1].rpartition(" ")[0] + "…"


def known_of(user: Anybody, residence: str) -> dict[str, str]:
    """The applicant's data known from the account."""
    if not user.is_authenticated:
        return {}
    return {
        "name": user.get_full_name(),
        "email": user.email or "",
        "phone": user.phone or "",
        "residence": residence,
    }
