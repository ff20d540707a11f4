"""Somebody without an account signs a petition by mail: two clicks after the form."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core import mail
from playwright.sync_api import Page, expect
from procrastinate.contrib.django.models import ProcrastinateJob

from notifications.mails.signatures import send_signature_link
from petitions.models import Petition, Signature
from petitions.signing import counting
from tests.petitions import factories
from tests.plugins.city import PHONE, City

pytestmark = pytest.mark.django_db(transaction=True)

EMAIL = "daryna@example.org"


@pytest.fixture
def petition(transactional_db, olena) -> Petition:
    made = factories.petition(olena, procedure=factories.procedure(threshold=1000))
    factories.signatures(made, 7)
    counting.recount([made.pk])
    return made


@pytest.fixture
def mails(transactional_db, city) -> Callable[[], str]:
    """Sends the mails that wait; returns the words of the last one."""
    done: set[int] = set(ProcrastinateJob.objects.values_list("pk", flat=True))

    def send() -> str:
        jobs = ProcrastinateJob.objects.filter(task_name="notifications.jobs.send_signature_link")
        for job in jobs.exclude(pk__in=done).order_by("pk"):
            done.add(job.pk)
            send_signature_link(**job.args)
        return mail.outbox[-1].body

    return send


def ask(page: Page, email: str = EMAIL) -> None:
    page.get_by_label("Ім’я та прізвище").fill("Дарина Січова")
    page.get_by_label("Електронна адреса").fill(email)
    page.get_by_role("button", name="Надіслати мені посилання").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Перевірте пошту")
    expect(page.get_by_text(email)).to_be_visible()


def link(city: City, words: str) -> str:
    """The address in a mail, at the server of this test."""
    found = re.search(r"https?://[^/\s]+(/petitions/\S+)", words)
    assert found, words
    return city.web.url + found[1]


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_anon_signs_by_mail_with_two_clicks(city: City, petition: Petition, mails, script):
    page = city.window(
        None, f"/petitions/{petition.pk}/", viewport=PHONE, java_script_enabled=script
    )
    page.locator("main").get_by_role("link", name="Підписати петицію").first.click()
    page.get_by_role("link", name="Підписати через електронну пошту").click()
    # What is wrong is said, and what was typed stays.
    page.get_by_label("Ім’я та прізвище").fill("Дарина")
    page.get_by_role("button", name="Надіслати мені посилання").click()
    expect(page.get_by_role("alert")).to_be_visible()  # a press before it belongs to the first form
    expect(page.get_by_label("Ім’я та прізвище")).to_have_value("Дарина")
    ask(page)
    assert not Signature.objects.filter(email=EMAIL).exists()

    # Two clicks: the link in the mail, the button of its page.
    page.goto(link(city, mails()))
    assert not Signature.objects.filter(email=EMAIL).exists()
    page.get_by_role("button", name="Підтвердити мій підпис").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Дякуємо за ваш підпис")
    signed = Signature.objects.get(email=EMAIL)
    assert (signed.petition, signed.name) == (petition, "Дарина Січова")

    # It is counted, and her name is on the list.
    counting.recount([petition.pk])
    page.goto(f"{city.web.url}/petitions/{petition.pk}/signers/")
    expect(page.locator("main")).to_contain_text("Зараховано 8 підписів")
    expect(page.get_by_role("row").nth(1)).to_contain_text("Дарина Січова")

    # Asked once more the page says the same; the mail says that she has signed, and lets her go.
    page.goto(f"{city.web.url}/petitions/{petition.pk}/sign/mail/")
    ask(page, "Daryna+again@Example.org")
    words = mails()
    assert "вже підписали" in words and "/confirm/" not in words
    page.goto(link(city, words))
    page.get_by_text("Відкликати підпис").click()
    page.get_by_role("button", name="Відкликати").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Підпис відкликано")
    signed.refresh_from_db()
    assert (signed.status, signed.name, signed.mailbox) == (Signature.Status.WITHDRAWN, "", None)


def test_or_with_the_code_of_the_mail(city: City, petition: Petition, mails):
    page = city.window(None, f"/petitions/{petition.pk}/sign/mail/")
    ask(page)
    code = re.search(r"^\d{4}-\d{4}$", mails(), re.MULTILINE)
    assert code
    page.get_by_label("Код із листа").fill(code[0].replace("-", ""))
    page.get_by_role("button", name="Підтвердити мій підпис").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Дякуємо за ваш підпис")
    assert Signature.objects.filter(email=EMAIL).count() == 1
