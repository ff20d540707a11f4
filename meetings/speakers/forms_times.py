"""The form of the times for speeches. It gathers; the rules judge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.optimistic_lock import OptimisticLockForm
from meetings.deputies.forms_desk import UniqueForm
from meetings.events import CouncilChanged
from meetings.models import Body, Speaker, SpeakingTimes
from meetings.speakers.rules import MOST_SECONDS


def _seconds(label: Any, help_text: Any = "") -> forms.IntegerField:
    attrs = {"class": "govuk-input--width-5", "inputmode": "numeric"}
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=1,
        max_value=MOST_SECONDS,
        widget=forms.NumberInput(attrs=attrs),
    )


class TimesForm(OptimisticLockForm, UniqueForm):
    """Seconds for each kind of speech."""

    saved_in = (CouncilChanged,)
    saved_id = "body_id"

    speech = _seconds(
        _("Speech, seconds"),
        _("As the rules of procedure of the body say. Each speaker can be given another time."),
    )
    reply = _seconds(_("Reply, seconds"))
    order = _seconds(_("Point of order, seconds"))
    rapporteur = _seconds(_("Rapporteur, seconds"))

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        kwargs["initial"] = {**self.current_values(body)}
        super().__init__(*args, **kwargs)

    def current_values(self, row: Body) -> Mapping[str, Any]:
        times = SpeakingTimes.objects.filter(body=row).first() or SpeakingTimes()
        return {kind: times.seconds_of(kind) for kind in Speaker.Kind.values}
