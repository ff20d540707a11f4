"""Secret votes of the council on paper: ballots, who received one, and the count (ADR 105).

No row says how anybody voted: a ballot on paper is counted by a commission, and only its figures
come here.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from meetings.agenda.models import Item
from meetings.deputies.models import Deputy
from meetings.documents.models import MeetingDocument


class SecretMatter(models.TextChoices):
    """A matter on which the council decides by secret ballot: 280/97-ВР art. 59(3) lists them by
    items of other articles. Their words are not checked against the text of those articles."""

    SECRETARY = "26-4", _("election and dismissal of the secretary of the council – art. 26(1)(4)")
    HEAD = "26-16", _("early end of the powers of the head of the city – art. 26(1)(16)")
    CHAIR = "43-1", _("a matter of art. 43(1)(1), of district and regional councils")
    ADMINISTRATION = "43-29", _("a matter of art. 43(1)(29), of district and regional councils")
    OTHER_43 = "43-31", _("a matter of art. 43(1)(31), of district and regional councils")
    CHAIR_55 = "55", _("a matter of art. 55: the chair of a district or regional council")
    DEPUTY_CHAIR_56 = "56", _("a matter of art. 56: the deputy chair of such a council")

    @property
    def article(self) -> str:
        """The part of art. 59(3) that names it, as the law is cited."""
        article, _dash, number = self.value.partition("-")
        return (
            f"280/97-ВР, 59(3), {article}(1)({number})"
            if number
            else f"280/97-ВР, 59(3), {article}"
        )


class PaperBallot(models.Model):
    """A secret vote on an item by ballots of paper.

    Ballots are given out until it is sealed; two members of the counting commission then enter the
    same figures (``protocol``), and it is counted; it is published with the signed scan. Counted,
    PostgreSQL lets nothing of it change but the scan and ``published_at``.
    """

    class Kind(models.TextChoices):
        ELECTION = "election", _("an election: one of the candidates")
        DECISION = "decision", _("a decision: for or against")

    #: What a decision is chosen from.
    FOR, AGAINST = "for", "against"

    item = models.ForeignKey(Item, models.PROTECT, related_name="paper_ballots")
    matter = models.CharField(_("which matter"), max_length=6, choices=SecretMatter)
    kind = models.CharField(_("what is decided"), max_length=8, choices=Kind)
    question = models.CharField(_("what stands on the ballot"), max_length=1000)
    #: Candidates; of a decision FOR and AGAINST.
    options = ArrayField(models.CharField(max_length=300), verbose_name=_("candidates"))
    #: The ballot that decided nothing and is repeated by this one (a second round).
    repeats = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="repeated_by"
    )
    membership = models.PositiveSmallIntegerField(editable=False)
    counts_head = models.BooleanField(default=False, editable=False)
    opened_at = models.DateTimeField(editable=False)
    #: Voting has ended: nobody receives a ballot any more, the box is opened.
    sealed_at = models.DateTimeField(null=True, editable=False)
    counted_at = models.DateTimeField(null=True, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    cancelled_at = models.DateTimeField(null=True, editable=False)
    cancelled_reason = models.CharField(_("reason"), max_length=500, blank=True, editable=False)
    #: The entry whose figures a second member has entered, too.
    protocol = models.OneToOneField(
        "meetings.ProtocolEntry", models.PROTECT, null=True, editable=False, related_name="+"
    )
    #: The signed protocol of the commission.
    scan = models.OneToOneField(
        MeetingDocument, models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(sealed_at=None, cancelled_at=None),
                name="paper_ballot_one_open",
            ),
            models.CheckConstraint(
                name="paper_ballot_asks_something",
                condition=~Q(question="") & Q(membership__gte=1) & Q(options__len__gte=1),
            ),
            models.CheckConstraint(
                name="paper_ballot_moments",
                condition=(Q(sealed_at=None) | Q(sealed_at__gte=F("opened_at")))
                & (
                    Q(counted_at=None, protocol=None)
                    | Q(
                        counted_at__isnull=False,
                        counted_at__gte=F("sealed_at"),
                        sealed_at__isnull=False,
                        protocol__isnull=False,
                    )
                )
                & (
                    Q(published_at=None)
                    | Q(
                        counted_at__isnull=False,
                        published_at__gte=F("counted_at"),
                        scan__isnull=False,
                    )
                ),
            ),
            models.CheckConstraint(
                name="paper_ballot_cancelled_with_reason",
                condition=Q(cancelled_at=None, cancelled_reason="")
                | Q(cancelled_at__isnull=False, counted_at=None) & ~Q(cancelled_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.question


class CommissionMember(models.Model):
    """A member of the council whom it chose into the counting commission of a ballot."""

    ballot = models.ForeignKey(PaperBallot, models.PROTECT, related_name="commission")
    deputy = models.ForeignKey(Deputy, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["deputy__name_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "deputy"], name="commission_member_once")
        ]

    def __str__(self) -> str:
        return f"{self.ballot_id}: {self.deputy_id}"


class BallotReceipt(models.Model):
    """A member received a ballot; marked by the commission until the ballot is sealed."""

    ballot = models.ForeignKey(PaperBallot, models.PROTECT, related_name="receipts")
    deputy = models.ForeignKey(Deputy, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["deputy__name_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "deputy"], name="ballot_receipt_once")
        ]

    def __str__(self) -> str:
        return f"{self.ballot_id}: {self.deputy_id}"


class ProtocolEntry(models.Model):
    """The figures of the commission's protocol as one of its members has entered them.

    PostgreSQL keeps the arithmetic, that as many ballots were issued as receipts are marked, and
    lets nothing change once the ballot is counted.
    """

    ballot = models.ForeignKey(PaperBallot, models.PROTECT, related_name="entries")
    member = models.OneToOneField(CommissionMember, models.PROTECT, related_name="entry")
    issued = models.PositiveSmallIntegerField(_("ballots issued"))
    in_box = models.PositiveSmallIntegerField(_("ballots in the box"))
    not_returned = models.PositiveSmallIntegerField(_("ballots not put into the box"))
    valid = models.PositiveSmallIntegerField(_("valid ballots"))
    spoiled = models.PositiveSmallIntegerField(_("spoiled ballots"))
    #: Of each option, in the order of the ballot.
    votes = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("votes"))
    at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="protocol_issued", condition=Q(issued=F("in_box") + F("not_returned"))
            ),
            models.CheckConstraint(
                name="protocol_in_box", condition=Q(in_box=F("valid") + F("spoiled"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ballot_id}: {self.member_id}"
