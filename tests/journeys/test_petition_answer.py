"""Ofi publishes the answer at the desk: everybody reads it, and who signed gets one mail each."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse
from playwright.sync_api import expect
from procrastinate.contrib.django import app

from accounts.models import User
from city.models import Department
from petitions.models import Petition, Signature, State
from tests.petitions import factories
from tests.plugins.city import PHONE, City

pytestmark = pytest.mark.django_db(transaction=True)

DECIDED = "Рада підтримала: ділянка внесена до програми ремонту на 2027 рік."


@pytest.fixture
def signed(
    transactional_db: None, olena: User, bohdan: User, charlie: User, department: Department
) -> Petition:
    """Signed by two accounts, of which one is the author's, and by three mails; one of them does
    not want to hear of it, another has taken hers back."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
    petition = factories.petition(olena, State.SUPPORTED, department=department)
    for person in (olena, bohdan):
        Signature.objects.create(petition=petition, user=person, wants_news=True)
    factories.signatures(petition, 1, email="hanna@viche.example")
    factories.signatures(petition, 1, email="quiet@viche.example", wants_news=False)
    gone = {"email": "", "name": "", "mailbox": None, "status": Signature.Status.WITHDRAWN}
    Signature.objects.create(petition=petition, **gone)
    return petition


def work() -> None:
    """Let a real worker send what waits: in a thread, for the browser's loop runs in this one."""
    with ThreadPoolExecutor(1) as threads:
        threads.submit(_work).result()


def _work() -> None:
    with app.replace_connector(app.connector.get_worker_connector()) as working:
        working.run_worker(
            queues=["mail"], wait=False, install_signal_handlers=False, listen_notify=False
        )


def test_ofi_answers_and_signers_get_one_mail_each(
    city: City, ofi: User, olena: User, bohdan: User, signed: Petition
) -> None:
    page = city.window(ofi, f"/desk/petitions/{signed.pk}/")
    page.get_by_role("link", name="Написати відповідь").click()
    page.fill("[name=decided]", DECIDED)
    for number in range(3):
        page.fill(f"[name=steps-{number}-text]", f"Крок перший: {number}")
    page.fill("[name=steps-0-due_on]", "2027-03-01")

    # Another row brings another row, and loses nothing.
    page.get_by_role("button", name="Ще один крок").click()
    expect(page.locator("[name=decided]")).to_have_value(DECIDED)
    page.fill("[name=steps-3-text]", "Крок останній")
    page.get_by_role("button", name="Оприлюднити відповідь").click()
    expect(page.locator("[data-error-summary]")).to_be_visible()  # who answers?
    expect(page.locator("[name=steps-3-text]")).to_have_value("Крок останній")
    page.fill("[name=signed_as]", "Міський голова Іван Петренко")
    page.get_by_role("button", name="Оприлюднити відповідь").click()
    expect(page.locator("main")).to_contain_text("Крок останній")

    # Everybody reads it: what was asked, what was decided, what will be done by when.
    public = city.window(None, reverse("petitions:answer", args=[signed.pk]), viewport=PHONE)
    for words in (DECIDED, "Крок перший: 0", "1\xa0березня 2027", "Міський голова Іван Петренко"):
        expect(public.locator("main")).to_contain_text(words)

    work()
    work()  # nobody is told twice
    told = Counter(address for message in mail.outbox for address in message.to)
    assert told == {olena.email: 1, bohdan.email: 1, "hanna@viche.example": 1}
    for message in mail.outbox:
        assert "Рада підтримала" in message.body
