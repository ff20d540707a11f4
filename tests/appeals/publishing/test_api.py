"""Published answers for programs: what everybody reads on the pages, and nothing else."""

from __future__ import annotations

import pytest

from appeals import actions
from appeals.models import Answer, State
from appeals.publishing.actions import set_consent
from city.models import District, Theme
from tests.appeals import factories

pytestmark = pytest.mark.django_db

LIST = "/api/v1/answers/"
WORDS = ("Коваль", "Соборності", "olena.koval", "Прошу відновити")


def publish(author, subject: str) -> Answer:
    theme = Theme.objects.get_or_create(slug="light", defaults={"name": "Освітлення"})[0]
    district = District.objects.get_or_create(slug="centre", defaults={"name": "Центр"})[0]
    appeal = factories.appeal(author, State.ANSWERED, theme=theme, district=district)
    answer = set_consent(appeal.answers.get(), by=author, agrees=True)
    boss = factories.head(appeal.department)
    return actions.publish_answer(
        answer, by=boss, subject=subject, question="Просять світла.", text="Полагоджено."
    )


def test_one_is_what_its_page_shows(client, olena, settings):
    answer = publish(olena, "Не світять ліхтарі")
    found = client.get(f"{LIST}{answer.pk}/")
    assert found.json() == {
        "id": answer.pk,
        "url": f"{settings.SITE_URL}/appeals/answers/{answer.pk}/",
        "published_at": found.json()["published_at"],
        "subject": "Не світять ліхтарі",
        "question": "Просять світла.",
        "text": "Полагоджено.",
        "theme": "light",
        "district": "centre",
        "department": "improvement",
    }
    assert not [word for word in WORDS if word in found.text]


def test_the_list_is_narrowed_and_paged(client, olena, django_assert_max_num_queries):
    made = [publish(olena, subject).pk for subject in ("Ліхтарі", "Дорога", "Ліхтар")]

    def ids(**asked) -> list[int]:
        return [row["id"] for row in client.get(LIST, asked).json()["results"]]

    assert ids() == made[::-1]
    assert ids(q="ліхтарів") == [made[2], made[0]]
    assert ids(theme="light", district="centre", q="дорогу") == [made[1]]
    assert ids(theme="water") == []
    with django_assert_max_num_queries(4):
        first = client.get(LIST, {"size": 2}).json()
    rest = client.get(first["next"]).json()
    assert [row["id"] for row in (*first["results"], *rest["results"])] == made[::-1]
    assert client.get(LIST, {"author": "olena"}).status_code == 400


def test_it_is_gone_with_the_consent(client, olena):
    answer = publish(olena, "Ліхтар")
    address = f"{LIST}{answer.pk}/"
    shared = client.get(address).headers["Cache-Control"]
    assert shared == "public, max-age=0, s-maxage=1"
    set_consent(answer, by=olena, agrees=False)
    assert client.get(address).status_code == 404
    assert client.get(LIST).json()["results"] == []


def test_it_is_only_read(client, olena):
    client.force_login(olena)
    for address in (LIST, f"{LIST}1/"):
        assert client.post(address, {}, content_type="application/json").status_code == 405
