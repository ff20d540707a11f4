"""Signing by mail: asked for, confirmed by a button or a code; nothing tells who has signed."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import settings as configured
from django.core import mail
from django.urls import reverse

from accounts import rules as accounts
from core.domain.clock import now
from core.domain.email_addresses import to_delivered
from petitions import limits
from petitions.events import SignatureAsked
from petitions.models import Pending, Procedure, Signature, State, Total
from petitions.signing import actions, queries, rules, tokens
from petitions.signing.mailbox import key_of
from tests.petitions import factories

pytestmark = pytest.mark.django_db

ADDRESS = "203.0.113.7"
WRITTEN = {"name": "Дарина Січова", "email": "Daryna+council@Example.org"}


@pytest.fixture
def petition(olena):
    return factories.petition(olena)


def ask(petition, **changed):
    asked = {"language": "uk", "address": ADDRESS, **WRITTEN}
    return actions.ask(petition, **asked | changed)


def address(name: str, *args) -> str:
    return reverse(f"petitions:{name}", args=args)


def link(asked: Pending) -> str:
    return address("confirm", asked.petition_id, asked.pk, tokens.link_of(asked))


# --- Asking ---------------------------------------------------------------------------------------


def test_asking_signs_nothing(petition, emitted):
    asked = ask(petition, name_withheld=True, wants_news=False)
    kept = Pending.objects.get()
    assert (kept.name, kept.email) == (WRITTEN["name"], WRITTEN["email"])
    assert bytes(kept.mailbox) == key_of(petition.pk, "daryna@example.org")
    assert (kept.name_withheld, kept.wants_news) == (True, False)
    assert (kept.network, kept.suspicion, kept.tries, kept.sent) == ("203.0.113.0", "", 0, 1)
    assert emitted == [SignatureAsked(petition.pk, asked.pk)]
    assert not Signature.objects.exists()


def test_asking_is_refused_where_an_account_is_needed(olena, refused):
    asked = factories.procedure(signers=Procedure.Signers.RESIDENTS)
    petition = factories.petition(olena, procedure=asked)
    with refused("petition.not_by_mail"):
        ask(petition)


def test_asking_is_refused_once_it_is_closed(olena, refused):
    with refused("petition.not_open"):
        ask(factories.petition(olena, State.NOT_REACHED))


def test_names_are_withheld_only_where_the_rules_let(olena, refused):
    shown = factories.procedure(names_may_be_withheld=False)
    with refused("petition.names_are_public"):
        ask(factories.petition(olena, procedure=shown), name_withheld=True)


def test_whoever_waits_for_the_mail_is_shown_the_way_without_one(petition, client):
    way = f"{reverse('account_login')}?next={address('sign', petition.pk)}"
    page = client.post(address("sign_by_mail", petition.pk), WRITTEN, follow=True)
    assert way in page.text and "протягом години" in page.text


# --- The mail -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "words"), [("uk", "натисніть кнопку"), ("en", "press the button there")]
)
def test_the_mail_has_link_and_code(petition, run_jobs, language, words):
    asked = ask(petition, language=language)
    assert run_jobs() == ["notifications.jobs.send_signature_link"]
    (sent,) = mail.outbox
    assert sent.to == [WRITTEN["email"]]
    assert petition.title in sent.subject
    assert words in sent.body
    assert tokens.link_of(asked) in sent.body and tokens.code_of(asked) in sent.body
    assert ("/en/" in sent.body) == (language == "en")


def test_who_has_signed_is_told_so_by_the_mail_alone(petition, client, run_jobs, clock):
    clock.stop(now())  # the page says to the second until when the link works
    key = key_of(petition.pk, "daryna@example.org")
    (made,) = factories.signatures(petition, 1, mailbox=key, email="daryna@example.org")
    answers = []
    for email in (WRITTEN["email"], "nobody@example.org"):
        data = {"name": WRITTEN["name"], "email": email, "wants_news": "on"}
        answer = client.post(address("sign_by_mail", petition.pk), data)
        page = client.get(answer.url)
        shown = to_delivered(email)
        answers.append((answer.status_code, page.status_code, _without_facts(page.text, shown)))
    assert answers[0] == answers[1]
    run_jobs()
    told, linked = mail.outbox
    made.refresh_from_db()
    assert tokens.page_of_signature(made) in told.body
    assert not re.search(r"\d{4}-\d{4}", told.body) and "/confirm/" not in told.body
    assert "/confirm/" in linked.body


def _without_facts(page: str, email: str) -> str:
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)
    return re.sub(r"sign/mail/\d+/[0-9a-f]{40}/", "", page.replace(email, "…"))


def test_both_cost_the_same(petition, django_assert_num_queries):
    """A different number of statements would tell by its time."""
    factories.signatures(petition, 1, mailbox=key_of(petition.pk, "daryna@example.org"))
    for email in ("warm@example.org", WRITTEN["email"], "nobody@example.org"):
        with django_assert_num_queries(7):
            ask(petition, email=email)


def test_who_has_an_account_that_signed_is_told_so(petition, bohdan, run_jobs):
    actions.sign(petition, by=bohdan, address=ADDRESS)
    bohdan.email = "other@viche.example"
    bohdan.save()
    ask(petition, email=bohdan.email)
    run_jobs()
    assert "/confirm/" not in mail.outbox[0].body


IMITATION = "daryna@ехаmрӏе.org"  # Cyrillic but for one letter
OWN_PAGE = re.compile(r"/[0-9a-f]{40}/")


def test_who_imitates_a_mailbox_is_not_told_of_its_signature(petition, run_jobs):
    factories.signatures(
        petition,
        1,
        mailbox=key_of(petition.pk, "daryna@example.org"),
        email="daryna@example.org",
    )
    assert key_of(petition.pk, IMITATION) == key_of(petition.pk, "daryna@example.org")
    ask(petition, email=IMITATION)
    run_jobs()
    assert not OWN_PAGE.search(mail.outbox[0].body)


def test_no_mail_after_it_was_confirmed(petition, run_jobs):
    asked = ask(petition)
    actions.confirm(asked)
    run_jobs()
    assert mail.outbox == []


# --- Confirming -----------------------------------------------------------------------------------


def test_the_link_opens_a_page_and_confirms_nothing(petition, client):
    asked = ask(petition)
    for _ in range(2):  # and whatever scans mails may follow it as often as it likes
        page = client.get(link(asked))
        assert page.status_code == 200
        assert WRITTEN["name"] in page.text
        assert page.headers["Cache-Control"] == "private, no-store"
    assert client.head(link(asked)).status_code in (200, 405)
    assert not Signature.objects.exists()


def test_the_button_signs(petition, client, emitted):
    asked = ask(petition)
    emitted.clear()
    answer = client.post(link(asked))
    assert answer.status_code == 302
    made = Signature.objects.get()
    assert (made.name, made.email, made.user) == (WRITTEN["name"], WRITTEN["email"], None)
    assert (made.status, made.domain) == (Signature.Status.COUNTED, "example.org")
    assert not Pending.objects.exists()
    assert emitted == []
    thanks = client.get(answer.url)
    assert thanks.status_code == 200 and WRITTEN["name"] in thanks.text


def test_the_thanks_are_drawn_with_number_and_ways_to_share(petition, client, clock):
    factories.signatures(petition, 1)
    page = client.post(link(ask(petition)), follow=True)
    own_page = page.redirect_chain[-1][0]
    shown = page.content.decode()
    assert 'class="spot' in shown and "Ваш підпис – 2-й." in shown
    assert f'data-share="{configured.SITE_URL}{petition.get_absolute_url()}"' in shown
    clock.advance(minutes=2)
    later = client.get(own_page).content.decode()
    assert 'class="spot' not in later and "Ваш підпис – 2-й." not in later


def test_the_number_is_the_last_recounts_and_what_came_between(petition, clock):
    recounted = Total.objects.get_or_create(petition=petition)[0]
    made = actions.confirm(ask(petition))
    for counted, at, number in (
        (948, made.at - timedelta(seconds=5), 949),
        (949, made.at, 949),
        (949, made.at + timedelta(seconds=5), 949),
    ):
        Total.objects.filter(pk=recounted.pk).update(counted=counted, at=at)
        assert queries.thanks(made, now=made.at)["number"] == number
    assert queries.thanks(made, now=made.at + timedelta(minutes=1))["number"] is None


def test_the_link_works_once(petition, client):
    asked = ask(petition)
    client.post(link(asked))
    for again in (client.get(link(asked)), client.post(link(asked))):
        assert again.status_code == 404
        assert str(rules.LINK_EXPIRED.message) in again.text
    assert Signature.objects.count() == 1


def test_a_wrong_link_is_none(petition, client):
    asked = ask(petition)
    for token in ("0" * 40, tokens.handle_of(asked), tokens.code_of(asked)):
        wrong = address("confirm", petition.pk, asked.pk, token)
        assert client.post(wrong).status_code == 404
    assert not Signature.objects.exists()


def test_the_link_of_one_petition_is_none_of_another(petition, olena, client):
    asked = ask(petition)
    other = factories.petition(olena)
    moved = address("confirm", other.pk, asked.pk, tokens.link_of(asked))
    assert client.post(moved).status_code == 404


def test_it_expires(petition, client, clock, refused):
    asked = ask(petition)
    clock.advance(hours=configured.SIGNATURE_LINK_HOURS, seconds=1)
    assert client.get(link(asked)).status_code == 404
    with refused("petition.link_expired"):
        actions.confirm(asked)


def test_not_after_the_collection_is_over(petition, clock, refused):
    clock.set(petition.closes_at)
    clock.advance(hours=-1)
    asked = ask(petition)
    clock.advance(hours=2)
    with refused("petition.not_open"):
        actions.confirm(asked)
    assert Pending.objects.exists()


def test_once_a_mailbox(petition, refused):
    first, second = ask(petition), ask(petition, email="daryna@example.org", name="Інша Особа")
    actions.confirm(first)
    with refused("petition.link_expired"):  # what else was asked for it is gone
        actions.confirm(second)
    third = ask(petition)
    with refused("petition.signed_already"):
        actions.confirm(third)


def test_somebody_elses_asking_spoils_nothing(petition):
    mine = ask(petition)
    ask(petition, name="Чужі Слова")
    assert actions.confirm(mine).name == WRITTEN["name"]


def test_an_account_with_the_address_signs_with_it(petition, bohdan, refused):
    made = actions.confirm(ask(petition, email=bohdan.email.upper()))
    assert (made.user_id, made.email) == (bohdan.pk, "")
    with refused("petition.signed_already"):
        actions.sign(petition, by=bohdan, address=ADDRESS)


def test_a_suspended_person_does_not_sign_by_mail_either(petition, bohdan, refused):
    asked = ask(petition, email=bohdan.email)
    bohdan.is_active = False
    bohdan.save()
    with refused(accounts.SUSPENDED.code):
        actions.confirm(asked)


def test_what_was_suspicious_when_asked_waits_for_a_check(petition):
    asked = ask(petition, email="x@mailinator.com")
    made = actions.confirm(asked)
    assert (made.status, made.suspicion) == (Signature.Status.CHECKING, "disposable")


# --- The code -------------------------------------------------------------------------------------


def test_the_code_signs_however_it_is_copied(petition, client):
    asked = ask(petition)
    waiting = address("sign_code", petition.pk, asked.pk, tokens.handle_of(asked))
    assert WRITTEN["email"] in client.get(waiting).text
    code = tokens.code_of(asked).replace("-", " ").replace("0", "О")
    assert client.post(waiting, {"code": f" {code} "}).status_code == 302
    assert Signature.objects.count() == 1


def test_wrong_codes_are_few_and_the_link_still_works(petition, client):
    asked = ask(petition)
    waiting = address("sign_code", petition.pk, asked.pk, tokens.handle_of(asked))
    wrong = "0000-0000" if tokens.code_of(asked) != "0000-0000" else "1111-1111"
    for _ in range(rules.MOST_TRIES):
        assert client.post(waiting, {"code": wrong}).status_code == 422
    right = client.post(waiting, {"code": tokens.code_of(asked)})
    assert right.status_code == 422 and str(rules.NO_MORE_TRIES.message) in right.text
    assert not Signature.objects.exists()
    assert client.post(link(asked)).status_code == 302


def test_codes_are_refused_by_name(petition, refused):
    asked = ask(petition)
    with refused("petition.wrong_code"):
        actions.confirm_by_code(asked, code="нема")
    Pending.objects.update(tries=rules.MOST_TRIES)
    with refused("petition.no_more_tries"):
        actions.confirm_by_code(asked, code=tokens.code_of(asked))
    Pending.objects.all().delete()
    with refused("petition.link_expired"):
        actions.confirm_by_code(asked, code=tokens.code_of(asked))


def test_the_waiting_page_is_whose_who_asked(petition, client):
    asked = ask(petition)
    for token in ("0" * 40, tokens.link_of(asked)):
        page = client.get(address("sign_code", petition.pk, asked.pk, token))
        assert page.status_code == 404
        assert WRITTEN["email"] not in page.text


# --- Once more ------------------------------------------------------------------------------------


def test_the_mail_is_sent_again_with_the_same_link(petition, client, run_jobs):
    asked = ask(petition)
    again = address("sign_code_again", petition.pk, asked.pk, tokens.handle_of(asked))
    assert client.get(again).status_code == 405
    assert client.post(again).status_code == 302
    run_jobs()
    first, second = mail.outbox
    assert first.body == second.body


def test_it_is_sent_a_few_times_only(petition, emitted, refused):
    asked = ask(petition)
    for _ in range(rules.MOST_MAILS - 1):
        actions.send_again(asked)
    emitted.clear()
    asked.refresh_from_db()
    with refused("petition.no_more_mails"):
        actions.send_again(asked)
    assert emitted == []


def test_what_has_expired_is_not_sent_again(petition, clock, refused):
    asked = ask(petition)
    clock.advance(hours=configured.SIGNATURE_LINK_HOURS, seconds=1)
    with refused("petition.link_expired"):
        actions.send_again(asked)


# --- The form -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ({"name": "Дарина"}, "name"),
        ({"name": "http://x.example/ купуй"}, "name"),
        ({"name": ""}, "name"),
        ({"email": "daryna"}, "email"),
        ({"email": "root@[127.0.0.1]"}, "email"),
        ({"email": ""}, "email"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(petition, client, written, wrong):
    data = WRITTEN | written
    page = client.post(address("sign_by_mail", petition.pk), data)
    assert page.status_code == 422
    assert f'href="#id_{wrong}"' in page.text
    kept = "email" if wrong == "name" else "name"
    assert data[kept] in page.text
    assert not Pending.objects.exists()


def test_one_client_asks_so_often(petition, client):
    for _ in range(limits.ASK.most):
        limits.ASK.spend("127.0.0.1")
    assert client.post(address("sign_by_mail", petition.pk), WRITTEN).status_code == 429
    assert not Pending.objects.exists()


def test_who_is_signed_in_signs_with_her_account(petition, client, bohdan):
    client.force_login(bohdan)
    answer = client.get(address("sign_by_mail", petition.pk))
    assert answer.url == address("sign", petition.pk)


def test_the_page_says_when_it_cannot_be(olena, client):
    closed = factories.petition(olena, State.NOT_REACHED)
    page = client.get(address("sign_by_mail", closed.pk))
    assert page.status_code == 200 and 'name="email"' not in page.text
