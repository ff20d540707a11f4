"""A roll-call becomes the decision on the consultation that its item is about."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from accounts.models import User
from consultations.decisions import done, sittings
from consultations.decisions.models import Decision
from consultations.models import Disposition, Remark
from consultations.models import State as ConsultationState
from consultations.remarks import actions as remarks_actions
from core.domain import clock
from core.domain.calendar import local_date
from meetings.agenda import actions as agenda_actions
from meetings.agenda.actions import ItemText
from meetings.course import actions as course_actions
from meetings.models import RollCall, State
from meetings.planning import actions as planning_actions
from petitions import sittings as sittings_of_petitions
from petitions.models import Petition
from petitions.models import State as PetitionState
from tests import factories as people
from tests.access.editing import drawn_form
from tests.meetings import factories
from tests.meetings.sessions import session, voted
from tests.petitions import factories as petitions

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(department: Any, olena: User) -> Remark:
    """A remark that was taken into account; the report is published."""
    consultation = people.consultation(department)
    clause = consultation.draft.versions.get().clauses.get(number="2")
    remark = remarks_actions.remark(consultation, by=olena, text="До 23.", clause_id=clause.pk)
    Disposition.objects.create(
        remark=remark,
        kind="accepted",
        reason="Слушно.",
        decided_at=clock.now(),
        approved_at=clock.now(),
        by=people.user("official", role="officer", department=department),
        approved_by=people.user("chief", role="head", department=department),
    )
    consultation.closes_at = consultation.reported_at = clock.now()
    consultation.save()
    return remark


def test_an_adopted_one_goes_into_the_decision_and_the_trail(said, ofi, client):
    consultation = said.consultation
    meeting = session(consultation)
    voted(meeting, for_=5, question="Прийняти за основу", needs="procedural")
    roll_call = voted(meeting, for_=4, question="Прийняти в цілому")
    client.force_login(ofi)
    page = client.get(reverse("desk:decision", args=[consultation.pk]), {"from": roll_call.pk})
    assert [each.key for each in page.context["sittings"]] == [roll_call.pk]
    form = drawn_form(page, "")
    assert (form["outcome"], form["votes_for"], form["against"]) == (["adopted"], ["4"], ["1"])
    answer = client.post(page.request["PATH_INFO"], {**form, "number": "12/3"})
    assert answer.status_code == 302
    decision = Decision.objects.get()
    address = reverse("meetings:roll_call", args=[meeting.pk, roll_call.pk])
    assert decision.roll_call_url == settings.SITE_URL + address
    # Everybody finds the meeting and its roll-call beside each remark, and on /done/.
    client.logout()
    moment = f"{reverse('meetings:log', args=[meeting.pk])}#t-"
    for url in (
        said.get_absolute_url(),
        reverse("portal:done"),
        reverse("consultations:decision", args=[consultation.pk]),
    ):
        text = client.get(url).text
        assert f'href="{address}"' in text, url
        assert moment in text, url
    english = client.get("/en" + said.get_absolute_url()).text
    assert f'href="/en{address}"' in english


def test_one_that_was_not_carried_is_said_and_offered_as_not_adopted(said, ofi, client):
    consultation = said.consultation
    meeting = session(consultation)
    roll_call = voted(meeting, for_=2)
    (sitting,) = sittings.sittings_of(consultation.pk)
    fields = sitting.fields()
    assert fields["outcome"] == "rejected"
    assert "«за» – 2, потрібно не менш як 3 із 5" in fields["reason"]
    # Before anybody enters the decision, the trail says how the vote ended.
    trail = client.get(said.get_absolute_url()).text
    assert reverse("meetings:roll_call", args=[meeting.pk, roll_call.pk]) in trail
    assert "не прийнято" in trail
    client.force_login(ofi)
    page = client.get(reverse("desk:decision", args=[consultation.pk]), {"from": roll_call.pk})
    client.post(page.request["PATH_INFO"], drawn_form(page, ""))
    assert Decision.objects.get().outcome == "rejected"


def test_what_was_postponed_is_decided_by_a_later_vote_alone(said, ofi, client):
    consultation = said.consultation
    meeting = session(consultation)
    voted(meeting, for_=5)
    client.force_login(ofi)
    url = reverse("desk:decision", args=[consultation.pk])
    form = drawn_form(client.get(url), "")
    early = {"decided_on": "2020-01-01", "early_ground": "urgent"}
    client.post(url, {**form, **early, "outcome": "postponed", "reason": "Час."})
    page = client.get(url, {"from": RollCall.objects.get().pk})
    assert page.context["taken_from"] is not None
    form = drawn_form(page, f"{url}change/")
    changed = {"number": "7", "reason": "", "early_ground": ""}
    answer = client.post(f"{url}change/", {**form, **changed})
    assert answer.status_code == 302
    assert Decision.objects.get().outcome == "adopted"
    assert client.get(url).context["sittings"] == []


def test_an_address_of_another_vote_ties_nothing(said, department, django_assert_num_queries):
    meeting = session(said.consultation)
    roll_call = voted(meeting, for_=5)
    url = f"https://viche.example/meetings/{meeting.pk}/roll-calls/{roll_call.pk}/"
    other = people.consultation(department, ConsultationState.REPORTED)
    with django_assert_num_queries(1):
        found = sittings.decisive({said.consultation_id: url, other.pk: url})
    assert set(found) == {said.consultation_id}
    with django_assert_num_queries(0):
        assert sittings.decisive({said.consultation_id: ""}) == {}
    assert done.newest(5)[0].sitting is None


def test_the_desk_of_a_petition_says_how_the_session_voted(olena, client, admin):
    petition = petitions.petition(olena, PetitionState.AGENDA)
    meeting = factories.meeting(State.DRAFT, items=0)
    by = factories.secretary()
    agenda_actions.add_item(meeting, by=by, text=ItemText(title="Про петицію", petition=petition))
    assert sittings_of_petitions.sitting_of(petition.pk) is None
    planning_actions.publish(meeting, by=by, short_notice_reason="Невідкладне")
    meeting.refresh_from_db()
    assert sittings_of_petitions.sitting_of(petition.pk).decision == ""
    course_actions.open_meeting(meeting, by=by)
    meeting.refresh_from_db()
    factories.everybody_is_here(meeting)
    factories.on_item(meeting)
    roll_call = voted(meeting, for_=2)
    Petition.objects.update(session_on=local_date(clock.now()))
    client.force_login(admin)
    page = client.get(reverse("petitions_desk:detail", args=[petition.pk]))
    assert reverse("meetings:roll_call", args=[meeting.pk, roll_call.pk]) in page.text
    assert page.context["decision_form"].initial == {"decision": "not_supported"}
    voted(meeting, for_=4)
    assert sittings_of_petitions.sitting_of(petition.pk).decision == "supported"
