"""What touches every app takes its locks in the order in which others take them.

Each test holds one half of the order in a connection of its own, lets the other deed run until it
waits, and takes the second half: in another order PostgreSQL would have to end one of the two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection, connections

from accounts.data.actions import erase
from accounts.identity.handlers import merge
from accounts.security.factors import spend_code
from consultations.costs.actions import say_cost
from consultations.models import Consultation, Remark
from consultations.register.numbering import number_remarks
from consultations.remarks.actions import react, remark
from core.domain.actions import action, locked, shared
from discussions.actions import hide, post
from discussions.models import Reaction
from organisations.mandates import queries
from tests import factories
from tests.factors import connect_app
from tests.locks import is_waiting

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def meanwhile(deed: Callable[[], Any]) -> Iterator[Callable[[], None]]:
    """Within: call what is given to let ``deed`` begin in another connection, and to go on when
    it waits. After: it has done its work, or its exception is raised."""
    coming: list[Future[Any]] = []

    def run() -> None:
        try:
            deed()
        finally:
            connections.close_all()

    def begin() -> None:
        coming.append(pool.submit(run))
        while not is_waiting():
            assert not coming[0].done(), coming[0].exception()

    with ThreadPoolExecutor(1) as pool:
        yield begin
        coming[0].result(timeout=30)


@pytest.fixture
def opened(department) -> Consultation:
    return factories.consultation(department)


@pytest.fixture
def terrace(olena, firm):
    return factories.organisation("ТОВ «Тераса»", olena, firm)


def test_joining_accounts_waits_for_an_answer_in_an_organisations_name(
    opened, terrace, olena, firm, charlie
):
    said = remark(opened, by=olena, text="Запитання.").comment
    react(said.remark, by=firm, value=1)
    with meanwhile(lambda: merge(charlie, firm)) as begin, action():
        parent = locked(said)
        begin()
        post(said.thread_id, by=olena, text="Так.", parent=parent, organisation_id=terrace.pk)
    assert Reaction.objects.get().user == charlie


def test_joining_accounts_waits_for_one_of_several_comments(opened, firm, charlie, olena, mo):
    said = remark(opened, by=charlie, text="Запитання.").comment
    answered = post(said.thread_id, by=charlie, text="Уточнення.", parent=said)
    with meanwhile(lambda: merge(firm, charlie)) as begin, action():
        locked(said)
        begin()
        hide(answered, by=mo, reason="spam", note="Порушує правила")


def test_joining_accounts_waits_for_what_a_colleague_says_it_costs(
    department, terrace, olena, firm, charlie
):
    regulatory = factories.consultation(department, procedure=factories.procedure("regulatory-act"))
    factories.mandate(charlie, terrace)
    say_cost(regulatory, by=charlie, organisation_id=terrace.pk, money_once=1)
    with meanwhile(lambda: merge(firm, charlie)) as begin, action():
        shared(regulatory)
        queries.hold(olena, terrace.pk, "comment")
        begin()
        say_cost(regulatory, by=olena, organisation_id=terrace.pk, money_once=2)


def test_an_erasure_waits_for_what_a_colleague_says_it_costs(department, terrace, olena, firm):
    regulatory = factories.consultation(department, procedure=factories.procedure("regulatory-act"))
    say_cost(regulatory, by=firm, organisation_id=terrace.pk, money_once=1, note="Порахували так.")
    with meanwhile(lambda: erase(firm, by=firm)) as begin, action():
        queries.hold(olena, terrace.pk, "comment")
        begin()
        say_cost(regulatory, by=olena, organisation_id=terrace.pk, money_once=2)


def test_an_erasure_waits_for_an_answer_in_an_organisations_name(opened, terrace, olena, firm):
    said = remark(opened, by=firm, text="Запитання.").comment
    with meanwhile(lambda: erase(firm, by=firm)) as begin, action():
        parent = locked(said)
        begin()
        post(said.thread_id, by=olena, text="Так.", parent=parent, organisation_id=terrace.pk)


@pytest.fixture
def two_remarks(opened, olena, firm):
    """Two remarks without numbers; on the disk the second one stands first."""
    first, second = (remark(opened, by=each, text="Слово") for each in (olena, firm))
    Remark.objects.filter(pk=first.pk).update(source=Remark.Source.API)
    return first, second


def test_numbering_waits_for_whoever_settles_several(two_remarks):
    first, second = two_remarks
    with meanwhile(number_remarks) as begin, action():
        locked(first)
        begin()
        locked(second)
    assert set(Remark.objects.values_list("number", flat=True)) == {1, 2}


def test_a_new_head_waits_for_whoever_settles_several(opened, two_remarks, charlie, mo):
    first, second = two_remarks
    head = remark(opened, by=charlie, text="Слово")
    Remark.objects.filter(pk__in=[first.pk, second.pk]).update(folded_into=head)
    with (
        meanwhile(
            lambda: hide(head.comment, by=mo, reason="spam", note="Порушує правила")
        ) as begin,
        action(),
    ):
        locked(first)
        begin()
        locked(second)
    second.refresh_from_db()
    assert second.folded_into_id == first.pk


def test_a_code_waits_for_another_of_the_same_person(olena):
    """A spent code moves the row of its app behind that of the recovery codes, where PostgreSQL
    finds it, if it reads the whole table."""
    assert spend_code(olena, connect_app(olena).code())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE mfa_authenticator")
    factors = Authenticator.objects.filter(user=olena).order_by("pk")
    app, recovery = factors.values_list("pk", flat=True)
    rows = factors.select_for_update()
    with meanwhile(lambda: spend_code(olena, "wrong")) as begin, action():
        rows.get(pk=app)
        begin()
        rows.get(pk=recovery)
