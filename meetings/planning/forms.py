"""Forms of the desk for a meeting's notice, end and record. They gather; the rules judge."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.models import model_to_dict
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from city.models import Department, District, Street, Theme
from city.streets.several import StreetsField, set_current
from core.web.forms import (
    DateTimeField,
    DateTimeInput,
    RefusableForm,
    TextField,
    offer,
    offer_choices,
)
from core.web.optimistic_lock import OptimisticLockForm
from meetings.events import MeetingChanged, MeetingPlanned, MinutesPublished, VideoPublished
from meetings.models import Body, Kind, Meeting
from meetings.planning.actions import Notice
from meetings.planning.rules import BODY_OF

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Meeting]
else:
    _ModelForm = forms.ModelForm

#: What a notice says: columns of the meeting, and the fields of actions.planning.Notice.
NOTICE = (
    *("title", "place", "begins_at", "ends_at"),
    *("stream_url", "accessibility", "capacity", "district"),
)
#: What it is about, of the council's lists: sets of rows of their own.
ABOUT = ("themes", "streets")
_MOMENT = {"class": "govuk-input--width-20"}


def departments_of(user: User) -> Any:
    """Those for which the person may plan meetings."""
    offered = Department.objects.offered([None])
    return offered if user.is_administrator else offered.filter(pk__in=user.department_ids)


class NoticeForm(OptimisticLockForm, _ModelForm):
    """Form for the notice of a meeting."""

    saved_in = (MeetingChanged, MeetingPlanned)
    saved_id = "meeting_id"
    refused_at = {
        "meeting.begins_in_the_past": "begins_at",
        "meeting.ends_before_it_begins": "ends_at",
    }

    streets = StreetsField(label=_("Streets"), required=False)

    class Meta:
        model = Meeting
        fields: tuple[str, ...] = (*NOTICE, "themes", "streets")
        field_classes = {"begins_at": DateTimeField, "ends_at": DateTimeField}
        labels = {"ends_at": _("Ends, as planned")}
        help_texts = {
            "stream_url": _("With https://"),
            "accessibility": _("Entrance, sign language, subtitles, whom to call."),
            "capacity": _("Leave this empty if everybody finds a place."),
            "district": _("Leave this empty if it is about the whole city."),
        }
        widgets: dict[str, Any] = {
            "begins_at": DateTimeInput(attrs=_MOMENT),
            "ends_at": DateTimeInput(attrs=_MOMENT),
            "themes": forms.CheckboxSelectMultiple,
            "accessibility": forms.Textarea(attrs={"rows": 3}),
            "capacity": forms.NumberInput(
                attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        meeting = self.instance
        named = meeting.themes.values_list("pk", flat=True) if meeting.pk else ()
        offer(self, "themes", Theme.objects.offered(named))
        districts = District.objects.offered([meeting.district_id])
        offer(self, "district", districts).empty_label = _("The whole city")
        self.initial["streets"] = set_current(self.fields["streets"], _streets_of(meeting))

    def current_values(self, row: Meeting) -> Mapping[str, Any]:
        return model_to_dict(row, fields=[*NOTICE, "themes"]) | {"streets": _streets_of(row)}

    def notice(self) -> Notice:
        """The content of the notice, for the actions."""
        data = self.cleaned_data
        said: dict[str, Any] = {name: data[name] for name in NOTICE}
        return Notice(**said | {name: tuple(data[name]) for name in ABOUT})

    def _post_clean(self) -> None:
        """The rules and the constraints judge; the instance is written by the action alone."""


def _streets_of(meeting: Meeting) -> list[Street]:
    return list(meeting.streets.select_related("district")) if meeting.pk else []


class PlanForm(NoticeForm):
    """A new meeting: also its kind, and who meets and who runs it."""

    refused_at = NoticeForm.refused_at | dict.fromkeys(
        ("meeting.body_missing", "meeting.another_body"), "body"
    )

    class Meta(NoticeForm.Meta):
        fields = ("kind", "body", "department", *NOTICE, "themes", "streets")
        labels = {**NoticeForm.Meta.labels, "kind": _("What kind of meeting it is")}
        help_texts = {
            **NoticeForm.Meta.help_texts,
            "body": _("Of hearings, press conferences and round tables: none."),
        }
        widgets = {**NoticeForm.Meta.widgets, "kind": forms.RadioSelect}

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_choices(self, "kind", Kind.choices)
        mine = departments_of(by)
        offer(self, "department", mine)
        offer(self, "body", Body.objects.open()).empty_label = _("none")
        self.initial.setdefault("department", mine.first())

    def clean(self) -> dict[str, Any]:
        """The only body that meets so need not be named."""
        cleaned = super().clean() or {}
        kind = BODY_OF.get(cleaned.get("kind", ""))
        if kind and cleaned.get("body") is None and "body" not in self.errors:
            found = list(Body.objects.open().filter(kind=kind)[:2])
            cleaned["body"] = found[0] if len(found) == 1 else None
        return cleaned


class PublishForm(RefusableForm):
    """Form to publish the notice, with the reason where it comes late."""

    refused_at = {"meeting.short_notice": "short_notice_reason"}

    short_notice_reason = TextField(
        label=_("Why it is called at shorter notice"),
        max_length=500,
        help_text=_("Everybody reads it beside the notice."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("The law wants the reason: please say why it is called so late.")
        },
    )

    def __init__(self, *args: Any, is_in_time: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_in_time:
            del self.fields["short_notice_reason"]


class CancelForm(RefusableForm):
    """Why it is called off."""

    refused_at = {"meeting.reason_missing": "reason"}

    reason = forms.CharField(
        label=_("Reason, for everybody to read"),
        max_length=500,
        error_messages={"required": _("Please give the reason.")},
    )


class RecordForm(OptimisticLockForm):
    """Form for a link of the record: the video, or the minutes."""

    saved_id = "meeting_id"
    refused_at = {"meeting.url_missing": "url"}
    #: The column of the meeting.
    column = ""

    url = forms.URLField(label=_("Its address"), max_length=500, help_text=_("With https://"))

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        kwargs["initial"] = {"url": getattr(meeting, self.column)}
        super().__init__(*args, **kwargs)

    def current_values(self, row: Meeting) -> Mapping[str, Any]:
        return {"url": getattr(row, self.column)}

    def said(self) -> dict[str, Any]:
        """Arguments of the action."""
        return {"url": self.cleaned_data["url"]}


class VideoForm(RecordForm):
    """Form for its video, and the beginning of the recording."""

    saved_in = (VideoPublished,)
    refused_at = RecordForm.refused_at | {"meeting.video_begins_elsewhen": "begins"}
    column = "video_url"

    begins = forms.RegexField(
        r"\A(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?\Z",
        label=_("The video begins at"),
        required=False,
        help_text=_(
            "The time of day, with seconds: 09:58:30. All links to a second of the video are "
            "counted from it. Leave this empty if it begins as the meeting is opened."
        ),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"}),
        error_messages={"invalid": _("Please write hours, minutes and seconds: 09:58:30.")},
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, meeting=meeting, **kwargs)
        self.meeting = meeting
        self.initial["begins"] = _clock(meeting)

    def current_values(self, row: Meeting) -> Mapping[str, Any]:
        return {**super().current_values(row), "begins": _clock(row)}

    def said(self) -> dict[str, Any]:
        typed, opened = self.cleaned_data["begins"], self.meeting.opened_at
        if not typed or opened is None:
            return {**super().said(), "begins_at": None}
        hour, minute, second = (*map(int, typed.split(":")), 0)[:3]
        begins_at = localtime(opened).replace(
            hour=hour, minute=minute, second=second, microsecond=0
        )
        # A meeting that was opened after midnight may have been recorded from before it.
        nearest = min(
            (begins_at + timedelta(days=days) for days in (-1, 0, 1)),
            key=lambda moment: abs(moment - opened),
        )
        return {**super().said(), "begins_at": nearest}


def _clock(meeting: Meeting) -> str:
    begins_at = meeting.video_begins_at
    return f"{localtime(begins_at):%H:%M:%S}" if begins_at else ""


class MinutesForm(RecordForm):
    """Form for the link of its minutes."""

    saved_in = (MinutesPublished,)
    column = "minutes_url"
