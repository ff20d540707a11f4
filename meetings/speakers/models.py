"""Speaking times in the meetings of a body, by its rules of procedure."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meetings.deputies.models import Body
from meetings.questions.models import Speaker

_Kind = Speaker.Kind


class SpeakingTimes(models.Model):
    """Seconds for each kind of speech in the meetings of a body, as its rules say (280/97-ВР art.
    46(15): the rules of procedure set how a session works). Without a row: the defaults."""

    body = models.OneToOneField(
        Body, models.PROTECT, primary_key=True, related_name="speaking_times"
    )
    speech = models.PositiveSmallIntegerField(pgettext_lazy("of a speaker", "speech"), default=180)
    reply = models.PositiveSmallIntegerField(pgettext_lazy("of a speaker", "reply"), default=60)
    order = models.PositiveSmallIntegerField(_("point of order"), default=60)
    rapporteur = models.PositiveSmallIntegerField(
        pgettext_lazy("of a speaker", "rapporteur"), default=600
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="speakingtimes_within",
                condition=Q(
                    speech__range=(1, 3600),
                    reply__range=(1, 3600),
                    order__range=(1, 3600),
                    rapporteur__range=(1, 3600),
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body_id}"

    def seconds_of(self, kind: str) -> int:
        """For one kind of speech."""
        found: int = getattr(self, _Kind(kind).value)
        return found
