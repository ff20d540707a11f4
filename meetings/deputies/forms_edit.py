"""Forms of the desk that change who sits in the council. They gather; the rules judge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.web.forms import DateField, DateInput
from core.web.optimistic_lock import OptimisticLockForm
from meetings.deputies.forms_desk import (
    BodyForm,
    DeputyForm,
    FactionForm,
    UniqueForm,
)
from meetings.events import CouncilChanged
from meetings.models import Body, Deputy, Faction

_DAY = {"class": "govuk-input--width-10"}


class EditDeputyForm(OptimisticLockForm, DeputyForm):
    """Form for a deputy's data, and the last day of their powers."""

    saved_in = (CouncilChanged,)
    saved_id = "deputy_id"
    refused_at = DeputyForm.refused_at | {"council.powers_end_before_they_begin": "until"}

    since = None  # type: ignore[assignment]  # takes the field away: it stays
    until = DateField(
        label=_("Last day of their powers"),
        required=False,
        help_text=_("Their seats end on that day too. Empty: not known to end."),
        widget=DateInput(attrs=_DAY),
    )
    field_order = ("name", "faction", "district", "email", "until")

    def __init__(self, *args: Any, deputy: Deputy, **kwargs: Any) -> None:
        self.deputy = deputy
        kwargs["initial"] = {**self.current_values(deputy)}
        super().__init__(*args, **kwargs)
        self.fields["faction"].help_text = _("Votes that were given keep the faction of then.")

    def current_values(self, row: Deputy) -> Mapping[str, Any]:
        return {
            "name": row.name,
            "faction": row.faction_id,
            "district": row.district_id,
            "email": row.user.email if row.user else "",
            "until": row.until,
        }

    def submitted_values(self) -> Mapping[str, Any]:
        user: User | None = self.cleaned_data["email"]
        return {**self.cleaned_data, "email": user.email if user else ""}

    def is_others(self, found: User) -> bool:
        return Deputy.objects.filter(user=found).exclude(pk=self.deputy.pk).exists()


class EditBodyForm(OptimisticLockForm, BodyForm):
    """Form for a body's name, its total, and whether it still meets."""

    saved_in = (CouncilChanged,)
    saved_id = "body_id"
    refused_at = BodyForm.refused_at | {
        "council.more_seats_taken": "membership",
        "council.body_meets": "is_closed",
        "council.body_is_there": "is_closed",
    }

    kind = None  # type: ignore[assignment]  # takes the field away: it stays
    is_closed = forms.BooleanField(
        label=_("It no longer meets"),
        required=False,
        help_text=_("Its meetings and votes stay on their pages."),
    )

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        kwargs["initial"] = {**self.current_values(body)}
        super().__init__(*args, **kwargs)

    def current_values(self, row: Body) -> Mapping[str, Any]:
        return {
            "name": row.name,
            "name_en": row.name_en,
            "membership": row.membership,
            "is_closed": row.closed_at is not None,
        }


class RenameFactionForm(OptimisticLockForm, FactionForm):
    """Another name of a faction."""

    saved_in = (CouncilChanged,)
    saved_id = "faction_id"

    def __init__(self, *args: Any, faction: Faction, **kwargs: Any) -> None:
        kwargs["initial"] = {**self.current_values(faction)}
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _(
            "Votes that were given show the new name too. A faction that follows another one is "
            "added as a new one."
        )

    def current_values(self, row: Faction) -> Mapping[str, Any]:
        return {"name": row.name, "name_en": row.name_en}


class ChairForm(UniqueForm):
    """Form for the chair of a body, and the first day."""

    taken_at = "since", _("They have a seat in this body already.")
    refused_at = {
        "council.chair_has_no_seat": "deputy",
        "council.chairs_already": "deputy",
        "council.chair_before_the_last": "since",
    }

    deputy = forms.ModelChoiceField(
        Deputy.objects.none(), label=_("Who chairs it"), empty_label=_("Please choose")
    )
    since = DateField(label=_("From which day"), widget=DateInput(attrs=_DAY))

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        deputies: Any = self.fields["deputy"]
        deputies.queryset = Deputy.objects.filter(seats__body=body, seats__is_head=False).distinct()
