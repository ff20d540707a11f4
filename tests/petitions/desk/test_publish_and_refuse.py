"""A moderator publishes or refuses: what comes of it, and what a refusal of the form keeps."""

from __future__ import annotations

import pytest

from petitions.life import actions
from petitions.models import State
from tests import factories as people
from tests.petitions import factories
from tests.petitions.editing import sent

pytestmark = pytest.mark.django_db


def test_publishes_and_goes_on_to_the_next(client, olena, mo, department, waiting, to):
    following = factories.petition(olena, State.MODERATION, title="Наступна")
    client.force_login(mo)
    there = client.post(to("publish", waiting), sent("publish", waiting, department=department.pk))
    assert there["Location"] == to("detail", following)
    waiting.refresh_from_db()
    assert waiting.published_at and waiting.department == department
    assert client.get(there["Location"]).context["petition"] == following


def test_after_the_last_one_comes_the_queue(client, mo, department, waiting, to):
    factories.petition(mo, State.MODERATION)  # her own is somebody else's to decide about
    client.force_login(mo)
    there = client.post(to("publish", waiting), sent("publish", waiting, department=department.pk))
    assert there["Location"] == to("list")


def test_a_department_is_named_at_publication(client, mo, waiting, to):
    client.force_login(mo)
    response = client.post(to("publish", waiting), {})
    assert response.status_code == 422
    assert response.context["publish_form"].has_error("department")
    waiting.refresh_from_db()
    assert waiting.published_at is None


def test_the_grounds_stand_with_the_words_of_their_acts(client, mo, waiting, to):
    ground = factories.ground()
    old = factories.ground("old")
    type(old).objects.filter(pk=old.pk).update(in_force=False, name="Нечинна підстава")
    client.force_login(mo)
    page = client.get(to("detail", waiting)).text
    for words in (ground.name, ground.article, ground.quote):
        assert words in page
    assert "Нечинна підстава" not in page


def test_refuses_with_a_ground_and_a_note(client, mo, waiting, to):
    ground = factories.ground()
    client.force_login(mo)
    there = client.post(to("refuse", waiting), {"ground": ground.pk, "note": "Це справа області."})
    assert there["Location"] == f"{to('list')}?done=refuse:{waiting.pk}"
    waiting.refresh_from_db()
    assert (waiting.refused_on, waiting.refused_note) == (ground, "Це справа області.")
    kept = f"petition:{mo.pk}:refuse:{waiting.pk}:note"
    assert kept in client.get(there["Location"]).text  # the device may forget the note
    page = client.get(to("detail", waiting)).text
    assert ground.quote in page and "Це справа області." in page


def test_without_a_ground_nothing_typed_is_lost(client, mo, waiting, to):
    client.force_login(mo)
    response = client.post(to("refuse", waiting), {"note": "Довга примітка"})
    assert response.status_code == 422
    assert "Довга примітка" in response.text
    waiting.refresh_from_db()
    assert waiting.refused_at is None


def test_what_was_decided_meanwhile_is_said(client, mo, admin, waiting, department, to):
    actions.publish(waiting, by=admin, department=department)
    client.force_login(mo)
    data = {"ground": factories.ground().pk, "note": "Довга примітка"}
    response = client.post(to("refuse", waiting), data)
    assert response.status_code == 422
    assert response.context["refuse_form"].non_field_errors()
    assert "Довга примітка" in response.text


def test_nobody_decides_about_her_own(client, mo, department, to):
    own = factories.petition(mo, State.MODERATION)
    client.force_login(mo)
    page = client.get(to("detail", own))
    assert "publish_form" not in page.context
    assert str(page.context["verdict"].message) in page.text
    assert (
        client.post(to("publish", own), sent("publish", own, department=department.pk)).status_code
        == 422
    )
    own.refresh_from_db()
    assert own.published_at is None


def test_is_for_moderators_alone(client, olena, ofi, sec, department, waiting, to):
    waiting.department = department
    waiting.save()
    one = people.user("one", role="moderator", scope=waiting.topic)
    data = {"department": department.pk, "ground": factories.ground().pk}
    for person, status in ((olena, 403), (ofi, 403), (sec, 403)):
        client.force_login(person)
        for name in ("publish", "refuse"):
            assert client.post(to(name, waiting), data).status_code == status
            assert client.get(to(name, waiting)).status_code == 405
    client.force_login(one)
    assert client.post(to("publish", waiting), data).status_code == 302
