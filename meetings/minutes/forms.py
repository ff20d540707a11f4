"""Forms of minutes at the desk. They gather; the rules judge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import RefusableForm, TextField
from core.web.optimistic_lock import OptimisticLockForm
from meetings.events import MinutesSaved
from meetings.minutes.models import LONGEST_REASON
from meetings.minutes.texts import keys_of, texts_of
from meetings.models import Meeting, Minutes

#: The longest number and name, and the longest text, in characters.
LONGEST_NUMBER, LONGEST_NAME, LONGEST_TEXT = 20, 200, 20_000


def _line(label: Any, longest: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=longest, **more)


def _text(label: Any, rows: int, help_text: Any) -> TextField:
    return TextField(
        label=label,
        required=False,
        max_length=LONGEST_TEXT,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class SectionForm(OptimisticLockForm):
    """The secretary's texts of one section; what the log says stands beside them."""

    marks_optional = False  # what is needed, the publication says
    saved_in = (MinutesSaved,)
    saved_id = "meeting_id"

    number = _line(
        _("Number of the minutes"),
        LONGEST_NUMBER,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    chair = _line(_("Who presided"), LONGEST_NAME, help_text=_("Full name, and the office."))
    keeper = _line(_("Who keeps the minutes"), LONGEST_NAME)
    guests = _text(
        _("Invited, and others present"), 4, _("Members of the body are added from the log.")
    )
    opening = _text(_("Opening"), 4, _("What was said before the first item."))
    said = _text(
        _("What was reported and said"),
        8,
        _("Who spoke when, questions and votes are added from the log."),
    )
    decided = _text(_("What was decided"), 6, _("Result of the vote is added from the log."))
    closing = _text(_("End of the meeting"), 4, _("What was said after the last item."))

    def __init__(self, *args: Any, minutes: Minutes, section: str, **kwargs: Any) -> None:
        self.section = section
        kwargs["initial"] = self.current_values(minutes)
        super().__init__(*args, **kwargs)
        for name in {*self.base_fields} - {"drawn_from", *keys_of(section)}:
            del self.fields[name]

    def current_values(self, row: Minutes) -> Mapping[str, Any]:
        return texts_of(self.section, row.texts)

    @classmethod
    def drawn_from_of(cls, minutes: Minutes, section: str) -> str:
        """The basis of a form drawn from ``minutes``: for a page that stays open after a save."""
        return str(cls(minutes=minutes, section=section)["drawn_from"].value())


class PublishForm(RefusableForm):
    """Why the minutes are published again, and that what contradicts itself was read; nothing where
    neither is asked."""

    refused_at: ClassVar[Mapping[str, str]] = {
        "minutes.reason_missing": "reason",
        "minutes.contradictions": "knowing",
    }

    knowing = forms.BooleanField(
        label=_("I have read this; it stands so in the minutes"), required=False
    )
    reason = forms.CharField(
        label=_("Why the minutes are published again"),
        max_length=LONGEST_REASON,
        help_text=_("Everybody reads it in the new edition. The earlier ones stay to be read."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, *args: Any, meeting: Meeting, contradicts: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not contradicts:
            del self.fields["knowing"]
        if meeting.minutes_edition is None:
            del self.fields["reason"]
