"""Forms of the desk for a poll's description, its extension and its cancellation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.models import model_to_dict
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from city.models import Department, District
from core.web.forms import DateTimeField, DateTimeInput, RefusableForm, offer
from core.web.optimistic_lock import OptimisticLockForm
from votes.events import PollChanged, PollCreated, PollExtended
from votes.models import Poll
from votes.rules import NAMED_IN_GROUPS

#: Electorates of whose people somebody has checked the age.
_AGE_IS_KNOWN = (Poll.Voters.VERIFIED_RESIDENTS, Poll.Voters.DISTRICT)


#: What is asked of secret polls alone: what is left out stays.
_OF_SECRET = ("ballot_kind", "keeping")


def departments_of(user: User, current: int | None = None) -> Any:
    """Those for which the person may prepare polls; ``current``: the poll's own."""
    offered = Department.objects.offered([current])
    if user.is_administrator:
        return offered
    return offered.filter(pk__in=user.speaking_department_ids)


class EditedPollForm(OptimisticLockForm):
    """A form that edits what officers saved of a poll."""

    saved_in = (PollChanged, PollCreated, PollExtended)
    saved_id = "poll_id"


if TYPE_CHECKING:
    ModelFormOfPoll = forms.ModelForm[Poll]
else:
    ModelFormOfPoll = forms.ModelForm


class PollForm(EditedPollForm, ModelFormOfPoll):
    """Form for a poll: subject, voters, method, term."""

    class Meta:
        model = Poll
        fields = (
            *("department", "title", "summary", "voters", "district", "min_age", "secrecy"),
            *("ballot_kind", "keeping"),
            *("results_while_open", "splits", "random_order", "tie_rule", "opens_at", "closes_at"),
        )
        field_classes = {"opens_at": DateTimeField, "closes_at": DateTimeField}
        help_texts = {
            "splits": _("Groups of fewer than five people are not shown."),
            "ballot_kind": _(
                "Of secret polls alone. With a receipt people see that their ballot was counted. A "
                "vote that may be changed cannot be bought with a picture of the screen."
            ),
            "keeping": _(
                "Of secret polls alone. The server’s own key is for trials: whoever copies the "
                "whole machine before the close reads every ballot."
            ),
            "random_order": _(
                "In the ballot alone: each voter sees the options in an order of their own, so "
                "that the first one gains nothing. Pages and results keep yours."
            ),
            "tie_rule": _(
                "A run-off needs the list or a lot: its tied options cannot share a place."
            ),
        }
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 4}),
            "voters": forms.RadioSelect,
            "secrecy": forms.RadioSelect,
            "ballot_kind": forms.RadioSelect,
            "keeping": forms.RadioSelect,
            "tie_rule": forms.RadioSelect,
            "opens_at": DateTimeInput(attrs={"class": "govuk-input--width-20"}),
            "closes_at": DateTimeInput(attrs={"class": "govuk-input--width-20"}),
        }

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = departments_of(by, self.instance.department_id)
        offer(self, "department", mine)
        offer(self, "district", District.objects.offered([self.instance.district_id]))
        self.initial.setdefault("department", mine.first())
        for name in _OF_SECRET:
            self.fields[name].required = False

    def current_values(self, row: Poll) -> dict[str, Any]:
        return model_to_dict(row, fields=self.Meta.fields)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opens_at, closes_at = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens_at and closes_at and closes_at <= opens_at:
            self.add_error("closes_at", _("The poll has to close after it opens."))
        if cleaned.get("voters") == Poll.Voters.DISTRICT and not cleaned.get("district"):
            self.add_error("district", _("Name the district whose residents vote."))
        if cleaned.get("secrecy") == Poll.Secrecy.SECRET and cleaned.get("results_while_open"):
            self.add_error("results_while_open", _("A secret poll shows nothing but its turnout."))
        if cleaned.get("secrecy") == Poll.Secrecy.SECRET and cleaned.get("splits"):
            self.add_error("splits", _("Of a secret poll nobody knows who voted how."))
        if cleaned.get("voters") == Poll.Voters.ORGANISATIONS and (
            (cleaned.get("ballot_kind") or self.instance.ballot_kind) == Poll.BallotKind.CHANGEABLE
        ):
            self.add_error(
                "ballot_kind", _("An organisation votes secretly once, and gets a receipt.")
            )
        if cleaned.get("secrecy") == Poll.Secrecy.NAMED and cleaned.get("splits"):
            self.add_error("splits", str(NAMED_IN_GROUPS.message))
        if (cleaned.get("min_age") or 0) > Poll.Age.FROM_14 and (
            cleaned.get("voters") not in _AGE_IS_KNOWN
        ):
            self.add_error(
                "min_age", _("The age is known only of people whose identity is confirmed.")
            )
        return cleaned

    def description(self) -> dict[str, Any]:
        """The columns, for the actions."""
        described = {name: self.cleaned_data[name] for name in self.Meta.fields}
        kept = {name: getattr(self.instance, name) for name in _OF_SECRET if not described[name]}
        return described | kept

    def _post_clean(self) -> None:
        """The rules and the constraints judge; the instance is written by the action alone."""


class CancelForm(RefusableForm):
    """Why it is called off."""

    reason = forms.CharField(
        label=_("Reason, for everybody to read"),
        max_length=500,
        error_messages={"required": _("Please give the reason.")},
    )


class ExtendForm(EditedPollForm, CancelForm):
    """Until when it lasts now, and why."""

    refused_at = {"poll.not_later": "closes_at"}
    field_order = ("closes_at", "reason")

    closes_at = DateTimeField(
        label=_("New closing"),
        widget=DateTimeInput(attrs={"class": "govuk-input--width-20"}),
        error_messages={"required": _("Say when the poll closes.")},
    )

    def __init__(self, *args: Any, poll: Poll, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.poll = poll

    def current_values(self, row: Poll) -> dict[str, Any]:
        return {"_closes_at": row.closes_at}

    def seen_values(self) -> dict[str, Any]:
        return self.current_values(self.poll)
