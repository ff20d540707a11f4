"""Filing an appeal by the form: with an account and without, with files, twice, too often."""

from __future__ import annotations

import io
import re

import pytest
from django.conf import settings
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from appeals import actions
from appeals.filing import limits
from appeals.models import Appeal, Attachment
from city.models import District, Street
from core.web.idempotency import new_key
from notifications.mails.applicants import send_appeal_filed
from notifications.sending import budget
from tests import factories
from tests.appeals.filing.conftest import TYPED, WORDS, photo

pytestmark = pytest.mark.django_db

NEW = "/appeals/new/"


def code_of(page: str) -> str:
    """The secret that a page shows."""
    found = re.search(r'id="appeal-secret">([0-9A-Z-]+)<', page)
    assert found, page
    return found[1]


def test_anybody_reads_what_an_appeal_is_and_in_which_terms(client):
    page = client.get("/appeals/").content.decode()
    assert "393/96-ВР ст. 20" in page
    assert "2939-VI ст. 20" in page
    assert 'href="/appeals/new/?kind=complaint"' in page


def test_without_an_account_one_gets_a_number_and_a_code(client):
    answer = client.post(NEW, TYPED)
    page = answer.content.decode()
    appeal = Appeal.objects.get()
    assert answer.status_code == 201
    assert appeal.number == 1
    assert appeal.label in page
    assert (appeal.author, appeal.via, appeal.name) == (None, "page", TYPED["name"])
    assert appeal.subject == "Між будинками не працює світильник, увечері темно й небезпечно."
    assert code_of(page).encode() not in bytes(appeal.secret_hash)
    assert f"#{appeal.label}/" not in answer.headers.get("Location", "")
    assert client.get(f"/appeals/{appeal.pk}/").status_code == 404


def test_one_press_on_the_page_opens_it_on_this_device(client):
    """The device remembers nothing before: it may be a library's."""
    answer = client.post(NEW, TYPED)
    assert settings.SESSION_COOKIE_NAME not in client.cookies
    form = re.search(r'<form[^>]*action="/appeals/find/".*?</form>', answer.text, re.DOTALL)
    opened = client.post("/appeals/find/", dict(re.findall(r'name="(\w+)" value="(.*?)"', form[0])))
    assert opened.headers["Location"] == f"/appeals/{Appeal.objects.get().pk}/"
    assert client.get(opened.headers["Location"]).status_code == 200


def test_with_an_account_it_is_on_ones_page(client, olena):
    client.force_login(olena)
    answer = client.post(NEW, TYPED)
    appeal = Appeal.objects.get()
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/appeals/{appeal.pk}/?filed=1"
    assert (appeal.author, appeal.secret_hash) == (olena, None)
    assert appeal.subject in client.get("/account/me/").content.decode()
    assert appeal.label in client.get("/appeals/mine/").content.decode()


def test_the_form_knows_the_account(client, olena):
    client.force_login(olena)
    page = client.get(NEW, {"kind": "complaint"}).content.decode()
    assert f'value="{olena.get_full_name()}"' in page
    assert re.search(r'value="complaint"[^>]*checked', page)


@pytest.mark.parametrize("signed_in", [False, True])
def test_the_words_of_another_page_open_the_form_and_file_nothing(client, olena, signed_in):
    if signed_in:
        client.force_login(olena)
    answer = client.post(NEW, {"begin": "1", "kind": "proposal", "text": WORDS})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert WORDS in page
    assert re.search(r'value="proposal"[^>]*checked', page)
    assert "govuk-error-summary" not in page
    assert not Appeal.objects.exists()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"text": " "}, "text"),
        ({"name": "Марія"}, "name"),
        ({"residence": ""}, "residence"),
        ({"email": "", "phone": ""}, "email"),
        ({"email": "не адреса"}, "email"),
        ({"is_collective": "on", "people": ""}, "people"),
        ({"people": "1"}, "people"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_nothing_is_lost(client, changed, field):
    answer = client.post(NEW, TYPED | changed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#id_{field}' in page
    assert changed.get("text") or WORDS in page
    assert not Appeal.objects.exists()


def test_a_request_needs_no_residence(client):
    client.post(NEW, TYPED | {"kind": "request", "residence": ""})
    appeal = Appeal.objects.get()
    assert (appeal.term, appeal.residence) == ("request", "")


def test_several_people_and_a_privileged_category(client):
    client.post(NEW, TYPED | {"is_collective": "on", "people": "12", "privileged": "displaced"})
    appeal = Appeal.objects.get()
    assert (appeal.is_collective, appeal.people, appeal.privileged) == (True, 12, "displaced")


def test_the_form_of_a_request_asks_whether_it_is_urgent(client, db):
    opened = re.compile(r'<details class="govuk-details" open>.*name="is_urgent"', re.DOTALL)
    assert opened.search(client.get(NEW, {"kind": "request"}).content.decode())
    assert not opened.search(client.get(NEW, {"kind": "proposal"}).content.decode())


def test_an_urgent_request_and_whom_a_complaint_is_about(client, office):
    client.post(NEW, TYPED | {"kind": "request", "is_urgent": "on", "about_department": office.pk})
    client.post(NEW, TYPED | {"kind": "complaint", "about_department": office.pk})
    urgent, complaint = Appeal.objects.order_by("pk")
    assert (urgent.term, urgent.about_department) == ("urgent", None)
    assert complaint.about_department == office


def test_a_street_gives_its_district(client, db):
    district = District.objects.create(name="Північний", slug="pivnichnyi")
    street = Street.objects.create(name="вулиця Садова", slug="sadova", district=district)
    client.post(NEW, TYPED | {"street": "Садова", "house": "7а"})
    appeal = Appeal.objects.get()
    assert (appeal.street, appeal.district, appeal.house) == (street, district, "7а")


def test_a_place_that_is_no_street_stands_in_the_text(client, db):
    client.post(
        NEW,
        TYPED
        | {
            "street": "біля старої шахти",
            "street-choice": "typed",
            "house": "",
            "street-of": "біля старої шахти",
        },
    )
    appeal = Appeal.objects.get()
    assert appeal.street is None
    assert appeal.text.endswith("Місце: біля старої шахти")


def test_for_an_organisation_by_its_mandate(client, firm):
    company = factories.organisation("ТОВ «Тераса»", firm, scopes=("sign",))
    client.force_login(firm)
    assert "ТОВ «Тераса»" in client.get(NEW).content.decode()
    client.post(NEW, TYPED | {"organisation": str(company.pk)})
    assert Appeal.objects.get().organisation == company


def test_for_an_organisation_of_others_it_is_refused(client, olena, firm):
    company = factories.organisation("ТОВ «Тераса»", firm)
    factories.organisation("ФОП Коваль", olena)
    client.force_login(olena)
    assert client.post(NEW, TYPED | {"organisation": str(company.pk)}).status_code == 422
    assert not Appeal.objects.exists()


def test_a_photograph_is_kept_without_what_the_camera_adds(client):
    client.post(NEW, TYPED | {"attachments": [photo()]})
    kept = Attachment.objects.get()
    assert (kept.name, kept.media_type, kept.appeal) == (
        "двір.jpg",
        "image/jpeg",
        Appeal.objects.get(),
    )
    assert not Image.open(io.BytesIO(bytes(kept.content))).getexif()
    assert b"taken at home" not in bytes(kept.content)


def test_a_file_that_is_something_else_is_refused_by_name(client):
    page = SimpleUploadedFile("скан.pdf", b"<script>alert(1)</script>", "application/pdf")
    answer = client.post(NEW, TYPED | {"attachments": [photo(), page]})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "скан" in text
    assert WORDS in text
    assert "Виберіть файли ще раз" in text
    assert not Appeal.objects.exists()
    assert not Attachment.objects.exists()


def test_six_files_are_too_many(client):
    answer = client.post(NEW, TYPED | {"attachments": [photo(f"{n}.jpg") for n in range(6)]})
    assert answer.status_code == 422
    assert not Appeal.objects.exists()


def test_sent_twice_it_is_one_appeal_with_one_code(client):
    typed = TYPED | {"idempotency_key": new_key()}
    client.get(NEW)
    codes = [code_of(client.post(NEW, typed).content.decode()) for _again in range(2)]
    appeal = Appeal.objects.get()
    assert codes[0] == codes[1]
    assert opens(appeal, codes[0])


def test_filing_asks_few_questions(client, django_assert_max_num_queries):
    """Three of them are the test's own: savepoints."""
    client.post(NEW, TYPED)
    with django_assert_max_num_queries(10):
        answer = Client().post(NEW, TYPED | {"idempotency_key": new_key()})
    assert answer.status_code == 201


@pytest.mark.parametrize("path", ["", "/en"])
def test_the_page_is_the_one_that_is_drawn_whole(client, path, settings):
    """With whatever words an applicant has put on it."""
    typed = TYPED | {"email": "o'maria@example.org", "idempotency_key": new_key()}
    pages = []
    client.get(NEW)
    for is_debug in (False, False, True):
        settings.DEBUG = is_debug
        answer = client.post(f"{path}{NEW}", typed)
        pages.append(answer.text)
    assert pages[0] == pages[1] == pages[2]
    assert "o&#x27;maria@example.org" in pages[0]


def test_a_reload_shows_the_code_on_the_same_device_and_makes_no_other(client, clock):
    typed = TYPED | {"idempotency_key": new_key()}
    client.get(NEW)
    code = code_of(client.post(NEW, typed).content.decode())
    clock.advance(minutes=30)
    assert code_of(client.post(NEW, typed).content.decode()) == code
    other = Client().post(NEW, typed)
    assert other.status_code == 201
    assert code not in other.content.decode()
    assert "/appeals/find/renew/" in other.content.decode()
    clock.advance(hours=2)
    assert code not in client.post(NEW, typed).content.decode()
    assert opens(Appeal.objects.get(), code)


def test_a_code_that_was_replaced_is_not_shown_again(client):
    typed = TYPED | {"idempotency_key": new_key()}
    code = code_of(client.post(NEW, typed).content.decode())
    appeal = Appeal.objects.get()
    new = actions.offer_secret(appeal)
    assert opens(appeal, new)
    again = client.post(NEW, typed).content.decode()
    assert code not in again
    assert new not in again
    assert opens(appeal, new)


def test_a_form_that_was_sent_is_worthless_once_the_device_was_closed():
    client = Client(enforce_csrf_checks=True)
    form = client.get(NEW)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form.content.decode())
    typed = TYPED | {"idempotency_key": new_key(), "csrfmiddlewaretoken": token[1]}
    assert client.post(NEW, typed).status_code == 201
    left = client.post("/appeals/find/leave/", {"csrfmiddlewaretoken": token[1]})
    assert left.status_code == 302
    assert client.post(NEW, typed).status_code == 403


def opens(appeal: Appeal, code: str) -> bool:
    typed = {"number": appeal.label, "secret": code}
    return Client().post("/appeals/find/", typed).status_code == 302


def test_too_many_of_one_contact_are_refused_and_nothing_is_lost(client):
    for _try in range(limits.FILE_OF_CONTACT.most):
        limits.FILE_OF_CONTACT.spend_client(("127.0.0.1",), TYPED["email"])
    answer = client.post(NEW, TYPED)
    assert answer.status_code == 429
    assert WORDS in answer.content.decode()
    assert not Appeal.objects.exists()
    assert client.post(NEW, TYPED | {"email": "neighbour@example.org"}).status_code == 201


def test_files_of_one_client_are_limited_and_words_are_registered(client):
    limits.FILES_OF_CLIENT.spend_client(("127.0.0.1",), times=limits.FILES_OF_CLIENT.most)
    answer = client.post(NEW, TYPED | {"attachments": [photo()]})
    assert answer.status_code == 422
    assert "без файлів" in answer.content.decode()
    assert WORDS in answer.content.decode()
    assert client.post(NEW, TYPED).status_code == 201


def test_a_mailbox_gets_few_mails_of_what_strangers_file_and_the_rest_in_one(file, clock):
    appeals = [file().appeal for _each in range(budget.BURST.most + 3)]
    sent = [send_appeal_filed(each.pk) for each in appeals]
    assert sent == [True] * (budget.BURST.most + 1) + [False] * 2
    assert send_appeal_filed(file(email="other@example.org").appeal.pk)
    clock.advance(hours=1, seconds=1)
    budget.send_due()
    assert all(each.label in mail.outbox[-1].body for each in appeals[-2:])


def test_neither_e_mail_nor_telephone_is_called_optional(client):
    """One of them is needed (393/96-ВР art. 5)."""
    page = client.get(NEW).text
    labels = dict(re.findall(r'<label[^>]*for="id_(\w+)"[^>]*>(.*?)</label>', page, re.DOTALL))
    assert "необов’язково" in labels["subject"]
    assert not [name for name in ("email", "phone") if "необов’язково" in labels[name]]


def test_the_place_is_folded_until_there_is_something_in_it(client):
    folded = re.compile(r"<details class=\"govuk-details\">\s*<summary[^>]*>\s*<span[^>]*>Де це")
    assert folded.search(client.get(NEW).text)
    for typed in ({"house": "7"}, {"street": "Садова"}):
        back = client.post(NEW, {**TYPED, "name": "", **typed})
        assert back.status_code == 422
        assert not folded.search(back.text)


@pytest.mark.parametrize("slug", ["немає", "light\0", "", 7, None])
def test_a_slug_of_nothing_is_refused_by_the_api(client, olena, office, slug):
    client.force_login(olena)
    sent = {"kind": "proposal", "text": "Лавка.", "residence": "вул. Рудна, 1", "theme": slug}
    answer = client.post("/api/v1/appeals/", sent, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert list(answer.json()["params"]["fields"]) == ["theme"]
