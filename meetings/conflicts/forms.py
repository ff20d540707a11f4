"""Forms of conflicts of interest. They gather what was said; the rules judge it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import RefusableForm, TextField, offer
from meetings.models import Deputy, Item, Meeting
from meetings.queries import members_of

if TYPE_CHECKING:
    _DeputyField = forms.ModelChoiceField[Deputy]
    _ItemField = forms.ModelChoiceField[Item]
else:
    _DeputyField = _ItemField = forms.ModelChoiceField


class ConflictForm(RefusableForm):
    """On which item, and what it is about; the secretary's says of which member."""

    refused_at = {"conflict.empty": "words", "conflict.declared": "item"}

    deputy = _DeputyField(Deputy.objects.none(), label=_("Who declares it"))
    item = _ItemField(Item.objects.none(), label=_("Item of the agenda"))
    words = TextField(
        label=_("What the conflict of interest is about"),
        max_length=500,
        help_text=_("It is read out, stands in the minutes, and everybody reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Please say what the conflict of interest is about.")},
    )

    def __init__(self, *args: Any, meeting: Meeting, is_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ahead = meeting.items.filter(state__in=(Item.State.PLANNED, Item.State.CURRENT))
        offer(self, "item", ahead.order_by("order"))
        if is_own:
            del self.fields["deputy"]
        else:
            offer(self, "deputy", members_of(meeting).order_by("name_key", "pk"))


class WithdrawForm(RefusableForm):
    """Why it was a mistake."""

    refused_at = {"conflict.reason_missing": "reason"}

    reason = forms.CharField(
        label=_("Reason, for everybody to read"),
        max_length=500,
        error_messages={"required": _("Please give the reason.")},
    )
