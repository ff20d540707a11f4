"""Models of search: what can be found, and the council's own synonyms."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

#: Of the council's own list, in characters.
LONGEST_SYNONYMS = 20_000


class Entry(models.Model):
    """Something public that can be found: which thing it is, and by what words.

    The sources (search/sources.py) say what is public; a handler writes an entry in the transaction
    of the change and deletes it when the thing is hidden. It holds copies alone: ``fill_search``
    makes them all anew.
    """

    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    title = models.TextField(blank=True)
    #: Lemmas of all its words (core.db.search.document).
    search = SearchVectorField()
    #: Lemmas of its title alone; empty where nobody gave it one.
    heads = SearchVectorField()
    #: When it closes, takes place or was published: what is open or ahead stands first, then what
    #: is newer.
    day = models.DateField()
    #: Of its kind: a petition stands before a remark of the same words.
    weight = models.SmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="search_entry_once"),
        ]
        indexes = [
            GinIndex(fields=["search"], name="search_entry_words"),
            GinIndex(fields=["heads"], name="search_entry_heads"),
            GinIndex(fields=["title"], opclasses=["gin_trgm_ops"], name="search_entry_trigrams"),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.kind} {self.object_id}"


class SynonymList(models.Model):
    """The council's own synonyms beside those of search/synonyms.txt: one row, lines as there."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    lines = models.TextField(max_length=LONGEST_SYNONYMS, blank=True, default="")

    class Meta:
        constraints = [models.CheckConstraint(name="one_synonym_list", condition=Q(id=1))]

    def __str__(self) -> str:
        return self.lines[:60]
