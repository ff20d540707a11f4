"""Forms of following. They gather what was written; the rules judge it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from city.models import District, Theme
from city.streets.field import StreetField
from core.domain.email_addresses import EmailField
from core.web.forms import RefusableForm
from notifications.following.things import KINDS
from notifications.models import Follower, Frequency, Kind


class EmailForm(RefusableForm):
    """Following without an account: where the confirming link is sent."""

    email = EmailField(
        label=_("E-mail"),
        help_text=_("We send a link there; nothing is followed, or kept, until you open it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Write your e-mail address.")},
    )


_TOLD = (Frequency.NOW, Frequency.DAILY, Frequency.WEEKLY)


class OftenForm(RefusableForm):
    """The frequency of mails for the kind of what is confirmed; ``now``: how often they are told
    of it until then. Without a valid answer (an old page), or with the one that the page held, it
    stays as it is: nobody is kept from confirming by it, and two pages that are open do not undo
    what the other has said."""

    often = forms.ChoiceField(
        help_text=_(
            "At once is best for water, light and closed streets. You can change it later."
        ),
        widget=forms.RadioSelect,
    )
    had = forms.ChoiceField(choices=Frequency.choices, required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, kind: Kind, now: Frequency) -> None:
        super().__init__(data, initial={"often": now.value, "had": now.value})
        often = self.fields["often"]
        often.label = _("%(kind)s: how often do we write?") % {"kind": KINDS[kind]}
        often.choices = [  # type: ignore[attr-defined]  # a ChoiceField's
            each for each in Frequency.choices if each[0] in (now, *_TOLD)
        ]

    @property
    def chosen(self) -> Frequency | None:
        """Fields that differ from what the page held."""
        if not self.is_valid() or self.cleaned_data["often"] == self.cleaned_data["had"]:
            return None
        return Frequency(self.cleaned_data["often"])


class AreaForm(RefusableForm):
    """A theme, a district or a street to follow; ``one``: just one of them."""

    one_of: ClassVar[tuple[str, ...]] = ("theme", "district", "street")

    theme = forms.ModelChoiceField(Theme.objects.open(), label=_("Theme"), required=False)
    district = forms.ModelChoiceField(District.objects.open(), label=_("District"), required=False)
    street = StreetField(label=_("Street"), must_be_known=True, required=False)

    def __init__(self, *args: Any, one: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.one = one

    @property
    def chosen(self) -> list[tuple[Kind, int]]:
        """Chosen areas, the narrowest first."""
        street = self.cleaned_data.get("street")
        found = (
            (Kind.STREET, street.street if street else None),
            (Kind.DISTRICT, self.cleaned_data.get("district")),
            (Kind.THEME, self.cleaned_data.get("theme")),
        )
        return [(kind, row.pk) for kind, row in found if row is not None]

    def clean(self) -> None:
        if self.errors:
            return
        if not self.chosen:
            raise forms.ValidationError(_("Choose a theme, a district or a street."))
        if self.one and len(self.chosen) > 1:
            raise forms.ValidationError(
                _("Choose one of the three; you can follow the others afterwards.")
            )


class TimeInput(forms.TimeInput):
    """A time of day, to the minute, by the browser's own picker."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "govuk-input--width-5"} | (attrs or {}), format="%H:%M")


class SettingsForm(RefusableForm):
    """Form for a follower's frequency of each kind, and quiet hours."""

    refused_at: ClassVar[Mapping[str, str]] = {
        "following.quiet_by_half": "quiet_until",
        "following.quiet_all_day": "quiet_until",
    }

    of_all = forms.ChoiceField(
        label=_("All of it"),
        choices=[("", _("as chosen below")), *Frequency.choices],
        required=False,
    )
    quiet_from = forms.TimeField(label=_("Quiet from"), required=False, widget=TimeInput)
    quiet_until = forms.TimeField(label=_("Quiet until"), required=False, widget=TimeInput)

    def __init__(
        self, data: Any, *, follower: Follower, frequencies: Mapping[Kind, Frequency]
    ) -> None:
        quiet = {"quiet_from": follower.quiet_from, "quiet_until": follower.quiet_until}
        often = {f"of_{kind.value}": each for kind, each in frequencies.items()}
        super().__init__(data, initial={**quiet, **often})
        for kind, label in KINDS.items():
            if kind is Kind.APPEAL and follower.user_id is None:
                continue  # only an account follows its appeals
            self.fields[f"of_{kind.value}"] = forms.ChoiceField(
                label=label, choices=Frequency.choices
            )
        kinds = [f"of_{kind.value}" for kind in KINDS]
        self.order_fields(["of_all", *kinds, "quiet_from", "quiet_until"])

    @property
    def frequencies(self) -> dict[str, str]:
        """The chosen frequency of each kind, or of all of them at once."""
        for_all = self.cleaned_data["of_all"]
        return {
            kind.value: for_all or self.cleaned_data[f"of_{kind.value}"]
            for kind in KINDS
            if f"of_{kind.value}" in self.fields
        }

    @property
    def kind_fields(self) -> list[Any]:
        """The fields of the kinds, for the page."""
        return [self[f"of_{kind.value}"] for kind in KINDS if f"of_{kind.value}" in self.fields]
