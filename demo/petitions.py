"""The demo city's petitions, as the actions would have left them, with dates in the past."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise
from random import Random
from typing import Any

from accounts.models import User
from city.models import Department, District, Theme
from core.db.search import document
from core.domain import clock
from core.domain.calendar import WorkCalendar, end_of_day, local_date
from core.web import markup
from demo import content
from demo.content import Days
from demo.streets import streets_of
from discussions.models import Thread
from petitions.defence import actions as defence
from petitions.defence.signature_filter import SignatureFilter
from petitions.models import (
    Answer,
    Ground,
    News,
    Petition,
    Procedure,
    Signature,
    Step,
)
from petitions.photos import actions as photos
from petitions.signing import counting
from petitions.signing.mailbox import key_of
from petitions.terms import TERMS

_TEXTS = ("title", "text", "reasons")
#: Of documentation (RFC 5737), so of nobody.
_NETWORK = "198.51.100.0"
#: How many signatures come within each tenth of the time: most at the beginning, some at the end.
_TENTHS = [26, 14, 10, 8, 7, 6, 6, 6, 7, 10]


def load_petitions(people: Mapping[str, User], calendar: WorkCalendar) -> None:
    """Put in all petitions with their signatures, answers and what became of them."""
    days = Days(local_date(clock.now()), calendar)
    # What the order of this council adds to the law's grounds.
    Ground.objects.filter(code="not-in-competence").update(
        in_force=True,
        article="Порядок розгляду електронних петицій, п. 9",
        quote="Петиція має стосуватися питань, що належать до повноважень міської ради.",
    )
    rows = content.table("petitions.toml")["petition"]
    made = [_load(row, people, days) for row in rows]
    counting.recount([petition.pk for petition in made if petition.published_at])
    for row, petition in zip(rows, made, strict=True):
        if removed := row.get("removed"):
            _remove(petition, removed, people["mo"])


def _load(row: Mapping[str, Any], people: Mapping[str, User], days: Days) -> Petition:
    author = people[row["by"]]
    texts = {name: row.get(name, "").strip() for name in _TEXTS}
    petition = Petition(
        procedure=Procedure.objects.latest("pk"),
        author=author,
        thread=Thread.objects.create(),
        author_name=author.get_full_name(),
        district=District.objects.filter(slug=row.get("district", "")).first(),
        department=Department.objects.filter(slug=row.get("department", "")).first(),
        search=document(A=texts["title"], B=texts["text"], C=texts["reasons"]),
        **texts,
    )
    petition.save()
    for photo in row.get("photo", ()):
        photos.add(petition, by=author, file=content.picture(photo["file"]), alt=photo["alt"])
    _date(petition, row, days)
    petition.save()
    petition.themes.set(Theme.objects.filter(slug__in=row.get("themes", [])))
    petition.streets.set(streets_of(row.get("streets", [])))
    if petition.published_at:
        _sign(petition, row, people, days)
    _answer(petition, row, people, days)
    return petition


def _date(petition: Petition, row: Mapping[str, Any], days: Days) -> None:
    """Each moment that has passed, and each day that was due."""
    rules = petition.procedure
    if "sent" not in row:
        return
    petition.created_at = petition.changed_at = petition.submitted_at = days.at(row["sent"], 19, 12)
    if "refused" in row:
        petition.refused_at = days.at(row["refused"], 11, 5)
        petition.refused_on = Ground.objects.get(code=row["ground"])
        petition.refused_note = row["note"]
    if "published" in row:
        published = days.day(row["published"])
        petition.published_at = days.at(row["published"], 10, 20)
        petition.closes_at = end_of_day(rules.collection_period.last_day(published, days.calendar))
    if "withdrawn" in row:
        petition.withdrawn_at = days.at(row["withdrawn"], 12)
        petition.withdrawn_reason = row["reason"]
    if "reached" in row:
        petition.reached_at = days.at(row["reached"], 21, 40)
    if "review" in row:
        petition.review_at = days.at(row["review"], 14)
    if "session" in row:
        petition.session_on = days.day(row["session"])
    if "decided" in row:
        petition.decided_at = days.at(row["decided"], 16, 30)
        petition.decision = row["decision"]
    if "answered" in row:
        petition.answered_at = days.at(row["answered"], 15)
    if row.get("closed"):
        petition.handed_over_at = petition.closes_at
    for term in TERMS:
        if getattr(petition, term.since):
            term.set(petition, days.calendar)


def _sign(
    petition: Petition, row: Mapping[str, Any], people: Mapping[str, User], days: Days
) -> None:
    """Add signatures: of some of the demo people, and of others by mail."""
    random = Random(petition.title)  # noqa: S311 - the same city every time
    moments = iter(_moments(petition, row.get("signatures", 0), random))
    signed = [
        Signature(
            petition=petition,
            user=people[key],
            mailbox=key_of(petition.pk, people[key].email),
            at=at,
        )
        for key, at in zip(row.get("accounts", []), moments, strict=False)
    ]
    signed += [_by_mail(petition, number, at, random) for number, at in enumerate(moments)]
    if removed := row.get("removed"):
        signed += _machine_made(petition, removed, days, random)
    Signature.objects.bulk_create(signed, batch_size=1000)
    for told in row.get("news", []):
        News.objects.create(
            petition=petition,
            by=petition.author,
            title=told["title"],
            text=told["text"],
            html=markup.html(told["text"]),
            at=days.at(told["day"], 18, 25),
        )


def _moments(petition: Petition, number: int, random: Random) -> list[datetime]:
    """When each signed: as many as were needed up to the moment when that was found."""
    start, closes_at = petition.published_at, petition.closes_at
    if start is None or closes_at is None:
        return []
    end = min(closes_at, petition.review_at or clock.now())
    parts = [(start, end, number)]
    if petition.reached_at:
        needed = petition.procedure.threshold
        parts = [(start, petition.reached_at, needed), (petition.reached_at, end, number - needed)]
    moments: list[datetime] = []
    for begins, ends, amount in parts:
        step = (ends - begins) / len(_TENTHS)
        edges = [begins + step * tenth for tenth in range(len(_TENTHS) + 1)]
        chosen = random.choices(list(pairwise(edges)), _TENTHS, k=amount)
        moments += [first + (last - first) * random.random() for first, last in chosen]
    return sorted(moments)


@cache
def _names() -> dict[str, Any]:
    return content.table("scale.toml")


def _by_mail(petition: Petition, number: int, at: datetime, random: Random) -> Signature:
    names = _names()
    email = f"signer-{number}@viche.example"
    return Signature(
        petition=petition,
        mailbox=key_of(petition.pk, email),
        email=email,
        domain="viche.example",
        name=f"{random.choice(names['given_names'])} {random.choice(names['family_names'])}",
        name_withheld=random.random() < 0.15,
        wants_news=False,
        at=at,
    )


def _machine_made(
    petition: Petition, removed: Mapping[str, Any], days: Days, random: Random
) -> list[Signature]:
    """Signatures of one network within eleven minutes."""
    number, start = removed["signatures"], days.at(removed["day"], 3, 40)
    made = []
    for index in range(number):
        at = start + timedelta(seconds=660 * index / number)
        signature = _by_mail(petition, 100_000 + index, at, random)
        signature.network = _NETWORK
        made.append(signature)
    return made


def _remove(petition: Petition, removed: Mapping[str, Any], by: User) -> None:
    """Let a moderator take them out, as the public ledger tells."""
    defence.remove(
        petition,
        by=by,
        rule=removed["rule"],
        signature_filter=SignatureFilter(networks=(_NETWORK,)),
        reason=removed["reason"],
        shown=removed["signatures"],
    )
    counting.recount([petition.pk])


def _answer(
    petition: Petition, row: Mapping[str, Any], people: Mapping[str, User], days: Days
) -> None:
    if not (answer := row.get("answer")):
        return
    by, answered_at = people[answer["by"]], petition.answered_at or clock.now()
    Answer.objects.create(
        petition=petition,
        by=by,
        asked=answer["asked"],
        decided=answer["decided"],
        signed_as=answer["signed_as"],
        at=answered_at,
    )
    for step in answer.get("step", []):
        Step.objects.create(
            petition=petition,
            by=by,
            at=answered_at,
            text=step["text"],
            due_on=days.day(step["due"]),
            done_on=days.day(step["done"]) if "done" in step else None,
            note=step.get("note", ""),
        )
