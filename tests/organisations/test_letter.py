"""Confirming by a code from a letter to the location."""

from __future__ import annotations

import pytest
from django.db import connection
from django.urls import reverse

from accounts.paper import codes
from core.domain.rules import Refused
from organisations.confirming import actions_letters as actions
from organisations.confirming.actions_letters import PURPOSE
from organisations.events import LetterAsked, LetterPrinted, OrganisationConfirmed
from organisations.models import PostedCode
from organisations.registering import actions as registering_actions
from organisations.rules import MOST_TRIES

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_limits(db):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_limit")


def printed(organisation, olena, ofi) -> str:
    """A letter was asked for and printed; its code, put over the one that is on paper alone."""
    letter = actions.ask_for_letter(organisation, by=olena)
    actions.print_letters(by=ofi, compared=[letter.pk])
    plain, digest = codes.new_code(PURPOSE)
    PostedCode.objects.filter(pk=letter.pk).update(digest=digest)
    return plain


def test_asked_printed_entered(claim, olena, ofi, emitted):
    code = printed(claim, olena, ofi)
    letter = PostedCode.objects.get()
    assert letter.location == claim.location
    made = actions.confirm_by_letter(claim, by=olena, written=f" {code.replace('-', ' ')} ")
    assert (made.how, made.confirmed_by, made.is_confirmed) == ("letter", olena, True)
    assert emitted == [
        LetterAsked(claim.pk, olena.pk, letter.pk),
        LetterPrinted(claim.pk, ofi.pk, letter.pk),
        OrganisationConfirmed(claim.pk, olena.pk),
    ]


def test_the_print_is_a_file_of_letters_and_each_is_printed_once(claim, olena, ofi, refused):
    asked = actions.ask_for_letter(claim, by=olena)
    letters, pdf = actions.print_letters(by=ofi, compared=[asked.pk])
    assert pdf.startswith(b"%PDF") and len(letters) == 1
    with refused("organisation.no_letters"):
        actions.print_letters(by=ofi, compared=[asked.pk])


def test_only_officers_print(claim, olena, mo, refused):
    for person in (olena, mo):
        with refused("organisation.officers_only"):
            actions.print_letters(by=person, compared=[])


def test_asked_for_again_before_it_is_printed_it_stays_the_one(claim, olena, emitted):
    first = actions.ask_for_letter(claim, by=olena)
    assert actions.ask_for_letter(claim, by=olena) == first
    assert PostedCode.objects.count() == 1


def test_no_letter_goes_unseen(claim, olena, ofi, refused):
    """Whoever claims a company says where it is: an officer has looked before anything is sent."""
    asked = actions.ask_for_letter(claim, by=olena)
    for compared in ([], [asked.pk + 1]):
        with refused("organisation.no_letters"):
            actions.print_letters(by=ofi, compared=compared)


@pytest.mark.parametrize("field", ["name", "short_name", "location"])
def test_what_was_compared_cannot_be_changed_afterwards(claim, olena, ofi, field, refused):
    asked = actions.ask_for_letter(claim, by=olena)
    registering_actions.describe(claim, by=olena, fields={field: "Інше"})
    with refused("organisation.no_letters"):
        actions.print_letters(by=ofi, compared=[asked.pk])
    code = printed(claim, olena, ofi)
    registering_actions.describe(claim, by=olena, fields={field: "Виконавчий комітет"})
    with refused("organisation.no_letter"):
        actions.confirm_by_letter(claim, by=olena, written=code)


def test_what_nobody_compares_may_change(claim, olena, ofi):
    code = printed(claim, olena, ofi)
    registering_actions.describe(claim, by=olena, fields={"size": "large"})
    assert actions.confirm_by_letter(claim, by=olena, written=code).is_confirmed


def test_another_letter_makes_the_first_code_void(claim, olena, ofi, refused):
    code = printed(claim, olena, ofi)
    printed(claim, olena, ofi)
    with refused("organisation.code_wrong"):
        actions.confirm_by_letter(claim, by=olena, written=code)


def test_not_more_than_three_in_ninety_days(claim, olena, ofi, clock, refused):
    for _each in range(3):
        printed(claim, olena, ofi)
    with refused("organisation.letters_many"):
        actions.ask_for_letter(claim, by=olena)
    clock.advance(days=91)
    assert actions.ask_for_letter(claim, by=olena).pk


def test_no_letter_no_code(claim, olena, refused):
    with refused("organisation.no_letter"):
        actions.confirm_by_letter(claim, by=olena, written=codes.new_code(PURPOSE)[0])


def test_a_slip_of_the_pen_costs_nothing(claim, olena, ofi, refused):
    printed(claim, olena, ofi)
    with refused("organisation.code_misread"):
        actions.confirm_by_letter(claim, by=olena, written="1234-5678-9012")
    assert PostedCode.objects.get().tries == 0


def test_tried_too_often_it_is_void(claim, olena, ofi, refused):
    code = printed(claim, olena, ofi)
    PostedCode.objects.update(tries=MOST_TRIES - 1)
    with refused("organisation.code_wrong"):
        actions.confirm_by_letter(claim, by=olena, written=codes.new_code(PURPOSE)[0])
    with refused("organisation.code_spent"):
        actions.confirm_by_letter(claim, by=olena, written=code)


def test_too_old_it_is_void(claim, olena, ofi, clock, settings, refused):
    code = printed(claim, olena, ofi)
    clock.advance(days=settings.LETTER_DAYS)
    with refused("organisation.code_expired"):
        actions.confirm_by_letter(claim, by=olena, written=code)


def test_somebody_else_with_the_code_confirms_nothing(claim, olena, firm, ofi, refused):
    code = printed(claim, olena, ofi)
    with refused("mandate.heads_only"):
        actions.confirm_by_letter(claim, by=firm, written=code)


def test_what_is_confirmed_needs_no_letter(company, olena, refused):
    with refused("organisation.confirmed_already"):
        actions.ask_for_letter(company, by=olena)


def test_tries_are_limited_per_person(claim, olena, ofi):
    printed(claim, olena, ofi)
    wrong, seen = codes.new_code(PURPOSE)[0], []
    for _each in range(11):
        with pytest.raises(Refused) as refusal:
            actions.confirm_by_letter(claim, by=olena, written=wrong)
        seen.append(refusal.value.verdict.code)
    assert seen == ["organisation.code_wrong"] * 10 + ["limit.reached"]


def test_on_the_pages(client, claim, olena, ofi):
    client.force_login(olena)
    page = claim.get_absolute_url()
    assert client.post(f"{page}letter/").status_code == 302
    client.force_login(ofi)
    assert client.post(reverse("organisations_desk:letters")).status_code == 302
    box = f'name="letter" value="{PostedCode.objects.get().pk}"'
    queue = " ".join(client.get(reverse("organisations_desk:queue")).content.decode().split())
    assert box in queue.replace('type="checkbox" ', "")
    marked = {"letter": [PostedCode.objects.get().pk, "x", "9" * 5000]}
    answer = client.post(reverse("organisations_desk:letters"), marked)
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    assert client.post(reverse("organisations_desk:letters"), marked).status_code == 302
    plain, digest = codes.new_code(PURPOSE)
    PostedCode.objects.update(digest=digest)
    client.force_login(olena)
    assert client.post(f"{page}code/", {"code": "12"}).status_code == 422
    assert client.post(f"{page}code/", {"code": plain}).status_code == 302
    claim.refresh_from_db()
    assert claim.is_confirmed
