"""Record of a petition: its dates, its words, its author, the answer, and a refusal. Signatures
have a ledger of their own (petitions/ledger).
"""

from __future__ import annotations

from collections.abc import Iterator

from core.audit_log.chaining import salt_of
from core.audit_log.comparing import RecordSource, last_rows, record_source, stands
from core.domain import clock
from core.domain.events import Event
from core.domain.records import Gone, Recorded, facts, records, thing
from core.domain.retention import period_of
from petitions.events import (
    CollectionEnded,
    PetitionAnswered,
    PetitionChanged,
    PetitionDecided,
    PetitionEvent,
    PetitionPublished,
    PetitionRefused,
    PetitionWithdrawn,
    PutOnAgenda,
    ReviewStarted,
    ThresholdLost,
    ThresholdReached,
)
from petitions.models import Answer, Petition

PETITION, AUTHOR, ANSWER = "petition", "author", "answer"
_MOMENTS = (
    *("answered_at", "closes_at", "decided_at", "decision", "handed_over_at", "reached_at"),
    *("refused_at", "review_at", "session_on", "withdrawn_at"),
)


def subject_of(petition_id: int) -> str:
    """The petition's subject in rows of record."""
    return f"petition:{petition_id}"


def things_of(petition: Petition) -> Iterator[Recorded]:
    """A petition that was published or refused, its author and its answer."""
    if petition.published_at is None and petition.refused_at is None:
        return
    of = subject_of(petition.pk)
    salt = salt_of(of)
    is_public = petition.published_at is not None
    said = facts(
        **{name: getattr(petition, name) for name in _MOMENTS},
        procedure=petition.procedure_id,
        published_at=petition.published_at,
        refused_on=petition.refused_on_id,
    )
    names = ("title", "text", "reasons", "withdrawn_reason", "refused_note", "refused_quote")
    words = {name: getattr(petition, name) for name in names}
    yield thing(
        of, PETITION, petition.pk, said, salt=salt, is_public=is_public, values={"words": words}
    )
    if petition.author_name:
        named = {"name": {"name": petition.author_name}}
        yield thing(of, AUTHOR, petition.pk, {}, salt=salt, is_public=is_public, values=named)
    else:
        yield Gone(of, AUTHOR, petition.pk, "removed", by_term=_is_past_term(petition))
    for answer in Answer.objects.filter(petition=petition):
        words = {name: getattr(answer, name) for name in ("asked", "decided", "signed_as")}
        said = facts(at=answer.at)
        yield thing(of, ANSWER, answer.pk, said, salt=salt, values={"words": words})


def _is_past_term(petition: Petition) -> bool:
    """Whether its author's name went lawfully: their account is erased, and the term is over."""
    since = petition.published_at or petition.refused_at
    is_over = since is None or since < clock.now() - period_of("petition_authors")
    return petition.author.erased_at is not None and (is_over or petition.published_at is None)


@records(
    *(CollectionEnded, PetitionAnswered, PetitionChanged, PetitionDecided, PetitionPublished),
    *(PetitionRefused, PetitionWithdrawn, PutOnAgenda, ReviewStarted),
    *(ThresholdLost, ThresholdReached),
)
def petition_changed(events: list[PetitionEvent]) -> Iterator[tuple[Event, Recorded]]:
    """Record the present words of a petition that its record does not have yet."""
    for event in events:
        last = last_rows(subject_of(event.petition_id))
        for each in things_of(_load(event.petition_id)):
            row = last.get((each.kind, each.number))
            if not stands(each, row):
                yield event, each


def _load(petition_id: int) -> Petition:
    return Petition.objects.select_related("author").get(pk=petition_id)


def _subjects() -> Iterator[str]:
    rows = Petition.objects.exclude(published_at=None, refused_at=None).order_by("pk")
    return (subject_of(pk) for pk in rows.values_list("pk", flat=True).iterator())


def _things(of: str) -> Iterator[Recorded]:
    return things_of(_load(int(of.partition(":")[2])))


record_source("petition", RecordSource(PETITION, _subjects, _things))
