"""Forms of /start/: what somebody wants to say and what for; what staff suggest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from appeals.tracks.rules import LONGEST_WORDS
from core.web.form_drafts import LONGEST
from core.web.forms import RefusableForm, TextField, offer_choices
from core.web.radios import ExplainedRadios
from portal.tracks.presenters import Track
from portal.tracks.tracks import UNSURE


class StartForm(RefusableForm):
    """Form for a wish to the city, in one's own words. Nothing of it is stored."""

    marks_optional = False

    text = TextField(
        label=_("Write it in your own words"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What happened or what you propose, and where. You can change it later."),
        error_messages={"required": _("Write what you want to say: a sentence is enough.")},
    )
    track = forms.ChoiceField(label=_("What do you want?"), required=False, widget=ExplainedRadios)

    def __init__(self, *args: Any, tracks: Iterable[Track], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tracks = list(tracks)
        unsure = (UNSURE, _("Not sure yet"))
        offer_choices(self, "track", [*((each.code, each.label) for each in tracks), unsure])
        widget = self.fields["track"].widget
        if isinstance(widget, ExplainedRadios):
            all_ways = _("We show you all ways and what is close to your words.")
            widget.meanings = {each.code: each.meaning for each in tracks} | {UNSURE: all_ways}

    @property
    def track_code(self) -> str:
        """The chosen track; UNSURE where none is."""
        return self.cleaned_data.get("track") or UNSURE


class SuggestForm(RefusableForm):
    """Form for a public place for an applicant's letter to the council, with the reason."""

    refused_at: ClassVar[dict[str, str]] = {
        "appeal.track_missing": "track",
        "appeal.words_too_long": "words",
    }

    track = forms.ChoiceField(
        label=_("What may serve them too?"),
        choices=[("petition", _("a petition")), ("remark", _("a remark on a draft"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose where it can be said in public.")},
    )
    words = TextField(
        label=_("What else do you tell the applicant?"),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For example, the name of the draft that is being discussed."),
    )
