"""Forms of the council's pages. They gather what was written; the rules judge it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.form_drafts import DeviceDrafts
from core.web.forms import RefusableForm, TextField
from core.web.optimistic_lock import OptimisticLockForm
from newsroom.council_pages.actions import PageText
from newsroom.council_pages.models import LONGEST_TEXT
from newsroom.events import PageAdded, PageChanged
from newsroom.models import Page, PageVersion

#: Long texts that the device keeps until they are sent, by form.
DRAFTS = DeviceDrafts("page", dict.fromkeys(("new", "edit"), ("text", "text_en")))
_COLUMNS = ("title", "text", "title_en", "text_en")


class _TextForm(RefusableForm):
    """Form for a page's text, in Ukrainian and, where there is a translation, in English."""

    refused_at = {
        "page.address_taken": "slug",
        "page.reason_missing": "reason",
        "page.english_without_title": "title_en",
    }

    title = forms.CharField(label=_("Title"), max_length=150)
    text = TextField(
        label=_("Text"),
        max_length=LONGEST_TEXT,
        help_text=_(
            "Markdown: a line that begins with “# ” is a heading, with “- ” an item of a list; "
            "**strong**, [words of a link](https://…), tables with “|”."
        ),
        widget=forms.Textarea(attrs={"rows": 20}),
    )
    title_en = forms.CharField(label=_("Title in English"), max_length=150, required=False)
    text_en = TextField(
        label=_("Text in English"),
        max_length=LONGEST_TEXT,
        required=False,
        help_text=_("Empty: the English page shows the Ukrainian text, and says so."),
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    def page_text(self) -> PageText:
        """Arguments of the actions."""
        return PageText(**{name: self.cleaned_data[name] for name in _COLUMNS})


class NewPageForm(_TextForm):
    """A page that is not there yet."""

    field_order = ("slug", *_COLUMNS)

    slug = forms.SlugField(
        label=_("Address"),
        max_length=60,
        help_text=_("The last part of /about/…/: Latin letters, digits and hyphens."),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )


class PageForm(OptimisticLockForm, _TextForm):
    """Another version of a page."""

    saved_in = (PageAdded, PageChanged)
    saved_id = "page_id"
    field_order = (*_COLUMNS, "reason")

    reason = forms.CharField(
        label=_("What is changed, and why"),
        max_length=PageVersion._meta.get_field("reason").max_length,
        help_text=_("Everybody reads it in the list of versions, with your name."),
    )

    def __init__(self, *args: Any, page: Page, **kwargs: Any) -> None:
        kwargs["initial"] = self.current_values(page)
        super().__init__(*args, **kwargs)

    def current_values(self, row: Page) -> Mapping[str, Any]:
        newest = row.versions.latest("number")
        return {name: getattr(newest, name) for name in _COLUMNS}
