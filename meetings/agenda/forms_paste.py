"""The form in which a whole agenda is pasted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import RefusableForm, TextField
from drafts.importing import ImportRefused, read_lines
from meetings.agenda.actions import ItemText
from meetings.agenda.lines import Line, read_agenda


class PasteForm(RefusableForm):
    """Lines, or a document that holds them. A document is read into the lines, where they can be
    mended before they become items."""

    refused_at = dict.fromkeys(("agenda.empty", "agenda.too_many", "item.title_missing"), "lines")
    one_of = ("lines", "file")

    lines = TextField(
        label=_("Agenda, an item a line"),
        required=False,
        max_length=200_000,
        help_text=_(
            "Numbers before items are left out. “Rapporteur: …” on the next line belongs to the "
            "item above."
        ),
        widget=forms.Textarea(attrs={"rows": 12, "autofocus": True}),
    )
    file = forms.FileField(
        label=_("Or a document"),
        required=False,
        help_text=_("Word (.docx), PDF with text, text or a page (.html)."),
        widget=forms.FileInput(attrs={"accept": ".docx,.doc,.odt,.pdf,.txt,.html,.htm"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if file := cleaned.get("file"):
            try:
                cleaned["lines"] = "\n".join(read_lines(file, file.name))
            except ImportRefused as refused:
                self.add_error("file", str(refused))
        elif not cleaned.get("lines", "").strip() and "lines" not in self.errors:
            self.add_error("lines", _("Please paste the agenda, or choose a document."))
        return cleaned

    def found(self) -> list[Line]:
        """The items of the lines."""
        return read_agenda(self.cleaned_data["lines"])

    def texts(self) -> list[ItemText]:
        """The items for the action."""
        return [
            ItemText(title=item.title, presenter=item.presenter, text=item.text)
            for item in self.found()
        ]
