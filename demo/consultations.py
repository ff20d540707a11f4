"""The demo city's consultations: prepared by the actions, then moved into the past."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from io import BytesIO
from random import Random
from typing import Any

from accounts.eligibility import meets
from accounts.models import User
from city.models import Department, District, Theme
from consultations.life import actions as life_actions
from consultations.models import (
    Attachment,
    Consultation,
    DateChange,
    Outage,
    Procedure,
    Remark,
)
from consultations.outages.actions import reason_of
from consultations.papers import actions
from consultations.pictures import actions as pictures
from consultations.remarks.participation import eligibility_in
from core.domain import clock
from core.domain.calendar import SATURDAY, WorkCalendar, end_of_day, kyiv, local_date
from demo import carrying, checklist, content, organisations, talk
from demo.content import Days
from demo.streets import streets_of
from demo.talk import Said
from discussions import actions as discussion
from discussions.models import Comment, Flag
from drafts.models import Clause, Draft, Version
from drafts.versions import actions as drafts

_PROSE = (
    *("summary", "problem", "options", "chosen_option", "affected", "how_held"),
    "outcome",
)
_TEXTS = (
    *("title", "summary", "brief", "brief_en", "problem", "options", "chosen_option", "affected"),
    *("how_held", "report_how"),
    *("contact_person", "contact_details", "on_paper", "short_period_reason"),
)
#: How readily people write at each hour of the day, from midnight.
_HOURS = [1, 0, 0, 0, 0, 1, 4, 8, 7, 6, 6, 5, 7, 6, 5, 5, 6, 8, 10, 12, 13, 11, 7, 3]


def load_consultation(slug: str, people: Mapping[str, User], calendar: WorkCalendar) -> None:
    """Put in one consultation with its draft, files, links, remarks and what became of it."""
    described = content.table(slug, "consultation.toml")
    for name in _PROSE:
        described[name] = described.get(name, "").strip()
    now, random = clock.now(), Random(slug)  # noqa: S311 - the same city every time
    officer = people[described["officer"]]
    days = Days(local_date(now), calendar)
    draft = _draft(slug, described["version"], officer, days)
    consultation = life_actions.create(
        by=officer,
        fields={name: described[name] for name in _TEXTS if name in described}
        | {
            "procedure": Procedure.objects.get(code=described["procedure"]),
            "department": Department.objects.get(slug=described["department"]),
            "draft": draft,
            "district": District.objects.filter(slug=described.get("district", "")).first(),
        },
        themes=Theme.objects.filter(slug__in=described["themes"]),
        streets=streets_of(described.get("streets", [])),
    )
    _attach(consultation, slug, described, officer)
    _date(consultation, described, officer, days)
    checklist.load_answers(consultation, described, days)
    _end(consultation, described, days)
    _let_speak(consultation, _Editions(consultation, draft, now), slug, people, random)
    carrying.carry_remarks(consultation, officer)
    organisations.load_costs(consultation, slug)


def _draft(slug: str, versions: list[dict[str, Any]], officer: User, days: Days) -> Draft:
    """Import and publish each version from its file; returns the draft."""
    draft: Draft | None = None
    for described in versions:
        name, data = described["file"], content.file(slug, described["file"])
        if draft is None:
            version = drafts.import_draft(data, name=name, by=officer)
        else:
            version = drafts.import_version(draft, data, name=name, by=officer)
        drafts.publish(version, by=officer)
        published_at = days.at(described["day"], 8, 40)
        Version.objects.filter(pk=version.pk).update(
            created_at=published_at, published_at=published_at
        )
        draft = version.draft
    if draft is None:
        raise ValueError(f"{slug} has no version")
    return draft


def _date(
    consultation: Consultation, described: Mapping[str, Any], officer: User, days: Days
) -> None:
    """Give it its dates; what has passed has been told."""
    last_day = days.day(described["closes"])
    announced = described.get("announced", described["opens"])
    consultation.announced_at = consultation.created_at = days.at(announced, 8, 45)
    consultation.opens_at = days.at(described["opens"], 9)
    consultation.closes_at = end_of_day(last_day)
    consultation.report_due_on = consultation.procedure.report_period.last_day(
        last_day, days.calendar
    )
    consultation.asks_full_name = consultation.procedure.asks_full_name
    consultation.names_with_proposals = consultation.asks_full_name
    consultation.checklist = consultation.procedure.checklist
    consultation.opening_told = described["opens"] < 0
    consultation.closing_told = described["closes"] < 0
    consultation.save()
    if outage := described.get("outage"):
        _extend_for_outage(consultation, outage, last_day)
    if change := described.get("extended"):
        DateChange.objects.create(
            consultation=consultation,
            by=officer,
            at=days.at(change["day"], 15, 20),
            old_opens_at=consultation.opens_at,
            old_closes_at=end_of_day(days.day(change["from"])),
            new_opens_at=consultation.opens_at,
            new_closes_at=consultation.closes_at,
            reason=change["reason"],
        )


def _extend_for_outage(
    consultation: Consultation, described: Mapping[str, Any], last_day: date
) -> None:
    """The site was away in the evening of the day on which it would have closed: a day more."""
    former = last_day - timedelta(days=1)
    times = {name: time.fromisoformat(described[name]) for name in ("from", "until")}
    outage = Outage.objects.create(
        began_at=kyiv(former, times["from"]), ended_at=kyiv(former, times["until"])
    )
    opens_at = consultation.opens_at or outage.began_at
    DateChange.objects.create(
        consultation=consultation,
        outage=outage,
        at=outage.ended_at + timedelta(minutes=1),
        old_opens_at=opens_at,
        old_closes_at=end_of_day(former),
        new_opens_at=opens_at,
        new_closes_at=end_of_day(last_day),
        reason=reason_of([outage], (opens_at, end_of_day(former))),
    )


def _end(consultation: Consultation, described: Mapping[str, Any], days: Days) -> None:
    """Load the outcome of the consultation, where it has one."""
    if "withdrawn" in described:
        consultation.withdrawn_at = days.at(described["withdrawn"], 14, 10)
        consultation.withdrawn_reason = described["withdrawn_reason"]
    if "reported" in described:
        consultation.reported_at = days.at(described["reported"], 11, 30)
        consultation.outcome = described["outcome"]
    consultation.save()


def _attach(
    consultation: Consultation, slug: str, described: Mapping[str, Any], officer: User
) -> None:
    for paper in described.get("attachment", []):
        word = content.as_word(content.file(slug, paper["file"]).decode())
        kind = paper.get("kind", Attachment.Kind.PAPER)
        title = paper["title"]
        actions.attach(consultation, by=officer, title=title, file=BytesIO(word), kind=kind)
    for row in described.get("picture", []):
        words = {name: value for name, value in row.items() if name != "file"}
        pictures.add(consultation, by=officer, file=content.picture(row["file"]), **words)
    for link in described.get("link", []):
        actions.add_link(consultation, by=officer, title=link["title"], url=link["url"])


def _let_speak(
    consultation: Consultation,
    editions: _Editions,
    slug: str,
    people: Mapping[str, User],
    random: Random,
) -> None:
    """Write what people said, spread over the time they had, and what moderators did about it."""
    described = content.remarks(slug)
    if not described:
        return
    moments = _moments(len(described), editions.starts[0], editions.until, random)
    remarks = []
    for row, moment in zip(described, moments, strict=True):
        at, clause = editions.place(row, moment, random)
        remarks.append(
            Said(
                by=people[row["by"]],
                at=at,
                text=row["text"],
                kind=row.get("kind", Remark.Kind.REMARK),
                clause=clause,
                quote=row.get("quote", ""),
                proposal=row.get("proposal", ""),
                **_voice(row),
                full_name=row.get("full_name", ""),
                agrees=row["agrees"],
                disagrees=row.get("disagrees", 0),
                answers=_answers(row, at, editions, people, random),
            )
        )
    voters = _who_may(consultation.procedure, people)
    talk.write(consultation, remarks, voters=voters, until=editions.until, random=random)
    for row, said in zip(described, remarks, strict=True):
        _moderate(row, said, people, editions.now)


def _who_may(procedure: Procedure, people: Mapping[str, User]) -> list[User]:
    """The residents whom the procedure lets take part."""
    residents = [user for user in people.values() if not user.is_staff]
    eligibilities = ((user, eligibility_in(user, procedure)) for user in residents)
    requirement = procedure.requirement
    return [
        user
        for user, eligibility in eligibilities
        if eligibility is None or meets(eligibility, requirement)
    ]


class _Editions:
    """Which version people had before them at a moment, until remarks ended or until now."""

    def __init__(self, consultation: Consultation, draft: Draft, now: datetime) -> None:
        versions = list(draft.versions.published().order_by("number"))
        opens_at, ends = consultation.opens_at, [consultation.closes_at, consultation.withdrawn_at]
        self.now = now
        self.until = min(now, *(end for end in ends if end))
        self.starts = [
            max(start, opens_at)
            for version in versions
            if (start := version.published_at) and opens_at
        ]
        self.ends = [*self.starts[1:], self.until]
        self.clauses: list[dict[str, Clause]] = [
            {clause.label: clause for clause in version.outline()} for version in versions
        ]

    def place(
        self, row: Mapping[str, Any], moment: datetime, random: Random
    ) -> tuple[datetime, Clause | None]:
        """When it was said, and of which clause.

        A remark is of the version that it names, or of the last one that people could read; where
        the same words stood in an earlier version, it may have been said of that.
        """
        readable = [at for at, start in enumerate(self.starts) if start < self.until]
        wanted = row["version"] - 1 if "version" in row else readable[-1]
        at = max(at for at in readable if self.starts[at] <= moment)
        if "on" not in row:
            return moment, None
        clause = self.clauses[wanted][row["on"]]
        earlier = self.clauses[at].get(row["on"])
        if "version" not in row and earlier is not None and earlier.text == clause.text:
            return moment, earlier
        if at != wanted:
            moment = _between(self.starts[wanted], self.ends[wanted], random)
        return moment, clause


def _answers(
    row: Mapping[str, Any],
    at: datetime,
    editions: _Editions,
    people: Mapping[str, User],
    random: Random,
) -> list[Said]:
    """Answers follow within hours, official ones within a day or two, in office hours."""
    answers = []
    last = at
    for answer in row.get("replies", []):
        official = answer.get("official", False)
        hours = random.uniform(5, 30) if official else random.expovariate(1 / 4)
        start, until = last, editions.until
        if official and "version" in row:
            start = max(start, editions.ends[row["version"] - 1])
        if official:
            until = editions.now
        last = start + timedelta(hours=hours, minutes=2)
        if last >= until:
            last = _between(start, until, random)
        if official:
            last = _in_office(last, start, until, random)
        answers.append(
            Said(
                by=people[answer["by"]],
                at=last,
                text=answer["text"],
                official=official,
                **_voice(answer),
                agrees=answer["agrees"],
            )
        )
    return answers


def _voice(row: Mapping[str, Any]) -> dict[str, Any]:
    """In whose name something was said, and what interest was declared."""
    organisation = organisations.organisation_by_key(row["for"]) if "for" in row else None
    return {"organisation": organisation, "interest": row.get("interest", "")}


def _moderate(
    row: Mapping[str, Any], said: Said, people: Mapping[str, User], now: datetime
) -> None:
    soon = min(said.at + timedelta(hours=3), said.at + (now - said.at) / 2)
    if hidden := row.get("hidden"):
        discussion.hide(
            said.comment, by=people[hidden["by"]], reason=hidden["reason"], note=hidden["note"]
        )
        Comment.objects.filter(pk=said.comment.pk).update(hidden_at=soon)
    if flagged := row.get("flagged"):
        report = discussion.flag(
            said.comment,
            by=people[flagged["by"]],
            reason=flagged["reason"],
            details=flagged["details"],
        )
        Flag.objects.filter(pk=report.pk).update(at=soon)


def _moments(amount: int, start: datetime, end: datetime, random: Random) -> list[datetime]:
    """Moments between the two in their order: more at first and at the end, by day, in evenings.

    Each is drawn and kept as likely as people write at its hour.
    """
    most = max(_HOURS)
    moments: list[datetime] = []
    while len(moments) < amount:
        moment = start + (end - start) * random.betavariate(0.8, 0.9)
        hour = moment.astimezone(start.tzinfo).hour
        if random.random() * most < max(_HOURS[hour], 1):
            moments.append(moment)
    return sorted(moments)


def _between(start: datetime, end: datetime, random: Random) -> datetime:
    return start + (end - start) * random.uniform(0.02, 0.98)


def _in_office(moment: datetime, start: datetime, until: datetime, random: Random) -> datetime:
    """An office hour near `moment` and between the two others; `moment` where there is none."""
    for shift in (0, 1, 2, 3, -1, -2):
        day = local_date(moment) + timedelta(days=shift)
        found = kyiv(day, time(random.randint(9, 16), random.randint(0, 59)))
        if day.weekday() < SATURDAY and start < found < until:
            return found
    return moment
