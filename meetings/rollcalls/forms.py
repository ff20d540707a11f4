"""Forms of running a meeting about votes: for who is not noted, in place of an own one, annulling.
They gather; the rules judge."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from core.domain.calendar import KYIV
from core.web.forms import RefusableForm, offer
from meetings.models import Deputy, Vote
from meetings.presenters import VOTED
from meetings.rollcalls.actions import Missing
from meetings.rollcalls.models import LONGEST_REASON

#: What the secretary can enter.
CHOICES = [(choice.value, VOTED[choice]) for choice in Vote.ENTERED]


class ChoiceForm(RefusableForm):
    """A vote."""

    refused_at = {"rollcall.no_such_choice": "choice"}

    choice = forms.ChoiceField(label=_("How they vote"), choices=CHOICES, widget=forms.RadioSelect)


class ArrivalForm(ChoiceForm):
    """A vote of somebody who is not noted as present, and since when they are here."""

    refused_at = ChoiceForm.refused_at | {"presence.moment": "since"}

    since = forms.TimeField(
        label=_("Here since"),
        help_text=_("Hours and minutes. The arrival is written with the vote."),
        widget=forms.TimeInput(
            format="%H:%M", attrs={"type": "time", "class": "govuk-input--width-5"}
        ),
    )

    def __init__(self, *args: Any, now: datetime, earliest: datetime, **kwargs: Any) -> None:
        self.now, self.earliest = now, earliest
        kwargs["initial"] = {"since": localtime(now).time(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)

    @property
    def came_at(self) -> datetime | None:
        """The moment that was meant; None: now. A minute stands for the part of it in which they
        can have come."""
        local = localtime(self.now, KYIV)
        given = datetime.combine(local.date(), self.cleaned_data["since"], tzinfo=KYIV)
        if given > local:
            given -= timedelta(days=1)
        if local - given < timedelta(minutes=1):
            return None
        return (
            self.earliest if timedelta(0) <= self.earliest - given < timedelta(minutes=1) else given
        )


class ReplaceForm(ChoiceForm):
    """A vote in place of a deputy's own."""

    refused_at = ChoiceForm.refused_at | {"rollcall.reason_missing": "reason"}

    reason = forms.CharField(
        label=_("Why it is replaced"),
        max_length=LONGEST_REASON,
        help_text=_("The log keeps it with both votes; the deputy is told at once."),
        error_messages={"required": _("Please give the reason.")},
    )


class SeveralForm(ChoiceForm):
    """The same vote of several members; those who are not noted are asked about once."""

    deputies = forms.ModelMultipleChoiceField(
        Deputy.objects.none(), label=_("Who votes so"), widget=forms.CheckboxSelectMultiple
    )
    missing = forms.ChoiceField(
        label=_("Those who are not noted as present"),
        choices=[
            (Missing.COME, _("note them as present, and enter their votes")),
            (Missing.SKIP, _("leave their votes out")),
        ],
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(
        self, *args: Any, members: QuerySet[Deputy], asks: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "deputies", members)
        if not asks:
            self.fields["missing"].widget = forms.HiddenInput()

    def ask(self) -> None:
        """Ask about those who are not noted: the form comes back with the question."""
        self.fields["missing"].widget = forms.RadioSelect(choices=self.fields["missing"].choices)  # type: ignore[attr-defined]


class AnnulForm(RefusableForm):
    """Why a closed roll-call is annulled."""

    refused_at = {"rollcall.reason_missing": "reason"}

    reason = forms.CharField(
        label=_("Why it is annulled"),
        max_length=LONGEST_REASON,
        help_text=_(
            "Everybody reads it. The result is still published, marked as annulled; it decides "
            "nothing."
        ),
        error_messages={"required": _("Please give the reason.")},
    )
