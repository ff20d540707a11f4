"""Ofi brings a second version, decides on every remark and publishes the report; olena's mail leads
her to her remark's trail."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from city.models import Department
from consultations.jobs import number_remarks
from consultations.models import Consultation, Place, Remark
from core.domain import clock
from drafts.models import Version
from tests import factories
from tests.consultations.carrying.conftest import FIRST, SECOND, say
from tests.journeys.worker import work
from tests.plugins.city import PHONE, City

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.with_all, pytest.mark.cpu(30)]

REASON = "Години роботи зсунуто, як просили."


@pytest.fixture
def consultation(transactional_db: None, department: Department) -> Consultation:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
    return factories.consultation(department, text=FIRST)


@pytest.fixture
def said(consultation: Consultation, olena: User, bohdan: User, charlie: User) -> list[Remark]:
    """Numbered 1 to 4 in this order; of clause 6 nothing is left in the second version."""
    return [
        say(consultation, olena, "2", "двадцять другої години", text="Улітку довше."),
        say(consultation, bohdan, "1", text="Перелік застарів."),
        say(consultation, charlie, "6", text="Хто саме контролює?"),
        say(consultation, bohdan, "4", text="Музика заважає спати."),
    ]


def test_from_a_new_version_to_the_report(
    city: City, consultation: Consultation, said: list[Remark], ofi: User, olena: User
) -> None:
    desk = city.window(ofi, reverse("desk:import", args=[consultation.pk]))
    _import_and_publish(desk, carried=len(said))
    places = {place.remark_id: place.clause for place in Place.objects.select_related("clause")}
    numbers = [clause and clause.number for clause in map(places.get, (each.pk for each in said))]
    assert numbers == ["3", "2", None, "6"]
    work("mail")
    told = _mails_to(olena)[-1]
    assert "Улітку довше." in told

    # Three rows at once; the one of what is gone stays empty.
    _number()
    desk.goto(city.web.url + reverse("desk:table", args=[consultation.pk]))
    for remark in (said[0], said[1], said[3]):
        desk.locator(f"#row-{remark.pk} input[name=remark]").check()
    desk.get_by_role("button", name="Вирішити однаково").click()
    desk.get_by_label("враховано частково", exact=True).check()
    desk.get_by_label("Обґрунтування").fill(REASON)
    desk.get_by_label("Пункт, у якому це враховано").fill("п. 3")
    desk.get_by_role("button", name="Заповнити ці рядки").click()
    expect(desk.get_by_text("Заповнено 3 рядки.")).to_be_visible()

    consultation.closes_at = clock.now()
    consultation.save(update_fields=["closes_at"])
    desk.goto(city.web.url + reverse("desk:report", args=[consultation.pk]))
    desk.fill("[name=outcome]", "Години роботи змінено.")
    desk.fill("[name=summary]", "Просять довшого часу роботи.")
    desk.get_by_role("button", name="Зберегти", exact=True).click()
    expect(desk).to_have_url(re.compile("done=report"))

    # The empty row stops it, and is named with a link to it.
    desk.goto(city.web.url + reverse("desk:publish_report", args=[consultation.pk]))
    expect(desk.locator("main")).to_contain_text("Звіт ще не можна оприлюднити")
    expect(desk.get_by_role("button", name="Оприлюднити звіт")).to_have_count(0)
    desk.get_by_role("link", name="№ 3", exact=True).click()
    row = desk.locator(f"#row-{said[2].pk}")
    expect(row).to_be_in_viewport()
    row.get_by_label("взято до відома").check()
    row.locator("textarea").fill("Контролює виконавчий комітет.")
    row.get_by_role("button", name="Зберегти й погодити").click()
    expect(row.locator("[data-row-state]")).to_contain_text("Погоджено:")
    desk.goto(city.web.url + reverse("desk:report", args=[consultation.pk]))
    desk.get_by_role("link", name="Оприлюднити звіт").first.click()
    desk.get_by_role("button", name="Оприлюднити звіт").click()
    expect(desk.get_by_text("Звіт оприлюднено; учасникам повідомлено.")).to_be_visible()

    work("mail")
    told = _mails_to(olena)[-1]
    assert "№ 1" in told.replace("\u00a0", " ")
    (link,) = set(re.findall(r"/consultations/\d+/remarks/\d+/", told))
    hers = city.window(olena, link, viewport=PHONE)
    trail = hers.locator("#remark-trail")
    for words in ("Враховано частково", REASON, "дев’ятої"):
        expect(trail).to_contain_text(words)
    assert hers.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert city.complaints == []


def _import_and_publish(desk: Page, *, carried: int) -> None:
    """The file, the doubtful pairs, the text; a worker carries the remarks."""
    file = {"name": "second.txt", "mimeType": "text/plain", "buffer": SECOND.encode()}
    desk.locator("input[type=file]").set_input_files(file)
    desk.get_by_role("button", name="Завантажити", exact=True).click()
    desk.get_by_role("link", name="Перевірити зіставлення пунктів").click()
    expect(desk.locator("[name^=continues_]")).to_have_count(2)
    desk.get_by_role("button", name="Підтвердити ці пари").click()
    expect(desk.get_by_text("Підтверджено.")).to_be_visible()
    desk.get_by_role("link", name="Порівняти й опублікувати").click()
    expect(desk.locator("#impact")).to_be_visible()
    desk.get_by_role("button", name="Опублікувати", exact=True).click()
    expect(desk.locator("#carrying progress")).to_be_visible()
    assert Version.objects.latest("number").is_published
    work("default")
    # The page finds out by itself.
    expect(desk.locator("#carrying")).to_contain_text(
        f"До редакції 2 перенесено {carried} зауваження"
    )


def _number() -> None:
    """The job of every minute."""
    number_remarks.defer(timestamp=0)
    work("default")


def _mails_to(person: User) -> list[str]:
    return [str(message.body) for message in mail.outbox if message.to == [person.email]]
