"""Handlers of events about the people and organisations that speak in discussions."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count, F, Q, QuerySet

from accounts.identity.events import AccountsMerged, PersonRecognised
from accounts.locks import guards
from core.domain import outbox
from core.domain.events import within
from discussions.indexing import index_again
from discussions.models import Comment, Flag, Reaction
from organisations.events import AmendmentDecided, OrganisationClosed
from organisations.models import Amendment, Organisation


@within(AccountsMerged)
def accounts_merged(event: AccountsMerged) -> None:
    """One person has one voice: what both accounts said of one comment counts once.

    The account that stays keeps its own opinion where both had one; nobody supports words that
    are now their own.
    """
    kept, gone = event.kept_id, event.gone_id
    touched = _touched_by(kept, gone)
    Comment.objects.filter(author=gone).update(author=kept)
    _once(Reaction, kept, gone)
    _once(Flag, kept, gone)
    Reaction.objects.filter(user=kept, comment__author=kept).delete()
    _recount(touched)


@within(AmendmentDecided)
def organisation_renamed(event: AmendmentDecided) -> None:
    """An organisation may have another name now: its comments are found by that, soon."""
    if Amendment.objects.filter(pk=event.amendment_id, is_accepted=True).exists():
        outbox.defer("discussions.jobs.index_organisation", organisation_id=event.organisation_id)


@within(OrganisationClosed)
def organisation_closed(event: OrganisationClosed) -> None:
    """Remove the name of an erased sole proprietor, also from what is searched, at once."""
    if Organisation.objects.filter(pk=event.organisation_id, short_name="").exists():
        index_again(event.organisation_id)


@within(PersonRecognised)
def person_recognised(event: PersonRecognised) -> None:
    """Their opinions are theirs again, and count once. Their words stay a deleted user's: a person
    who erased their account does not want them under their name."""
    kept, gone = event.user_id, event.before_id
    touched = _touched_by(kept, gone)
    _once(Reaction, kept, gone)
    Reaction.objects.filter(user=kept, comment__author=kept).delete()
    _recount(touched)


def _once[M: (Reaction, Flag)](model: type[M], kept: int, gone: int) -> None:
    both = model.objects.filter(user=kept).values("comment")
    model.objects.filter(user=gone, comment__in=both).delete()
    model.objects.filter(user=gone).update(user=kept)


def _touched_by(kept: int, gone: int) -> list[int]:
    """Comments that either has supported or not: their totals are counted again, under lock.

    Held already (``guard``) but for what one of the two said at this very moment.
    """
    reacted = Reaction.objects.filter(user__in=(kept, gone)).values("comment")
    touched = Comment.objects.filter(pk__in=reacted).order_by("pk")
    return list(touched.select_for_update(no_key=True).values_list("pk", flat=True))


@guards
def guard(people: Collection[int]) -> None:
    """The comments that they wrote, supported or reported, and those in the name of a business that
    is one of them: what is answered before its answers."""
    sole = Organisation.objects.filter(kind=Organisation.Kind.SOLE, registered_by__in=people)
    touched = Q(author__in=people) | Q(organisation__in=sole)
    for model in (Reaction, Flag):
        touched |= Q(pk__in=model.objects.filter(user__in=people).values("comment"))
    comments = Comment.objects.filter(touched).order_by("pk")
    list(comments.select_for_update(no_key=True).values_list("pk", flat=True))


def _recount(ids: list[int]) -> None:
    """Make the totals equal to the rows again: one query to read, one to write what differs."""
    comments: QuerySet[Comment] = Comment.objects.filter(pk__in=ids)
    counted = comments.annotate(
        now_agrees=Count("reactions", filter=Q(reactions__value=1)),
        now_disagrees=Count("reactions", filter=Q(reactions__value=-1)),
    )
    differing = counted.exclude(agrees=F("now_agrees"), disagrees=F("now_disagrees"))
    totals = differing.values_list("pk", "now_agrees", "now_disagrees")
    changed = [Comment(pk=pk, agrees=agrees, disagrees=against) for pk, agrees, against in totals]
    Comment.objects.bulk_update(changed, ["agrees", "disagrees"], batch_size=500)
