"""Forms of the draft's text: the file it comes from, and the mending of its clauses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from consultations.models import Consultation
from core.web.forms import RefusableForm, TextField, offer_choices
from core.web.optimistic_lock import OptimisticLockForm
from drafts.importing import conversion
from drafts.models import Clause, Version

#: After what a second half may begin: the end of a sentence, of a part of a list, of a line.
_SEAM = re.compile(r"(?:[.;:!?…][»”\"')]*\s+|\n\s*)(?=\S)")
_MOST_SEAMS = 60


class ImportForm(RefusableForm):
    """The file to import."""

    file = forms.FileField(
        label=_("File with the text"),
        help_text=_(
            ".docx, .html, .txt, Markdown or a PDF with text, up to 20 MB. A PDF has to be checked "
            "most: import the .docx it came from where you have it."
        ),
        widget=forms.FileInput(
            attrs={"accept": ".docx,.doc,.odt,.html,.htm,.txt,.md,.markdown,.pdf"}
        ),
        allow_empty_file=True,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if conversion.is_offered():
            self.fields["file"].help_text = _(
                ".docx, .doc, .odt, .html, .txt, Markdown or a PDF with text, up to 20 MB. A PDF "
                "has to be checked most: import the .docx it came from where you have it. "
                "LibreOffice converts .doc and .odt first, which may take half a minute."
            )


class TrackedForm(RefusableForm):
    """A lawyer's edited file."""

    file = forms.FileField(
        label=_("The edited file"),
        help_text=_("A Word document (.docx), up to 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        allow_empty_file=True,
    )


def seams(text: str) -> list[int]:
    """Natural places to split a clause, as places in its text."""
    return [found.end() for found in _SEAM.finditer(text)][:_MOST_SEAMS]


class PublishTextForm(OptimisticLockForm):
    """The button that publishes a preview, as the officer has read it."""

    is_compared = forms.BooleanField(
        label=_("I have compared this text with the PDF"), required=False
    )

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.consultation = consultation

    def current_values(self, row: Consultation) -> dict[str, Any]:
        previews = Version.objects.filter(draft=row.draft_id).previews()
        clauses = Clause.objects.filter(version__in=previews).in_order().defer("html")
        return {"_preview": _words_of(clauses)}

    def seen_values(self) -> dict[str, Any]:
        return self.current_values(self.consultation)


class RepairForm(OptimisticLockForm):
    """Form to repair clauses chosen in the tree of a preview, as the officer has read it."""

    def __init__(self, *args: Any, clauses: Iterable[Clause], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clauses = clauses

    def current_values(self, row: Version) -> dict[str, Any]:
        return {"_preview": _words_of(row.outline().defer("html"))}

    def seen_values(self) -> dict[str, Any]:
        return {"_preview": _words_of(self.clauses)}


def _words_of(clauses: Iterable[Clause]) -> list[str]:
    """Words of a preview's clauses for an officer, in its order."""
    return [
        f"{clause.position}|{clause.depth}|{clause.kind}|{clause.marker}|{clause.text}"
        for clause in clauses
    ]


class ClauseForm(OptimisticLockForm):
    """A form that mends a clause of a preview, as the person read it and the one after it."""

    prefix = "join"

    def __init__(self, *args: Any, clause: Clause, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clause = clause

    def current_values(self, row: Clause) -> dict[str, Any]:
        after = Clause.objects.filter(version=row.version_id, position=row.position + 1)
        following = after.values_list("pk", "marker", "text").first()
        return {"_clause": [row.marker, row.text], "_following": list(following or ())}

    def seen_values(self) -> dict[str, Any]:
        return self.current_values(self.clause)


class SplitForm(ClauseForm):
    """Form for the start of the second half: a sentence chosen, or words typed."""

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
        super().__init__(*args, clause=clause, **kwargs)
        self.text = clause.text
        self._offer_seams()

    def _offer_seams(self) -> None:
        choices = [(place, Truncator(self.text[place:]).words(12)) for place in seams(self.text)]
        if "at" in self.fields:
            offer_choices(self, "at", choices)
        if not choices:
            self.fields.pop("at", None)
            self.fields["words"].label = _("Words with which the second part begins")
            self.fields["words"].required = True

    def _show_conflict(self, row: Clause) -> None:
        """A place in the former text is none in this one: it is chosen anew."""
        super()._show_conflict(row)
        if isinstance(self.data, QueryDict):  # a copy of its own by now
            self.data.pop(self.add_prefix("at"), None)
        self.text = row.text
        self._offer_seams()

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


class RenumberForm(ClauseForm):
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
        kwargs["initial"] = self.current_values(clause)
        super().__init__(*args, clause=clause, **kwargs)
        offer_choices(self, "depth", [(level, str(level)) for level in range(deepest + 1)])

    def current_values(self, row: Clause) -> dict[str, Any]:
        return {"marker": row.marker, "kind": row.kind, "depth": row.depth}

    def seen_values(self) -> dict[str, Any]:
        return {}


class RewordForm(ClauseForm):
    """The words of a clause."""

    prefix = "reword"
    text = TextField(
        label=_("Words of the clause"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "To correct a slip of the import. The former words stay in the list of changes."
        ),
    )

    def __init__(self, *args: Any, clause: Clause, **kwargs: Any) -> None:
        kwargs["initial"] = self.current_values(clause)
        super().__init__(*args, clause=clause, **kwargs)

    def current_values(self, row: Clause) -> dict[str, Any]:
        return {"text": row.text}

    def seen_values(self) -> dict[str, Any]:
        return {}
