"""Model of notes between officers."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length, Now
from django.db.models.lookups import LessThanOrEqual

#: The longest note, in characters.
LONGEST_NOTE = 2000
#: For so long its author may withdraw it.
WITHDRAWABLE_FOR = timedelta(days=1)


class StaffNote(models.Model):
    """A note about a matter: an appeal, a petition and others (accounts/notes/matters.py).

    Whoever may work on the matter reads it, and nobody else. It is deleted with the matter. A
    withdrawn note keeps its author and its moments, without its words.
    """

    #: A kind of accounts/notes/matters.py, and the key of its row. No foreign key: the rows are
    #: those of upper apps.
    matter_kind = models.CharField(max_length=20, editable=False)
    matter_id = models.PositiveBigIntegerField(editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    words = models.TextField(max_length=LONGEST_NOTE, blank=True)
    written_at = models.DateTimeField(db_default=Now(), editable=False)
    #: A colleague who is told of it by mail; ``is_handed_over``: the matter is theirs from now on.
    mentioned = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    is_handed_over = models.BooleanField(default=False, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="staff_note_says_something_or_is_withdrawn",
                condition=Q(withdrawn_at=None) & ~Q(words="")
                | Q(withdrawn_at__isnull=False, words=""),
            ),
            models.CheckConstraint(
                name="staff_note_of_2000_characters",
                condition=LessThanOrEqual(Length("words"), LONGEST_NOTE),
            ),
            models.CheckConstraint(
                name="staff_note_withdrawn_within_a_day",
                condition=Q(withdrawn_at=None)
                | Q(withdrawn_at__lt=F("written_at") + WITHDRAWABLE_FOR),
            ),
            models.CheckConstraint(
                name="staff_note_handed_over_to_another",
                condition=Q(mentioned=None, is_handed_over=False)
                | Q(mentioned__isnull=False) & ~Q(mentioned=F("author")),
            ),
        ]
        indexes = [
            models.Index(fields=["matter_kind", "matter_id", "-id"], name="staff_note_of_matter"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_kind}:{self.matter_id} #{self.pk}"
