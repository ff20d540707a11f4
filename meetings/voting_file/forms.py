"""Forms of the voting system's file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.export.csv import NotATable
from core.export.spreadsheets import MAX_BYTES
from core.web.forms import RefusableForm, offer_choices
from meetings.voting_file.parsing import MOST_ROWS, Table, read_table

#: Characters of a table that goes with the form from the look to the button.
_LONGEST = 400_000


class FileForm(RefusableForm):
    """The file."""

    file = forms.FileField(
        label=_("File of the voting system"),
        help_text=_("CSV, .xlsx or .ods; the first line names the columns."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.ods", "autofocus": True}),
    )

    def clean_file(self) -> Table:
        try:
            table = read_table(self.cleaned_data["file"].read(MAX_BYTES + 1))
        except NotATable as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
        if not table.rows:
            raise forms.ValidationError(_("The table has no rows."))
        return table


class ColumnsForm(RefusableForm):
    """The table that was read, and which of its columns are names and votes."""

    table = forms.CharField(max_length=_LONGEST, widget=forms.HiddenInput(attrs={"id": False}))
    names = forms.ChoiceField(label=_("Column of names"))
    votes = forms.ChoiceField(
        label=_("Column of votes or of presence"),
        required=False,
        help_text=_("Without it, everybody who stands in the file is present."),
    )

    def __init__(self, *args: Any, heads: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        heads = heads or (self._read().heads if self.is_bound else ())
        offer_choices(self, "names", [(head, head) for head in heads])
        offer_choices(self, "votes", [("", _("none")), *((head, head) for head in heads)])

    def _read(self) -> Table:
        try:
            heads, rows = json.loads(str(self.data.get("table", ""))[:_LONGEST])
            heads = [str(head) for head in heads][:50]
            read = [dict(zip(heads, map(str, row), strict=False)) for row in rows[:MOST_ROWS]]
        except (ValueError, TypeError):
            return Table([], [])
        return Table(heads, read)

    def clean_table(self) -> Table:
        return self._read()


def as_text(table: Table) -> str:
    """The table as the hidden field of ColumnsForm holds it."""
    rows = [[row.get(head, "") for head in table.heads] for row in table.rows]
    return json.dumps([table.heads, rows], ensure_ascii=False)
