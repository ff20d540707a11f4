"""Petitions and signatures for tests, made by the same models as everything else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from accounts.models import User
from core.domain import clock
from core.domain.calendar import end_of_day, local_date
from discussions.models import Thread
from petitions.life.thresholds import tell_what_passed
from petitions.models import Ground, Petition, Procedure, Removal, Signature, State, Total
from petitions.rulebook import presets

_PUBLISHED = frozenset(State) - {State.DRAFT, State.MODERATION, State.REFUSED}
_REACHED = frozenset(
    {
        State.REACHED,
        State.REVIEW,
        State.AGENDA,
        State.SUPPORTED,
        State.NOT_SUPPORTED,
        State.ANSWERED,
    }
)
_REVIEWED = _REACHED - {State.REACHED}
_DECIDED = _REVIEWED - {State.REVIEW, State.AGENDA}


def procedure(**changed: Any) -> Procedure:
    """The newest rules; ``changed`` makes newer ones. Also where a test with real transactions
    has emptied the tables before."""
    presets.install(Procedure.objects, Ground.objects)
    if changed:
        return Procedure.objects.create(**(presets.PROCEDURE | changed))
    return Procedure.objects.latest("pk")


def ground(code: str = "foreign") -> Ground:
    """A ground on which a petition may be refused."""
    return Ground.objects.get_or_create(
        code=code,
        defaults={
            "name": "Не належить до повноважень ради",
            "article": "Порядок розгляду петицій, п. 7",
            "quote": "Петиція має стосуватися повноважень міської ради.",
        },
    )[0]


def petition(author: User, state: str = State.COLLECTING, **fields: Any) -> Petition:
    """A petition in ``state`` now, without signatures.

    Sent 20 days ago, published 18 days ago and open for 60 more days; one that did not gather
    enough closed yesterday.
    """
    now = clock.now()
    state = State(state)
    today = local_date(now)
    values: dict[str, Any] = {
        "procedure": fields.pop("procedure", None) or procedure(),
        "author": author,
        "thread": Thread.objects.create(),
        "title": "Облаштувати велодоріжку на проспекті Гірників",
        "text": "Прокласти велодоріжку від площі Копрової до парку.",
        "reasons": "Щодня тут їздять сотні людей, а місця для них немає.",
        "author_name": author.get_full_name() or "Олена Тестова",
    }
    if state != State.DRAFT:
        values["submitted_at"] = now - timedelta(days=20)
        values["publish_due_on"] = today - timedelta(days=18)
    if state == State.REFUSED:
        values |= {
            "refused_at": now - timedelta(days=18),
            "refused_on": ground(),
            "refused_note": "Це питання області.",
        }
    if state in _PUBLISHED:
        last_day = today + timedelta(days=-1 if state == State.NOT_REACHED else 60)
        values["published_at"] = now - timedelta(days=18)
        values["closes_at"] = end_of_day(last_day)
    if state == State.WITHDRAWN:
        values |= {"withdrawn_at": now - timedelta(days=5), "withdrawn_reason": "Уже зроблено."}
    if state in _REACHED:
        values["reached_at"] = now - timedelta(days=10)
        values["notice_due_on"] = today - timedelta(days=5)
    if state in _REVIEWED:
        values["review_at"] = now - timedelta(days=8)
        values["review_due_on"] = today + timedelta(days=6)
    if state == State.AGENDA:
        values["session_on"] = today + timedelta(days=5)
    if state in _DECIDED:
        supported = state != State.NOT_SUPPORTED
        decision = Petition.Decision.SUPPORTED if supported else Petition.Decision.NOT_SUPPORTED
        values |= {"decided_at": now - timedelta(days=2), "decision": decision}
        values["answer_due_on"] = today
    if state == State.ANSWERED:
        values["answered_at"] = now - timedelta(days=1)
    made = Petition.objects.create(**(values | fields))
    Total.objects.get_or_create(petition=made)
    return made


def as_appeal(author: User, *, signed: int = 0, **fields: Any) -> Petition:
    """One that closed yesterday without enough signatures and was handed over by the job."""
    made = petition(author, State.NOT_REACHED, **fields)
    signatures(made, signed)
    tell_what_passed()
    made.refresh_from_db()
    return made


def signatures(petition: Petition, number: int, **fields: Any) -> list[Signature]:
    """So many counted signatures by mail of people who don't exist otherwise."""
    first = Signature.objects.count()
    return Signature.objects.bulk_create(
        Signature(
            **(
                {
                    "petition": petition,
                    "mailbox": f"{first + index:016}".encode(),
                    "email": f"signer{first + index}@viche.example",
                    "name": f"Підписантка {first + index}",
                    "wants_news": True,
                }
                | fields
            )
        )
        for index in range(number)
    )


def removed(taken: list[Signature], *, by: User) -> Removal:
    """Take signatures out of the count, by a single decision."""
    made = Removal.objects.create(
        petition_id=taken[0].petition_id,
        rule=Removal.Rule.SINGLE,
        reason="Підпис машини",
        number=len(taken),
        by=by,
    )
    Signature.objects.filter(pk__in=[each.pk for each in taken]).update(
        status=Signature.Status.REMOVED, removal=made
    )
    return made
