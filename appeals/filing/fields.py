"""Fields of the applicant's forms: kinds with their meaning, several files, plain lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from appeals.models import Appeal
from core.db.search import clean
from core.web.invisible_characters import hides_something

#: What each kind is, in a sentence.
MEANINGS: Mapping[str, str | Promise] = {
    Appeal.Kind.PROPOSAL: _("You advise how something in the city could be better."),
    Appeal.Kind.APPLICATION: _(
        "You ask for help with your rights, or report that something is out of order."
    ),
    Appeal.Kind.COMPLAINT: _(
        "Somebody in office did, decided or left undone what violates your rights."
    ),
    Appeal.Kind.REQUEST: _(
        "You ask for documents or data that the council has; an answer within 5 working days."
    ),
}
#: The kinds as one chooses them, in plain words.
KINDS = (
    (Appeal.Kind.PROPOSAL, _("Proposal (remark)")),
    (Appeal.Kind.APPLICATION, _("Application (petition for a right)")),
    (Appeal.Kind.COMPLAINT, _("Complaint")),
    (Appeal.Kind.REQUEST, _("Request for information")),
)


class ExplainedRadios(forms.RadioSelect):
    """Radios with a sentence under each."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if meaning := MEANINGS.get(str(value)):
            option["hint"] = meaning
            if identity := option["attrs"].get("id"):
                option["attrs"]["aria-describedby"] = f"{identity}-hint"
        return option


class LineField(forms.CharField):
    """One line without what cannot be seen, and no more than one space on end."""

    def clean(self, value: Any) -> str:
        line = clean(super().clean(value))
        if hides_something(line):
            raise forms.ValidationError(
                _("There are signs here that cannot be seen. Please type it anew."), code="unseen"
            )
        return line


class FilesInput(forms.ClearableFileInput):
    """A file input that takes several."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Several files; their content is judged by appeals.filing.files."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        given = data if isinstance(data, list | tuple) else [data]
        return [each for each in given if each]
