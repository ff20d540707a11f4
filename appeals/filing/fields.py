"""Fields of the applicant's forms: several files, plain lines."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from core.db.search import clean
from core.domain.invisible_characters import hides_something


class LineField(forms.CharField):
    """One line without what cannot be seen, and no more than one space on end."""

    def clean(self, value: Any) -> str:
        line = clean(super().clean(value))
        if hides_something(line):
            raise forms.ValidationError(
                _("There are invisible characters here. Please type it again."), code="unseen"
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
