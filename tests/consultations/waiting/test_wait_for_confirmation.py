"""A remark for an organisation that nobody has confirmed yet: it waits, and joins with its date."""

from __future__ import annotations

import pytest
from django.db import connection
from django.urls import reverse

from accounts.identity.events import AccountsMerged
from consultations.events import RemarkJoined, WaitingRemarkSent
from consultations.models import Remark, RemarkCount, WaitingRemark
from consultations.remarks import actions
from consultations.waiting import actions as waiting
from consultations.waiting.rules import MOST_WAITING
from core.domain.actions import action
from core.domain.events import emit
from core.domain.rules import Refused
from discussions.models import Comment
from notifications.mails.contents import context_of
from notifications.sending.recipients import Recipient
from organisations.confirming import actions as organisations
from organisations.models import Organisation
from organisations.registering import actions as organisations_registering
from tests import factories

pytestmark = pytest.mark.django_db
DESCRIBED = {
    "name": "Товариство з обмеженою відповідальністю «Канарка»",
    "short_name": "ТОВ «Канарка»",
    "location": "50001, пл. Рудникова, 2",
    "sector": "I",
    "size": "micro",
    "contact": "(000) 000-00-07",
}


@pytest.fixture
def claim(firm) -> Organisation:
    """Registered by firm, confirmed by nobody yet."""
    return organisations_registering.register(
        by=firm, kind="legal", code="04053915", fields=DESCRIBED
    )


@pytest.fixture
def sent(opened, claim, firm) -> WaitingRemark:
    made = waiting.send(opened, by=firm, organisation_id=claim.pk, text="Це нам дорого.")
    assert isinstance(made, WaitingRemark)
    return made


def confirm(claim: Organisation, ofi) -> None:
    organisations.confirm_at_office(claim, by=ofi, papers=["extract"])
    waiting.join_confirmed(claim.pk)


def total(consultation) -> int:
    return sum(RemarkCount.objects.filter(clause_key=None).values_list("remarks", flat=True))


def test_waits_as_no_comment_and_joins_with_its_number_and_date(
    opened, claim, emitted, sent, firm, olena, ofi, clock
):
    assert not Comment.objects.exists()
    assert not total(opened)
    clock.advance(hours=2)
    later = actions.remark(opened, by=olena, text="Пізніше.")
    confirm(claim, ofi)
    joined = Remark.objects.get(pk=sent.pk)
    comment = joined.comment
    assert (comment.created_at, comment.author, comment.organisation) == (
        sent.sent_at,
        firm,
        claim,
    )
    assert (comment.text, joined.consultation) == ("Це нам дорого.", opened)
    assert joined.pk < later.pk  # lists are sorted by numbers: it stands where its date puts it
    assert (total(opened), WaitingRemark.objects.count()) == (2, 0)
    assert waiting.join_confirmed(claim.pk) == 0
    kinds = (WaitingRemarkSent, RemarkJoined)
    assert [type(event) for event in emitted if isinstance(event, kinds)] == list(kinds)


def test_joins_after_the_close_until_the_report(opened, claim, sent, ofi, clock):
    clock.set(opened.closes_at)
    with pytest.raises(Refused) as refused:
        factories.publish_report(opened, by=ofi)
    assert refused.value.verdict.code == "consultation.remarks_wait"
    confirm(claim, ofi)
    assert Remark.objects.get().comment.created_at == sent.sent_at
    factories.publish_report(opened, by=ofi)


def test_a_refused_one_is_sent_in_ones_own_name(opened, claim, sent, firm, ofi, clock):
    organisations.refuse_at_office(claim, by=ofi, reason="Інша адреса")
    clock.advance(hours=1)
    made = waiting.send_as_oneself(sent, by=firm)
    assert (made.comment.organisation, made.comment.text) == (None, sent.text)
    assert made.comment.created_at > sent.sent_at
    assert made.pk > sent.pk
    assert not WaitingRemark.objects.exists()
    organisations_registering.describe(claim, by=firm, fields={})
    confirm(claim, ofi)
    assert Remark.objects.get() == made


def test_a_corrected_one_takes_its_remarks_with_it(opened, claim, sent, firm, ofi, clock):
    organisations.refuse_at_office(claim, by=ofi, reason="Інша адреса")
    with pytest.raises(Refused) as refused:
        waiting.send(opened, by=firm, organisation_id=claim.pk, text="Ще одне.")
    assert refused.value.verdict.code == "organisation.refused"
    clock.set(opened.closes_at)
    with pytest.raises(Refused) as refused:
        waiting.send_as_oneself(sent, by=firm)
    assert refused.value.verdict.code == "consultation.closed"
    organisations_registering.describe(claim, by=firm, fields={})
    confirm(claim, ofi)
    assert Remark.objects.get().comment.created_at == sent.sent_at


def test_who_corrects_an_organisation_again_and_again_holds_no_report_back(
    opened, claim, sent, firm, ofi, clock
):
    clock.set(opened.closes_at)
    organisations.refuse_at_office(claim, by=ofi, reason="Інша адреса")
    organisations_registering.describe(claim, by=firm, fields={})
    assert WaitingRemark.objects.ready().count() == 0
    factories.publish_report(opened, by=ofi)


def test_nothing_joins_a_published_report(opened, claim, sent, firm, ofi, clock):
    organisations.refuse_at_office(claim, by=ofi, reason="Інша адреса")
    clock.set(opened.closes_at)
    factories.publish_report(opened, by=ofi)
    organisations_registering.describe(claim, by=firm, fields={})
    confirm(claim, ofi)
    assert not Remark.objects.exists()


def test_who_is_suspended_publishes_nothing_and_holds_no_report_back(
    opened, claim, sent, firm, ofi, clock
):
    firm.is_active = False
    firm.save()
    confirm(claim, ofi)
    assert WaitingRemark.objects.exists()
    firm.is_active = True
    firm.save()
    assert waiting.join_confirmed() == 1


def test_two_accounts_that_registered_one_code_become_one(opened, claim, sent, olena, ofi):
    """The claim of the account that goes is closed; what waits for it waits for the other."""
    kept = organisations_registering.register(
        by=olena, kind="legal", code=claim.code, fields=DESCRIBED
    )
    with action():
        emit(AccountsMerged(olena.pk, sent.author_id))
    confirm(kept, ofi)
    comment = Remark.objects.get(pk=sent.pk).comment
    assert (comment.author, comment.organisation, comment.text) == (olena, kept, sent.text)


def test_takes_back_what_nobody_has_seen(sent, firm, olena):
    with pytest.raises(Refused) as refused:
        waiting.take_back(sent, by=olena)
    assert refused.value.verdict.code == "waiting.not_yours"
    waiting.take_back(sent, by=firm)
    assert not WaitingRemark.objects.exists()


def test_few_of_one_person_wait(opened, claim, sent, firm):
    other = factories.organisation("ТОВ «Друга»", how="", confirmed_at=None)
    factories.mandate(firm, other, is_head=True)
    for number in range(MOST_WAITING - 1):
        waiting.send(opened, by=firm, organisation_id=other.pk, text=f"Слова {number}")
    for organisation in (claim, other):
        with pytest.raises(Refused) as refused:
            waiting.send(opened, by=firm, organisation_id=organisation.pk, text="Ще.")
        assert refused.value.verdict.code == "waiting.too_many"


@pytest.mark.parametrize("said", ["reply", "remark"])
def test_only_the_page_lets_a_remark_wait(opened, claim, olena, firm, said):
    about = actions.remark(opened, by=olena, text="Слова.")
    target = about if said == "reply" else opened
    with pytest.raises(Refused) as refused:
        getattr(actions, said)(target, by=firm, text="Ні.", organisation_id=claim.pk)
    assert refused.value.verdict.code == "organisation.not_confirmed"


def test_who_has_no_mandate_sends_nothing(opened, claim, olena):
    with pytest.raises(Refused) as refused:
        waiting.send(opened, by=olena, organisation_id=claim.pk, text="Чужими словами.")
    assert refused.value.verdict.code == "mandate.none"


def test_confirmed_meanwhile_it_is_published_at_once(opened, claim, firm, ofi):
    organisations.confirm_at_office(claim, by=ofi, papers=["extract"])
    made = waiting.send(opened, by=firm, organisation_id=claim.pk, text="Одразу.")
    assert isinstance(made, Remark)


def test_the_confirmation_leaves_the_job_behind(sent, claim, ofi):
    organisations.confirm_at_office(claim, by=ofi, papers=["extract"])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args FROM procrastinate_jobs WHERE task_name LIKE '%%join_confirmed'"
        )
        assert cursor.fetchall() == [(f'{{"organisation_id": {claim.pk}}}',)]


# --- its pages ------------------------------------------------------------------------------------


def speak(client, consultation, **typed):
    return client.post(
        reverse("consultations:speak", args=[consultation.pk]),
        {"kind": "remark", "text": "Дорого.", **typed},
    )


def test_the_form_says_what_waits_and_its_page_shows_it_to_its_author_alone(
    client, opened, claim, firm, olena, mo, ofi, admin
):
    client.force_login(firm)
    form = client.get(reverse("consultations:speak", args=[opened.pk])).text
    assert "чекає на підтвердження" in form
    assert "Надіслати зауваження" in form
    response = speak(client, opened, organisation=claim.pk, asked="1")
    made = WaitingRemark.objects.get()
    assert response["Location"] == made.get_absolute_url()
    page = client.get(made.get_absolute_url())
    assert "Дорого." in page.text
    assert "Чекає на підтвердження організації" in page.text
    for other in (None, olena, mo, ofi, admin):
        client.logout()
        if other:
            client.force_login(other)
        assert client.get(made.get_absolute_url()).status_code == 404
        page = client.get(opened.get_absolute_url()).text
        assert "Дорого." not in page


def test_sends_it_from_its_page_and_takes_it_back(client, opened, sent, firm):
    client.force_login(firm)
    address = reverse("consultations:delete_waiting", args=[opened.pk, sent.pk])
    assert "назавжди" in client.get(address).text
    send = reverse("consultations:send_waiting", args=[opened.pk, sent.pk])
    response = client.post(send)
    made = Remark.objects.get()
    assert response["Location"] == f"{made.get_absolute_url()}#main"
    assert client.post(address).status_code == 404


def test_a_refusal_is_said_on_its_page(client, opened, sent, firm, clock):
    clock.set(opened.closes_at)
    client.force_login(firm)
    answer = client.post(reverse("consultations:send_waiting", args=[opened.pk, sent.pk]))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_officers_are_told_that_it_waits_and_no_word_of_it(client, opened, claim, sent, ofi):
    client.force_login(ofi)
    queue = client.get(reverse("organisations_desk:queue")).text
    assert "1 зауваження чекає на підтвердження" in queue
    page = client.get(reverse("organisations_desk:detail", args=[claim.pk])).text
    assert opened.title in page
    desk = client.get(reverse("desk:detail", args=[opened.pk])).text
    assert "ще 1 чекає на підтвердження" in desk
    for shown in (queue, page, desk):
        assert sent.text not in shown


@pytest.mark.parametrize("procedure", ["regulatory-act", ""])
def test_on_a_draft_about_business_the_organisation_comes_first(
    client, department, claim, firm, procedure
):
    held = {"procedure": factories.procedure(procedure)} if procedure else {}
    consultation = factories.consultation(department, **held)
    client.force_login(firm)
    form = client.get(reverse("consultations:speak", args=[consultation.pk])).context["form"]
    values = [value for value, _label in form["organisation"].field.choices]
    expected = [claim.pk, "self"] if procedure else ["self", claim.pk]
    assert values == expected
    assert form["organisation"].value() == expected[0]


def test_the_author_of_a_refused_one_is_told_where_to_send_it(opened, claim, sent, firm, ofi):
    organisations.refuse_at_office(claim, by=ofi, reason="Інша адреса")
    recipient = Recipient.of_user(firm)
    context = context_of("organisations/refused", recipient, {"organisation_id": claim.pk})
    assert [each.is_open for each in context["waiting"]] == [True]
