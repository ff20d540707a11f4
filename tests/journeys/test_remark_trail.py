"""Ofi enters the decision; olena follows her mail to her remark's trail, which goes on live."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse
from playwright.sync_api import Page, expect
from procrastinate.contrib.django import app

from accounts.models import User
from city.models import Department
from consultations.models import Disposition, Remark
from consultations.remarks import actions as remark_actions
from core.domain import clock
from core.domain.calendar import local_date
from drafts.versions import actions as drafts
from tests import factories
from tests.plugins.city import PHONE, City

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.with_all, pytest.mark.cpu(20)]


@pytest.fixture
def said(transactional_db: None, olena: User, ofi: User, department: Department) -> Remark:
    """What olena said of clause 2 was taken into account; the report is published."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
    consultation = factories.consultation(department)
    clause = consultation.draft.versions.get().clauses.get(number="2")
    remark = remark_actions.remark(
        consultation, by=olena, text="Улітку – до одинадцятої.", clause_id=clause.pk
    )
    text = factories.DRAFT.replace("8:00 до 22:00", "8:00 до 23:00")
    version = drafts.import_version(consultation.draft, text.encode(), name="act.txt", by=ofi)
    drafts.publish(version, by=ofi)
    Disposition.objects.create(
        remark=remark,
        kind="accepted",
        reason="Світло влітку довше.",
        resulting_key=clause.key,
        by=ofi,
        decided_at=clock.now(),
    )
    consultation.closes_at = consultation.reported_at = clock.now()
    consultation.save()
    return remark


def work() -> None:
    """Let a real worker send what waits: in a thread, for the browser's loop runs in this one."""
    with ThreadPoolExecutor(1) as threads:
        threads.submit(_work).result()


def _work() -> None:
    with app.replace_connector(app.connector.get_worker_connector()) as working:
        working.run_worker(
            queues=["mail"], wait=False, install_signal_handlers=False, listen_notify=False
        )


def test_olena_follows_her_mail_to_the_end(
    city: City, ofi: User, olena: User, said: Remark
) -> None:
    pk, today = said.consultation_id, local_date(clock.now())
    desk = city.window(ofi, reverse("desk:decision", args=[pk]))
    _enter(desk, today.isoformat())

    work()
    (message,) = (each for each in mail.outbox if each.to == [olena.email])
    (link,) = re.findall(r"/consultations/\d+/remarks/\d+/", str(message.body))
    hers = city.window(olena, link, viewport=PHONE)
    trail = hers.locator("#remark-trail")
    for words in ("Світло влітку довше.", "22", "23", "№ 7/2026", "30"):
        expect(trail).to_contain_text(words)
    expect(trail.locator("ins").first).to_be_visible()
    expect(trail).to_contain_text("Кроків виконання ще не названо")
    wide = hers.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE["width"]

    # A step comes onto her open page, and is overdue in a word.
    desk.fill("#new_text", "Оновити вивіски")
    desk.fill("#new_responsible", "Департамент")
    desk.fill("#new_due_on", (today - timedelta(days=2)).isoformat())
    desk.get_by_role("button", name="Додати").click()
    expect(trail).to_contain_text("Оновити вивіски")
    expect(trail.locator(".step--late")).to_contain_text("прострочено")
    assert city.complaints == []


def _enter(desk: Page, day: str) -> None:
    """Without a number it comes back, with all that was typed."""
    desk.get_by_label("ухвалено", exact=True).check()
    desk.fill("[name=decided_on]", day)
    desk.select_option("[name=text]", index=1)
    for name, number in (("votes_for", 30), ("against", 4), ("abstained", 3), ("not_voting", 5)):
        desk.fill(f"[name={name}]", str(number))
    desk.fill("[name=members]", "54")
    desk.get_by_role("button", name="Оприлюднити рішення").click()
    expect(desk.locator("[data-error-summary]")).to_be_visible()
    expect(desk.locator("[name=members]")).to_have_value("54")
    desk.fill("[name=number]", "7/2026")
    desk.get_by_role("button", name="Оприлюднити рішення").click()
    expect(desk.locator("main")).to_contain_text("7/2026")
