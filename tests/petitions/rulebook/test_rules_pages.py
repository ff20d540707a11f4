"""Administrators word the rules anew and keep the grounds, having just proved who they are."""

from __future__ import annotations

import pytest

from petitions.life import actions
from petitions.models import Ground, Procedure, State
from petitions.rulebook.forms import RulesForm
from tests.editing import carried, drawn
from tests.petitions import factories

pytestmark = pytest.mark.django_db
GROUND = {"name": "Повтор", "article": "Порядок, п. 9", "quote": "Не повторює чинної петиції."}


@pytest.fixture
def current(db):
    return factories.procedure()


def form(current, **changed):
    """What a browser sends of the rules in force, with changes."""
    fields = RulesForm._meta.fields
    said = {name: getattr(current, name) for name in fields} | drawn(RulesForm(current=current))
    return {
        name: "on" if value is True else value
        for name, value in (said | changed).items()
        if value is not False
    }


def test_a_change_is_a_new_wording_for_those_published_later(
    client, olena, admin, department, to, current
):
    before = factories.petition(olena)
    after = factories.petition(olena, State.MODERATION)
    client.force_login(admin)
    assert "1" in client.get(to("change_rules")).text
    there = client.post(to("change_rules"), form(current, threshold="500"))
    assert there["Location"] == to("rules")
    newest = Procedure.objects.now()
    assert (newest.threshold, newest.made_by) == (500, admin)
    assert Procedure.objects.get(pk=current.pk).threshold == 1000
    actions.publish(after, by=admin, department=department)
    before.refresh_from_db()
    after.refresh_from_db()
    assert (before.procedure, after.procedure) == (current, newest)
    assert "1\xa0000" in client.get(to("rules")).text


@pytest.mark.parametrize(
    "changed",
    [
        {"threshold": "0"},
        {"threshold": "-5"},
        {"threshold": "99999999999999999999"},
        {"collection": ""},
        {"collection": "999", "collection_unit": "months"},
        {"publish_within": "3"},
        {"review_within": "11"},
        {"answer_within": "0"},
        {"signers": "nobody"},
        {"min_age": "3"},
        {"min_age": "18", "signers": "residents"},  # whose age nobody knows
        {"legal_basis": ""},
        {},
    ],
    ids=str,
)
def test_what_the_law_or_sense_forbids_is_refused_and_kept(client, admin, to, current, changed):
    client.force_login(admin)
    data = form(current, legal_basis="Рішення № 5") if changed else form(current)
    response = client.post(to("change_rules"), data | changed)
    assert response.status_code == 422
    assert "data-error-summary" in response.text
    if changed and "legal_basis" not in changed:
        assert "Рішення № 5" in response.text
    assert Procedure.objects.count() == 1


def test_an_age_is_asked_for_and_told_where_it_is_known(client, olena, admin, to, current):
    client.force_login(admin)
    verified = form(current, signers="verified_residents", min_age="18")
    assert client.post(to("change_rules"), verified).status_code == 302
    newest = Procedure.objects.now()
    assert newest.requirement.age_over == 18
    for procedure in (current, newest):
        petition = factories.petition(olena, procedure=procedure)
        client.logout()
        page = client.get(petition.get_absolute_url()).text
        assert (newest.get_min_age_display() in page) is (procedure == newest)


def test_two_who_change_them_at_once_hear_of_each_other(client, admin, to, current):
    client.force_login(admin)
    client.post(to("change_rules"), form(current, threshold="500"))
    response = client.post(to("change_rules"), form(current, threshold="700", collection="60"))
    assert response.status_code == 409
    assert response.context["form"].has_error("threshold", "edit.conflict")
    assert admin.get_full_name() in response.text
    assert Procedure.objects.now().threshold == 500


def test_a_fresh_proof_is_asked_for_and_nothing_is_lost(client, admin, to, current):
    client.force_login(admin, fresh=False)
    assert client.get(to("change_rules")).status_code == 200
    asked = client.post(to("change_rules"), form(current, threshold="500"))
    assert asked.status_code == 302
    assert asked["Location"].startswith("/account/confirm/")
    assert Procedure.objects.count() == 1


def test_grounds_are_added_corrected_and_put_out_of_force(client, admin, to, current):
    client.force_login(admin)
    assert client.post(to("new_ground"), GROUND).status_code == 302
    ground = Ground.objects.get(name="Повтор")
    assert ground.code and ground.in_force
    sent = GROUND | {"quote": "Не повторює іншої."} | carried(client, to("change_ground", ground))
    client.post(to("change_ground", ground), sent)
    ground.refresh_from_db()
    assert ground.quote == "Не повторює іншої."
    client.post(to("force_ground", ground))
    ground.refresh_from_db()
    assert not ground.in_force
    client.post(to("force_ground", ground), {"in_force": "on"})
    ground.refresh_from_db()
    assert ground.in_force


def test_words_that_an_author_was_told_stay(client, olena, admin, to, current):
    ground = factories.ground()
    factories.petition(olena, State.REFUSED, refused_on=ground)
    client.force_login(admin)
    page = client.get(to("change_ground", ground))
    assert page.text.count(" readonly") == 3, "but for the English name"
    assert f"{to('new_ground')}?like={ground.code}" in page.text
    drawn_from = carried(client, to("change_ground", ground))
    refused = client.post(to("change_ground", ground), GROUND | drawn_from)
    assert refused.status_code == 422
    assert "Повтор" in refused.text, "nothing typed is lost"
    words = {name: getattr(ground, name) for name in GROUND} | {"name_en": "Not ours to decide"}
    assert client.post(to("change_ground", ground), words | drawn_from).status_code == 302
    ground.refresh_from_db()
    assert (ground.name, ground.name_en) == (words["name"], "Not ours to decide")
    like = client.get(to("new_ground"), {"like": ground.code})
    assert ground.quote in like.text


@pytest.mark.parametrize("missing", sorted(GROUND))
def test_a_ground_without_its_act_is_none(client, admin, to, current, missing):
    client.force_login(admin)
    response = client.post(to("new_ground"), GROUND | {missing: " "})
    assert response.status_code == 422
    assert not Ground.objects.filter(name="Повтор").exists()


def test_staff_reads_them_and_administrators_change_them(client, olena, mo, ofi, to, current):
    ground = factories.ground()
    changing = [
        (to("change_rules"), form(current, threshold="1")),
        (to("new_ground"), GROUND),
        (to("change_ground", ground), GROUND),
        (to("force_ground", ground), {}),
    ]
    for person, status in ((olena, 403), (mo, 200), (ofi, 200)):
        client.force_login(person)
        page = client.get(to("rules"))
        assert page.status_code == status
        for address, data in changing:
            assert address not in page.text
            assert client.post(address, data).status_code == 403
    assert Procedure.objects.count() == 1
    ground.refresh_from_db()
    assert ground.in_force


@pytest.mark.parametrize("like", ["nowhere", "' OR 1", "\x00", "9" * 300])
def test_words_of_no_ground_are_none(client, admin, to, current, like):
    client.force_login(admin)
    assert client.get(to("new_ground"), {"like": like}).status_code == 200


def test_budget(client, admin, to, current, django_assert_max_num_queries):
    for number in range(30):
        factories.procedure(threshold=number + 1)
    client.force_login(admin)
    with django_assert_max_num_queries(6):
        client.get(to("rules"))
