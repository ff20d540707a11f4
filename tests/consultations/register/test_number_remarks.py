"""Numbers of remarks: in the order of receipt, without a gap, whoever posts meanwhile."""

from __future__ import annotations

import threading

import pytest
from django.urls import reverse

from consultations.models import Remark
from consultations.register.numbering import number_remarks
from consultations.remarks import actions
from core.domain.actions import action
from core.domain.topics import seq_of
from discussions import actions as discussion
from tests import factories
from tests.crowds import and_close, at_once, crowd


def _numbers(consultation) -> list[int | None]:
    return list(
        Remark.objects.filter(consultation=consultation)
        .order_by("pk")
        .values_list("number", flat=True)
    )


@pytest.mark.django_db
class TestOneAfterAnother:
    def test_each_consultation_counts_from_one(self, department, opened, olena, bohdan):
        other = factories.consultation(department)
        for place, by in ((opened, olena), (other, bohdan), (opened, bohdan)):
            actions.remark(place, by=by, text="Слово")
        assert _numbers(opened) == [None, None]
        assert number_remarks() == 3
        assert (_numbers(opened), _numbers(other)) == ([1, 2], [1])
        actions.remark(opened, by=olena, text="Ще одне")
        assert (number_remarks(), number_remarks()) == (1, 0)
        assert _numbers(opened) == [1, 2, 3]

    def test_hidden_and_deleted_keep_theirs(self, opened, olena, mo, client):
        first, second, third = (
            actions.remark(opened, by=olena, text=f"Слово {n}") for n in range(3)
        )
        actions.delete_remark(second, by=olena)
        number_remarks()
        discussion.hide(first.comment, by=mo, reason="profanity", note="Порушує правила")
        actions.delete_remark(third, by=olena)
        number_remarks()
        assert _numbers(opened) == [1, 2, 3]
        told = client.get(f"/api/v1/consultations/{opened.pk}/remarks/").json()["results"]
        assert [(each["number"], each["text"]) for each in told] == [(1, None)]

    def test_in_bounded_statements(self, opened, olena, django_assert_num_queries):
        for number in range(5):
            actions.remark(opened, by=olena, text=f"Слово {number}")
        before = seq_of(opened.topic)
        assert number_remarks(batch=2) == 5
        assert _numbers(opened) == [1, 2, 3, 4, 5]
        assert seq_of(opened.topic) == before + 3  # a transaction each, told once
        with django_assert_num_queries(2):
            assert number_remarks() == 0

    def test_number_and_way_of_receipt_in_the_api(self, opened, olena, client):
        said = actions.remark(opened, by=olena, text="Слово", source=Remark.Source.API)
        address = f"/api/v1/consultations/{opened.pk}/remarks/{said.pk}/"
        assert client.get(address).json()["number"] is None
        number_remarks()
        told = client.get(address).json()
        assert (told["number"], told["source"]) == (1, "api")

    def test_the_page_says_it_and_the_desk_finds_it(self, opened, olena, ofi, client):
        words = ("Навіщо літо", "Більше дерев", "Менше шуму")
        said = [actions.remark(opened, by=olena, text=text) for text in words]
        client.get(opened.get_absolute_url())  # a kept page without numbers
        number_remarks()
        page = client.get(opened.get_absolute_url()).content.decode()
        assert [f"№ {number}</span>" in page for number in (1, 2, 3)] == [True] * 3
        actions.answer(said[1], by=ofi, text="Посадимо.")
        client.force_login(ofi)
        desk = reverse("desk:remarks", args=[opened.pk])
        for typed, found in (("2", said[1]), ("№ 2", said[1]), ("шумом", said[2])):
            rows = client.get(desk, {"q": typed}).context["rows"]
            assert [row.remark for row in rows] == [found]


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    @pytest.mark.cpu(6)
    def test_parallel_posts_and_two_jobs_leave_no_gap(self, department):
        consultation = factories.consultation(department)
        people = crowd(12)
        post = [lambda by=by: actions.remark(consultation, by=by, text="Слово") for by in people]
        outcomes = at_once([*post[:6], number_remarks, number_remarks, *post[6:]], threads=6)
        assert not [each for each in outcomes if isinstance(each, Exception)]
        at_once([number_remarks, number_remarks])
        assert _numbers(consultation) == list(range(1, 13))

    def test_waits_for_whoever_drew_a_smaller_number(self, department, olena, bohdan):
        """An id is drawn before its transaction ends: the order is that of ids all the same."""
        consultation = factories.consultation(department)
        drawn, go_on = threading.Event(), threading.Event()

        def post_slowly() -> Remark:
            with action():  # what everybody counts is written at its end
                said = actions.remark(consultation, by=olena, text="Перше")
                drawn.set()
                go_on.wait(20)
                return said

        slow = threading.Thread(target=and_close(post_slowly))
        slow.start()
        drawn.wait(20)
        actions.remark(consultation, by=bohdan, text="Друге")
        assert number_remarks(patience=0.05) == 0  # next time
        job = threading.Thread(target=and_close(number_remarks))
        job.start()
        go_on.set()
        slow.join(20)
        job.join(20)
        assert _numbers(consultation) == [1, 2]
        authors = Remark.objects.order_by("number").values_list("comment__author", flat=True)
        assert list(authors) == [olena.pk, bohdan.pk]
