"""Queries of the desk's pages of petitions, a fixed number at any size."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypedDict

from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from accounts.models import User
from city.models import Department, NamedQuerySet
from core.db.paging import Page, page_of
from core.domain import clock
from core.domain.calendar import local_date
from petitions.as_appeal.considered import UNREAD
from petitions.desk.clocks import NextStep, next_step
from petitions.models import Petition, State, Step
from petitions.presenters import STATUS

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    from petitions.querysets import PetitionQuerySet

    Rows = PetitionQuerySet[Petition]

#: Later than any day: where no term runs.
_NEVER = date.max

#: The last day of the term that runs, for what the council has to do something with.
_DUE = Coalesce(
    Case(
        When(published_at=None, then=F("publish_due_on")),
        When(decided_at__isnull=False, then=F("answer_due_on")),
        When(review_at__isnull=False, then=F("review_due_on")),
        When(reached_at__isnull=False, then=F("notice_due_on")),
        output_field=DateField(),
    ),
    Value(_NEVER),
    output_field=DateField(),
)

_UNDECIDED = Q(reached_at__isnull=False, decided_at=None, answered_at=None)

#: The stages at which the council has to do something, and the petitions in each.
_STAGES: dict[str, Callable[[Rows], Rows]] = {
    "moderation": lambda petitions: petitions.on_moderation(),
    "reached": lambda petitions: petitions.filter(_UNDECIDED, review_at=None),
    "review": lambda petitions: petitions.filter(_UNDECIDED, review_at__isnull=False),
    "decided": lambda petitions: petitions.filter(decided_at__isnull=False, answered_at=None),
}
#: Other lists, each with its order.
_OTHERS: dict[str, tuple[Callable[[Rows], QuerySet[Any]], tuple[str, ...]]] = {
    "promised": (lambda petitions: with_promises(petitions), ("promised_on", "id")),
    # Considered as appeals, whose desk has their terms.
    "not_reached": (lambda petitions: petitions.not_reached(), ("-closes_at", "-id")),
    "collecting": (lambda petitions: petitions.collecting(), ("closes_at", "id")),
    "answered": (lambda petitions: petitions.answered(), ("-answered_at", "-id")),
    "refused": (
        lambda petitions: petitions.filter(refused_at__isnull=False),
        ("-refused_at", "-id"),
    ),
    "withdrawn": (
        lambda petitions: petitions.filter(withdrawn_at__isnull=False),
        ("-withdrawn_at", "-id"),
    ),
}
#: The names of the lists; the first is of everything that waits.
LISTS = ("", *_STAGES, *_OTHERS)


class WithDue(TypedDict):
    due_on: date


class WithPromise(TypedDict):
    promised_on: date


if TYPE_CHECKING:
    PetitionDue = WithAnnotations[Petition, WithDue]
    PetitionPromised = WithAnnotations[Petition, WithPromise]


def waiting(petitions: PetitionQuerySet[Petition]) -> PetitionQuerySet[PetitionDue]:
    """Those with which the council has to do something now, with ``due_on``. What did not gather
    enough signatures waits on the desk of appeals."""
    unanswered = petitions.filter(
        submitted_at__isnull=False, refused_at=None, withdrawn_at=None, answered_at=None
    )
    waits = Q(published_at=None) | Q(reached_at__isnull=False)
    return unanswered.filter(waits).annotate(due_on=_DUE)


def with_promises(petitions: PetitionQuerySet[Petition]) -> PetitionQuerySet[PetitionPromised]:
    """Answered ones with a step that is not done, with ``promised_on``: the first day that was
    named for one."""
    undone = Step.objects.filter(petition=OuterRef("pk"), done_on=None)
    first = undone.order_by("due_on").values("due_on")[:1]
    return petitions.filter(Exists(undone), answered_at__isnull=False).annotate(
        promised_on=Coalesce(Subquery(first), Value(_NEVER), output_field=DateField())
    )


@dataclass(frozen=True, slots=True)
class Row:
    """A petition as the queue shows it."""

    petition: Petition
    state: State
    step: NextStep

    @property
    def kind(self) -> str:
        """The kind of the state's tag (components/status_tag)."""
        return STATUS[self.state]


def queue(
    user: User, name: str, *, department_id: int | None = None, after: str | None = None
) -> Page[Row]:
    """A page of one of LISTS: what is due first stands first. Two queries."""
    petitions = Petition.objects.worked_on_by(user)
    if department_id is not None:
        petitions = petitions.filter(department=department_id)
    if name in _OTHERS:
        choose, order = _OTHERS[name]
        rows = choose(petitions)
    else:
        rows, order = waiting(_STAGES[name](petitions) if name else petitions), ("due_on", "id")
    page = page_of(_for_list(rows), order=order, after=after)
    return Page(rows_of(page.items), page.next_cursor, page.previous_cursor)


def _for_list(petitions: QuerySet[Any]) -> QuerySet[Any]:
    return petitions.select_related("department", "total", "procedure", "appeal").defer(
        "search", "text", "reasons", *UNREAD
    )


def rows_of(petitions: list[Petition]) -> list[Row]:
    """State and next step of each petition; one query, for the time."""
    now = clock.now()
    return [
        Row(each, each.state_at(now), next_step(each, now, getattr(each, "promised_on", None)))
        for each in petitions
    ]


def first_waiting(user: User, number: int) -> list[Row]:
    """Petitions that wait for the person, the most urgent first. Two queries."""
    waits = waiting(Petition.objects.worked_on_by(user)).order_by("due_on", "id")
    return rows_of(list(_for_list(waits)[:number]))


def counts(user: User, today: date | None = None, *, owed: bool = False) -> dict[str, int]:
    """Counts of petitions that wait at each stage, in all (``waiting``), and ``late``; of those
    with an overdue promised step (``promised``). Two queries, and one for the time where ``today``
    is not known. ``owed``: only of those with which they themselves have something to do.
    """
    today = today or local_date(clock.now())
    seen = Petition.objects
    petitions = seen.owed_by(user) if owed else seen.worked_on_by(user)
    waits = waiting(petitions)
    overdue = with_promises(petitions).filter(promised_on__lt=today).count()
    reviewed, decided = Q(review_at__isnull=False), Q(decided_at__isnull=False)
    reached = Q(reached_at__isnull=False)
    found = waits.aggregate(
        waiting=Count("pk"),
        late=Count("pk", filter=Q(due_on__lt=today)),
        moderation=Count("pk", filter=Q(published_at=None)),
        reached=Count("pk", filter=reached & ~reviewed),
        review=Count("pk", filter=reviewed & ~decided),
        decided=Count("pk", filter=decided),
    )
    return {**found, "promised": overdue}


def next_to_check(user: User, than: Petition) -> Petition | None:
    """The most urgent of those that wait to be published or refused, other than this one and the
    person's own."""
    waits = waiting(Petition.objects.worked_on_by(user).on_moderation())
    others = waits.exclude(pk=than.pk).exclude(author=user.pk)
    return others.order_by("due_on", "id").only("pk", "title").first()


def departments_of(user: User) -> NamedQuerySet[Department]:
    """The departments by which the person may filter: theirs; all for who moderates everything."""
    if user.is_administrator or user.moderates():
        return Department.objects.all()
    return Department.objects.filter(pk__in=user.department_ids)
