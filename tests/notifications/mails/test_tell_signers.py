"""Authors and signers are told what becomes of a petition: in batches, once each, until they stop
it."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import User
from core.domain import clock as time
from core.domain.actions import action
from core.domain.calendar import last_date, local_date
from core.domain.events import emit
from notifications.models import Sent
from notifications.sending import fanout
from petitions.answer import actions as answer_actions
from petitions.events import RemovalReversed, SignaturesRemoved
from petitions.life import actions as life_actions
from petitions.life import thresholds as deadlines_actions
from petitions.life.thresholds import settle_threshold
from petitions.models import Petition, Removal, Signature, State
from petitions.news import actions
from tests.notifications.backends import Away
from tests.petitions import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def petition(olena):
    return factories.petition(olena, procedure=factories.procedure(threshold=3))


@pytest.fixture
def signed(petition, bohdan, charlie):
    """Signed by bohdan's account and by Ганна's mail; not wanted by charlie and by another mail."""
    for person, wants in ((bohdan, True), (charlie, False)):
        Signature.objects.create(petition=petition, user=person, wants_news=wants)
    factories.signatures(petition, 1, email="hanna@viche.example", name="Ганна")
    factories.signatures(petition, 1, email="other@viche.example", wants_news=False)
    return petition


def receivers() -> list[str]:
    return sorted(address.partition("@")[0] for message in mail.outbox for address in message.to)


def to(name: str):
    return next(message for message in mail.outbox if message.to == [f"{name}@viche.example"])


# --- the author ----------------------------------------------------------------------------------


def test_published_with_the_last_day(olena, mo, do):
    petition = factories.petition(olena, State.MODERATION)
    life_actions.publish(petition, by=mo)
    do()
    (message,) = mail.outbox
    assert message.to == [olena.email]
    assert petition.title in message.subject
    assert "1000" in message.body
    assert petition.get_absolute_url() in message.body
    assert "List-Unsubscribe" not in message.extra_headers


def test_refused_with_the_words_of_the_act(olena, mo, do):
    petition = factories.petition(olena, State.MODERATION)
    ground = factories.ground()
    life_actions.refuse(petition, by=mo, ground=ground, note="Дорога обласна.")
    do()
    (message,) = mail.outbox
    for words in (ground.name, ground.article, ground.quote, "Дорога обласна."):
        assert words in message.body
    assert reverse("petitions:own", args=[petition.pk]) in message.body


def test_hidden_news_with_the_reason(signed, olena, mo, do):
    news = actions.post_news(signed, by=olena, title="Купуйте", text="Столи")
    actions.hide_news(news, by=mo, reason="spam")
    do()
    assert receivers() == ["olena"]
    assert "Купуйте" in to("olena").body


# --- those who signed ----------------------------------------------------------------------------


def test_enough_signatures_once_also_when_it_happens_twice(signed, do):
    assert settle_threshold(signed.pk)
    do()
    assert receivers() == ["bohdan", "hanna", "olena"]
    Signature.objects.filter(petition=signed).update(status=2, suspicion="network")
    assert settle_threshold(signed.pk)
    Signature.objects.filter(petition=signed).update(status=1, suspicion="")
    assert settle_threshold(signed.pk)
    do()
    assert len(mail.outbox) == 3


def test_lost_again_before_it_was_sent_it_is_not_told(signed, do):
    settle_threshold(signed.pk)
    Signature.objects.filter(petition=signed).update(status=2, suspicion="network")
    settle_threshold(signed.pk)
    do()
    assert mail.outbox == []


def test_the_review_and_the_answer(signed, ofi, department, do):
    settle_threshold(signed.pk)
    Petition.objects.update(department=department)
    Petition.objects.update(procedure=factories.procedure(plenary=False))
    petition = answer_actions.start_review(Petition.objects.get(), by=ofi, department=department)
    do()
    mail.outbox.clear()
    answer_actions.decide(petition, by=ofi, decision="supported")
    answer_actions.answer(
        petition,
        by=ofi,
        asked="Велодоріжку.",
        decided="Проєкт замовлено " + "слово " * 300 + "кінець.",
        signed_as="Міський голова",
        steps=[("Збудувати", local_date(time.now()) + timedelta(days=90))],
    )
    do()
    assert receivers() == ["bohdan", "hanna", "olena"]
    for name in ("olena", "hanna"):
        body = to(name).body
        for words in ("Велодоріжку.", "Проєкт замовлено", "Міський голова", "Збудувати"):
            assert words in body
    assert "кінець." in to("olena").body  # her written copy is whole
    assert "кінець." not in to("hanna").body


def test_not_enough_with_the_number_of_the_appeal_and_its_term(olena, bohdan, do, clock):
    petition = factories.petition(olena, State.NOT_REACHED)
    Signature.objects.create(petition=petition, user=bohdan, wants_news=True)
    deadlines_actions.tell_what_passed()
    do()
    assert receivers() == ["bohdan", "olena"]
    appeal = Petition.objects.get(pk=petition.pk).appeal
    for name, reads_it in (("olena", True), ("bohdan", False)):
        body = to(name).body
        assert f"№ {appeal.label}" in body
        assert str(last_date(appeal.due_at).year) in body
        assert (appeal.get_absolute_url() in body) == reads_it


def test_taken_back_with_the_reason(signed, olena, do):
    Petition.objects.update(procedure=factories.procedure(threshold=1000))
    life_actions.withdraw(signed, by=olena, reason="Уже зроблено.")
    do()
    assert receivers() == ["bohdan", "hanna"]
    assert "Уже зроблено." in to("hanna").body


def test_news_in_their_own_words(signed, olena, do):
    actions.post_news(signed, by=olena, title="Нас почули", text="Ми **зустрілися**.\n\n- раз")
    do()
    assert receivers() == ["bohdan", "hanna"]
    assert "Нас почули" in to("hanna").subject
    assert "Ми зустрілися." in to("hanna").body


def test_news_that_was_hidden_meanwhile_goes_to_nobody(signed, olena, mo, do):
    news = actions.post_news(signed, by=olena, title="Купуйте", text="Столи")
    actions.hide_news(news, by=mo, reason="spam")
    mail.outbox.clear()
    do()
    assert "bohdan" not in receivers()


@pytest.mark.parametrize(
    "changed",
    [
        {"wants_news": False},
        {"status": Signature.Status.WITHDRAWN, "user": None, "mailbox": None, "email": "",
         "name": ""},
    ],
    ids=["stopped", "taken back"],
)  # fmt: skip
def test_what_changed_after_it_was_queued_counts(signed, olena, waiting, do, changed):
    actions.post_news(signed, by=olena, title="Нас почули", text="Так.")
    (job,) = waiting()
    fanout.tell_batch(**job.args)
    Signature.objects.update(**changed)
    do()
    assert mail.outbox == []


def test_suspended_people_are_not_written_to(signed, olena, bohdan, do):
    User.objects.filter(pk=bohdan.pk).update(is_active=False)
    actions.post_news(signed, by=olena, title="Нас почули", text="Так.")
    do()
    assert receivers() == ["hanna"]


def test_an_author_who_signed_is_told_once(signed, olena, do):
    Signature.objects.create(petition=signed, user=olena)
    settle_threshold(signed.pk)
    do()
    assert receivers() == ["bohdan", "hanna", "olena"]


def test_each_in_her_language(signed, olena, bohdan, do):
    User.objects.filter(pk=bohdan.pk).update(language="en")
    Petition.objects.update(procedure=factories.procedure(threshold=1000))
    life_actions.withdraw(signed, by=olena, reason="Уже зроблено.")
    do()
    assert "taken back" in to("bohdan").subject
    assert "/en/petitions/" in to("bohdan").body
    assert "відкликано" in to("hanna").subject
    assert "/en/" not in to("hanna").body


# --- batches -------------------------------------------------------------------------------------


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(fanout, "BATCH", 20)


def crowd(petition, number=45):
    """By default two small batches and some."""
    return sorted(each.email for each in factories.signatures(petition, number))


def test_a_crowd_is_told_in_batches(petition, olena, do, small_batches):
    people = crowd(petition)
    actions.post_news(petition, by=olena, title="Нас почули", text="Так.")
    assert do() == len(people) + 3
    assert sorted(message.to[0] for message in mail.outbox) == people


def test_a_batch_that_runs_twice_sends_nothing_twice(petition, olena, waiting, do, small_batches):
    people = crowd(petition)
    actions.post_news(petition, by=olena, title="Нас почули", text="Так.")
    (first,) = waiting()
    fanout.tell_batch(**first.args)  # its worker was killed before it could say that it was done
    do()
    assert sorted(message.to[0] for message in mail.outbox) == people


def test_a_batch_costs_the_same_at_any_size(petition, olena, waiting, django_assert_num_queries):
    crowd(petition, fanout.BATCH - 1)
    actions.post_news(petition, by=olena, title="Нас почули", text="Так.")
    (first,) = waiting()
    with django_assert_num_queries(4):  # savepoint, signers, their jobs, release
        assert fanout.tell_batch(**first.args) == fanout.BATCH - 1


def test_a_mail_that_failed_is_not_counted_as_sent(signed, olena, waiting, do, settings):
    actions.post_news(signed, by=olena, title="Нас почули", text="Так.")
    (batch,) = waiting()
    fanout.tell_batch(**batch.args)
    job = waiting()[-1]
    settings.MAILERS, Away.times = {"default": {"BACKEND": "tests.notifications.backends.Away"}}, 1
    with pytest.raises(OSError, match="away"):
        fanout.send_to_member(**job.args)
    assert not Sent.objects.exists()
    assert fanout.send_to_member(**job.args) is True
    assert fanout.send_to_member(**job.args) is False


# --- one click -----------------------------------------------------------------------------------


def test_one_click_stops_them_for_accounts_and_for_mail(signed, olena, client, do):
    actions.post_news(signed, by=olena, title="Нас почули", text="Так.")
    do()
    for name in ("bohdan", "hanna"):
        headers = to(name).extra_headers
        assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        address = re.fullmatch(r"<(https?://\S+)>", headers["List-Unsubscribe"])[1]
        assert address in to(name).body
        answer = client.post(urlsplit(address).path, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert not answer.cookies
    mail.outbox.clear()
    actions.post_news(signed, by=olena, title="І ще", text="Так.")
    do()
    assert mail.outbox == []
    assert Signature.objects.filter(status=1).count() == 4


# --- removed -------------------------------------------------------------------------------------


@pytest.fixture
def removal(signed, mo):
    made = Removal.objects.create(
        petition=signed, rule="single", reason="Адреси не існує.", number=4, by=mo
    )
    Signature.objects.update(status=Signature.Status.REMOVED, removal=made)
    with action():
        emit(SignaturesRemoved(signed.pk, mo.pk, made.pk))
    return made


def test_removed_signers_are_told_why_also_who_wanted_no_news(removal, signed, bohdan, do):
    do()
    assert receivers() == ["bohdan", "charlie", "hanna", "other"]
    assert "Адреси не існує." in to("hanna").body
    assert reverse("petitions:signed", args=[signed.pk]) in to("bohdan").body
    hanna = Signature.objects.get(email="hanna@viche.example")
    assert f"/petitions/{signed.pk}/signature/{hanna.pk}/" in to("hanna").body
    assert "List-Unsubscribe" not in to("hanna").extra_headers


def test_restored_ones_who_were_told_and_nobody_else(removal, signed, mo, do):
    do()
    mail.outbox.clear()
    factories.signatures(signed, 1, email="later@viche.example")
    restore(removal, mo)
    do()
    assert receivers() == ["bohdan", "charlie", "hanna", "other"]


def test_reversed_before_it_was_told_nobody_is_told_anything(removal, signed, mo, do):
    restore(removal, mo)
    do()
    assert mail.outbox == []


def restore(removal, mo) -> None:
    Removal.objects.update(reversed_at=time.now(), reversed_by=mo, reversed_reason="Помилка.")
    Signature.objects.update(status=Signature.Status.COUNTED, removal=None)
    with action():
        emit(RemovalReversed(removal.petition_id, mo.pk, removal.pk))
