"""A poll stands on the page of what it is about; it knows nothing of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from consultations.models import State as ConsultationState
from consultations.polls import actions as consultations
from core.domain.rules import Refused
from core.domain.topics import seq_of
from core.models import AuditEntry
from core.web.pages import forget_pages
from petitions.answer import actions as petitions
from petitions.models import Answer
from petitions.models import State as PetitionState
from tests import factories as house
from tests.petitions import factories as of_petitions
from tests.votes import factories
from votes.life import actions
from votes.models import State

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    forget_pages()


@pytest.fixture
def poll(ofi, department):
    return factories.poll(ofi, department, title="Яку зупинку перенести")


@pytest.fixture
def consultation(department):
    return house.consultation(department)


@pytest.fixture
def answered(olena, ofi, department):
    made = of_petitions.petition(olena, PetitionState.ANSWERED, department=department)
    said = {"asked": "Лавки.", "decided": "Спитаємо всіх.", "signed_as": "Голова"}
    Answer.objects.create(petition=made, by=ofi, **said)
    return made


def refusal(do, *args, **how):
    with pytest.raises(Refused) as refused:
        do(*args, **how)
    return refused.value.verdict.code


def test_each_page_leads_to_the_other(client, consultation, answered, poll, ofi, department):
    other = factories.poll(ofi, department, title="Де поставити лавки")
    pages = {
        poll: f"/consultations/{consultation.pk}/",
        other: f"/petitions/{answered.pk}/answer/",
    }
    before = [client.get(address).content.decode() for address in pages.values()]
    consultations.attach_poll(consultation, poll, by=ofi)
    petitions.attach_poll(answered, other, by=ofi)
    for (each, address), was in zip(pages.items(), before, strict=True):
        assert each.title not in was
        page = client.get(address).content.decode()
        assert f'href="/polls/{each.pk}/vote/"' in page
        assert f'href="{address}"' in client.get(f"/polls/{each.pk}/").content.decode()
    consultations.detach_poll(consultation, by=ofi)
    petitions.detach_poll(answered, by=ofi)
    for each, address in pages.items():
        assert each.title not in client.get(address).content.decode()
        assert address not in client.get(f"/polls/{each.pk}/").content.decode()


def test_a_kept_page_goes_with_what_happens_to_its_poll(client, consultation, answered, poll, ofi):
    address = f"/consultations/{consultation.pk}/"
    consultations.attach_poll(consultation, poll, by=ofi)
    fragment = f"{address}poll/"
    assert "/vote/" in client.get(address).content.decode()
    assert "/vote/" in client.get(fragment).content.decode()
    seq = seq_of(consultation.topic)
    actions.cancel(poll, by=ofi, reason="Питання вже вирішено.")
    assert seq_of(consultation.topic) == seq + 1
    for each in (address, fragment):
        assert "/vote/" not in client.get(each).content.decode()


def test_it_is_written_down_who_did_it(consultation, answered, poll, ofi, department):
    other = factories.poll(ofi, department)
    consultations.attach_poll(consultation, poll, by=ofi)
    consultations.detach_poll(consultation, by=ofi)
    petitions.attach_poll(answered, other, by=ofi)
    petitions.detach_poll(answered, by=ofi)
    told = AuditEntry.objects.filter(event__contains="PollAttached") | AuditEntry.objects.filter(
        event__contains="PollDetached"
    )
    assert [(entry.event, entry.actor, entry.ids["poll_id"]) for entry in told.order_by("pk")] == [
        ("ConsultationPollAttached", ofi.pk, poll.pk),
        ("ConsultationPollDetached", ofi.pk, poll.pk),
        ("AnswerPollAttached", ofi.pk, other.pk),
        ("AnswerPollDetached", ofi.pk, other.pk),
    ]


def test_what_a_consultation_refuses(consultation, poll, ofi, stranger, olena, department):
    attach = consultations.attach_poll
    for person in (olena, stranger):
        assert refusal(attach, consultation, poll, by=person) == "consultation.officers_only"
    assert refusal(consultations.detach_poll, consultation, by=ofi) == "consultation.has_no_poll"
    for state in (State.DRAFT, State.CANCELLED):
        hidden = factories.poll(ofi, department, state)
        assert refusal(attach, consultation, hidden, by=ofi) == "poll.not_to_be_seen"
    education = stranger.grants.get().department
    others = factories.poll(stranger, education)
    assert refusal(attach, consultation, others, by=ofi) == "poll.of_others"
    attach(consultation, poll, by=ofi)
    second = factories.poll(ofi, department)
    assert refusal(attach, consultation, second, by=ofi) == "consultation.has_poll"
    again = house.consultation(department)
    assert refusal(attach, again, poll, by=ofi) == "poll.attached_elsewhere"
    withdrawn = house.consultation(department, ConsultationState.WITHDRAWN)
    assert refusal(attach, withdrawn, second, by=ofi) == "consultation.withdrawn"


def test_what_an_answer_refuses(answered, poll, ofi, stranger, olena, department):
    attach = petitions.attach_poll
    for person in (olena, stranger):
        assert refusal(attach, answered, poll, by=person) == "petition.officers_only"
    assert refusal(petitions.detach_poll, answered, by=ofi) == "petition.has_no_poll"
    others = factories.poll(stranger, stranger.grants.get().department)
    assert refusal(attach, answered, others, by=ofi) == "poll.of_others"
    attach(answered, poll, by=ofi)
    second = factories.poll(ofi, department)
    assert refusal(attach, answered, second, by=ofi) == "petition.has_poll"


def test_an_officer_does_it_at_the_desk(client, consultation, answered, poll, ofi, department):
    other = factories.poll(ofi, department)
    client.force_login(ofi)
    desk = f"/desk/consultations/{consultation.pk}/poll/"
    assert poll.title in client.get(desk).content.decode()
    assert client.post(desk, {"poll": ""}).status_code == 422
    assert client.post(desk, {"poll": poll.pk}).status_code == 302
    assert client.post(desk, {"poll": other.pk}).status_code == 422
    assert client.post(f"{desk}detach/").status_code == 302
    case = f"/desk/petitions/{answered.pk}/"
    assert 'name="poll"' in client.get(case).content.decode()
    assert client.post(f"{case}poll/attach/", {"poll": ""}).status_code == 422
    assert client.post(f"{case}poll/attach/", {"poll": other.pk}).status_code == 302
    assert other.title in client.get(case).content.decode()
    assert client.post(f"{case}poll/detach/").status_code == 302
    answered.answer.refresh_from_db()
    assert answered.answer.poll is None


def test_a_page_without_a_poll_asks_nothing_more(
    client, consultation, poll, ofi, django_assert_max_num_queries
):
    address = f"/consultations/{consultation.pk}/"
    client.get(address)
    actions.extend(
        poll, by=ofi, closes_at=poll.closes_at + timedelta(days=1), reason="Просили мешканці."
    )
    with django_assert_max_num_queries(9):
        client.get(f"/polls/{poll.pk}/")
