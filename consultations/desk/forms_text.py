"""Forms of the draft's text: the file it comes from, and the mending of its clauses."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from core.forms import RefusableForm
from drafts.models import Clause

#: After what a second half may begin: the end of a sentence, of a part of a list, of a line.
_SEAM = re.compile(r"(?:[.;:!?…][»”\"')]*\s+|\n\s*)(?=\S)")
_MOST_SEAMS = 60


class ImportForm(RefusableForm):
    """The file to import."""

    file = forms.FileField(
        label=_("File with the text"),
        help_text=_(".docx, .html, .txt or Markdown, up to 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".docx,.html,.htm,.txt,.md,.markdown"}),
        allow_empty_file=True,
    )


def seams(text: str) -> list[int]:
    """Where a clause may naturally be split, as places in its text."""
    return [found.end() for found in _SEAM.finditer(text)][:_MOST_SEAMS]


class SplitForm(RefusableForm):
    """Where the second half begins: at a sentence chosen, or at words typed."""

    prefix = "split"
    at = forms.TypedChoiceField(
        label=_("The second part begins with"),
        coerce=int,
        required=False,
        empty_value=None,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Or type the words with which it begins"),
        max_length=300,
        required=False,
        help_text=_("A few words, exactly as they stand in the text."),
    )

    def __init__(self, *args: Any, clause: Clause, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.text = clause.text
        self.fields["at"].choices = [
            (place, Truncator(self.text[place:]).words(12)) for place in seams(self.text)
        ]
        if not self.fields["at"].choices:
            del self.fields["at"]
            self.fields["words"].label = _("Words with which the second part begins")
            self.fields["words"].required = True

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        words = data.get("words", "")
        if words:
            data["at"] = self._place(words)
        elif data.get("at") is None and not self.errors:
            self.add_error("words", _("Choose where the second part begins."))
        return data

    def _place(self, words: str) -> int | None:
        pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
        found = [match.start() for match in pattern.finditer(self.text)]
        if len(found) == 1:
            return found[0]
        self.add_error(
            "words",
            _("These words stand here more than once: type more of them.")
            if found
            else _("There are no such words in this clause."),
        )
        return None


class RenumberForm(RefusableForm):
    """The printed number of a clause, what it is, and how deep it stands."""

    prefix = "renumber"
    marker = forms.CharField(
        label=_("Printed number"),
        max_length=80,
        required=False,
        help_text=_("As the document prints it: «2.3.», «а)», «Стаття 5.»; empty for none."),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    kind = forms.ChoiceField(label=_("What it is"), choices=Clause.Kind)
    depth = forms.TypedChoiceField(
        label=_("Level"), coerce=int, help_text=_("0 stands by itself; 1 is under another clause.")
    )

    def __init__(self, *args: Any, clause: Clause, deepest: int, **kwargs: Any) -> None:
        kwargs["initial"] = {"marker": clause.marker, "kind": clause.kind, "depth": clause.depth}
        super().__init__(*args, **kwargs)
        self.fields["depth"].choices = [(level, str(level)) for level in range(deepest + 1)]


class RewordForm(RefusableForm):
    """The words of a clause, beside those that the officer saw."""

    prefix = "reword"
    text = forms.CharField(
        label=_("Words of the clause"),
        required=False,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "To correct a slip of the import. The former words stay in the list of changes."
        ),
    )
    was = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, clause: Clause, **kwargs: Any) -> None:
        kwargs["initial"] = {"text": clause.text, "was": clause.text}
        super().__init__(*args, **kwargs)
