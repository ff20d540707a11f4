"""Forms of the video of a meeting."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import RefusableForm


class SubtitlesForm(RefusableForm):
    """A file with subtitles."""

    refused_at = dict.fromkeys(
        (
            *("subtitles.too_large", "subtitles.not_text", "subtitles.wrong_times"),
            *("subtitles.too_many", "subtitles.none"),
        ),
        "file",
    )

    file = forms.FileField(
        label=_("File with subtitles"),
        help_text=_(
            "WebVTT (.vtt) or SubRip (.srt), up to 2 MB, with the times of the video. It takes the "
            "place of the subtitles that are there."
        ),
        widget=forms.FileInput(attrs={"accept": ".vtt,.srt,text/vtt,application/x-subrip"}),
        allow_empty_file=True,
    )
