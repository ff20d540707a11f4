"""The demo city's appeals and requests, made by the actions and then put into the past."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AnonymousUser
from PIL import Image, ImageDraw

from accounts import allauth_compat
from accounts.models import Grant, User
from appeals import actions, secrets, terms
from appeals.begin import enter
from appeals.filing import actions as filing_actions
from appeals.filing.actions import NewFile
from appeals.models import Answer, Appeal, Entry, Reading
from appeals.queries import record_reading
from appeals.register.numbering import number_at_commit
from city.lists.description import describe
from city.models import Department
from core.db.search import document
from core.domain import clock
from core.domain.actions import action
from core.domain.calendar import WorkCalendar, end_of_day, local_date
from demo import city, content
from demo.content import Days

_WRITTEN = ("kind", "name", "residence", "email", "subject", "text", "privileged", "people")


def load_appeals(people: Mapping[str, User], calendar: WorkCalendar) -> None:
    """Put in the office with its people, and appeals of all kinds and states."""
    described = content.table("appeals.toml")
    describe({"department": described["department"]})
    everybody = {**people, **_load_office(described["people"])}
    loader = _Loader(everybody, Days(local_date(clock.now()), calendar), calendar)
    # The numbers of a day in the order in which they came.
    for row in sorted(described["appeal"], key=lambda row: int(row["received"])):
        loader.load(row)


def shown_code() -> tuple[str, str] | None:
    """Number and code of the appeal that a demo's guest may open without an account."""
    for row in content.table("appeals.toml")["appeal"]:
        if code := row.get("code"):
            found = Appeal.objects.filter(secret_hash=secrets.hash_of(code)).first()
            return (found.label, code) if found else None
    return None


def _load_office(rows: Mapping[str, Mapping[str, Any]]) -> dict[str, User]:
    departments = {department.slug: department for department in Department.objects.all()}
    password = make_password(city.PASSWORD)
    made = {}
    for key, row in rows.items():
        names = ("given_name", "family_name", "public_name_style")
        user = User.objects.create(
            email=city.email_of(key),
            is_staff=True,
            password=password,
            **{name: row[name] for name in names},
        )
        Grant.objects.create(
            user=user,
            role=row["role"],
            department=departments[row["department"]] if "department" in row else None,
            **{name: row[name] for name in ("post", "post_genitive", "patronymic")},
        )
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        allauth_compat.activate_app(user, allauth_compat.new_app_secret())
        allauth_compat.activate_recovery_codes(user)
        made[key] = user
    return made


@dataclass(frozen=True, slots=True)
class _Loader:
    people: Mapping[str, User]
    days: Days
    calendar: WorkCalendar

    def load(self, row: Mapping[str, Any]) -> None:
        clerk, head = self.people["kalyna"], self.people["nazar"]
        author = self.people.get(row.get("by", ""))
        appeal = self._file(row, author)
        if "department" in row:
            department = Department.objects.get(slug=row["department"])
            officer = self.people.get(row.get("officer", ""))
            appeal = actions.accept(appeal, by=clerk, department=department, officer=officer)
        if "extended" in row:
            appeal = self._extend(appeal, row, head)
        if "draft" in row:
            self._draft(appeal, row)
        if "answer" in row:
            appeal = self._answer(appeal, row, author)
        self._end(appeal, row, clerk, self.people["holova"])
        for reader in row.get("read", ()):
            record_reading(appeal, self.people[reader])
        appeal.refresh_from_db()
        self._put_into_the_past(appeal, row)

    def _file(self, row: Mapping[str, Any], author: User | None) -> Appeal:
        """As the action files it now, registered on the day when it came."""
        written = {name: row[name] for name in _WRITTEN if name in row}
        came = self._moment(row, "received", 10)
        usual = terms.offered_to(row["kind"])[0]
        code = row.get("code") or secrets.new_secret()
        appeal = Appeal(
            **{**written, "email": author.email if author else row.get("email", "")},
            via=Appeal.Via.PAGE,
            author=author,
            is_collective="people" in row,
            received_at=clock.now(),
            registered_on=terms.registration_day(came, self.calendar),
            term=usual.code,
            digest=filing_actions.digest_of(row["text"]),
            search=document(A=row["subject"], B=row["text"], C=row.get("residence", "")),
            secret_hash=None if author else secrets.hash_of(code),
        )
        terms.set_due(appeal, self.calendar)
        with action():
            appeal.save()
            if "photo" in row:
                filing_actions.attach(
                    [NewFile(row["photo"], "image/jpeg", _photo())], appeal=appeal
                )
            enter(appeal, Entry.Kind.FILED, by=author, at=appeal.received_at)
            number_at_commit(appeal)
        return appeal

    def _extend(self, appeal: Appeal, row: Mapping[str, Any], head: User) -> Appeal:
        longer = terms.extension_of(appeal)
        assert longer is not None  # noqa: S101 - the demo's own
        until = longer.last_day(appeal.received_at, self.calendar)
        return actions.extend(appeal, by=head, until=until, reason=row["reason"])

    def _draft(self, appeal: Appeal, row: Mapping[str, Any]) -> None:
        """A draft that waits for its head, and what its officer noted."""
        officer = self.people[row["officer"]]
        actions.note(appeal, by=officer, text=row["noted"])
        actions.draft_answer(
            appeal,
            by=officer,
            text=row["draft"],
            result=row["result"],
        )

    def _answer(self, appeal: Appeal, row: Mapping[str, Any], author: User | None) -> Appeal:
        clerk, head = self.people["kalyna"], self.people["nazar"]
        actions.draft_answer(
            appeal,
            by=clerk,
            text=row["answer"],
            result=row["result"],
        )
        actions.approve(appeal, by=head)
        actions.answer(appeal, by=clerk, how="page")
        whose: Any = author or AnonymousUser()
        if "rating" in row:
            actions.rate(
                appeal,
                by=whose,
                rating=row["rating"],
                words=row.get("words", ""),
                holds_secret=author is None,
            )
        if "reopened" in row:
            actions.reopen(appeal, by=whose, reason=row["reason"], holds_secret=author is None)
        return appeal

    def _end(self, appeal: Appeal, row: Mapping[str, Any], clerk: User, mayor: User) -> None:
        if "returned" in row:
            actions.return_(appeal, by=clerk, ground=row["returned"], note=row["note"])
        if "forwarded" in row:
            actions.forward(appeal, by=clerk, to=row["forwarded"], sheets=1)
        if "refused" in row:
            actions.leave_without_consideration(
                appeal, by=mayor, ground=row["refused"], note=row["note"]
            )
        if "moved" in row:
            actions.move(appeal, by=clerk, note=row["moved"])

    def _moment(self, row: Mapping[str, Any], name: str, hour: int) -> datetime:
        """The hour of the day that the row names; what came today, came a minute ago."""
        day = row.get(name, row["received"])
        at = self.days.at(day, hour)
        return min(at, clock.now() - timedelta(minutes=1)) if day == 0 else at

    def _put_into_the_past(self, appeal: Appeal, row: Mapping[str, Any]) -> None:
        came, taken = self._moment(row, "received", 10), self._moment(row, "accepted", 15)
        extended, ended = self._moment(row, "extended", 12), self._moment(row, "ended", 16)
        reopened, drafted = self._moment(row, "reopened", 18), self._moment(row, "drafted", 11)
        at = {
            "received_at": came,
            "accepted_at": taken,
            "extended_at": extended,
            **dict.fromkeys(
                ("returned_at", "forwarded_at", "refused_at", "moved_at", "answered_at"), ended
            ),
            "closed_at": ended,
            "reopened_at": reopened,
        }
        for column, moment in at.items():
            if getattr(appeal, column) is not None:
                setattr(appeal, column, moment)
        if terms.term_of(appeal).is_promised:
            appeal.due_at = end_of_day(terms.term_of(appeal).last_day(came, self.calendar))
        terms.set_due(appeal, self.calendar)
        appeal.save(update_fields=[*at, "due_at"])
        kinds = {
            Entry.Kind.FILED: came,
            Entry.Kind.ACCEPTED: taken,
            Entry.Kind.EXTENDED: extended,
            Entry.Kind.REOPENED: reopened,
        }
        if "draft" in row:
            kinds |= {Entry.Kind.NOTE: drafted, Entry.Kind.DRAFTED: drafted}
        Reading.objects.filter(appeal=appeal).update(at=taken)
        for entry in Entry.objects.filter(appeal=appeal):
            moment = kinds.get(Entry.Kind(entry.kind), ended)
            Entry.objects.filter(pk=entry.pk).update(at=moment)
        Answer.objects.filter(appeal=appeal, sent_at=None).update(at=drafted)
        for answer in Answer.objects.filter(appeal=appeal, sent_at__isnull=False):
            answer.at = answer.approved_at = answer.sent_at = ended
            answer.rated_at = ended + timedelta(hours=20) if answer.rated_at else None
            answer.due_at = appeal.due_at
            if appeal.reopened_at:
                answer.due_at = terms.offered_to(appeal.kind)[0].end(came, self.calendar)
            answer.save(update_fields=["at", "approved_at", "sent_at", "due_at", "rated_at"])


def _photo() -> bytes:
    """A picture of a lamp that does not light, drawn."""
    image = Image.new("RGB", (640, 480), "#1d2433")
    draw = ImageDraw.Draw(image)
    draw.rectangle((300, 120, 312, 440), fill="#4a4f5c")
    draw.line((306, 122, 400, 90), fill="#4a4f5c", width=10)
    draw.ellipse((385, 78, 445, 110), fill="#2c313d", outline="#5d6371", width=4)
    draw.rectangle((0, 440, 640, 480), fill="#14181f")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()
