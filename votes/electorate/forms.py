"""Forms of the desk for the list of people who may vote."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.domain.rules import Refused
from core.web.forms import FilterForm, RefusableForm, TextField
from votes.electorate.lists import MAX_BYTES, text_of


class ListForm(RefusableForm):
    """A list as it was pasted, or as a spreadsheet saved it; ``text`` is either."""

    marks_optional = False

    people = TextField(
        label=_("People, one a line: name; e-mail"),
        help_text=_(
            "«Олена Коваль; olena@example.com». Who has no e-mail gets a code on paper: write the "
            "name alone."
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=_("Or a file: CSV from a spreadsheet"),
        help_text=_("The first column is the name, the second one the e-mail; 1 MB at most."),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        cleaned["text"] = cleaned.get("people") or ""
        if file is not None:
            try:
                cleaned["text"] = text_of(file.read(MAX_BYTES + 1))
            except Refused as refusal:
                self.add_error("file", str(refusal))
        elif not cleaned["text"].strip() and not self.errors:
            self.add_error("people", _("Paste the list here, or choose a file."))
        return cleaned


class SearchForm(FilterForm):
    q = forms.CharField(label=_("Name or e-mail"), max_length=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].required = False
