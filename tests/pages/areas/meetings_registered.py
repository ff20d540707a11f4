"""Registration for meetings, and their documents."""

from __future__ import annotations

from io import BytesIO

from playwright.sync_api import Page

from meetings.documents import actions as documents
from meetings.models import Meeting, MeetingDocument, State
from meetings.registration import actions
from tests.meetings import factories
from tests.pages.areas.meetings_desk import TITLE
from tests.pages.page_checks import PageCheck, PageChecks, of
from tests.pages.page_walk import PageWalk
from tests.pages.steps import send

PDF = b"%PDF-1.7\n%%EOF\n"


def send_needs(page: Page) -> None:
    """Say what one needs, and forget to agree that it is read."""
    page.locator("textarea").fill("Жестова мова")
    send(page)


def _announced(town: PageWalk) -> Meeting:
    """A hearing with documents in every state: olena has a place, bohdan waits for one."""
    found = Meeting.objects.coming().filter(kind="hearing", title=TITLE).first()
    if found is not None:
        return found
    stream = "https://video.example/live"
    meeting = factories.meeting(
        State.ANNOUNCED, kind="hearing", title=TITLE, capacity=1, stream_url=stream
    )
    item = meeting.items.get(order=2)
    olena, bohdan = town.people["olena"], town.people["bohdan"]
    needs = "Користуюся кріслом колісним, потрібне місце біля проходу."
    actions.register(
        meeting, by=olena, speaks_on=item, stance="against", needs=needs, consents=True
    )
    actions.register(meeting, by=bohdan)
    actions.register(meeting, by=town.people["firm"], attendance="remote")
    by = factories.secretary()
    documents.add(meeting, by=by, title="Порядок проведення", file=BytesIO(PDF))
    documents.add(meeting, by=by, title="Пояснювальна записка", item=item, file=BytesIO(PDF))
    gone = documents.add(meeting, by=by, title="Список учасників", file=BytesIO(PDF))
    documents.remove(gone, by=by, reason="Містив персональні дані")
    return meeting


def _closed() -> Meeting:
    return factories.meeting(State.CLOSED, kind="hearing")


def _register(town: PageWalk) -> list[PageCheck]:
    meeting = _announced(town)
    return [
        *(of("meetings:register", meeting.pk, who=who) for who in ("olena", "bohdan", "charlie")),
        of("meetings:register", meeting.pk, who="charlie", then=send_needs),
        of("meetings:register", meeting.pk, who="charlie", width=360, height=740),
        of("meetings:register", _closed().pk, who="charlie"),
    ]


def _remove(town: PageWalk) -> list[PageCheck]:
    meeting = _announced(town)
    document = MeetingDocument.objects.filter(meeting=meeting, removed_at=None).latest("pk")
    draft = factories.meeting(State.DRAFT, kind="hearing")
    unread = documents.add(draft, by=factories.secretary(), title="Проєкт", file=BytesIO(PDF))
    name = "meetings_desk:remove_document"
    return [
        of(name, meeting.pk, document.pk, who="admin"),
        of(name, meeting.pk, document.pk, who="admin", then=send),
        of(name, draft.pk, unread.pk, who="admin"),
    ]


PAGES: dict[str, PageChecks] = {
    "meetings:register": _register,
    "meetings_desk:registrations": lambda town: [
        of("meetings_desk:registrations", pk, who="admin")
        for pk in (_announced(town).pk, _closed().pk)
    ],
    "meetings_desk:needs": lambda town: [
        of("meetings_desk:needs", pk, who="admin") for pk in (_announced(town).pk, _closed().pk)
    ],
    "meetings_desk:closing": lambda town: [
        of("meetings_desk:closing", _announced(town).pk, who="admin")
    ],
    "meetings_desk:documents": lambda town: [
        of("meetings_desk:documents", pk, who="admin") for pk in (_announced(town).pk, _closed().pk)
    ],
    "meetings_desk:new_document": lambda town: [
        of("meetings_desk:new_document", _announced(town).pk, who="admin", then=step)
        for step in (None, send)
    ],
    "meetings_desk:remove_document": _remove,
}
#: Routes that show no page, and why.
NO_PAGE: dict[str, str] = {
    "meetings:withdraw": "POST",
    "meetings:document": "a file",
    "meetings_desk:registration": "takes a button’s post and leads back to its page",
    "meetings_desk:registrations_csv": "CSV",
}
