"""Published texts, kept per process: a published version never changes, so each is read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from uuid import UUID

from drafts.clauses import keys
from drafts.models import Clause, Version


@dataclass(frozen=True)
class Text:
    """A published version's clauses in document order."""

    version_id: int
    draft_id: int
    number: int
    clauses: tuple[Clause, ...]

    @cached_property
    def by_key(self) -> dict[UUID, Clause]:
        return {clause.key: clause for clause in self.clauses}

    @cached_property
    def _by_short_key(self) -> dict[str, Clause]:
        return {clause.short_key: clause for clause in self.clauses}

    def find(self, asked: str) -> Clause | None:
        """The clause that an address names, by its short key or its whole one."""
        named = keys.range_of(asked)
        return self._by_short_key.get(asked) or (self.by_key.get(named[0]) if named else None)


@lru_cache(maxsize=64)
def text_of(version_id: int) -> Text:
    """The text of a published version; ``Version.DoesNotExist`` for any other."""
    version = Version.objects.published().get(pk=version_id)
    clauses = tuple(version.outline())
    return Text(version.pk, version.draft_id, version.number, clauses)


@lru_cache(maxsize=256)
def versions_until(draft_id: int, newest: int) -> tuple[Version, ...]:
    """A draft's published versions, the newest first; ``newest``: the number of that one, so that a
    version which is published later is not missed."""
    versions = Version.objects.published().filter(draft=draft_id, number__lte=newest)
    return tuple(versions.latest_first())


@lru_cache(maxsize=4096)
@lru_cache(maxsize=2048)
def published_clause(clause_id: int) -> Clause:
    """A clause of a published version, as a remark on it is shown; with the number of the version
    and its draft. ``Clause.DoesNotExist`` when there is none such."""
    return (
        Clause.objects.filter(version__published_at__isnull=False)
        .select_related("version")
        .only("key", "kind", "label", "marker", "text", "version__draft", "version__number")
        .get(pk=clause_id)
    )


def key_named(draft_id: int | None, asked: str) -> UUID | None:
    """The key that an address names: a whole one as it is; of a short one that of a published
    clause of the draft, by a query."""
    named = keys.range_of(asked)
    if named is None or named[0] == named[1]:
        return named and named[0]
    found = Clause.objects.filter(version__draft=draft_id, version__published_at__isnull=False)
    return found.filter(key__range=named).values_list("key", flat=True).first()


@lru_cache(maxsize=256)
def text_numbered(draft_id: int, number: int) -> Text:
    """The text of a draft's published version by its number; ``Version.DoesNotExist`` if none."""
    version = Version.objects.published().only("pk").get(draft=draft_id, number=number)
    return text_of(version.pk)
