"""The demo city's journalists, the press conference to which they are invited, and its own page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from accounts.models import User
from city.models import Department
from core.domain import clock
from core.domain.calendar import WorkCalendar, local_date
from demo import city, content
from demo.content import Days
from demo.meetings import SECRETARY
from meetings.agenda import actions as agenda_actions
from meetings.agenda.actions import ItemText
from meetings.models import Meeting
from meetings.planning import actions as planning_actions
from newsroom.council_pages import actions as pages
from newsroom.council_pages.actions import PageText
from newsroom.models import Accreditation, Page
from newsroom.press import actions, rules
from newsroom.press.actions import Application


def load_press(people: Mapping[str, User], calendar: WorkCalendar) -> None:
    """Load the journalists, the press conference and the pages of press.toml."""
    told = content.table("press.toml")
    today = local_date(clock.now())
    by = people["ofi"]
    coming = [
        made
        for row in told["journalist"]
        if (made := _journalist(row, by=by, today=today)) and row.get("comes")
    ]
    meeting = _conference(told["conference"], Days(today, calendar))
    for accreditation in coming:
        actions.say_coming(accreditation, meeting, is_coming=True)
    for slug, row in told["page"].items():
        page = Page.objects.get(slug=slug)
        former = page.versions.latest("number")
        text = PageText(title=former.title, text=row["text"])
        pages.change(page, text, by=by, reason=row["reason"])


def _journalist(row: Mapping[str, Any], *, by: User, today: date) -> Accreditation:
    facts = {name: row[name] for name in ("name", "outlet", "email", "phone")}
    application = Application(**facts, document_number=row.get("document_number", ""))
    made = actions.confirm(actions.apply(application, language="uk", consents=True))
    if row.get("waits"):
        return made
    if "refused" in row:
        return actions.refuse(made, by=by, reason=row["refused"])
    return actions.grant(made, by=by, until=rules.usual_term(today))


def _conference(row: Mapping[str, Any], days: Days) -> Meeting:
    secretary = User.objects.get(email=city.email_of(SECRETARY))
    begins_at = days.at(row["day"], row["hour"])
    notice = planning_actions.Notice(
        title=row["title"],
        place=row["place"],
        begins_at=begins_at,
        ends_at=begins_at + timedelta(hours=1),
        stream_url=row["stream_url"],
        accessibility=row["accessibility"],
    )
    department = Department.objects.get(slug="secretariat")
    made = planning_actions.plan(
        by=secretary, department=department, kind="press", body=None, notice=notice
    )
    for title in row["items"]:
        agenda_actions.add_item(made, by=secretary, text=ItemText(title=title))
    return planning_actions.publish(made, by=secretary)
