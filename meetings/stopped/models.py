"""A decision that the head of the city has stopped (280/97-ВР art. 59(4))."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from meetings.rollcalls.models import RollCall


class Stop(models.Model):
    """The head of the city stopped a decision within five days and put it before the council again
    with reasons; the council considers it within two weeks and confirms it by two thirds of its
    total, or it does not take force.

    ``head``: the full name, as the document has it. Its last days are stored as counted when it is
    entered (meetings/terms.py).
    """

    roll_call = models.OneToOneField(RollCall, models.PROTECT, related_name="stop")
    #: The day of the head's document.
    on = models.DateField(_("stopped on"))
    head = models.CharField(_("full name of the head of the city"), max_length=200)
    remarks = models.TextField(_("the head’s reasoned remarks"), max_length=20_000)
    #: The document itself.
    document = models.OneToOneField(
        "meetings.MeetingDocument", models.PROTECT, null=True, editable=False, related_name="+"
    )
    #: The last day on which the head could, and that for the second vote.
    stop_due_on = models.DateField(editable=False)
    vote_due_on = models.DateField(editable=False)
    at = models.DateTimeField(editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    #: The council's second vote, which takes two thirds of the total; the last one where an
    #: annulled one was repeated. An annulled one decides nothing.
    second_vote = models.OneToOneField(
        RollCall, models.PROTECT, null=True, editable=False, related_name="second_vote_on"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="stop_with_reasons", condition=~Q(head="") & ~Q(remarks="")
            ),
            models.CheckConstraint(
                name="stop_within_five_days",
                condition=Q(on__lte=F("stop_due_on"), vote_due_on__gt=F("on")),
            ),
            models.CheckConstraint(
                name="stop_another_vote",
                condition=Q(second_vote=None) | ~Q(second_vote=F("roll_call")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.roll_call_id}: {self.on}"
