"""The register of documents: a row for each, with everything but the document's content."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

#: The longest name, and the longest of the other words, in characters.
LONGEST_TITLE, LONGEST_WORDS = 500, 300
#: The kinds of which the register tells numbers of a month alone (ADR 129).
COUNTED = ("proposal", "application", "complaint", "request", "appeals")


class DocumentQuerySet(models.QuerySet["Document"]):
    def entered(self) -> DocumentQuerySet:
        """Those that officers entered; the others fill themselves."""
        return self.filter(origin="")

    def kept_by(self, user: object) -> DocumentQuerySet:
        """Entered ones of the departments whose records this person keeps; administrators all."""
        if not getattr(user, "grants_in_force", ()):
            return self.none()
        if getattr(user, "is_administrator", False):
            return self.entered()
        return self.entered().filter(department_id__in=getattr(user, "department_ids", ()))


class Document(models.Model):
    """A document that the council holds, or a number of appeals of one month.

    The register is never restricted: of a restricted document it shows everything but the content
    and its address. A name that discloses something itself is entered in neutral words.
    """

    class Kind(models.TextChoices):
        """2939-VI art. 18(1): acts, minutes, reports, drafts, letters …"""

        ACT = "act", _("act")
        DRAFT = "draft", _("draft act")
        MINUTES = "minutes", _("minutes of a meeting")
        REPORT = "report", _("report of a consultation")
        ANSWER = "answer", _("published answer")
        PETITION_ANSWER = "petition-answer", _("answer to a petition")
        RELEASE = "release", _("news of the council")
        ORDER = "order", _("order of the mayor")
        PLAN = "plan", _("programme or plan")
        CONTRACT = "contract", _("contract")
        LETTER = "letter", pgettext_lazy("a kind of document", "letter")
        NOTE = "note", _("memorandum or proposal")
        OTHER = "other", pgettext_lazy("a kind of document", "other")
        PROPOSAL = "proposal", _("proposals of people")
        APPLICATION = "application", _("applications of people")
        COMPLAINT = "complaint", _("complaints of people")
        REQUEST = "request", _("requests for information")
        APPEALS = "appeals", _("appeals and requests of several kinds")

    class Carrier(models.TextChoices):
        ELECTRONIC = "electronic", _("electronic document")
        PAPER = "paper", pgettext_lazy("a carrier", "paper")
        BOTH = "both", _("electronic document and paper")
        AUDIO = "audio", _("audio recording")
        VIDEO = "video", _("video recording")
        FILM = "film", _("film or photograph")

    class Access(models.TextChoices):
        """2939-VI art. 6: three kinds of restricted information."""

        OPEN = "open", pgettext_lazy("access to a document", "open")
        CONFIDENTIAL = "confidential", _("confidential")
        OFFICIAL = "official", _("for official use")
        SECRET = "secret", pgettext_lazy("access to a document", "secret")

    #: The source that fills the row (records.documents.sources), and the id of its thing there; ""
    #: and null of what an officer entered.
    origin = models.CharField(max_length=20, blank=True, default="", editable=False)
    object_id = models.BigIntegerField(null=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    title = models.CharField(_("name"), max_length=LONGEST_TITLE)
    number = models.CharField(pgettext_lazy("of a document", "number"), max_length=50, blank=True)
    made_on = models.DateField(_("made on"))
    received_on = models.DateField(_("received on"), null=True, blank=True)
    author = models.CharField(
        _("source of the information: its author"), max_length=LONGEST_WORDS, blank=True
    )
    department = models.ForeignKey(
        "city.Department",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=pgettext_lazy("of a document", "holder"),
    )
    carrier = models.CharField(
        pgettext_lazy("of a document", "carrier"), max_length=10, choices=Carrier
    )
    place = models.CharField(_("form and place of storage"), max_length=LONGEST_WORDS)
    theme = models.ForeignKey(
        "city.Theme",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("of a document", "field"),
    )
    keywords = models.CharField(_("key words"), max_length=LONGEST_WORDS, blank=True)
    access = models.CharField(_("access"), max_length=12, choices=Access, default=Access.OPEN)
    ground = models.CharField(
        _("ground of the restriction by law"), max_length=LONGEST_WORDS, blank=True
    )
    #: Null of a restricted one: until the restriction is reviewed.
    restricted_until = models.DateField(_("restricted until"), null=True, blank=True)
    #: A path of ours without a language, or a URL; "" where the content is not on the internet.
    address = models.CharField(_("address on the internet"), max_length=500, blank=True)
    #: Of appeals and requests: how many, null: fewer than five.
    quantity = models.PositiveIntegerField(null=True, editable=False)
    #: Lemmas of what it is found by (core.db.search.document).
    search = SearchVectorField(editable=False)
    entered_at = models.DateTimeField(db_default=Now(), editable=False)
    changed_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["origin", "object_id"], name="document_once"),
            models.CheckConstraint(
                name="document_of_a_source_or_entered",
                condition=Q(origin="", object_id=None) | ~Q(origin="") & Q(object_id__isnull=False),
            ),
            models.CheckConstraint(
                name="document_with_its_words", condition=~Q(title="") & ~Q(place="")
            ),
            models.CheckConstraint(
                name="document_restricted_on_a_ground",
                condition=Q(access="open", ground="", restricted_until=None)
                | ~Q(access="open") & ~Q(ground=""),
            ),
            models.CheckConstraint(
                name="document_restricted_without_content",
                condition=Q(access="open") | Q(address=""),
            ),
            models.CheckConstraint(
                name="document_counted_without_more",
                condition=~Q(kind__in=COUNTED) & Q(quantity=None)
                | Q(kind__in=COUNTED, number="", author="", made_on__day=1, received_on=None)
                & ~Q(access="open")
                & (Q(quantity=None) | Q(quantity__gte=5)),
            ),
        ]
        indexes = [
            models.Index(fields=["-made_on", "-id"], name="documents_newest"),
            models.Index(fields=["kind", "-made_on", "-id"], name="documents_of_a_kind"),
            models.Index(fields=["-entered_at", "-id"], name="documents_entered"),
            GinIndex(fields=["search"], name="documents_search"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("documents:detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether everybody may read its content."""
        return self.access == self.Access.OPEN

    @property
    def is_counted(self) -> bool:
        """Whether it stands for appeals or requests of a month."""
        return self.kind in COUNTED

    @property
    def can_be_asked_for(self) -> bool:
        """Whether a request for information may ask for it: everything but numbers of appeals."""
        return not self.is_counted
