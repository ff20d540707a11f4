"""The feed of changes: what became of public things, and nothing of what never was public."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from appeals import actions as appeal_actions
from appeals.models import State as AppealState
from appeals.publishing.actions import set_consent
from consultations.decisions import actions as decisions
from consultations.life.actions import announce
from consultations.models import Consultation
from consultations.models import State as ConsultationState
from consultations.remarks import actions as remarks
from core.audit_log.chaining import chain_entries, find_head
from core.domain.events import Event
from core.models import AuditCut, AuditEntry
from discussions import actions as discussion
from meetings.models import State as MeetingState
from newsroom.articles import actions_life
from newsroom.models import State as ArticleState
from petitions.models import State as PetitionState
from portal.changes import feed
from portal.changes.kinds import KINDS
from tests import factories as things
from tests.appeals import factories as appeals
from tests.consultations.acts.test_acts import VOTES, adopted, today
from tests.meetings import factories as meetings
from tests.newsroom import factories as news
from tests.petitions import factories as petitions
from tests.votes import factories as polls
from votes.models import State as PollState

pytestmark = pytest.mark.django_db
PUBLIC_ANSWER = {"subject": "Ліхтар", "question": "Просять ліхтар.", "text": "Є ліхтар."}


def read(client, since: int = 0) -> dict:
    """An answer of the feed, once what happened is linked."""
    chain_entries()
    answer = client.get("/api/v1/changes/", {"since": since})
    assert answer.status_code == 200, answer.content
    return answer.json()


def told(client, since: int = 0) -> list[tuple[str, int, str]]:
    return [(each["kind"], each["id"], each["state"]) for each in read(client, since)["results"]]


def test_an_article_is_told_of_from_its_publication_to_its_withdrawal(client, ofi, settings):
    made = news.article(ArticleState.DRAFT)
    assert told(client) == []
    actions_life.publish(made, by=ofi)
    answer = read(client)
    cursor = answer["cursor"]
    assert cursor == find_head().number
    assert answer == {
        "results": [
            {
                "link": cursor,
                "kind": "news",
                "id": made.pk,
                "url": f"{settings.SITE_URL}/news/{made.pk}/",
                "state": "changed",
            }
        ],
        "cursor": cursor,
        "has_more": False,
    }
    assert read(client, cursor) == {"results": [], "cursor": cursor, "has_more": False}
    actions_life.withdraw(made, by=ofi, reason="Помилка")
    # Whoever reads from the start is not told that it was public; whoever knows it, that it is not.
    assert told(client) == told(client, cursor) == [("news", made.pk, "hidden")]
    assert news.article(ArticleState.PLANNED).pk
    assert len(told(client)) == 1


def test_a_remark_that_is_hidden_or_deleted_is_at_once(client, opened, olena, ofi, mo):
    one, other = (remarks.remark(opened, by=olena, text=f"Думка {n}") for n in (1, 2))
    for each in (one, other):
        remarks.answer(each, by=ofi, text="Дякуємо.")
    before = read(client)
    assert {each["state"] for each in before["results"]} == {"changed"}
    discussion.hide(one.comment, by=mo, reason="insult", note="Образа.")
    # Not linked yet: already no answer says more than it is now.
    answer = client.get("/api/v1/changes/?since=0").json()["results"]
    assert {each["id"]: each["state"] for each in answer if each["kind"] == "remarks"} == {
        one.pk: "hidden",
        other.pk: "changed",
    }
    discussion.delete(other.comment, by=olena)
    assert told(client, before["cursor"]) == [
        ("remarks", one.pk, "hidden"),
        ("remarks", other.pk, "gone"),
    ]
    discussion.restore(one.comment, by=mo)
    assert ("remarks", one.pk, "changed") in told(client, before["cursor"])


def test_an_answer_taken_off_is_gone_and_its_appeal_is_never_named(client, olena):
    made = appeals.appeal(olena, AppealState.ANSWERED)
    answer, boss = made.answers.get(), appeals.head(made.department)
    set_consent(answer, by=olena, agrees=True)
    assert told(client) == []
    appeal_actions.publish_answer(answer, by=boss, **PUBLIC_ANSWER)
    assert told(client) == [("answers", answer.pk, "changed")]
    set_consent(answer, by=olena, agrees=False)
    assert told(client) == [("answers", answer.pk, "gone")]


def test_a_decision_that_adopts_nothing_any_more_is_no_act(client, department, ofi):
    nothing = {"outcome": "postponed", "number": "", "reason": "Доопрацьовують."}
    never = adopted(department, ofi, **nothing, **dict.fromkeys(VOTES))
    assert ("consultations", never.consultation_id, "changed") in told(client)
    assert "acts" not in {kind for kind, _id, _state in told(client)}
    act = adopted(department, ofi)
    assert ("acts", act.pk, "changed") in told(client)
    facts = {"outcome": "rejected", "decided_on": today(), "number": "", "reason": "Бракує голосів"}
    decisions.change(act, by=ofi, fields={**VOTES, **facts}, reason="Описка")
    assert ("acts", act.pk, "gone") in told(client)


def test_what_is_prepared_leaves_no_trace(client, ofi, bohdan, department):
    """Drafts, and what is said of them at the desk."""
    things.consultation(department, ConsultationState.PREPARING)
    petitions.petition(bohdan, PetitionState.DRAFT)
    polls.poll(ofi, department, PollState.DRAFT)
    meetings.meeting(MeetingState.DRAFT)
    appeals.appeal(bohdan, AppealState.ANSWERED)
    ids = dict.fromkeys({key for kind in KINDS.values() for key in kind.keys}, 1)
    for pk in range(1, 4):
        ids = dict.fromkeys(ids, pk)
        for event in feed._BY_EVENT:
            if event not in {each.__name__ for kind in KINDS.values() for each in kind.taken_off}:
                AuditEntry.objects.create(event=event, ids=ids)
    public = Consultation.objects.published()
    assert not public.exists()
    assert {kind for kind, _id, _state in told(client)} <= {"deputies", "services", "pages"}


def test_every_event_of_a_kind_leaves_an_entry():
    for kind in KINDS.values():
        for event in {*kind.events, *kind.taken_off}:
            assert issubclass(event, Event)
            assert event.audited, event
            assert {*kind.keys} & {*event.__dataclass_fields__}, event
        assert {*kind.taken_off} <= {*kind.events}


def test_it_takes_as_many_queries_at_any_size(client, ofi, opened, olena):
    chain_entries()
    counts = []
    for number in (1, 6):
        since = find_head().number
        for _each in range(number):
            news.article()
            remarks.answer(remarks.remark(opened, by=olena, text="Думка"), by=ofi, text="Так.")
        chain_entries()
        with CaptureQueriesContext(connection) as queries:
            answer = client.get("/api/v1/changes/", {"since": since}).json()
        assert len(answer["results"]) == 2 * number
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 6


def test_pages_are_whole_links(client, monkeypatch):
    monkeypatch.setattr(feed, "ENTRIES", 4)
    made = []
    for _each in range(3):
        made.append(news.article().pk)
        chain_entries()
    found, since, pages = [], 0, 0
    while True:
        answer = read(client, since)
        found += [each["id"] for each in answer["results"]]
        assert answer["cursor"] > since
        since, pages = answer["cursor"], pages + 1
        if not answer["has_more"]:
            break
    assert (found, pages > 1) == (made, True)


def test_a_cursor_comes_without_since_and_an_old_one_is_refused(client):
    assert client.get("/api/v1/changes/").json() == {"results": [], "cursor": 0, "has_more": False}
    for _each in range(2):
        news.article()
        chain_entries()
    head = find_head().number
    answer = client.get("/api/v1/changes/")
    assert answer.json() == {"results": [], "cursor": head, "has_more": False}
    assert answer.headers["Cache-Control"] == "no-store"
    AuditCut.objects.create(day="2026-01-01", number=1, reached=1, head="0" * 64)
    old = client.get("/api/v1/changes/?since=0", headers={"Accept-Language": "en"})
    assert (old.status_code, old.json()["code"]) == (410, "changes.too_old")
    assert client.get("/api/v1/changes/?since=1").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        *("since=", "since=-1", "since=x", "since=1.5", "since=9223372036854775808", "since=%00"),
        *("since=1%27%20OR%201=1", "since=0x1", "since=1e3", "since=NaN", "since=" + "9" * 2000),
        *("since=99", "after=1", "since=0&kind=news", "since[]=1", "since=%D0%B0", "size=1"),
    ],
)
def test_what_is_no_cursor_is_refused_in_words(client, query):
    answer = client.get(f"/api/v1/changes/?{query}", headers={"Accept-Language": "en"})
    assert answer.status_code == 400
    assert answer.json()["code"] == "invalid"
    assert answer.json()["params"]["fields"]


def test_drafts_of_consultations_are_told_of_once_they_are_announced(client, ofi, department):
    made = things.consultation(department, ConsultationState.PREPARING)
    assert told(client) == []
    announce(made, by=ofi)
    assert told(client) == [("consultations", made.pk, "changed")]
