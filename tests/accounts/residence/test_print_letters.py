"""Printing the letters that were asked for."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from accounts.models import LetterRun, Residence, ResidenceLetter
from accounts.residence import actions, queries
from accounts.residence.events import LettersPrinted
from accounts.residence.printing import print_letters
from core.domain.rules import Refused
from tests import factories
from tests.accounts.residence.conftest import codes_in


@pytest.fixture
def asked(olena, bohdan, at_home, north):
    """Two letters wait: Olena's, then Bohdan's."""
    actions.declare(bohdan, district=north, address="вул. Рудна, 6")
    return [actions.ask_letter(olena), actions.ask_letter(bohdan)]


@pytest.mark.django_db
def test_what_stands_on_paper_opens_and_stands_nowhere_else(asked, olena, bohdan, ofi, hear):
    told = hear(LettersPrinted)
    run, pdf = print_letters(by=ofi)
    hers, his = codes_in(pdf)
    assert told == [LettersPrinted(run.pk, ofi.pk, tuple(letter.pk for letter in asked))]
    assert not ResidenceLetter.objects.waiting().exists()
    assert not ResidenceLetter.objects.filter(digest__contains=hers.replace("-", "")).exists()
    actions.confirm_by_letter(bohdan, his)
    actions.confirm_by_letter(olena, hers)
    assert Residence.objects.checked().count() == 2


@pytest.mark.django_db
def test_printed_again_they_have_new_codes_and_the_old_ones_are_void(asked, olena, bohdan, ofi):
    run, first = print_letters(by=ofi)
    old, his = codes_in(first)
    actions.confirm_by_letter(bohdan, his)
    _again, second = print_letters(by=ofi, again=run)
    (new,) = codes_in(second)  # Bohdan needs none any more
    with pytest.raises(Refused) as refused:
        actions.confirm_by_letter(olena, old)
    assert refused.value.verdict.code == "code.wrong"
    actions.confirm_by_letter(olena, new)


@pytest.mark.django_db
def test_of_a_printing_those_count_as_unused_that_still_open(asked, olena, bohdan, north, ofi):
    run, _pdf = print_letters(by=ofi)
    assert [(each.pk, each.unused) for each in queries.letter_runs_with_unused()] == [(run.pk, 2)]
    actions.declare(olena, district=north, address="вул. Інша, 1")  # what was sent to her is void
    assert [(each.pk, each.unused) for each in queries.letter_runs_with_unused()] == [(run.pk, 1)]
    actions.declare(bohdan, district=north, address="вул. Інша, 2")
    assert queries.letter_runs_with_unused() == []


@pytest.mark.django_db
def test_nothing_to_print(ofi):
    with pytest.raises(Refused) as refused:
        print_letters(by=ofi)
    assert refused.value.verdict.code == "letters.none"
    assert not LetterRun.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "code"), [("olena", "people.not_officer"), ("mo", "people.not_officer")]
)
def test_who_may_not(request, asked, who, code):
    with pytest.raises(Refused) as refused:
        print_letters(by=request.getfixturevalue(who))
    assert refused.value.verdict.code == code


@pytest.mark.django_db
def test_no_query_for_each_letter(asked, ofi, django_assert_max_num_queries):
    # her grants; savepoint, letters with people, run, time, letters, time, trace, release
    with django_assert_max_num_queries(9):
        print_letters(by=ofi)


def test_two_officers_at_once_print_each_letter_once(transactional_db):
    from city.models import District

    north = District.objects.create(name="Північний", slug="north")
    department = factories.department()
    officers = [
        factories.user(name, role="officer", department=department) for name in ("ofi", "zoriana")
    ]
    for number in range(6):
        person = factories.user(f"p{number}")
        actions.declare(person, district=north, address=f"вул. Рудна, {number}")
        actions.ask_letter(person)

    def printing(by) -> int:
        try:
            return print_letters(by=by)[0].letters.count()
        except Refused:
            return 0
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=2) as threads:
        counts = list(threads.map(printing, officers))
    assert sum(counts) == 6
    assert not ResidenceLetter.objects.waiting().exists()
