"""Officers' answers about the procedure of a consultation, and its public discussions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Ground(models.TextChoices):
    """For what a council holds a public discussion beside the electronic consultation (law 3841-IX
    art. 12(2)1–4)."""

    DELEGATION = "delegation", _("delegation of powers of local self-government")
    BUSINESSES = (
        "businesses",
        _("privileges, advantages or limits for particular businesses"),
    )
    STRATEGY = "strategy", _("strategic plan of the community’s development, or a change of it")
    SYMBOLS = "symbols", _("symbols of the community")


class Platform(models.TextChoices):
    """Whether it also stands on the national platform (law 3841-IX art. 14(2))."""

    THERE = "there", _("It stands there too, at this address")
    ABSENT = "absent", _("It is not there: it is held on this site alone")


class ProcedureAnswers(models.Model):
    """An officer's answers about the procedure of one consultation; everybody reads them."""

    consultation = models.OneToOneField(
        "consultations.Consultation", models.CASCADE, primary_key=True, related_name="answers"
    )
    #: The day on which the document was put up on notice boards (law 3841-IX art. 7(7)).
    posted_on = models.DateField(_("put up on notice boards on"), null=True, blank=True)
    posted_where = models.CharField(_("on which notice boards"), max_length=300, blank=True)
    #: Values of Ground; None: nobody has answered, []: none of them.
    discussion_grounds = models.JSONField(null=True, blank=True)
    platform = models.CharField(_("national platform"), max_length=10, choices=Platform, blank=True)
    platform_url = models.URLField(_("address on the platform"), max_length=500, blank=True)
    #: Whether small businesses are more than a tenth of those whom the act meets; None: not said.
    needs_sme_test = models.BooleanField(_("М-тест"), null=True, blank=True)
    #: The officer says that nothing in the text changed after the consultation (art. 19(2)).
    is_text_unchanged = models.BooleanField(_("the text did not change"), default=False)
    #: Why it is announced without what martial law makes a recommendation.
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="answers_known_grounds",
                condition=Q(discussion_grounds=None)
                | Q(discussion_grounds__contained_by=Ground.values),
            ),
            models.CheckConstraint(
                name="answers_platform_with_address",
                condition=(Q(platform="there") & ~Q(platform_url=""))
                | (~Q(platform="there") & Q(platform_url="")),
            ),
            models.CheckConstraint(
                name="answers_posted_somewhere",
                condition=Q(posted_on=None, posted_where="")
                | (Q(posted_on__isnull=False) & ~Q(posted_where="")),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class PublicDiscussion(models.Model):
    """An event of a public discussion: its form, day and place (law 3841-IX arts 9(1)3, 12(3)).

    It is published from the moment it is entered, three working days before it at least.
    """

    class Form(models.TextChoices):
        ROUND_TABLE = "round_table", _("round table")
        HEARING = "hearing", _("hearing")
        CONFERENCE = "conference", _("conference")
        FOCUS_GROUP = "focus_group", _("focus group")
        MEETING = "meeting", _("meeting with people")
        ONLINE = "online", _("online conference")

    consultation = models.ForeignKey(
        "consultations.Consultation", models.CASCADE, related_name="discussions"
    )
    form = models.CharField(_("form"), max_length=12, choices=Form)
    held_at = models.DateTimeField(_("day and time"))
    place = models.CharField(_("place or link"), max_length=300)
    published_at = models.DateTimeField(db_default=Now(), editable=False)
    #: Why it does not take place; "": it does.
    cancelled_reason = models.CharField(_("why it is cancelled"), max_length=500, blank=True)

    class Meta:
        ordering = ["held_at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_form_display()}, {self.place}"
