"""Speaking in an organisation's name: by a mandate in force, and what stays when it ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.events import RemarkChanged, RemarkPosted
from consultations.models import Remark
from consultations.remarks import actions
from core.db.search import query
from core.domain import clock as core_clock
from discussions import actions as discussion
from discussions.events import CommentPosted
from discussions.models import LONGEST_INTEREST, Comment
from organisations.models import Mandate, Organisation
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def terrace(firm) -> Organisation:
    return factories.organisation("ТОВ «Тераса»", firm, scopes=("comment",))


@pytest.fixture
def hers(opened, firm, terrace) -> Remark:
    return actions.remark(opened, by=firm, text="Нам це дорого.", organisation_id=terrace.pk)


def end_mandate(person, organisation, **how) -> None:
    how = how or {"revoked_at": core_clock.now()}
    assert Mandate.objects.filter(user=person, organisation=organisation).update(**how) == 1


def test_speaks_in_its_name(opened, firm, terrace, emitted):
    made = actions.remark(
        opened,
        by=firm,
        text="Нам це дорого.",
        organisation_id=terrace.pk,
        interest=" маємо  літню терасу ",
    )
    comment = Comment.objects.get(pk=made.pk)
    assert (comment.author, comment.organisation) == (firm, terrace)
    assert comment.interest == "маємо літню терасу"
    assert emitted == [
        CommentPosted(comment.pk, opened.thread_id, None, firm.pk),
        RemarkPosted(made.pk, opened.pk, firm.pk),
    ]
    assert f"ТОВ «Тераса», ЄДРПОУ {terrace.code}" in comment.voice
    assert comment.voice.startswith(firm.public_name)


def test_answers_in_its_name(opened, olena, firm, terrace, emitted):
    remark = actions.remark(opened, by=olena, text="Гучно.")
    emitted.clear()
    made = actions.reply(remark, by=firm, text="Стихнемо.", organisation_id=terrace.pk)
    assert made.organisation == terrace
    assert emitted == [
        CommentPosted(made.pk, opened.thread_id, remark.pk, firm.pk),
        RemarkChanged(remark.pk, opened.pk, firm.pk),
    ]


def test_people_declare_an_interest_too(opened, olena):
    made = actions.remark(opened, by=olena, text="Проти.", interest="живу над кав’ярнею")
    assert (made.comment.organisation, made.comment.interest) == (None, "живу над кав’ярнею")
    assert made.comment.voice == olena.public_name


def test_is_found_by_the_organisations_name(hers):
    assert Remark.objects.filter(comment__search=query("тераса")).get() == hers


def test_of_a_sole_proprietor_only_the_name_is_told(opened, firm):
    sole = factories.organisation(
        "ФОП Савчук І. П.", firm, kind=Organisation.Kind.SOLE, code="", code_key="f" * 64
    )
    made = actions.remark(opened, by=firm, text="Так.", organisation_id=sole.pk)
    assert made.comment.voice.endswith("ФОП Савчук І. П.")
    assert "ЄДРПОУ" not in made.comment.voice


ENDED = {
    "mandate.revoked": lambda: {"revoked_at": core_clock.now()},
    "mandate.ended": lambda: {"ends_at": core_clock.now()},
    "mandate.scope": lambda: {"scopes": ["vote", "sign"]},
}


@pytest.mark.parametrize("code", ENDED)
def test_nobody_speaks_without_a_mandate_in_force(opened, firm, terrace, refused, code):
    end_mandate(firm, terrace, **ENDED[code]())
    with refused(code):
        actions.remark(opened, by=firm, text="Слово.", organisation_id=terrace.pk)
    assert not Comment.objects.exists()


def test_nobody_speaks_under_anothers_mandate(opened, olena, terrace, refused):
    for organisation_id in (terrace.pk, 2**40):
        with refused("mandate.none"):
            actions.remark(opened, by=olena, text="Слово.", organisation_id=organisation_id)


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ({"closed_at": "now"}, "organisation.closed"),
        ({"confirmed_at": None, "how": ""}, "organisation.not_confirmed"),
    ],
)
def test_nobody_speaks_for_what_nobody_confirmed(opened, firm, terrace, refused, state, code):
    values = {name: core_clock.now() if value == "now" else value for name, value in state.items()}
    Organisation.objects.filter(pk=terrace.pk).update(**values)
    with refused(code):
        actions.remark(opened, by=firm, text="Слово.", organisation_id=terrace.pk)


def test_a_long_interest_is_refused(opened, olena, refused):
    with refused("comment.interest_too_long"):
        actions.remark(opened, by=olena, text="Слово.", interest="а" * (LONGEST_INTEREST + 1))


def test_the_officers_answer_is_the_councils(hers, ofi):
    assert actions.answer(hers, by=ofi, text="Врахуємо.").organisation is None


class TestWhenTheMandateEnds:
    def test_the_words_stay_the_organisations(self, hers, firm, terrace):
        end_mandate(firm, terrace)
        hers.comment.refresh_from_db()
        assert (hers.comment.organisation, hers.comment.is_visible) == (terrace, True)

    def test_she_neither_changes_nor_deletes_them(self, hers, firm, terrace, refused):
        end_mandate(firm, terrace)
        with refused("comment.mandate_over"):
            actions.change_remark(hers, by=firm, text="Інше.")
        with refused("comment.mandate_over"):
            actions.delete_remark(hers, by=firm)

    def test_nor_does_another_who_speaks_for_it(self, hers, olena, terrace, refused):
        factories.mandate(olena, terrace)
        with refused("comment.not_yours"):
            actions.change_remark(hers, by=olena, text="Інше.")
        with refused("comment.not_yours"):
            actions.delete_remark(hers, by=olena)

    def test_what_she_said_herself_stays_hers(self, opened, firm, terrace):
        own = actions.remark(opened, by=firm, text="А сама я за.")
        end_mandate(firm, terrace)
        actions.change_remark(own, by=firm, text="А сама я таки за.")
        assert actions.delete_remark(own, by=firm).deleted_at


def test_with_a_mandate_the_author_changes_and_deletes(hers, firm, clock, refused):
    assert actions.change_remark(hers, by=firm, text="Нам це задорого.").text == "Нам це задорого."
    clock.advance(minutes=16)
    with refused("comment.edit_window_over"):
        actions.change_remark(hers, by=firm, text="Пізно.")
    assert actions.delete_remark(hers, by=firm).deleted_at


def test_support_counts_people(hers, olena, firm, terrace, refused):
    factories.mandate(olena, terrace)
    assert actions.react(hers, by=olena, value=1).agrees == 1
    with refused("comment.own"):
        actions.react(hers, by=firm, value=1)


# --- pages ----------------------------------------------------------------------------------------


def speak(client, opened, **data):
    address = f"/consultations/{opened.pk}/speak/"
    return client.post(address, {"kind": "remark", "text": "Слово.", **data})


def test_the_choice_is_for_whom_it_is_one(opened, client, olena, firm, terrace):
    for person, choices in ((olena, 0), (firm, 2)):
        client.force_login(person)
        page = client.get(f"/consultations/{opened.pk}/speak/").text
        assert page.count('name="organisation"') == choices
        assert ("ТОВ «Тераса»" in page) == bool(choices)


def test_speaks_by_the_form(opened, client, firm, terrace):
    client.force_login(firm)
    for chosen, organisation in (("self", None), (terrace.pk, terrace)):
        assert speak(client, opened, organisation=chosen, asked="1").status_code == 302
        assert Comment.objects.latest("pk").organisation == organisation


@pytest.mark.parametrize("others", [False, True])
def test_who_was_revoked_meanwhile_loses_no_text(opened, client, firm, terrace, others):
    """Nor are her words published under another name than she chose."""
    if others:
        factories.organisation("ТОВ «Інше»", firm)
    client.force_login(firm)
    end_mandate(firm, terrace)
    for data in ({"organisation": terrace.pk, "asked": "1"}, {"asked": "1"}):
        page = speak(client, opened, text="Довго писала.", **data)
        assert page.status_code == 422
        assert "Довго писала." in page.text
        assert "checked" not in page.text.split('name="kind"')[0]
    assert not Comment.objects.exists()


def test_the_choice_alone_is_private(client, firm, terrace):
    address = "/consultations/voices/"
    assert client.get(address).status_code == 302
    client.force_login(firm)
    page = client.get(address, {"chosen": terrace.pk})
    assert page.headers["Cache-Control"] == "private, no-store"
    assert f'value="{terrace.pk}"' in page.text and "checked" in page.text
    assert 'role="alert"' not in page.text
    end_mandate(firm, terrace)
    page = client.get(address, {"chosen": terrace.pk})
    assert f'value="{terrace.pk}"' not in page.text
    assert "checked" not in page.text
    assert 'role="alert"' in page.text


def test_replies_by_the_form(opened, client, olena, firm, terrace):
    remark = actions.remark(opened, by=olena, text="Гучно.")
    client.force_login(firm)
    assert "ТОВ «Тераса»" in client.get(remark.get_absolute_url()).text
    address = f"{remark.get_absolute_url()}reply/"
    client.post(address, {"text": "Стихнемо.", "organisation": terrace.pk, "asked": "1"})
    assert Comment.objects.get(parent=remark.pk).organisation == terrace
    end_mandate(firm, terrace)
    page = client.post(address, {"text": "Ще слово.", "organisation": terrace.pk, "asked": "1"})
    assert page.status_code == 422 and "Ще слово." in page.text


def test_the_author_is_offered_what_she_may(opened, client, firm, terrace, hers):
    client.force_login(firm)
    edit = f"/consultations/{opened.pk}/remarks/{hers.pk}/edit/"
    assert edit in client.get(hers.get_absolute_url()).text
    assert client.get(edit).text.count("<textarea") == 1
    end_mandate(firm, terrace)
    assert edit not in client.get(hers.get_absolute_url()).text
    assert client.get(edit).text.count("<textarea") == 0


def test_everywhere_it_is_said_in_whose_name(opened, client, mo, ofi, firm, hers):
    hers.comment.interest = "маємо терасу"
    hers.comment.save()
    discussion.flag(hers.comment, by=mo, reason="spam")
    here = opened.get_absolute_url()
    pages = {
        None: [here, f"{here}remarks/", hers.get_absolute_url(), "/search/?q=дорого"],
        firm: ["/account/me/"],
    }
    for person, addresses in pages.items():
        if person:
            client.force_login(person)
        for address in (*addresses, f"{here}display/"):
            page = client.get(address).text
            assert "ТОВ «Тераса»" in page, address
            assert "ЄДРПОУ" in page, address
    assert "маємо терасу" in client.get(here).text


def test_businesses_are_told_apart_where_they_are_asked(department, client, olena, firm, terrace):
    regulatory = factories.consultation(department, procedure=factories.procedure("regulatory-act"))
    ordinary = factories.consultation(department)
    for consultation in (regulatory, ordinary):
        actions.remark(consultation, by=olena, text="Слово людини.")
        actions.remark(consultation, by=firm, text="Слово бізнесу.", organisation_id=terrace.pk)
    here = regulatory.get_absolute_url()
    only = client.get(f"{here}?voice=organisation").text
    assert "Слово бізнесу." in only and "Слово людини." not in only
    people = client.get(f"{here}remarks/?voice=person").text
    assert "Слово бізнесу." not in people and "Слово людини." in people
    assert "voice=organisation" in client.get(here).text
    assert "voice=organisation" not in client.get(ordinary.get_absolute_url()).text


def test_a_list_of_organisations_is_walked_by_pages(department, client, olena, firm, terrace):
    regulatory = factories.consultation(department, procedure=factories.procedure("regulatory-act"))
    for number in range(25):
        actions.remark(regulatory, by=firm, text=f"Бізнес {number}.", organisation_id=terrace.pk)
        actions.remark(regulatory, by=olena, text=f"Людина {number}.")
    first = client.get(f"{regulatory.get_absolute_url()}?voice=organisation")
    after = first.context["page"].next_cursor
    second = client.get(f"{regulatory.get_absolute_url()}?voice=organisation&after={after}")
    said = [*first.context["remarks"], *second.context["remarks"]]
    assert [remark.comment.text for remark in said] == [f"Бізнес {n}." for n in range(24, -1, -1)]


def test_the_form_asks_few_questions(opened, client, firm, terrace):
    for number in range(10):
        factories.organisation(f"ТОВ «{number}»", firm)
    client.force_login(firm)
    client.get(f"/consultations/{opened.pk}/speak/")
    with CaptureQueriesContext(connection) as captured:
        page = client.get(f"/consultations/{opened.pk}/speak/")
    assert page.text.count('name="organisation"') == 12
    assert len(captured) <= 6


# --- the API --------------------------------------------------------------------------------------


def test_the_api_tells_and_takes_it(opened, client, firm, terrace, hers):
    address = f"/api/v1/consultations/{opened.pk}/remarks/"
    told = client.get(address).json()["results"][0]
    assert told["organisation"] == {
        "id": terrace.pk,
        "name": terrace.short_name,
        "code": terrace.code,
    }
    client.force_login(firm)
    data = {"text": "Ще.", "organisation": terrace.pk, "interest": "терасу маємо"}
    made = client.post(address, data, content_type="application/json")
    assert made.status_code == 201, made.text
    assert made.json()["organisation"]["code"] == terrace.code
    assert made.json()["interest"] == "терасу маємо"
    own = client.post(address, {"text": "Сама."}, content_type="application/json").json()
    assert own["organisation"] is None
    only = client.get(address, {"voice": "person"}).json()["results"]
    assert [remark["text"] for remark in only] == ["Сама."]
    end_mandate(firm, terrace)
    refused = client.post(address, data, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "mandate.revoked")


def test_the_api_tells_nothing_of_what_is_hidden(opened, client, mo, hers):
    discussion.hide(hers.comment, by=mo, reason="spam", note="Порушує правила")
    told = client.get(f"/api/v1/consultations/{opened.pk}/remarks/").json()["results"][0]
    assert told["organisation"] is None and told["interest"] is None


def test_what_was_said_before_a_mandate_began_is_refused(opened, firm, terrace, refused):
    end_mandate(firm, terrace, starts_at=core_clock.now() + timedelta(days=1))
    with refused("mandate.ended"):
        actions.remark(opened, by=firm, text="Слово.", organisation_id=terrace.pk)


@pytest.mark.parametrize(("page", "most"), [("", 13), ("?voice=organisation", 13), ("mine/", 6)])
def test_pages_ask_no_more_of_who_speaks_for_many(department, client, firm, settings, page, most):
    settings.SHARED_PAGE_SECONDS = 0
    regulatory = factories.consultation(department, procedure=factories.procedure("regulatory-act"))
    for number in range(10):
        organisation = factories.organisation(f"ТОВ «{number}»", firm)
        said = actions.remark(
            regulatory, by=firm, text=f"Слово {number}.", organisation_id=organisation.pk
        )
    client.force_login(firm)
    for address, budget in (
        (regulatory.get_absolute_url() + page, most),
        (said.get_absolute_url(), 8),
    ):
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        asked = [q for q in captured.captured_queries if not q["sql"].startswith(("SAVE", "REL"))]
        assert len(asked) <= budget, [query["sql"][:100] for query in asked]
