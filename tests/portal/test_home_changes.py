"""What the first page says of the newest remark that changed a draft, and of the matter that
moves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from consultations.decisions.changed import taken_lately
from consultations.models import Disposition, Remark
from consultations.remarks import actions as remark_actions
from core.domain import clock as database_clock
from core.domain.typography import SPACE
from drafts.versions import actions as drafts
from insights.indicators.models import IndicatorValue
from insights.indicators.periods import PeriodKind
from meetings.models import State as MeetingState
from petitions.signing import counting
from portal.home.pages import context
from tests import factories
from tests.meetings import factories as meetings
from tests.petitions import factories as petitions
from tests.votes import factories as votes

pytestmark = pytest.mark.django_db

NEW_CLAUSE = "\n3. Майданчик без огорожі дозволу не потребує.\n"


@pytest.fixture
def said(opened, olena) -> Remark:
    """olena's remark on clause 2."""
    clause = opened.draft.versions.get().clauses.get(number="2")
    return remark_actions.remark(opened, by=olena, text="До 23.", clause_id=clause.pk)


def take(remark: Remark, ofi, key, *, ago: int = 0) -> Disposition:
    """A disposition that everybody may read, decided so many seconds ago."""
    now = database_clock.now()
    return Disposition.objects.create(
        remark=remark,
        kind="accepted",
        resulting_key=key,
        by=ofi,
        decided_at=now - timedelta(seconds=ago),
        approved_at=now,
        approved_by=ofi,
    )


def publish(remark: Remark, ofi, *, before: str, after: str) -> None:
    text = factories.DRAFT.replace(before, after)
    version = drafts.import_version(remark.consultation.draft, text.encode(), name="v2.txt", by=ofi)
    drafts.publish(version, by=ofi)


def words(parts) -> str:
    return "".join(text for _op, text in parts)


def test_shows_the_clause_before_and_after(said, ofi, client):
    publish(said, ofi, before="8:00 до 22:00", after="8:00 до 23:00")
    take(said, ofi, said.clause.key)
    changed = taken_lately().changed
    assert changed is not None
    assert "до 22:00" in words(changed.before)
    assert "до 23:00" in words(changed.after)
    page = client.get("/").text
    assert said.get_absolute_url() in page
    assert "<del>" in page
    assert "<ins>" in page


def test_a_changed_clause_stands_before_a_newer_remark_that_changed_nothing(said, ofi, bohdan):
    other = remark_actions.remark(said.consultation, by=bohdan, text="Дякую.")
    publish(said, ofi, before="8:00 до 22:00", after="8:00 до 23:00")
    take(said, ofi, said.clause.key, ago=60)
    take(other, ofi, None)
    lately = taken_lately()
    assert lately.changed is not None
    assert lately.changed.done.remark == said
    assert lately.taken == []


def test_a_draft_that_has_not_changed_shows_the_dispositions(said, ofi, client):
    take(said, ofi, said.clause.key)
    lately = taken_lately()
    assert lately.changed is None
    assert [each.remark for each in lately.taken] == [said]
    assert said.get_absolute_url() in client.get("/").text


def test_what_is_not_public_yet_is_not_shown(said, ofi):
    publish(said, ofi, before="8:00 до 22:00", after="8:00 до 23:00")
    take(said, ofi, said.clause.key)
    Disposition.objects.update(approved_at=None, approved_by=None)
    assert not taken_lately()


def test_is_one_query(said, ofi, django_assert_num_queries):
    publish(said, ofi, before="8:00 до 22:00", after="8:00 до 23:00")
    take(said, ofi, said.clause.key)
    with django_assert_num_queries(1):
        taken_lately()


def test_a_city_that_has_taken_a_remark_asks_less(client, said, ofi, django_assert_max_num_queries):
    publish(said, ofi, before="8:00 до 22:00", after="8:00 до 23:00")
    take(said, ofi, said.clause.key)
    with django_assert_max_num_queries(11):
        client.get("/")


class TestFeatured:
    def test_nothing_is_open(self, client):
        assert context()["featured"] is None
        assert client.get("/").status_code == 200

    def test_a_meeting_that_goes_on_stands_before_all(self, said, client):
        running = meetings.meeting(MeetingState.RUNNING)
        featured = context()["featured"]
        assert (featured.kind, featured.shown.meeting) == ("meeting", running)
        assert running.get_absolute_url() in client.get("/").text

    def test_else_where_most_people_speak(self, said, olena, bohdan, department, client):
        petition = petitions.petition(olena)
        petitions.signatures(petition, 3)
        counting.recount([petition.pk])
        loud = factories.consultation(department)
        for text in ("Раз.", "Два."):
            remark_actions.remark(loud, by=bohdan, text=text)
        found = context()
        assert (found["featured"].shown.pk, found["featured"].count) == (loud.pk, 2)
        assert [each.pk for each in found["to_discuss"]] == [said.consultation_id]
        assert reverse("consultations:speak", args=[loud.pk]) in client.get("/").text

    def test_else_the_petition_that_most_sign(self, olena, client):
        slow, fast = petitions.petition(olena), petitions.petition(olena)
        for petition, number in ((slow, 1), (fast, 4)):
            petitions.signatures(petition, number)
        counting.recount([slow.pk, fast.pk])
        found = context()
        assert (found["featured"].kind, found["featured"].shown.petition) == ("petition", fast)
        assert [each.petition for each in found["to_sign"]] == [slow]
        assert reverse("petitions:sign", args=[fast.pk]) in client.get("/").text

    def test_else_a_poll_or_a_consultation(self, ofi, department, opened, client):
        assert context()["featured"].kind == "consultation"
        poll = votes.poll(ofi, department)
        featured = context()["featured"]
        assert (featured.kind, featured.shown.poll) == ("poll", poll)
        assert reverse("votes:vote", args=[poll.pk]) in client.get("/").text


def test_figures_of_the_citys_voice_lead_to_their_indicators(client):
    for year, value in ((2024, 1200), (2025, 1350)):
        IndicatorValue.objects.create(
            indicator="participants",
            period_kind=PeriodKind.YEAR,
            period_start=f"{year}-01-01",
            value=value,
        )
    shown = context()["figures"]
    assert [(each.indicator.slug, each.words) for each in shown] == [
        ("participants", f"1{SPACE}350")
    ]
    assert reverse("indicators:indicator", args=["participants"]) in client.get("/").text
