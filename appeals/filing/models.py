"""The appeal and its state."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now, Upper
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from appeals.filing.checks import CHECKS
from appeals.querysets import AppealQuerySet
from appeals.register.models import Category
from core.domain.email_addresses import EmailModelField


class State(models.TextChoices):
    RECEIVED = "received", _("registered")
    IN_WORK = "in_work", _("under consideration")
    RETURNED = "returned", _("returned to the applicant")
    FORWARDED = "forwarded", _("forwarded to the competent body")
    NOT_CONSIDERED = "not_considered", _("left without consideration")
    MOVED = "moved", _("considered as an administrative case")
    ANSWERED = "answered", _("answer given")
    REOPENED = "reopened", _("reopened by the applicant")
    WITHDRAWN = "withdrawn", _("withdrawn by the applicant")
    GIVEN_BACK = "given_back", _("considered as a petition again")


#: Kilobytes of a GIN index that wait to be merged into it.
_PENDING = 256
#: Of what most appeals do not have when they are filed, only those that have it are indexed.
_KNOWN = [
    models.Index(fields=[name], condition=Q(**{f"{name}__isnull": False}), name=f"appeal_{name}")
    for name in (
        *("organisation", "registered_by", "theme", "category", "district", "street", "officer"),
        *("about_department", "about_person"),
    )
]
#: In which the council still owes an answer.
OPEN_STATES = frozenset({State.RECEIVED, State.IN_WORK, State.REOPENED})


class Appeal(models.Model):
    """One appeal of a person, or one request for public information, from its receipt on.

    Its state is derived from its moments. Each is written once by the action of its name, but
    ``answered_at`` and ``closed_at``, which an appeal that was reopened gets again. ``closed_at``
    goes with every ending: until then the council owes an answer.

    Private (393/96-ВР art. 10): who works on it reads it (``Appeal.objects.worked_on_by``), and its
    applicant (appeals.filing.access).
    """

    class Kind(models.TextChoices):
        """393/96-ВР art. 3; 2939-VI art. 19."""

        PROPOSAL = "proposal", _("proposal (remark)")
        APPLICATION = "application", _("application (request)")
        COMPLAINT = "complaint", _("complaint")
        REQUEST = "request", _("request for public information")

    class Via(models.TextChoices):
        PAGE = "page", _("by the form on this site")
        API = "api", _("by a program")
        LETTER = "letter", _("by letter")
        TELEPHONE = "telephone", _("by telephone")
        VISIT = "visit", _("at a personal reception")
        PETITION = "petition", _("as a petition without enough signatures")

    class Privileged(models.TextChoices):
        """Whose appeals are considered first (393/96-ВР art. 20; categories of КМУ 858)."""

        HERO = "hero", _("Hero of Ukraine, of the Soviet Union or of Socialist Labour")
        COMBATANT = "combatant", _("combatant")
        WAR_DISABLED = "war_disabled", _("person with a disability due to the war")
        WAR_PARTICIPANT = "war_participant", _("war participant (status by law 3551-XII)")
        FAMILY_OF_FALLEN = "family_of_fallen", _("family of a fallen defender of Ukraine")
        CHILD_OF_WAR = "child_of_war", _("“child of war” (status by law 2195-IV)")
        DISABLED = "disabled", _("person with a disability")
        DISABLED_CHILD = "disabled_child", _("child with a disability")
        CHORNOBYL = "chornobyl", _("affected by the Chornobyl disaster")
        MOTHER_HEROINE = "mother_heroine", _("“Mother Heroine” (honorary title of Ukraine)")
        LARGE_FAMILY = "large_family", _("family with many children")
        SINGLE_MOTHER = "single_mother", _("single mother")
        DISPLACED = "displaced", _("internally displaced person")
        LABOUR_VETERAN = "labour_veteran", _("veteran of labour")

    class ReturnedFor(models.TextChoices):
        MALFORMED = "malformed", _("not made out as the law asks (393/96-ВР art. 5)")
        INSUFFICIENT = "insufficient", _("without the data needed to decide (393/96-ВР art. 7)")

    class RefusedFor(models.TextChoices):
        """393/96-ВР arts 8, 17."""

        ANONYMOUS = "anonymous", _("anonymous")
        REPEATED = "repeated", _("repeated, decided on the merits before")
        OUT_OF_TIME = "out_of_time", _("a complaint after its term")
        INCAPABLE = "incapable", _("from a person whom a court declared incapable")

    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    via = models.CharField(_("how it came"), max_length=10, choices=Via, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        db_index=False,
        editable=False,
        related_name="appeals",
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        models.PROTECT,
        null=True,
        db_index=False,
        editable=False,
        related_name="+",
    )
    #: One without an account here, of which a letter on paper came.
    organisation_name = models.CharField(_("organisation"), max_length=300, blank=True)
    organisation_code = models.CharField(_("ЄДРПОУ"), max_length=8, blank=True)
    #: What it was before it came as an appeal: words for people, and the path of its page.
    origin = models.CharField(max_length=200, blank=True, editable=False)
    origin_path = models.CharField(max_length=200, blank=True, editable=False)
    #: Who of the council registered what came on paper or by word of mouth.
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        db_index=False,
        editable=False,
        related_name="+",
    )
    name = models.CharField(_("full name"), max_length=200, blank=True)
    residence = models.CharField(_("place of residence"), max_length=300, blank=True)
    email = EmailModelField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    is_collective = models.BooleanField(_("collective"), default=False)
    people = models.PositiveIntegerField(_("how many people"), default=1)
    subject = models.CharField(_("what it is about"), max_length=200)
    text = models.TextField(_("text"), max_length=20_000)
    theme = models.ForeignKey(
        "city.Theme", models.PROTECT, null=True, db_index=False, blank=True, verbose_name=_("theme")
    )
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, db_index=False, blank=True, verbose_name=_("category")
    )
    district = models.ForeignKey(
        "city.District",
        models.SET_NULL,
        null=True,
        db_index=False,
        blank=True,
        verbose_name=_("district"),
    )
    street = models.ForeignKey(
        "city.Street",
        models.PROTECT,
        null=True,
        db_index=False,
        blank=True,
        verbose_name=_("street"),
    )
    house = models.CharField(_("house"), max_length=20, blank=True)
    privileged = models.CharField(
        _("privileged category"), max_length=20, choices=Privileged, blank=True
    )
    #: What the order of the desk begins with: 0 for requests answered within 48 hours (2939-VI
    #: art. 20(2)), 1 for privileged applicants (393/96-ВР art. 20), 2 for all others.
    precedence = models.GeneratedField(
        expression=models.Case(
            models.When(term="urgent", then=0), models.When(privileged="", then=2), default=1
        ),
        output_field=models.SmallIntegerField(),
        db_persist=True,
    )
    #: Whom a complaint is about: neither considers it (393/96-ВР art. 7).
    about_department = models.ForeignKey(
        "city.Department",
        models.PROTECT,
        null=True,
        db_index=False,
        blank=True,
        verbose_name=_("department that it is about"),
        related_name="+",
    )
    about_person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        db_index=False,
        blank=True,
        verbose_name=_("official whom it is about"),
        related_name="+",
    )

    received_at = models.DateTimeField(db_default=Now(), editable=False)
    registered_on = models.DateField(editable=False)
    #: Of the day of registration; null only until the end of the transaction that registers it.
    number = models.PositiveIntegerField(null=True, editable=False)
    #: By what a person without an account reads it (appeals/secrets.py).
    secret_hash = models.BinaryField(max_length=32, null=True, editable=False)
    #: Of a new secret that was mailed: it takes the place of the other when it is first used.
    next_secret_hash = models.BinaryField(max_length=32, null=True, editable=False)

    #: The office has checked it and taken it to be considered.
    accepted_at = models.DateTimeField(null=True, editable=False)
    department = models.ForeignKey(
        "city.Department",
        models.PROTECT,
        null=True,
        db_index=False,
        editable=False,
        verbose_name=_("responsible department"),
        related_name="appeals",
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        db_index=False,
        editable=False,
        related_name="+",
    )
    #: A code of appeals/terms.py, and the first moment at which the answer is late.
    term = models.CharField(max_length=20, editable=False)
    due_at = models.DateTimeField(editable=False)
    extended_at = models.DateTimeField(null=True, editable=False)
    extension_reason = models.CharField(max_length=1000, blank=True, editable=False)
    #: When a request was postponed for force majeure (2939-VI art. 22), and why.
    postponed_at = models.DateTimeField(null=True, editable=False)
    postponement_reason = models.CharField(
        max_length=1000, blank=True, default="", db_default="", editable=False
    )
    #: The head of the body was asked to decide about it (393/96-ВР arts 8, 20): from then on they
    #: and their deputies may read it.
    decision_asked_at = models.DateTimeField(null=True, editable=False)

    returned_at = models.DateTimeField(null=True, editable=False)
    returned_for = models.CharField(max_length=15, choices=ReturnedFor, blank=True, editable=False)
    forwarded_at = models.DateTimeField(null=True, editable=False)
    forwarded_to = models.CharField(max_length=300, blank=True, editable=False)
    refused_at = models.DateTimeField(null=True, editable=False)
    refused_for = models.CharField(max_length=15, choices=RefusedFor, blank=True, editable=False)
    moved_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    #: The petition that it was has enough signatures after all.
    given_back_at = models.DateTimeField(null=True, editable=False)
    #: What the applicant was told of its ending without an answer: what is missing, why.
    ending_note = models.TextField(max_length=2000, blank=True, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    reopened_at = models.DateTimeField(null=True, editable=False)
    reopening_reason = models.TextField(max_length=2000, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    #: Who it was from was deleted after its term (appeals/personal_data.py).
    emptied_at = models.DateTimeField(null=True, editable=False)

    #: Of the words of its text, for finding that somebody sent the same before.
    digest = models.BinaryField(max_length=32, editable=False)
    search = SearchVectorField(null=True, editable=False)

    objects = AppealQuerySet.as_manager()

    class Meta:
        constraints = [
            *CHECKS,
            models.UniqueConstraint(
                fields=["registered_on", "number"], name="appeal_number_of_its_day"
            ),
        ]
        indexes = [
            models.Index(
                fields=["author", "-id"], condition=Q(author__isnull=False), name="appeal_author"
            ),
            *_KNOWN,
            # The order of the desk: urgent and privileged ones first, then by when they are due.
            models.Index(
                fields=["precedence", "due_at", "id"],
                condition=Q(closed_at=None),
                name="appeal_desk",
            ),
            models.Index(fields=["department", "due_at", "id"], name="appeal_department"),
            # The desk's list of what was answered, the newest first.
            models.Index(
                fields=["-answered_at", "-id"],
                condition=Q(answered_at__isnull=False),
                name="appeal_answered",
            ),
            models.Index(fields=["digest"], name="appeal_repeated"),
            models.Index(
                fields=["due_at", "id"],
                condition=Q(decision_asked_at__isnull=False),
                name="appeal_decision_asked",
            ),
            # Earlier ones of the same applicant (reading.find_repeats).
            models.Index(
                Upper("name"), F("id").desc(), condition=~Q(name=""), name="appeal_same_name"
            ),
            models.Index(
                Upper("organisation_name"),
                F("id").desc(),
                condition=~Q(organisation_name=""),
                name="appeal_same_organisation",
            ),
            models.Index(
                Upper("email"), F("id").desc(), condition=~Q(email=""), name="appeal_same_email"
            ),
            models.Index(
                fields=["closed_at"], condition=Q(emptied_at=None), name="appeal_kept_since"
            ),
            # Whoever files merges what was added lately into these two, under the lock of the day:
            # a little each time, and not 4 MB at once.
            GinIndex(fields=["search"], name="appeal_search", gin_pending_list_limit=_PENDING),
            GinIndex(
                fields=["name"],
                opclasses=["gin_trgm_ops"],
                name="appeal_name_likeness",
                gin_pending_list_limit=_PENDING,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.subject}"

    def get_absolute_url(self) -> str:
        return reverse("appeals:detail", args=[self.pk])

    @property
    def label(self) -> str:
        """Its number as people write it: «12-27.11.2026»."""
        return f"{self.number or '?'}-{self.registered_on:%d.%m.%Y}"

    @property
    def topic(self) -> str:
        return f"appeal:{self.pk}"

    @property
    def is_request(self) -> bool:
        """A request for public information, with the terms of 2939-VI."""
        return self.kind == self.Kind.REQUEST

    @property
    def named_organisation(self) -> str:
        """In whose name it is: an organisation's with an account or without; "" for a person's."""
        return self.organisation.name if self.organisation else self.organisation_name

    @property
    def has_readers_page(self) -> bool:
        """Its applicant can open its page: by their account, or by number and secret."""
        if self.author is not None:
            return self.author.erased_at is None
        return self.secret_hash is not None

    def state_at(self, now: datetime) -> State:
        """State at ``now`` (aware; core.domain.clock.now())."""
        if self.closed_at is None or self.closed_at > now:
            if self.reopened_at:
                return State.REOPENED
            return State.IN_WORK if self.accepted_at else State.RECEIVED
        for column, state in _ENDINGS.items():
            if getattr(self, column):
                return state
        return State.ANSWERED

    def is_late_at(self, now: datetime) -> bool:
        """The answer was, or is, late: what is done before ``due_at`` is in time."""
        return self.due_at <= (self.closed_at or now)


#: The endings without an answer: at most one of them.
_ENDINGS = {
    "given_back_at": State.GIVEN_BACK,
    "withdrawn_at": State.WITHDRAWN,
    "returned_at": State.RETURNED,
    "forwarded_at": State.FORWARDED,
    "refused_at": State.NOT_CONSIDERED,
    "moved_at": State.MOVED,
}
