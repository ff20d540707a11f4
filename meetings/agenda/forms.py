"""Forms of the desk for items of an agenda, and the things that they are about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consultations.models import Consultation
from core.templatetags.components import shorten
from core.web.converters import BIGGEST
from core.web.forms import offer_choices
from core.web.optimistic_lock import OptimisticLockForm
from meetings.agenda.actions import ItemText
from meetings.displays.short_forms import clean_short, short_field
from meetings.events import AgendaChanged
from meetings.models import Item
from petitions.models import Petition
from votes.models import Poll

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Item]
else:
    _ModelForm = forms.ModelForm

#: So many of each kind are offered in the list, the newest; others by their address.
MOST_OFFERED = 50
#: A title in the list is cut so.
_TITLE = 80
_ADDRESS = re.compile(r"/(consultations|petitions|polls)/([1-9][0-9]{0,18})/")
_BY_ADDRESS = {"consultations": "consultation", "petitions": "petition", "polls": "poll"}
_LABELS: dict[str, str | Promise] = {
    "consultation": _("Consultations"),
    "petition": _("Petitions"),
    "poll": _("Polls"),
}


def published_rows(kind: str) -> QuerySet[Any]:
    """Public rows of a kind, the newest first."""
    found: dict[str, QuerySet[Any]] = {
        "consultation": Consultation.objects.published(),
        "petition": Petition.objects.published(),
        "poll": Poll.objects.published(),
    }
    return found[kind].order_by("-pk")


class ItemForm(OptimisticLockForm, _ModelForm):
    """Form for an item of the agenda and its subject: one of a list, or by its address."""

    saved_in = (AgendaChanged,)
    saved_id = "meeting_id"
    refused_at = {"item.title_missing": "title", "item.several_things": "about"}

    short_title = short_field()
    about = forms.ChoiceField(
        label=_("What it is about"),
        required=False,
        help_text=_("The page of the item leads there, and that page to the meeting."),
    )
    about_address = forms.CharField(
        label=_("Or the address of its page here"),
        required=False,
        max_length=500,
        help_text=_("If it is not in the list: …/petitions/12/"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    class Meta:
        model = Item
        fields = ("title", "short_title", "text", "presenter", "minutes")
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2}),
            "text": forms.Textarea(attrs={"rows": 5}),
            "minutes": forms.NumberInput(
                attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}
            ),
        }
        help_texts = {
            "minutes": _("Who runs the meeting sees how much of it is left. Pauses are not of it."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["about"] = _about_of(self.instance)
        offer_choices(
            self, "about", [("", _("nothing of these")), *_offered_choices(self.instance)]
        )

    def clean(self) -> dict[str, Any]:
        super().clean()
        clean_short(self, "title", "short_title")
        cleaned = self.cleaned_data
        cleaned["things"] = things = {}
        if about := cleaned.get("about"):
            kind, _colon, number = about.partition(":")
            things[kind] = self._row(kind, int(number), "about")
        if address := cleaned.get("about_address"):
            found = _ADDRESS.search(f"{address.rstrip('/')}/")
            if found is None or int(found[2]) > BIGGEST:
                said = _("This is no address of a consultation, petition or poll here.")
                self.add_error("about_address", said)
            else:
                kind = _BY_ADDRESS[found[1]]
                row = self._row(kind, int(found[2]), "about_address")
                if things and things != {kind: row}:
                    said = _("Choose one: the list says something else than the address.")
                    self.add_error("about_address", said)
                things[kind] = row
        return cleaned

    def _row(self, kind: str, number: int, field: str) -> Any:
        row = published_rows(kind).filter(pk=number).first()
        if row is None and _about_of(self.instance) != f"{kind}:{number}":
            self.add_error(field, _("There is nothing to be read at this address."))
        return row or getattr(self.instance, kind)

    def current_values(self, row: Item) -> Mapping[str, Any]:
        return {
            "title": row.title,
            "short_title": row.short_title,
            "text": row.text,
            "presenter": row.presenter,
            "minutes": row.minutes,
            "about": _about_of(row),
        }

    def saved_key(self, fresh: Any) -> int:
        return int(fresh.meeting_id)

    def item(self) -> ItemText:
        """The content of the item, for the actions."""
        data = self.cleaned_data
        return ItemText(
            title=data["title"],
            short_title=data["short_title"],
            text=data["text"],
            presenter=data["presenter"],
            minutes=data["minutes"],
            **data["things"],
        )

    def _post_clean(self) -> None:
        """The rules and the constraints judge; the instance is written by the action alone."""


def _about_of(item: Item) -> str:
    for kind in _LABELS:
        if number := getattr(item, f"{kind}_id"):
            return f"{kind}:{number}"
    return ""


def _offered_choices(item: Item) -> Iterator[tuple[Any, list[tuple[str, str]]]]:
    """Groups of choices: the newest of each kind, and what the item is about already."""
    for kind, label in _LABELS.items():
        rows = dict(published_rows(kind).values_list("pk", "title")[:MOST_OFFERED])
        if (number := getattr(item, f"{kind}_id")) and number not in rows:
            rows[number] = str(getattr(item, kind))
        if rows:
            choices = [
                (f"{kind}:{pk}", f"№ {pk}. {shorten(title, _TITLE)}") for pk, title in rows.items()
            ]
            yield label, choices
