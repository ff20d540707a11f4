"""Forms of the register of documents. They gather what was written; the rules judge it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from city.models import Department, Theme
from core.web.forms import DateField, DateInput, RefusableForm, offer, offer_choices
from core.web.optimistic_lock import OptimisticLockForm
from records.documents.models import COUNTED
from records.events import DocumentEntryChanged, DocumentRegistered
from records.models import Document

FIELDS = (
    *("kind", "title", "number", "made_on", "received_on", "author", "department", "carrier"),
    *("place", "theme", "keywords", "address", "access", "ground", "restricted_until"),
)
#: The kinds that officers enter.
KINDS = [choice for choice in Document.Kind.choices if choice[0] not in COUNTED]

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Document]
else:
    _ModelForm = forms.ModelForm


def _day(label: Any, **more: Any) -> DateField:
    widget = DateInput(attrs={"class": "govuk-input--width-10"})
    return DateField(label=label, widget=widget, **more)


class DocumentForm(RefusableForm, _ModelForm):
    """A document that the register has not yet."""

    refused_at = {
        "document.in_the_future": "made_on",
        "document.received_before": "received_on",
        "document.open_with_ground": "access",
        "document.ground_missing": "ground",
        "document.term_too_short": "restricted_until",
        "document.restricted_address": "address",
        "document.name_not_checked": "is_neutral",
    }

    made_on = _day(_("Made on"))
    received_on = _day(
        _("Received on"), required=False, help_text=_("Of a document that came from elsewhere.")
    )
    address = forms.URLField(
        label=_("Where its content is"),
        required=False,
        max_length=500,
        help_text=_("Of an open document that is on the internet."),
    )
    restricted_until = _day(
        _("Restricted until"),
        required=False,
        help_text=_("Empty of a restricted document: until the restriction is reviewed."),
    )
    is_neutral = forms.BooleanField(
        label=_("The name discloses nothing: it is in neutral words"),
        required=False,
        help_text=_(
            "The register itself is never restricted. Of a restricted document say this after you "
            "have looked at its name, number, author and key words."
        ),
    )

    class Meta:
        model = Document
        fields = FIELDS
        widgets = {"access": forms.RadioSelect}
        help_texts = {
            "title": _("Everybody reads it. No names of private people."),
            "author": _("A body or an organisation, no private person; empty: the holder itself."),
            "keywords": _("Separated by commas."),
            "place": _("e.g. paper, archive of the council, file 02-14"),
            "ground": _("The law and its article, e.g. 2939-VI art. 9(1)1."),
        }

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = Department.objects.offered([self.instance.department_id])
        if not by.is_administrator:
            offered = offered.filter(pk__in=by.department_ids)
        offer(self, "department", offered).required = True
        offer(self, "theme", Theme.objects.offered([self.instance.theme_id]))
        offer_choices(self, "kind", [("", pgettext_lazy("of a document", "choose a kind")), *KINDS])
        offer_choices(self, "access", Document.Access.choices)

    def validate_constraints(self) -> None:
        """The rule says what is wrong."""

    def collect_arguments(self) -> dict[str, Any]:
        """Arguments of the actions: ``fields`` and ``is_neutral``."""
        fields = dict(self.cleaned_data)
        return {"is_neutral": fields.pop("is_neutral"), "fields": fields}


class EditDocumentForm(OptimisticLockForm, DocumentForm):
    """The entry of a document that officers keep."""

    saved_in = (DocumentRegistered, DocumentEntryChanged)
    saved_id = "document_id"

    def current_values(self, row: Document) -> Mapping[str, Any]:
        return {name: getattr(row, name) for name in FIELDS}
