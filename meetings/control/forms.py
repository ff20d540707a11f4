"""Forms of running a meeting: a speaker, a roll-call, what becomes of a question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.templatetags.components import shorten
from core.web.forms import RefusableForm, TextField, offer
from meetings.displays.short_forms import clean_short, short_field
from meetings.models import Deputy, Question, RollCall, Speaker
from meetings.presence.queries import Attendance
from meetings.rollcalls.models import LONGEST_REASON
from meetings.speakers.rules import MOST_SECONDS

if TYPE_CHECKING:
    _DeputyField = forms.ModelChoiceField[Deputy]
    _QuestionField = forms.ModelChoiceField[Question]
else:
    _DeputyField = _QuestionField = forms.ModelChoiceField

#: A question in a list is cut so.
_TEXT = 90


class SeenItemForm(RefusableForm):
    """A form that says which item its page showed."""

    seen_item = forms.IntegerField(
        required=False, min_value=1, widget=forms.HiddenInput(attrs={"id": False})
    )


class SpeakerForm(RefusableForm):
    """Form for a speaker: a member, or somebody by their name; with the time."""

    #: One of two fields is needed: neither is said to be optional.
    marks_optional = False
    refused_at = {
        "speaker.name_missing": "name",
        "speaker.waits": "deputy",
        "speaker.seconds": "seconds",
    }

    deputy = _DeputyField(
        Deputy.objects.none(),
        label=_("A member"),
        required=False,
        empty_label=_("somebody else"),
    )
    name = forms.CharField(
        label=_("Or the name of somebody in the hall"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    stance = forms.ChoiceField(
        label=_("Speaks"),
        required=False,
        choices=[(value, label) for value, label in Speaker.Stance.choices],
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
    )
    kind = forms.ChoiceField(
        label=_("What they want to say"),
        required=False,
        choices=Speaker.Kind.choices,
        initial=Speaker.Kind.SPEECH,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
    )
    seconds = forms.IntegerField(
        label=_("Seconds"),
        required=False,
        help_text=_("Leave this empty for the time that the rules of the body give."),
        min_value=1,
        max_value=MOST_SECONDS,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, members: QuerySet[Deputy], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "deputy", members)
        if not members.exists():
            del self.fields["deputy"]
            self.fields["name"].label = _("Who speaks")

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or Speaker.Kind.SPEECH

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("deputy") and cleaned.get("name"):
            self.add_error("name", _("Choose a member or write a name, not both."))
        return cleaned


class RollCallForm(SeenItemForm):
    """Form for a roll-call: the question, and the majority it needs."""

    refused_at = {
        "rollcall.question_missing": "question",
        "rollcall.no_quorum": "no_quorum_reason",
        "rollcall.another_majority": "needs",
    }

    question = TextField(
        label=_("What is put to the vote"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Please say what is put to the vote.")},
    )
    short_question = short_field()
    needs = forms.ChoiceField(
        label=_("What it takes"), choices=RollCall.Needs.choices, widget=forms.RadioSelect
    )
    no_quorum_reason = forms.CharField(
        label=_("Why it is opened without a quorum"),
        required=False,
        max_length=LONGEST_REASON,
    )
    #: The annulled vote that it repeats.
    repeats = forms.IntegerField(
        required=False, min_value=1, widget=forms.HiddenInput(attrs={"id": False})
    )

    def __init__(self, *args: Any, attendance: Attendance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if attendance.has_quorum:
            del self.fields["no_quorum_reason"]
            return
        self.fields["no_quorum_reason"].help_text = _(
            "%(present)d of %(total)d are noted as present, %(quorum)d are needed. The log keeps "
            "the reason; a procedural question needs none."
        ) % {
            "present": attendance.present,
            "total": attendance.total,
            "quorum": attendance.quorum,
        }

    def clean(self) -> dict[str, Any]:
        super().clean()
        clean_short(self, "question", "short_question")
        return self.cleaned_data


class HideForm(RefusableForm):
    """Why a question is not shown."""

    refused_at = {"question.reason_missing": "reason"}

    reason = forms.CharField(
        label=_("Reason, for who asked it"),
        max_length=500,
        error_messages={"required": _("Please give the reason.")},
    )


class _Questions(_QuestionField):
    def label_from_instance(self, question: Question) -> str:
        return shorten(question.text, _TEXT)


class MergeForm(RefusableForm):
    """With which other question it is counted."""

    refused_at = dict.fromkeys(("question.into_itself", "question.into_hidden"), "into")

    into = _Questions(
        Question.objects.none(),
        label=_("Count it with"),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose the other question.")},
    )

    def __init__(self, *args: Any, others: QuerySet[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "into", others)
