"""Saying what a clause would cost: for an organisation, while it is open, once a clause."""

from __future__ import annotations

import csv
import io
from urllib.parse import urlencode

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from consultations.costs import actions, queries
from consultations.costs.models import MOST_HOURS, MOST_MONEY, Cost
from consultations.events import CostSaid, CostTakenBack
from consultations.models import State
from core.domain import clock as core_clock
from core.domain.rules import Refused
from core.models import AuditEntry
from organisations.models import Mandate
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def regulatory(department):
    return factories.consultation(department, procedure=factories.procedure("regulatory-act"))


@pytest.fixture
def over(department):
    return factories.consultation(
        department, State.CLOSED, procedure=factories.procedure("regulatory-act")
    )


@pytest.fixture
def clause(regulatory):
    return regulatory.draft.versions.get().clauses.get(number="2")


@pytest.fixture
def terrace(firm):
    return factories.organisation("ТОВ «Тераса»", firm, scopes=("comment",))


def answered(consultation, number: int, size: str = "micro", **fields) -> None:
    """So many organisations of a size have answered, with rising figures."""
    for place in range(number):
        organisation = factories.organisation(f"ТОВ «{size} {place}»", size=size)
        Cost.objects.create(
            consultation=consultation,
            organisation=organisation,
            size=size,
            by=organisation.registered_by,
            **{"hours_once": 7 + place, "money_yearly": 1234 + place, **fields},
        )


def test_every_way_from_the_form_leads_back_to_it(client, regulatory, clause, olena):
    form = f"/consultations/{regulatory.pk}/costs/say/"
    asked = f"{form}?clause={clause.key}"
    away = client.get(asked)
    assert away["Location"] == f"/account/login/?{urlencode({'next': asked}, safe='/')}"
    client.force_login(olena)
    back = urlencode({"next": asked}, safe="/")
    assert f"/account/organisations/?{back}" in client.get(asked).text.replace("&amp;", "&")


def test_the_size_comes_first(client, regulatory, firm, terrace):
    """Figures are gathered by it: without one they would stand among those of all sizes."""
    type(terrace).objects.filter(pk=terrace.pk).update(size="")
    with pytest.raises(Refused) as refused:
        actions.say_cost(regulatory, by=firm, organisation_id=terrace.pk, hours_once=3)
    assert refused.value.verdict.code == "cost.size_missing"
    client.force_login(firm)
    page = client.get(f"/consultations/{regulatory.pk}/costs/say/")
    assert terrace.get_absolute_url() in page.text and "hours_once" not in page.text
    assert not Cost.objects.exists()


def test_says_it_once_and_changes_it(regulatory, firm, terrace, clause, emitted):
    said = actions.say_cost(
        regulatory,
        by=firm,
        organisation_id=terrace.pk,
        clause_id=clause.pk,
        hours_once=3,
        money_yearly=18_480,
        note=" за тарифом ",
    )
    again = actions.say_cost(
        regulatory, by=firm, organisation_id=terrace.pk, clause_id=clause.pk, hours_yearly=2
    )
    cost = Cost.objects.get()
    assert said.pk == again.pk == cost.pk
    assert (cost.hours_once, cost.hours_yearly, cost.money_yearly, cost.note) == (0, 2, 0, "")
    assert (cost.clause, cost.clause_key, cost.size, cost.by) == (clause, clause.key, "micro", firm)
    event = CostSaid(cost.pk, regulatory.pk, terrace.pk, firm.pk)
    assert emitted == [event, event]
    assert AuditEntry.objects.filter(event="CostSaid").count() == 2


def test_the_whole_draft_is_a_row_of_its_own(regulatory, firm, terrace, clause):
    for clause_id in (None, clause.pk, None):
        actions.say_cost(
            regulatory, by=firm, organisation_id=terrace.pk, clause_id=clause_id, hours_once=1
        )
    assert Cost.objects.count() == 2
    first = Cost.objects.filter(clause=None).get()
    first.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save(force_insert=True)


def test_what_it_was_of_size_when_it_answered_stays(regulatory, firm, terrace):
    said = actions.say_cost(regulatory, by=firm, organisation_id=terrace.pk, hours_once=1)
    terrace.size = "large"
    terrace.save()
    said.refresh_from_db()
    assert said.size == "micro"


@pytest.mark.parametrize(
    ("figures", "code"),
    [
        ({"hours_once": -1}, "cost.out_of_bounds"),
        ({"hours_yearly": MOST_HOURS + 1}, "cost.out_of_bounds"),
        ({"money_once": MOST_MONEY + 1}, "cost.out_of_bounds"),
        ({"note": "а" * 501}, "cost.note_too_long"),
        ({"clause_id": 2**40}, "remark.no_such_clause"),
    ],
)
def test_what_is_refused(regulatory, firm, terrace, refused, figures, code):
    with refused(code):
        actions.say_cost(regulatory, by=firm, organisation_id=terrace.pk, **figures)
    assert not Cost.objects.exists()


def test_costs_are_asked_of_regulation_alone(opened, firm, terrace, refused):
    with refused("cost.not_asked"):
        actions.say_cost(opened, by=firm, organisation_id=terrace.pk, hours_once=1)


def test_not_after_it_closed(regulatory, over, firm, terrace, clock, refused):
    said = actions.say_cost(regulatory, by=firm, organisation_id=terrace.pk, hours_once=1)
    with refused("consultation.closed"):
        actions.say_cost(over, by=firm, organisation_id=terrace.pk, hours_once=1)
    clock.set(regulatory.closes_at)
    with refused("consultation.closed"):
        actions.say_cost(regulatory, by=firm, organisation_id=terrace.pk, hours_once=2)
    with refused("consultation.closed"):
        actions.take_back_cost(said, by=firm)


def test_only_for_whom_one_speaks(regulatory, olena, firm, terrace, refused):
    said = actions.say_cost(regulatory, by=firm, organisation_id=terrace.pk, hours_once=1)
    with refused("mandate.none"):
        actions.say_cost(regulatory, by=olena, organisation_id=terrace.pk, hours_once=1)
    with refused("mandate.none"):
        actions.take_back_cost(said, by=olena)
    Mandate.objects.update(revoked_at=core_clock.now())
    with refused("mandate.revoked"):
        actions.say_cost(regulatory, by=firm, organisation_id=terrace.pk, hours_once=2)
    with refused("mandate.revoked"):
        actions.take_back_cost(said, by=firm)


def test_is_taken_back(regulatory, firm, terrace, emitted):
    said = actions.say_cost(regulatory, by=firm, organisation_id=terrace.pk, hours_once=1)
    emitted.clear()
    for _twice in range(2):
        actions.take_back_cost(said, by=firm)
    assert not Cost.objects.exists()
    assert emitted == [CostTakenBack(said.pk, regulatory.pk, terrace.pk, firm.pk)]


# --- pages ----------------------------------------------------------------------------------------


def address(consultation, rest: str = "") -> str:
    return f"/consultations/{consultation.pk}/costs/{rest}"


def test_fills_in_the_form(regulatory, client, firm, terrace, clause):
    client.force_login(firm)
    page = client.get(address(regulatory, f"say/?clause={clause.key}"))
    assert clause.text in page.text
    data = {"organisation": terrace.pk, "clause": clause.key, "hours_once": "", "money_yearly": "5"}
    empty = client.post(address(regulatory, "say/"), {**data, "money_yearly": ""})
    assert empty.status_code == 422
    words = client.post(address(regulatory, "say/"), {**data, "hours_once": "багато"})
    assert words.status_code == 422 and "багато" in words.text
    assert client.post(address(regulatory, "say/"), data).status_code == 302
    assert Cost.objects.get().money_yearly == 5
    again = client.get(address(regulatory, f"say/?clause={clause.key}"))
    assert 'value="5"' in again.text
    taken = client.post(address(regulatory, f"{Cost.objects.get().pk}/delete/"))
    assert taken.status_code == 302 and not Cost.objects.exists()


def test_chooses_among_her_organisations(regulatory, client, firm, terrace):
    other = factories.organisation("ТОВ «Інше»", firm)
    client.force_login(firm)
    page = client.get(address(regulatory, "say/")).text
    assert f"organisation={terrace.pk}" in page and f"organisation={other.pk}" in page
    assert 'name="hours_once"' not in page
    assert (
        'name="hours_once"' in client.get(address(regulatory, f"say/?organisation={other.pk}")).text
    )


def test_who_was_revoked_meanwhile_keeps_her_figures(regulatory, client, firm, terrace):
    client.force_login(firm)
    Mandate.objects.update(revoked_at=core_clock.now())
    data = {"organisation": terrace.pk, "hours_once": "1234"}
    page = client.post(address(regulatory, "say/"), data)
    assert page.status_code == 422
    assert 'value="1234"' in page.text
    assert not Cost.objects.exists()


def test_another_takes_nothing_back(regulatory, client, olena, firm, terrace):
    said = actions.say_cost(regulatory, by=firm, organisation_id=terrace.pk, hours_once=1)
    client.force_login(olena)
    assert client.post(address(regulatory, f"{said.pk}/delete/")).status_code == 404
    client.force_login(firm)
    assert client.get(address(regulatory, f"{said.pk}/delete/")).status_code == 405


def test_who_has_no_organisation_is_told_the_way(regulatory, client, olena):
    client.force_login(olena)
    page = client.get(address(regulatory, "say/"))
    assert page.status_code == 200
    assert 'name="hours_once"' not in page.text


def test_other_procedures_have_no_such_pages(opened, client, firm, ofi):
    assert client.get(address(opened)).status_code == 404
    client.force_login(firm)
    assert client.get(address(opened, "say/")).status_code == 404
    client.force_login(ofi)
    assert client.get(f"/desk/consultations/{opened.pk}/costs/").status_code == 404


def test_the_public_sees_ranges_once_it_has_closed(regulatory, client, clock, settings):
    settings.SHARED_PAGE_SECONDS = 0
    answered(regulatory, 3)
    answered(regulatory, 1, "large", note="таємна примітка")
    page = client.get(address(regulatory)).text
    assert "1234" not in page and "2\u00a0000" not in page
    clock.set(regulatory.closes_at)
    page = client.get(address(regulatory)).text
    assert "1\u00a0000" in page and "2\u00a0000" in page
    for kept in ("1234", "1\u00a0234", "1235", "1236", "таємна", "large 0", "micro 0"):
        assert kept not in page


def test_the_report_shows_them(department, client, settings):
    settings.SHARED_PAGE_SECONDS = 0
    reported = factories.consultation(
        department, State.REPORTED, procedure=factories.procedure("regulatory-act")
    )
    answered(reported, 3)
    client.get(reported.get_absolute_url())  # the process keeps the published text: two queries
    with CaptureQueriesContext(connection) as captured:
        page = client.get(reported.get_absolute_url()).text
    assert "1\u00a0000" in page and "2\u00a0000" in page
    assert len(captured) <= 14


def test_the_desk_sees_medians_and_notes(regulatory, client, ofi, olena):
    answered(regulatory, 3, note="=1+1 за тарифом")
    client.force_login(ofi)
    desk = f"/desk/consultations/{regulatory.pk}/costs/"
    with CaptureQueriesContext(connection) as captured:
        page = client.get(desk).text
    assert len(captured) <= 13
    assert "1\u00a0200" in page and "1234" not in page and "1\u00a0235" not in page
    assert "=1+1 за тарифом" in page and "micro 0" in page
    client.force_login(olena)
    assert client.get(desk).status_code == 403
    assert client.get(f"{desk}table.csv").status_code == 403


def test_the_desks_file_is_a_table_and_no_formula(regulatory, client, ofi):
    answered(regulatory, 3)
    client.force_login(ofi)
    file = client.get(f"/desk/consultations/{regulatory.pk}/costs/table.csv")
    assert file.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert len(rows) == 1 + 5
    assert rows[1][2:] == [
        "3",
        "0",
        "10",
        "8",
        "0",
        "10",
        "0",
        "0",
        "1000",
        "0",
        "1000",
        "2000",
        "1200",
    ]


def test_a_clause_asks_for_its_cost(regulatory, opened, client, clause):
    asked = f'href="costs/say/?clause={clause.short_key}"'
    assert asked in client.get(regulatory.get_absolute_url()).text
    assert "costs/say/" not in client.get(opened.get_absolute_url()).text


def test_a_title_or_a_preamble_can_cost_nothing(regulatory, client, firm, terrace):
    page = client.get(regulatory.get_absolute_url()).text
    preamble = regulatory.draft.versions.get().clauses.filter(kind="preamble").last()
    assert f"speak/?clause={preamble.short_key}" in page
    assert f"costs/say/?clause={preamble.short_key}" not in page
    with pytest.raises(Refused) as refused:
        actions.say_cost(
            regulatory, by=firm, organisation_id=terrace.pk, clause_id=preamble.pk, money_once=1
        )
    assert refused.value.verdict.code == "cost.obliges_nobody"


def test_an_organisation_that_answered_on_two_clauses_is_one(regulatory, clause):
    answered(regulatory, 2)
    for cost in Cost.objects.all():
        cost.pk, cost.clause, cost.clause_key = None, clause, clause.key
        cost.save(force_insert=True)
    assert queries.how_many(regulatory) is None, "of two nothing is told"
    answered(regulatory, 1, "large")
    assert queries.how_many(regulatory) == 3
