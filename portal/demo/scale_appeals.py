"""Many appeals of two years, most of them answered, to measure with."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from accounts.models import User
from appeals.filing.actions import digest_of
from appeals.models import Appeal, Entry, Executor, RegisterDay
from city.calendar import work_calendar
from city.models import Department, District, Theme
from core.db.search import document
from core.domain import clock
from core.domain.calendar import kyiv, local_date
from portal.demo import content

_BATCH = 2000
#: Of a hundred: how many are of each kind; how many are open.
_KINDS = {"application": 55, "proposal": 10, "complaint": 20, "request": 15}
_OPEN = 0.05
_DAYS = 730


@dataclass(frozen=True, slots=True)
class MadeAppeals:
    """Rows written: their number, and the newest one's id."""

    number: int
    newest: int


@dataclass(frozen=True, slots=True)
class _Words:
    subject: str
    text: str
    search: str
    digest: bytes


class ScaleOfAppeals:
    """Makes appeals from the phrases of `scale.toml`; the same ones for the same `seed`."""

    def __init__(self, authors: list[User], officer: User, seed: str = "") -> None:
        self.random = Random(seed)  # noqa: S311 - nothing secret: the same data every time
        self.phrases = content.table("scale.toml")
        self.authors, self.officer = authors, officer
        self.departments = list(Department.objects.all())
        self.themes = list(Theme.objects.all())
        self.districts = list(District.objects.all())
        self.now = clock.now()
        self.words = [self._words() for _number in range(1500)]
        self.last = dict(RegisterDay.objects.values_list("day", "last"))
        calendar, today = work_calendar(), local_date(self.now)
        days = (today - timedelta(days=ago) for ago in range(_DAYS, 0, -1))
        self.days = [day for day in days if calendar.is_working_day(day)]

    def make(self, number: int) -> MadeAppeals:
        """Make appeals, in the order of their registration, with executors and log entries."""
        days = sorted(self.random.choices(self.days, k=number))
        newest = 0
        for start in range(0, number, _BATCH):
            made = Appeal.objects.bulk_create(
                self._appeal(day) for day in days[start : start + _BATCH]
            )
            self._follow(made)
            newest = made[-1].pk
        counted = Counter(days)
        RegisterDay.objects.bulk_create(
            (RegisterDay(day=day, last=self.last[day]) for day in counted),
            update_conflicts=True,
            unique_fields=["day"],
            update_fields=["last"],
        )
        return MadeAppeals(number, newest)

    def _words(self) -> _Words:
        random, phrases = self.random, self.phrases
        subject, street = random.choice(phrases["subjects"]), random.choice(phrases["streets"])
        about = random.choice(phrases["demands"]).format(subject=subject, street=street)
        text = " ".join(
            [
                random.choice(phrases["openings"]),
                random.choice(phrases["opinions"]).format(subject=subject, street=street) + ".",
                random.choice(phrases["duties"]).format(subject=subject),
            ]
        )
        return _Words(about[:200], text, document(A=about, B=text), digest_of(text))

    def _appeal(self, day: date) -> Appeal:
        random = self.random
        words = random.choice(self.words)
        received = kyiv(day) + timedelta(hours=8, seconds=random.randrange(8 * 3600))
        kind = random.choices(list(_KINDS), list(_KINDS.values()))[0]
        length = 7 if kind == "request" else 30
        number = self.last[day] = self.last.get(day, 0) + 1
        age = (self.now - received).days
        is_open = age < 10 or random.random() < _OPEN
        accepted = received + timedelta(hours=random.randrange(1, 48))
        answered = None if is_open else received + timedelta(days=3 + random.randrange(length))
        if answered and answered > self.now:
            answered = self.now
        is_accepted = accepted < self.now and not (is_open and random.random() < 0.3)
        author = random.choice(self.authors) if random.random() < 0.3 else None
        return Appeal(
            kind=kind,
            via=random.choice(["page", "page", "page", "letter", "telephone"]),
            author=author,
            name=f"{random.choice(self.phrases['family_names'])} "
            f"{random.choice(self.phrases['given_names'])}",
            residence=f"{random.choice(self.phrases['streets'])}, {random.randrange(1, 120)}",
            email=f"scale-{random.randrange(10_000)}@viche.example",
            subject=words.subject,
            text=words.text,
            theme=random.choice(self.themes) if self.themes else None,
            district=random.choice(self.districts) if self.districts else None,
            privileged="combatant" if random.random() < 0.03 else "",
            received_at=received,
            registered_on=day,
            number=number,
            term="request" if kind == "request" else "month",
            due_at=kyiv(day) + timedelta(days=length + 1),
            accepted_at=accepted if is_accepted or answered else None,
            department=random.choice(self.departments) if is_accepted or answered else None,
            answered_at=_later(answered, accepted),
            closed_at=_later(answered, accepted),
            digest=words.digest,
            search=words.search,
        )

    def _follow(self, made: list[Appeal]) -> None:
        """Their executors, and the lines of what happened."""
        Executor.objects.bulk_create(
            Executor(
                appeal=each,
                department_id=each.department_id,
                is_main=True,
                by=self.officer,
                at=each.accepted_at,
            )
            for each in made
            if each.department_id and each.accepted_at
        )
        Entry.objects.bulk_create(
            Entry(appeal=each, kind=kind, at=at)
            for each in made
            for kind, at in _past_events(each)
            if at
        )


def _later(answered: datetime | None, accepted: datetime) -> datetime | None:
    return max(answered, accepted) if answered else None


def _past_events(appeal: Appeal) -> list[tuple[Any, datetime | None]]:
    return [
        (Entry.Kind.FILED, appeal.received_at),
        (Entry.Kind.ACCEPTED, appeal.accepted_at),
        (Entry.Kind.ANSWERED, appeal.answered_at),
    ]
