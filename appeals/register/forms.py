"""The form by which the office registers what came on paper, by telephone or at a visit."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from appeals.desk.about_fields import department_field, offer_about, official_field
from appeals.desk.forms import AppealForm
from appeals.filing.actions import NewFile
from appeals.filing.residence import ResidenceField
from appeals.filing.rules import MOST_PEOPLE, ON_PAPER
from appeals.models import Appeal
from city.models import District, Theme
from city.streets.field import StreetField
from core.domain.email_addresses import EmailField
from core.domain.rules import Refused
from core.export import uploads
from core.web.forms import DateTimeField, DateTimeInput, TextField, whole_number
from organisations.registering.codes import clean_edrpou

#: Pixels of a scan's longer side: A4 at 300 dots an inch.
_LONGEST_SIDE = 3508
_VIAS = [choice for choice in Appeal.Via.choices if choice[0] in ON_PAPER]


class NewForm(AppealForm):
    """An appeal or a request, as it was written or said."""

    via = forms.ChoiceField(label=_("How it came"), choices=_VIAS, widget=forms.RadioSelect)
    received_at = DateTimeField(
        label=_("When it was received"),
        widget=DateTimeInput(attrs={"class": "govuk-input--width-20"}),
        help_text=_("The terms run from that day."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Appeal.Kind, widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("Surname, first name, patronymic"),
        max_length=200,
        required=False,
        help_text=_("Empty, if it is anonymous: then a head decides what becomes of it."),
    )
    residence = ResidenceField(label=_("Place of residence"), max_length=300, required=False)
    email = EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    organisation_name = forms.CharField(
        label=_("If it is of an organisation: its name"),
        max_length=300,
        required=False,
        help_text=_("As it stands in the letter; the name above is of who signed it."),
    )
    organisation_code = forms.CharField(
        label=_("ЄДРПОУ"),
        max_length=20,
        required=False,
        help_text=_("8 digits, if the letter gives them."),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "inputmode": "numeric"}),
    )
    account = EmailField(
        label=_("E-mail of their account on this site"),
        required=False,
        help_text=_("If they have one and ask to read the answer there."),
    )
    privileged = forms.ChoiceField(
        label=_("Privileged category"),
        choices=[("", _("none")), *Appeal.Privileged.choices],
        required=False,
    )
    people = whole_number(
        _("How many people sign it"),
        most=MOST_PEOPLE,
        width=5,
    )
    subject = forms.CharField(
        label=_("What it is about"),
        max_length=200,
        help_text=_("In a few words; it stands in lists and in the journal."),
    )
    text = TextField(
        label=_("Text"),
        max_length=20_000,
        help_text=_("As it was written or said."),
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    theme = forms.ModelChoiceField(Theme.objects.open(), label=_("Theme"), required=False)
    district = forms.ModelChoiceField(District.objects.open(), label=_("District"), required=False)
    street = StreetField(label=_("Street"), required=False, must_be_known=True)
    house = forms.CharField(
        label=_("House"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
    )
    about_department = department_field()
    about_person = official_field()
    is_urgent = forms.BooleanField(
        label=_("A request on life, freedom, environment, accidents or dangers: 48 hours"),
        required=False,
    )
    scan = forms.FileField(
        label=_("Scan"),
        required=False,
        allow_empty_file=True,
        help_text=_("PDF, PNG or JPEG, up to 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_about(self)

    def clean_organisation_code(self) -> str:
        written = self.cleaned_data["organisation_code"]
        return clean_edrpou(written) if written else ""

    def clean_account(self) -> User | None:
        email = self.cleaned_data["account"]
        if not email:
            return None
        user = User.objects.of_email(email).first()
        if user is None:
            raise forms.ValidationError(_("Nobody has an account with this e-mail."))
        return user

    def clean_scan(self) -> list[NewFile]:
        scan = self.cleaned_data["scan"]
        if not scan:
            return []
        try:
            accepted = uploads.accept(scan, most=10 * 2**20, longest=_LONGEST_SIDE)
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from refused
        return [NewFile(f"scan.{accepted.ending}", accepted.media_type, accepted.content)]

    def collect_arguments(self) -> dict[str, Any]:
        """The arguments of ``actions.file``."""
        data = dict(self.cleaned_data)
        author, files, street = data.pop("account"), data.pop("scan"), data["street"].street
        return {
            **data,
            "author": author,
            "files": files,
            "street": street,
            "district": data["district"] or (street.district if street else None),
            "is_collective": data["people"] > 1,
        }


class SecretForm(AppealForm):
    """By what a person at the window has shown who they are."""

    reason = forms.CharField(
        label=_("By what they have shown who they are"),
        max_length=200,
        help_text=_("The kind of the document, without its number. The applicant reads it."),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off"}),
    )
