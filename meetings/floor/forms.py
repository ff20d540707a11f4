"""Forms of who takes part in a meeting. They gather what was said; the rules judge it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import DateTimeField, RefusableForm, TextField, offer
from meetings.models import Item, Meeting, Speaker
from meetings.questions.models import LONGEST_QUESTION


def keep_key(user_id: int, meeting_id: int) -> str:
    """The key by which a device keeps the words of a question (core.web.form_drafts)."""
    return f"meeting-question:{user_id}:{meeting_id}"


class DeviceMomentField(DateTimeField):
    """A moment as a device says it; nothing, where that cannot be read: nobody typed it."""

    def clean(self, value: Any) -> datetime | None:
        try:
            moment: datetime | None = super().clean(value)
        except forms.ValidationError:
            return None
        return moment


class QuestionForm(RefusableForm):
    """A question from the floor."""

    refused_at: ClassVar[dict[str, str]] = {
        "question.empty": "text",
        "question.too_long": "text",
        "question.another_meeting": "item",
    }

    text = TextField(
        label=_("Your question"),
        max_length=LONGEST_QUESTION,
        help_text=_(
            "One question, short enough to be read from a screen. It is checked first; then "
            "everybody reads it under your name."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    item = forms.ModelChoiceField(
        label=_("Item of the agenda"),
        queryset=Item.objects.none(),
        required=False,
        empty_label=_("the meeting as a whole"),
    )
    #: js/outbox.js: when it was written, if there was no link to send it.
    written_at = DeviceMomentField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, meeting: Meeting) -> None:
        super().__init__(data, initial={"item": meeting.current_item_id})
        left = meeting.items.exclude(state=Item.State.DROPPED).order_by("order")
        offer(self, "item", left)


class HandForm(RefusableForm):
    """A raised hand: for, against, or neither; a deputy's also for a reply or a point of order."""

    kind = forms.ChoiceField(
        label=_("What do you ask for?"),
        choices=[
            (Speaker.Kind.SPEECH.value, _("To speak or to ask a question")),
            (Speaker.Kind.REPLY.value, _("A reply")),
            (Speaker.Kind.ORDER.value, _("A point of order: it comes first")),
        ],
        initial=Speaker.Kind.SPEECH.value,
        widget=forms.RadioSelect,
    )
    stance = forms.ChoiceField(
        label=_("Do you speak for or against?"),
        choices=[
            (Speaker.Stance.FOR.value, _("For")),
            (Speaker.Stance.AGAINST.value, _("Against")),
            ("none", _("Neither: a question or a fact")),
        ],
        initial="none",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, is_deputy: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_deputy:
            del self.fields["kind"]

    def clean_stance(self) -> str:
        stance = str(self.cleaned_data["stance"])
        return "" if stance == "none" else stance


class SupportForm(forms.Form):
    """Want a question answered (1), or no more (0)."""

    value = forms.TypedChoiceField(choices=[(1, "+"), (0, "0")], coerce=int)
