"""What the public reads: today's labels, the page of changes, a remark's place; the API."""

from __future__ import annotations

import pytest
from lxml import html

from consultations.carrying import actions
from consultations.models import Place, Remark
from core.domain import clock
from core.domain.rules import Refused
from tests.consultations.carrying.conftest import carry, clause_of, publish, say

pytestmark = pytest.mark.django_db


def words(node) -> str:
    return " ".join(node.text_content().split())


def shown(client, address, remark):
    page = html.fromstring(client.get(address).text)
    return page.xpath(f'//*[@id="remark-{remark.pk}"]')[0]


@pytest.fixture
def carried(opened, olena, bohdan, ofi):
    """Remarks on 2 (now 3), on 5 (joined with 6) and on 6 (gone)."""
    remarks = {
        "kept": say(opened, olena, "2", "щодня з восьмої ранку до"),
        "moved": say(opened, bohdan, "5"),
        "gone": say(opened, olena, "6", "постійну комісію"),
    }
    publish(opened, ofi)
    carry(opened)
    return remarks


@pytest.mark.parametrize("place", ["", "remarks/", "display/"])
def test_labels_are_todays(client, opened, carried, place):
    page = words(html.fromstring(client.get(opened.get_absolute_url() + place).text))
    assert "п. 3, у редакції 1 – п. 2" in page
    assert "п. 6, у редакції 1 – п. 5" in page
    assert "п. 6, вилучено в редакції 2" in page


def test_links_lead_to_todays_clause(client, opened, carried):
    address = opened.get_absolute_url()
    part = shown(client, address, carried["moved"])
    clause = clause_of(opened, "6", 2)
    assert part.xpath(f'.//a[@href="{address}#c-{clause.short_key}"]')
    assert part.get("data-clause") == clause.short_key
    gone = shown(client, address, carried["gone"])
    assert gone.xpath(f'.//a[starts-with(@href, "{address}?version=1#c-")]')
    for key in (clause.short_key, clause.key):  # addresses named it whole before
        filtered = html.fromstring(client.get(f"{address}remarks/?clause={key}").text)
        assert [each.get("id") for each in filtered.xpath('//ol[@id="remarks"]/li')] == [
            f"remark-{carried['moved'].pk}"
        ]


def test_the_officers_table_says_it_too(client, opened, carried, ofi):
    client.force_login(ofi)
    row = shown(client, f"/desk/consultations/{opened.pk}/remarks/", carried["kept"])
    assert "п. 3, у редакції 1 – п. 2" in words(row)


@pytest.mark.parametrize("view", ["inline", "side"])
def test_the_changes_are_shown_with_counts(client, opened, carried, view):
    answer = client.get(f"/consultations/{opened.pk}/changes/?view={view}")
    page = html.fromstring(answer.content)
    assert "дев’ятої" in "".join(page.xpath("//ins//text()"))
    assert "восьмої" in "".join(page.xpath("//del//text()"))
    key = clause_of(opened, "6", 2).key
    (item,) = page.xpath(f'//*[@id="c-{key}"]')
    assert "1 зауваження" in words(item)
    assert f"?clause={key}#remarks-region" in html.tostring(item).decode()
    unchanged = str(clause_of(opened, "2", 2).text)
    assert unchanged in answer.text  # renumbered
    assert "Керуючись Законом" not in answer.text
    assert "Керуючись Законом" in client.get(f"{answer.request['PATH_INFO']}?all=1").text


def test_the_former_address_leads_there_for_ever(client, opened):
    answer = client.get(f"/consultations/{opened.pk}/versions/?from=1&to=2")
    assert answer.status_code == 301
    assert answer["Location"] == f"/consultations/{opened.pk}/changes/?from=1&to=2"


def test_a_remarks_page_shows_where_it_stands_and_its_author_confirms(
    client, opened, carried, olena, bohdan
):
    remark = carried["kept"]
    page = client.get(remark.get_absolute_url())
    assert "<mark" in page.text
    assert "щодня з дев’ятої ранку до" in page.text
    assert 'name="answer"' not in page.text
    client.force_login(bohdan)
    assert 'name="answer"' not in client.get(remark.get_absolute_url()).text
    place = Place.objects.get(remark=remark)
    address = f"{remark.get_absolute_url()}place/{place.pk}/"
    assert client.post(address, {"answer": "yes"}).status_code == 404
    client.force_login(olena)
    assert 'name="answer"' in client.get(remark.get_absolute_url()).text
    assert client.post(address, {"answer": "maybe"}).status_code == 404
    assert client.post(address, {"answer": "no"}).status_code == 302
    assert "стосується іншого" in words(shown(client, opened.get_absolute_url(), remark))
    client.post(address, {"answer": "yes"})
    place.refresh_from_db()
    assert place.answer == "yes"
    assert "стосується іншого" not in words(shown(client, opened.get_absolute_url(), remark))


def test_only_its_author_and_only_of_todays_place(opened, carried, olena, bohdan, ofi):
    place = Place.objects.get(remark=carried["kept"])
    with pytest.raises(Refused) as refused:
        actions.answer_place(place, by=bohdan, is_right=True)
    assert refused.value.verdict.code == "place.not_author"
    publish(opened, ofi)
    carry(opened)
    with pytest.raises(Refused) as refused:
        actions.answer_place(place, by=olena, is_right=True)
    assert refused.value.verdict.code == "place.not_current"
    place = Place.objects.current().get(remark=carried["kept"])
    opened.closes_at = clock.now()
    opened.save()
    assert actions.answer_place(place, by=olena, is_right=True).answer == "yes"


def test_the_api_tells_today_and_then(client, opened, carried):
    base = f"/api/v1/consultations/{opened.pk}"
    key = clause_of(opened, "6", 2).key
    (told,) = client.get(f"{base}/remarks/?clause={key}").json()["results"]
    row = Remark.objects.select_related("clause").get(pk=carried["moved"].pk)
    assert (told["clause"], told["clause_label"]) == (str(key), "п. 6")
    assert told["said_of"] == {"version": 1, "clause": str(row.clause_key), "label": "п. 5"}
    assert told["place"] == {
        "version": 2,
        "method": "moved",
        "removed_in": None,
        "start": None,
        "end": None,
        "author_says": "",
    }
    gone = client.get(f"{base}/remarks/{carried['gone'].pk}/").json()
    assert (gone["place"]["method"], gone["place"]["removed_in"]) == ("orphan", 2)
    assert gone["quote"]["exact"] == "постійну комісію"
    clauses = client.get(f"{base}/clauses/").json()["results"]
    assert {each["key"]: each["remarks"] for each in clauses if each["remarks"]} == {
        str(key): 1,
        str(clause_of(opened, "3", 2).key): 1,
    }
