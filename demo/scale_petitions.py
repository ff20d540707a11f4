"""Many petitions with a long tail of signatures, to measure with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from random import Random

from django.db import connection

from accounts.models import User
from appeals.models import Appeal
from city.calendar import work_calendar
from city.models import District, Theme
from core.db.search import document
from core.domain import clock
from core.domain.calendar import end_of_day, local_date
from demo import content
from discussions.models import Thread
from petitions.models import Petition, Procedure, Signature
from petitions.signing import counting

_BATCH = 1000
#: Far above the numbers of appeals that somebody registers today.
_FIRST_NUMBER = 1_000_000
#: How many of a hundred petitions gather how many signatures: facts of 96,120 petitions to
#: Ukraine's president and government.
_SHAPE = [
    (54, 1, 100),
    (29, 100, 1_000),
    (10, 1_000, 10_000),
    (2, 10_000, 25_000),
    (5, 25_000, 40_000),
]

#: Signatures by mail of people who don't exist, in one statement for a batch of petitions: most in
#: the first days, the rest thinning out until now or the last day.
_SIGN = f"""
INSERT INTO {Signature._meta.db_table}
    (petition_id, mailbox, email, name, name_withheld, wants_news, status, suspicion, domain, at)
SELECT p.id, int8send(p.id) || int8send(n), 'scale-' || n || '@viche.example',
       (%(given)s::text[])[1 + n %% %(givens)s] || ' ' ||
           (%(family)s::text[])[1 + n / 7 %% %(families)s],
       n %% 7 = 0, false, {Signature.Status.COUNTED:d}, '', 'viche.example',
       p.published_at
           + (least(p.closes_at, now()) - p.published_at) * power((n - 0.5) / s.number, 2)
FROM unnest(%(ids)s::bigint[], %(numbers)s::int[]) AS s (id, number)
JOIN {Petition._meta.db_table} p USING (id)
CROSS JOIN LATERAL generate_series(1, s.number) AS n
"""  # noqa: S608 - names of tables


@dataclass(frozen=True)
class MadePetitions:
    """Rows written: the ids, the most signed first, and the number of signatures in all."""

    ids: list[int]
    signatures: int


class ScaleOfPetitions:
    """Makes petitions from the phrases of `scale.toml`; the same ones for the same `seed`."""

    def __init__(self, authors: list[User], seed: str = "") -> None:
        self.random = Random(seed)  # noqa: S311 - nothing secret: the same data every time
        self.phrases = content.table("scale.toml")
        self.authors = authors
        self.hot_made = False
        self.calendar = work_calendar()
        self.today = local_date(clock.now())
        self.procedure = Procedure.objects.latest("pk")
        self.themes = list(Theme.objects.all())
        self.districts = list(District.objects.all())

    def make(self, petitions: int, signatures: int) -> MadePetitions:
        """Make published petitions, and signatures in a long tail over them."""
        numbers = self._shares(petitions, signatures)
        ids: list[int] = []
        for start in range(0, petitions, _BATCH):
            batch = numbers[start : start + _BATCH]
            made = self._petitions(batch)
            ids += made
            self._sign(made, batch)
            counting.recount(made)
        return MadePetitions(ids, sum(numbers))

    def _shares(self, petitions: int, signatures: int) -> list[int]:
        """Numbers of signatures of each, the most first: the known shape stretched to the sum, none
        with none.
        """
        shares, lows, highs = zip(*_SHAPE, strict=True)
        drawn = []
        for place in self.random.choices(range(len(_SHAPE)), shares, k=petitions):
            low, high = lows[place], highs[place]
            drawn.append(low * (high / low) ** self.random.random())
        drawn.sort(reverse=True)
        whole = sum(drawn)
        numbers = [max(1, int(number * signatures / whole)) for number in drawn]
        if numbers:
            numbers[0] = max(1, numbers[0] + signatures - sum(numbers))
        return numbers

    def _petitions(self, numbers: list[int]) -> list[int]:
        threads = Thread.objects.bulk_create(Thread() for _ in numbers)
        made = Petition.objects.bulk_create(
            self._petition(thread, number) for thread, number in zip(threads, numbers, strict=True)
        )
        self._hand_over(made, numbers)
        if self.themes:
            through = Petition.themes.through
            through.objects.bulk_create(
                through(petition=petition, theme=self.random.choice(self.themes))
                for petition in made
            )
        return [petition.pk for petition in made]

    def _petition(self, thread: Thread, signatures: int) -> Petition:
        """Published within the last two years, so that most have ended; what has ended is dealt
        with."""
        random, phrases = self.random, self.phrases
        subject, street = random.choice(phrases["subjects"]), random.choice(phrases["streets"])
        title = random.choice(phrases["demands"]).format(subject=subject, street=street)
        text = random.choice(phrases["duties"]).format(subject=subject)
        reasons = random.choice(phrases["opinions"]).format(subject=subject).capitalize() + "."
        now = clock.now()
        # The most signed, which is the first, is being signed now.
        published = now - timedelta(days=730 * random.random() if self.hot_made else 30)
        self.hot_made = True
        last_day = self.procedure.collection_period.last_day(local_date(published), self.calendar)
        closes = end_of_day(last_day)
        author = random.choice(self.authors)
        made = Petition(
            procedure=self.procedure,
            author=author,
            author_name=author.get_full_name(),
            thread=thread,
            district=random.choice(self.districts) if self.districts else None,
            title=title,
            text=text,
            reasons=reasons,
            created_at=published - timedelta(days=1),
            submitted_at=published - timedelta(days=1),
            publish_due_on=local_date(published) + timedelta(days=1),
            published_at=published,
            closes_at=closes,
            search=document(A=title, B=text, C=reasons),
        )
        if signatures >= self.procedure.threshold:
            made.reached_at = published + (min(closes, now) - published) * 0.9
            made.notice_due_on = local_date(made.reached_at) + timedelta(days=3)
            if closes <= now:
                made.review_at = made.decided_at = made.answered_at = closes
                made.review_due_on = made.answer_due_on = local_date(closes)
                made.decision = Petition.Decision.SUPPORTED
        elif closes <= now:
            made.handed_over_at = closes
        return made

    def _hand_over(self, petitions: list[Petition], numbers: list[int]) -> None:
        """Let what ended without enough signatures be an appeal that is dealt with, or a job would
        register them one after the other while something is measured."""
        signed = zip(petitions, numbers, strict=True)
        ended = [(each, people) for each, people in signed if each.handed_over_at]
        appeals = Appeal.objects.bulk_create(self._appeal(each, people) for each, people in ended)
        for (petition, _people), appeal in zip(ended, appeals, strict=True):
            petition.appeal = appeal
        Petition.objects.bulk_update([petition for petition, _people in ended], ["appeal"])

    def _appeal(self, petition: Petition, people: int) -> Appeal:
        ended_at = petition.handed_over_at
        assert ended_at is not None  # noqa: S101 - filtered
        return Appeal(
            via=Appeal.Via.PETITION,
            kind=Appeal.Kind.PROPOSAL,
            author=petition.author,
            origin=f"петиція № {petition.pk}",
            origin_path=petition.get_absolute_url(),
            name=petition.author_name,
            people=people,
            is_collective=people > 1,
            subject=petition.title,
            text=petition.text,
            received_at=ended_at,
            registered_on=self.today,
            number=_FIRST_NUMBER + petition.pk,
            term="month",
            due_at=ended_at + timedelta(days=30),
            withdrawn_at=ended_at,
            closed_at=ended_at,
            digest=b"",
        )

    def _sign(self, ids: list[int], numbers: list[int]) -> None:
        given, family = self.phrases["given_names"], self.phrases["family_names"]
        with connection.cursor() as cursor:
            cursor.execute(
                _SIGN,
                {
                    "ids": ids,
                    "numbers": numbers,
                    "given": given,
                    "givens": len(given),
                    "family": family,
                    "families": len(family),
                },
            )
