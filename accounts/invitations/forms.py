"""Form of an invitation to work for the council."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.invitations.models import LANGUAGES
from accounts.models import StaffRole
from accounts.people.fields import AccountEmailField
from accounts.staff.forms import GrantForm
from city.models import Department
from core.web.forms import offer_choices


class InviteForm(GrantForm):
    """To which address, which role and why: as a role is given, but for the first day, which is
    that of the arrival."""

    email = AccountEmailField(
        label=_("E-mail of the person"),
        help_text=_(
            "The role is theirs when they have signed in with this address, set up a second factor "
            "and said their name."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    language = forms.ChoiceField(
        label=_("Language of the mail"),
        choices=LANGUAGES,
        initial="uk",
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
    )
    field_order = ("email", "language")

    def __init__(self, *args: Any, department: Department | None, **kwargs: Any) -> None:
        super().__init__(*args, department=department, **kwargs)
        del self.fields["first_day"]
        roles = self.fields["role"].choices  # type: ignore[attr-defined]  # a ChoiceField
        kept = [each for each in roles if each[0] != StaffRole.ADMINISTRATOR]
        offer_choices(self, "role", kept)

    def facts(self) -> dict[str, Any]:
        """The keyword arguments of invitations.actions.invite."""
        self.cleaned_data.setdefault("first_day", None)
        facts = super().facts()
        del facts["starts_at"]
        return {**facts, "language": self.cleaned_data["language"]}
