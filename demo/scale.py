"""Large amounts of plausible consultations, people and remarks, to measure with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random

from django.db.models import Sum

from accounts.models import Grant, StaffRole, User
from city.calendar import work_calendar
from city.models import Department
from consultations.life import actions
from consultations.models import Consultation, Procedure, Remark
from core.domain import clock
from core.domain.calendar import end_of_day, kyiv, local_date
from demo import content, talk
from demo.talk import Said
from discussions.models import Comment
from drafts.models import Clause, Draft
from drafts.versions import actions as drafts

PEOPLE = 500
_OPEN_SINCE = timedelta(days=20)
_KINDS = [Remark.Kind.REMARK, Remark.Kind.QUESTION, Remark.Kind.WORDING]
_KIND_WEIGHTS = [80, 12, 8]


@dataclass(frozen=True)
class Made:
    """Rows written: the consultation and their number."""

    consultation: Consultation
    remarks: int
    answers: int
    reactions: int


class Scale:
    """Makes consultations from the phrases of `scale.toml`; the same ones for the same `seed`."""

    def __init__(self, seed: str = "") -> None:
        self.random = Random(seed)  # noqa: S311 - nothing secret: the same data every time
        self.phrases = content.table("scale.toml")
        self.people = self._people()
        self.department, _made = Department.objects.get_or_create(
            slug="measurements", defaults={"name": "Відділ вимірювань"}
        )
        self.officer = self._officer()

    def consultation(self, remarks: int, *, text: str = "") -> Made:
        """A consultation open since 20 days with `remarks` remarks, a long tail over its clauses.

        `text`: its draft; without it, one of 141 numbered clauses.

        About every fourth remark has answers; support is a long tail too.
        """
        version = drafts.import_draft(
            (text or self._text()).encode(), name="scale.txt", by=self.officer
        )
        drafts.publish(version, by=self.officer)
        now = clock.now()
        opens_at = kyiv(local_date(now) - _OPEN_SINCE)
        made = self._open(version.draft, opens_at)
        clauses = [clause for clause in version.outline().numbered() if not clause.is_container]
        self.random.shuffle(clauses)
        # By rank: the first clause draws most, the tail a few each.
        weights = list(accumulate(1 / (rank + 3) for rank in range(len(clauses))))
        said = [self._said(clauses, weights, opens_at, now) for _ in range(remarks)]
        talk.write(made, said, voters=self.people, until=now, random=self.random)
        written = Comment.objects.filter(thread=made.thread)
        totals = written.aggregate(agrees=Sum("agrees"), disagrees=Sum("disagrees"))
        return Made(
            made,
            remarks=len(said),
            answers=sum(len(remark.answers) for remark in said),
            reactions=(totals["agrees"] or 0) + (totals["disagrees"] or 0),
        )

    def _people(self) -> list[User]:
        """Residents without a password, made once for all runs."""
        known = User.objects.filter(email__startswith="scale-", email__endswith="@viche.example")
        if not known.exists():
            User.objects.bulk_create(
                User(
                    email=f"scale-{number:04}@viche.example",
                    given_name=self.random.choice(self.phrases["given_names"]),
                    family_name=self.random.choice(self.phrases["family_names"]),
                    password="!",  # noqa: S106 - unusable: they only speak and vote
                )
                for number in range(1, PEOPLE + 1)
            )
        return list(known.order_by("email").filter(is_staff=False))

    def _officer(self) -> User:
        officer: User
        officer, made = User.objects.get_or_create(
            email="scale-officer@viche.example",
            defaults={
                "given_name": "Остап",
                "family_name": "Вимір",
                "is_staff": True,
                "password": "!",
            },
        )
        if made:
            Grant.objects.create(user=officer, role=StaffRole.OFFICER, department=self.department)
        return officer

    def _open(self, draft: Draft, opens_at: datetime) -> Consultation:
        """A consultation of the draft, open for 20 days more."""
        consultation = actions.create(
            by=self.officer,
            fields={
                "procedure": Procedure.objects.get(code="draft-decision"),
                "department": self.department,
                "draft": draft,
                "title": self.phrases["title"],
                "summary": self.phrases["summary"],
                "contact_person": self.officer.get_full_name(),
                "contact_details": self.officer.email,
            },
        )
        last_day = local_date(clock.now()) + _OPEN_SINCE
        consultation.opens_at = consultation.announced_at = opens_at
        consultation.closes_at = end_of_day(last_day)
        consultation.report_due_on = consultation.procedure.report_period.last_day(
            last_day, work_calendar()
        )
        consultation.opening_told = True
        consultation.save()
        return consultation

    def _text(self) -> str:
        """A draft with a section for each subject, 141 numbered clauses in all."""
        lines = [self.phrases["act"], "Міська рада вирішила:"]
        for number, subject in enumerate(self.phrases["subjects"], 1):
            lines.append(f"{number}. У справах {subject}:")
            for sub, duty in enumerate(self.phrases["duties"], 1):
                lines.append(f"{number}.{sub}. {duty.format(subject=subject)}")
        lines.append(f"{len(self.phrases['subjects']) + 1}. Контроль покласти на постійні комісії.")
        return "\n\n".join(lines)

    def _said(
        self, clauses: list[Clause], weights: list[float], start: datetime, now: datetime
    ) -> Said:
        random = self.random
        at = start + (now - start) * random.random()
        on_whole = random.random() < 0.05
        clause = None if on_whole else random.choices(clauses, cum_weights=weights)[0]
        kind = random.choices(_KINDS, _KIND_WEIGHTS)[0] if clause else Remark.Kind.REMARK
        words = clause.text.split() if clause else []
        quote = " ".join(words[1:4]) if clause and random.random() < 0.4 else ""
        proposal = ""
        if kind == Remark.Kind.WORDING and clause:
            proposal = clause.text.rstrip(".") + " протягом 30 днів."
            quote = ""
        agrees = min(int(random.paretovariate(0.9)) - 1, 300)
        return Said(
            by=random.choice(self.people),
            at=at,
            text=self._words(),
            kind=kind,
            clause=clause,
            quote=quote,
            proposal=proposal,
            agrees=agrees,
            disagrees=int(agrees * random.random() ** 3),
            answers=self._answers(at, now) if random.random() < 0.25 else [],
        )

    def _words(self) -> str:
        random, phrases = self.random, self.phrases
        sentences = [random.choice(phrases["openings"])]
        for _ in range(random.choices((1, 2, 4), (6, 3, 1))[0]):
            opinion = random.choice(phrases["opinions"])
            sentences.append(opinion.format(subject=random.choice(phrases["subjects"])) + ".")
        street, house = random.choice(phrases["streets"]), random.randint(1, 140)
        sentences.append(f"Це вулиця {street}, {house}.")
        sentences.append(random.choice(phrases["requests"]))
        return " ".join(sentences).strip()

    def _answers(self, at: datetime, now: datetime) -> list[Said]:
        random = self.random
        return [
            Said(
                by=random.choice(self.people),
                at=at + (now - at) * random.random(),
                text=random.choice(self.phrases["answers"]),
            )
            for _ in range(random.choices((1, 2, 5), (7, 2, 1))[0])
        ]
