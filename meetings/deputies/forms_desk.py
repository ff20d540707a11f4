"""Forms of the desk for who sits in the council. They gather; the rules judge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar

from django import forms
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.people.fields import AccountEmailField
from city.models import District
from core.web.forms import DateField, DateInput, RefusableForm
from core.web.optimistic_lock import OptimisticLockForm
from meetings.events import CouncilChanged
from meetings.models import Body, Deputy, Faction, Seat

_DAY = {"class": "govuk-input--width-10"}
_NAME_TAKEN = _("Another one has this name already.")
_ACCOUNT_TAKEN = _("This account is another deputy’s.")
_SEAT_TAKEN = _("They have a seat in this body already.")


class UniqueForm(RefusableForm):
    """A form of what there may be once: PostgreSQL refuses a second one, also at the same
    moment."""

    #: The field whose value is taken then, and what is said there.
    taken_at: ClassVar[tuple[str, Any]]

    @contextmanager
    def showing_taken(self) -> Iterator[None]:
        """Say it at the field; nothing of the action within is stored."""
        try:
            with transaction.atomic():
                yield
        except IntegrityError:
            self.add_error(*self.taken_at)


class NamedForm(UniqueForm):
    """The name of a new row, which nothing else of its kind has."""

    refused_at = {"council.name_missing": "name"}
    taken_at = "name", _NAME_TAKEN

    name = forms.CharField(label=_("Name"), max_length=200)
    name_en = forms.CharField(
        label=_("Name in English"),
        max_length=200,
        required=False,
        help_text=_("English pages show it. Without it they show the Ukrainian name."),
        widget=forms.TextInput(attrs={"lang": "en"}),
    )


class FactionForm(NamedForm):
    """A faction or a group."""


class BodyForm(NamedForm):
    """A body that meets and votes."""

    refused_at = NamedForm.refused_at | {
        "council.no_members": "membership",
        "council.body_is_there": "kind",
    }

    kind = forms.ChoiceField(
        label=_("What it is"), choices=Body.Kind.choices, widget=forms.RadioSelect
    )
    membership = forms.IntegerField(
        label=_("Total membership"),
        min_value=1,
        max_value=1000,
        help_text=_(
            "As the law or the decision on it sets, whether or not every seat is taken: of it the "
            "majority is counted (280/97-ВР, 59(2)). The head of the city is not among them."
        ),
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
    )


class DeputyForm(UniqueForm):
    """A new deputy, or another member of a body."""

    refused_at = {"council.name_missing": "name"}
    taken_at = "email", _ACCOUNT_TAKEN

    name = forms.CharField(label=pgettext_lazy("of a person", "Full name"), max_length=200)
    since = DateField(label=_("Since"), widget=DateInput(attrs=_DAY))
    faction = forms.ModelChoiceField(
        Faction.objects.all(), label=_("Faction"), required=False, empty_label=_("in no faction")
    )
    district = forms.ModelChoiceField(
        District.objects.open(), label=_("District"), required=False, empty_label=_("No district")
    )
    email = AccountEmailField(
        label=_("E-mail of their account"),
        required=False,
        sends_mail=False,
        help_text=_("With it they vote on their telephone. They need an account first."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def clean_email(self) -> User | None:
        """The account, which is no other deputy's."""
        email: str = self.cleaned_data["email"]
        if not email:
            return None
        found: User | None = User.objects.of_email(email).first()
        if found is None:
            raise forms.ValidationError(_("Nobody has an account with this address."))
        if self.is_others(found):
            raise forms.ValidationError(_ACCOUNT_TAKEN)
        return found

    def is_others(self, found: User) -> bool:
        """Whether it is the account of another deputy."""
        return Deputy.objects.filter(user=found).exists()


class SeatForm(UniqueForm):
    """A seat in a body."""

    taken_at = "body", _SEAT_TAKEN

    refused_at = dict.fromkeys(("council.has_a_seat", "council.no_seat_left"), "body") | {
        "council.head_of_the_council": "is_head"
    }

    body = forms.ModelChoiceField(
        Body.objects.open(), label=_("Body"), widget=forms.RadioSelect, empty_label=None
    )
    since = DateField(label=_("Since"), widget=DateInput(attrs=_DAY))
    is_chair = forms.BooleanField(label=_("Chairs it"), required=False)
    is_head = forms.BooleanField(
        label=_("Is the head of the city"),
        required=False,
        help_text=_("Counts in the total beside its members when they take part."),
    )


class EndSeatForm(OptimisticLockForm, UniqueForm):
    """On which day a seat ends."""

    taken_at = "until", _SEAT_TAKEN
    saved_in = (CouncilChanged,)
    saved_id = "deputy_id"
    refused_at = {"council.ends_before_it_begins": "until"}

    until = DateField(label=_("Last day"), widget=DateInput(attrs=_DAY))

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        kwargs["initial"] = {"until": seat.until}
        super().__init__(*args, **kwargs)

    def current_values(self, row: Seat) -> Mapping[str, Any]:
        return {"until": row.until}

    def saved_key(self, fresh: Any) -> int:
        return int(fresh.deputy_id)
