"""A table pasted into a form, and the preview of what it would change.

A page shows first what each line would do; it stores when just that was shown and no line is
refused. Who reads the columns, and what they do, the form and the view of each list say:

    form = DistrictsForm(request.POST, request.FILES)
    shown = preview_of(form, lines)
    if shown.is_confirmed(request.POST): store
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any, ClassVar

from django import forms
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.export.csv import NotATable, decode_table
from core.web.forms import RefusableForm, TextField

#: Letters of a table within one request.
LONGEST = 400_000


class Outcome(TextChoices):
    """Outcome of one line of a pasted table."""

    ADDED = "added", gettext_lazy("will be added")
    CHANGED = "changed", gettext_lazy("will be changed")
    UNCHANGED = "unchanged", gettext_lazy("stays as it is")
    REFUSED = "refused", gettext_lazy("is refused")


#: In which order a preview shows them: what has to be mended first.
_ORDER = [Outcome.REFUSED, Outcome.CHANGED, Outcome.ADDED, Outcome.UNCHANGED]


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its number in the table and its name.

    ``why`` says why it is refused, or what else it would do; ``label`` is what pages call its
    outcome.
    """

    number: int
    name: str
    outcome: Outcome
    why: str = ""
    label: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """Lines of a table with what each would do, those that are refused first.

    ``mark``: by what a form tells that this was shown; "" while a line is refused.
    """

    lines: list[Line]
    counts: list[tuple[str | Promise, int]]
    mark: str

    def number_of(self, outcome: Outcome) -> int:
        """Number of lines with that outcome."""
        return sum(1 for line in self.lines if line.outcome == outcome)

    def is_confirmed(self, data: Mapping[str, Any]) -> bool:
        """Whether ``data``, of a form, confirms just this."""
        return bool(self.mark) and data.get("seen") == self.mark


class PastedTableForm(RefusableForm):
    """A table, pasted or as a file; a file takes the place of what is pasted.

    A subclass says in ``columns`` what the first line names, and reads the lines in ``read``.
    """

    one_of = ("table", "file")
    columns: ClassVar[str | Promise] = ""
    most_bytes: ClassVar[int] = LONGEST * 2

    table = TextField(
        label=gettext_lazy("Table"),
        required=False,
        strip=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a CSV file"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["table"].help_text = str(self.columns)

    def decode(self, content: bytes) -> str:
        """The table of a file as text, for the form that confirms it. Raises NotATable."""
        return decode_table(content)

    def read(self, content: bytes) -> list[Any]:
        """The lines of the table. Raises NotATable."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        try:
            if data.get("file"):
                data["table"] = self.decode(data["file"].read(self.most_bytes + 1))
                self.data = {**self.data, "table": data["table"]}
            if self.errors:
                return data
            if not data.get("table", "").strip():
                raise NotATable(_("Paste a table or choose a file."))
            data["rows"] = self.read(data["table"].encode())
        except NotATable as wrong:
            self.add_error("table", str(wrong))
        return data


def preview_of(
    form: PastedTableForm,
    lines: Sequence[Line],
    *,
    labels: Mapping[Outcome, str | Promise] | None = None,
) -> Preview:
    """Preview of the form's table, by what was found of its lines. ``labels``: of outcomes that
    this list calls otherwise."""
    named: dict[Outcome, Any] = {each: each.label for each in _ORDER}
    named |= labels or {}
    counts = Counter(line.outcome for line in lines)
    sent = {name: value for name, value in form.cleaned_data.items() if name != "file"}
    told = repr((sent, [(line.number, line.outcome.value) for line in lines]))
    mark = blake2b(told.encode(), digest_size=12).hexdigest()
    return Preview(
        [
            replace(line, label=named[line.outcome])
            for line in sorted(lines, key=lambda line: _ORDER.index(line.outcome))
        ],
        [(named[outcome], counts[outcome]) for outcome in _ORDER],
        "" if counts[Outcome.REFUSED] else mark,
    )
