"""Names of columns in a council's voting file."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from meetings.deputies.models import Body


class VotingColumns(models.Model):
    """The heads of the columns of the voting system's file that hold names and votes: chosen once
    for a body, offered again with its next file."""

    body = models.OneToOneField(
        Body, models.CASCADE, primary_key=True, related_name="voting_columns"
    )
    names = models.CharField(max_length=200)
    #: Empty: the file says who is present alone.
    votes = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="voting_columns_of_names", condition=~Q(names="")),
        ]

    def __str__(self) -> str:
        return f"{self.names}, {self.votes}"
