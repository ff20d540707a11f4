"""Who may take part, by what the procedure asks: the same for remarks, replies and support."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.identity.actions import end, verify
from accounts.models import Level, Residence, Verification
from accounts.residence import actions as residence
from city.models import District
from consultations import rules
from consultations.models import Consultation, Procedure, Remark
from consultations.remarks import actions
from consultations.remarks.participation import SIGNED_IN, eligibility_in
from core.domain import clock
from tests import factories

pytestmark = pytest.mark.django_db
Participants = Procedure.Participants


def held_for(opened: Consultation, participants: str, **fields) -> Consultation:
    """The consultation, under a procedure that is for ``participants``."""
    opened.procedure = Procedure.objects.create(
        code=f"for-{participants}",
        name="За рішенням ради",
        legal_basis="Статут громади, п. 1",
        shortest=1,
        participants=participants,
        **fields,
    )
    opened.save(update_fields=["procedure"])
    return opened


def known_as(user, *facts: str, district: District) -> None:
    if "declared" in facts:
        residence.declare(user, district=district, address="вул. Рудна, 1")
    if "resident" in facts:
        residence.check(user, district=district, how=Residence.How.PROVIDER)
    if "verified" in facts or "adult" in facts:
        verify(
            user,
            level=Level.SUBSTANTIAL,
            how=Verification.How.PROVIDER,
            source="id.gov.ua",
            age_over=18 if "adult" in facts else None,
        )


@pytest.fixture
def north(db):
    return District.objects.create(name="Північний", slug="north")


@pytest.mark.parametrize(
    ("participants", "facts", "code"),
    [
        (Participants.ANYONE, (), ""),
        (Participants.BUSINESSES, (), ""),
        (Participants.RESIDENTS, (), "eligibility.residence"),
        (Participants.RESIDENTS, ("declared",), ""),
        (Participants.VERIFIED, (), "eligibility.level"),
        (Participants.VERIFIED, ("verified",), "eligibility.age"),
        (Participants.VERIFIED, ("adult",), ""),
        (Participants.VERIFIED_RESIDENTS, ("adult",), "eligibility.residence"),
        (Participants.VERIFIED_RESIDENTS, ("adult", "declared"), "eligibility.residence"),
        (Participants.VERIFIED_RESIDENTS, ("adult", "resident"), ""),
        (Participants.VERIFIED_RESIDENTS, ("resident",), "eligibility.level"),
        (Participants.ORGANISATIONS, ("adult", "resident"), "eligibility.organisation"),
    ],
)
def test_who_may_speak(opened, charlie, north, participants, facts, code, refused):
    held_for(opened, participants)
    known_as(charlie, *facts, district=north)
    if not code:
        assert actions.remark(opened, by=charlie, text="Так краще.")
        return
    with refused(code):
        actions.remark(opened, by=charlie, text="Так краще.")


@pytest.fixture
def strict(opened, bohdan, north):
    """Open, for those whose identity is confirmed, with a remark of Bohdan's."""
    held_for(opened, Participants.VERIFIED)
    known_as(bohdan, "adult", district=north)
    return actions.remark(opened, by=bohdan, text="Так краще.")


def test_replies_and_support_follow_the_same_rule(strict, charlie, refused):
    with refused("eligibility.level"):
        actions.reply(strict, by=charlie, text="Ні.")
    with refused("eligibility.level"):
        actions.react(strict, by=charlie, value=1)


def test_what_has_ended_lets_one_edit_no_more(strict, bohdan, refused):
    end(bohdan)
    with refused("eligibility.level"):
        actions.change_remark(strict, by=bohdan, text="Інакше.")
    assert actions.delete_remark(strict, by=bohdan)  # one's words stay one's own


def test_the_age_is_the_procedures(opened, charlie, north, refused):
    held_for(opened, Participants.VERIFIED, min_age=18)
    verify(charlie, level=Level.SUBSTANTIAL, how="provider", source="bank", age_over=16)
    with refused("eligibility.age"):
        actions.remark(opened, by=charlie, text="Так краще.")


def test_where_organisations_take_part_one_speaks_for_one(opened, firm, refused):
    held_for(opened, Participants.ORGANISATIONS)
    company = factories.organisation("ТОВ «Тераса»", firm)
    with refused("eligibility.organisation"):
        actions.remark(opened, by=firm, text="Від себе.")
    made = actions.remark(opened, by=firm, text="Від імені.", organisation_id=company.pk)
    assert made.comment.organisation == company


def test_support_counts_there_from_whoever_speaks_for_one(opened, firm, bohdan, charlie, refused):
    held_for(opened, Participants.ORGANISATIONS)
    company = factories.organisation("ТОВ «Тераса»", firm)
    factories.organisation("ТОВ «Кав’ярня»", bohdan)
    made = actions.remark(opened, by=firm, text="Від імені.", organisation_id=company.pk)
    with refused("eligibility.organisation"):
        actions.react(made, by=charlie, value=1)
    assert actions.react(made, by=bohdan, value=1).agrees == 1


def test_only_what_asks_more_costs_a_query(opened, charlie, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert eligibility_in(charlie, opened.procedure) == SIGNED_IN
    held_for(opened, Participants.VERIFIED_RESIDENTS)
    with django_assert_num_queries(1):
        eligibility = eligibility_in(charlie, opened.procedure)
    now = clock.now()
    assert not rules.take_part(charlie, opened, now=now, eligibility=eligibility)
    # Who has not been asked about is told no, not yes.
    assert not rules.take_part(charlie, opened, now=now, eligibility=SIGNED_IN)


def test_the_page_says_who_takes_part_and_the_way_there(client, opened, charlie):
    held_for(opened, Participants.VERIFIED_RESIDENTS)
    page = client.get(opened.get_absolute_url()).content.decode()
    assert str(Participants.VERIFIED_RESIDENTS.label) in page
    client.force_login(charlie)
    page = client.get(opened.get_absolute_url()).content.decode()
    assert f"/account/verify/?next={opened.get_absolute_url()}" in page
    assert f"/account/residence/?next={opened.get_absolute_url()}" in page


def test_the_api_refuses_by_code(client, opened, charlie):
    held_for(opened, Participants.VERIFIED)
    client.force_login(charlie)
    answer = client.post(
        reverse("api:remarks", args=[opened.pk]),
        {"text": "Так краще."},
        content_type="application/json",
    )
    assert answer.status_code == 403
    assert answer.json()["code"] == "eligibility.level"
    assert answer.json()["params"]["way"] == "identity:verify"


def speak(client, opened, **fields):
    address = reverse("consultations:speak", args=[opened.pk])
    return client.post(address, {"kind": "remark", "text": "Так краще.", **fields})


def test_what_was_typed_waits_in_the_session_until_it_is_published(client, opened, charlie):
    held_for(opened, Participants.VERIFIED)
    client.force_login(charlie)
    address = reverse("consultations:speak", args=[opened.pk])
    refused = speak(client, opened, text="Так краще. " + "ї" * 100)
    assert refused.status_code == 422
    assert f"/account/verify/?next={address}" in refused.content.decode()
    assert "ї" * 100 in client.get(address).content.decode()
    other = factories.consultation(opened.department)
    elsewhere = reverse("consultations:speak", args=[other.pk])
    assert "ї" * 100 not in client.get(elsewhere).content.decode()
    verify(charlie, level=Level.SUBSTANTIAL, how="provider", source="bank", age_over=18)
    assert speak(client, opened).status_code == 302
    assert "unsent_remark" not in client.session


def test_what_is_missing_is_offered_first_and_the_words_are_kept_on_the_way(
    client, opened, charlie
):
    held_for(opened, Participants.VERIFIED)
    client.force_login(charlie)
    address = reverse("consultations:speak", args=[opened.pk])
    page = client.get(address).text
    assert "Зберегти мої слова й підтвердити, хто я" in page and "Оприлюднити" not in page
    assert page.index("/account/verify/?next=") < page.index('name="text"')
    on = speak(client, opened, text="Так краще, бо тихіше.", keep="way")
    assert on.url == f"/account/verify/?next={address}"
    assert not Remark.objects.exists()
    page = client.get(address).text
    assert "Так краще, бо тихіше." in page
    # Who lacks nothing any more comes back to the form.
    verify(charlie, level=Level.SUBSTANTIAL, how="provider", source="bank", age_over=18)
    assert speak(client, opened, text="Так краще, бо тихіше.", keep="way").url == address
    page = client.get(address).text
    assert "Оприлюднити" in page and "Так краще, бо тихіше." in page


def test_the_words_are_kept_while_an_organisation_is_registered(client, opened, charlie):
    client.force_login(charlie)
    on = speak(client, opened, text="Наш склад поруч.", keep="organisation")
    address = reverse("consultations:speak", args=[opened.pk])
    assert on.url == f"{reverse('organisations:register')}?next={address}"
    assert "Наш склад поруч." in client.get(address).text


def test_a_refusal_takes_the_focus(client, opened, charlie):
    held_for(opened, Participants.VERIFIED)
    client.force_login(charlie)
    shown = client.get(f"{opened.get_absolute_url()}speak/").text
    assert "data-error-summary" not in shown
    assert speak(client, opened).text.count("data-error-summary") == 1


def test_what_is_kept_is_bounded(client, opened, charlie):
    held_for(opened, Participants.VERIFIED)
    client.force_login(charlie)
    speak(client, opened, text="так", exact="ї" * 50_000, nonsense="ї" * 50_000)
    assert len(str(client.session.get("unsent_remark"))) < 20_000


def test_a_refused_support_shows_the_way(client, strict, opened, charlie):
    client.force_login(charlie)
    address = reverse("consultations:react", args=[opened.pk, strict.pk])
    page = client.post(
        address, {"value": 1}, headers={"Referer": f"http://testserver{opened.get_absolute_url()}"}
    )
    assert page.status_code == 403
    assert f"/account/verify/?next={opened.get_absolute_url()}" in page.content.decode()


def test_a_refusal_is_told_once(client, opened, charlie):
    held_for(opened, Participants.VERIFIED)
    client.force_login(charlie)
    page = client.post(f"{opened.get_absolute_url()}speak/", {"kind": "remark", "text": "Слово."})
    assert page.status_code == 422
    assert page.text.count("підтвердьте, хто ви") == 1
    assert "Слово." in page.text and "/account/verify/?next=" in page.text
