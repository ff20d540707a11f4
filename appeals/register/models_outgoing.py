"""The register of outgoing letters: every year's numbers begin with 1 and have no gaps."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from appeals.answers.models import Answer
from appeals.filing.models import Appeal


class OutgoingYear(models.Model):
    """A year and the last number that it has given. Its row is the counter, locked until COMMIT."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class OutgoingLetter(models.Model):
    """A letter about an appeal that left the council, with its registration index (ДСТУ 4163:2020).

    It says nothing of what the letter says: that is made anew from the answer or the entry.
    """

    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    day = models.DateField()
    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="outgoing")
    #: Which letter (letters.wording.LetterKind), and of which answer, if it is one.
    kind = models.CharField(max_length=15)
    answer = models.ForeignKey(Answer, models.PROTECT, null=True, db_index=False, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="outgoing_number_of_its_year"),
            models.CheckConstraint(name="outgoing_numbered_from_one", condition=Q(number__gte=1)),
            models.UniqueConstraint(
                fields=["answer"], condition=Q(answer__isnull=False), name="outgoing_answer_once"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """Its index as it stands on the letter: «125/вих-2026»."""
        return f"{self.number}/вих-{self.year}"
