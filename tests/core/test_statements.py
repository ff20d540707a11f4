"""Kept statements read and write what the ORM's own would."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection, models
from django.db.models import Q
from django.db.models.functions import Lower

from accounts.models import User
from consultations.models import Consultation, Remark, State
from consultations.remarks import actions, speaking
from core.db.statements import (
    Asked,
    IsAnyOf,
    Statement,
    insert,
    insert_last,
    insert_last_unread,
    insert_statement,
)
from core.domain.actions import action, locked
from core.domain.clock import Now
from discussions import actions as moderation
from discussions.models import Comment, Thread
from organisations.models import Mandate, Organisation
from tests import factories

pytestmark = pytest.mark.django_db


def facts(made: models.Model) -> dict:
    """What is known of an object and of those that were read with it."""
    known = {name: value for name, value in vars(made).items() if name != "_state"}
    related = {name: facts(other) if other else None for name, other in cached(made).items()}
    return {"known": known, "related": related, "deferred": made.get_deferred_fields()}


def cached(made: models.Model) -> dict:
    return made._state.fields_cache


def test_objects_are_those_of_the_queryset(olena, bohdan):
    def rows(pk):
        return User.objects.filter(pk=pk).annotate(small=Lower("given_name"))

    by_key = Statement(lambda: rows(Asked("pk")))
    assert by_key.first(pk=-1) is None
    for user in (olena, bohdan):
        assert facts(by_key.first(pk=user.pk)) == facts(rows(user.pk).get())
        assert not by_key.first(pk=user.pk)._state.adding


def test_with_related_and_deferred_columns(department):
    opened = factories.consultation(department)

    def rows(pk):
        return (
            Consultation.objects.filter(pk=pk)
            .select_related("procedure", "department")
            .only("title", "procedure__min_age", "department__name")
        )

    kept = Statement(lambda: rows(Asked("pk")))
    assert facts(kept.first(pk=opened.pk)) == facts(rows(opened.pk).get())
    assert kept.first(pk=opened.pk).summary == opened.summary  # read when it is asked for


def test_columns_are_converted(firm):
    """Arrays and JSON come from PostgreSQL as the ORM would give them."""
    factories.mandate(firm, factories.organisation())
    by_user = Statement(lambda: Mandate.objects.filter(user=Asked("user")))
    (kept,) = by_user.all(user=firm.pk)
    assert kept.scopes == Mandate.objects.get(user=firm).scopes
    assert isinstance(kept.scopes, list)


def test_rows_of_some_columns_are_tuples(olena, bohdan):
    def rows():
        return User.objects.order_by("pk").values_list("pk", Lower("given_name"), "date_joined")

    assert Statement(rows).all() == list(rows())


def test_one_of_the_rows_of_a_query(olena, bohdan, charlie):
    newest = User.objects.filter(pk__gte=Asked("first")).order_by("-pk")[:2]
    kept = Statement(lambda: User.objects.filter(IsAnyOf("pk", newest)).order_by("pk"))
    assert kept.all(first=olena.pk) == [bohdan, charlie]
    assert kept.all(first=charlie.pk) == [charlie]
    assert "= ANY(ARRAY(SELECT" in kept._compiled.sql


def test_the_column_of_the_rows_may_be_called_otherwise(olena, bohdan):
    sessions = UserSession.objects.filter(ip=Asked("ip"))
    kept = Statement(lambda: User.objects.filter(IsAnyOf("pk", sessions, of="user_id")))
    UserSession.objects.create(user=bohdan, ip="10.0.0.1", session_key="k")
    assert kept.all(ip="10.0.0.1") == [bohdan]


def test_constants_stand_in_the_sql(olena, bohdan):
    """So that PostgreSQL knows them of the plan that it keeps; a per cent sign stays one."""

    def named(language, words):
        both = Q(language=language, is_active=True) | Q(given_name__contains="100%'s")
        return User.objects.filter(both, given_name=words).order_by("pk")[:1]

    kept = Statement(lambda: named("uk", Asked("words")))
    assert kept.first(words=bohdan.given_name) == named("uk", bohdan.given_name).first()
    assert all(isinstance(each, Asked) for each in kept._compiled.params)
    assert kept._compiled.sql.endswith("LIMIT 1")


def test_what_was_not_told_is_an_error(olena):
    by_key = Statement(lambda: User.objects.filter(pk=Asked("pk")))
    with pytest.raises(KeyError):
        by_key.first(id=olena.pk)


def test_it_is_built_once(olena, bohdan):
    built = []

    def rows():
        built.append(1)
        return User.objects.filter(pk=Asked("pk"), date_joined__lte=Now())

    by_key = Statement(rows)
    assert [by_key.first(pk=user.pk) for user in (olena, bohdan, olena)] == [olena, bohdan, olena]
    assert built == [1]


def test_a_lock_is_the_end_of_it(olena, django_assert_num_queries):
    locking = Statement(lambda: User.objects.filter(pk=Asked("pk")), lock="FOR SHARE")
    with django_assert_num_queries(1) as asked:
        assert locking.first(pk=olena.pk) == olena
    assert asked[0]["sql"].endswith("FOR SHARE")


@pytest.mark.django_db(transaction=True)
def test_threads_share_it(olena, bohdan):
    by_key = Statement(lambda: User.objects.filter(pk=Asked("pk")))
    wanted = [olena.pk, bohdan.pk] * 20

    def read(pk: int) -> int:
        try:
            return by_key.first(pk=pk).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(read, wanted)) == wanted


def test_a_row_is_written_as_by_save(olena):
    thread = Thread.objects.create()
    told = {"thread": thread, "author": olena, "text": "Слово", "html": "<p>Слово</p>"}
    saved, made = Comment.objects.create(**told), insert(Comment(**told))
    assert (made._state.adding, made._state.db) == (False, connection.alias)
    assert made.pk > saved.pk
    same = {"id", "created_at"}
    assert {name for name, value in facts(made)["known"].items() if value != vars(saved)[name]} == (
        same
    )
    made.text = "Інше слово"
    made.save()
    assert Comment.objects.get(pk=made.pk).text == "Інше слово"


def test_a_row_whose_key_is_another_s(department, olena):
    opened = factories.consultation(department)
    thread = Thread.objects.create()
    said = insert(Comment(thread=thread, author=olena, text="Слово"))
    insert(Remark(comment=said, consultation=opened, kind=Remark.Kind.QUESTION))
    assert Remark.objects.get(pk=said.pk).kind == Remark.Kind.QUESTION


def test_a_row_may_wait_for_the_end_of_the_action(department, olena):
    opened = factories.consultation(department)
    with action():
        said = insert(Comment(thread=opened.thread, author=olena, text="Слово"))
        made = insert_last(Remark(comment=said, consultation=opened))
        assert not Remark.objects.filter(pk=said.pk)
    assert Remark.objects.get(pk=said.pk) == made
    assert not made._state.adding


def test_not_a_row_whose_key_the_database_makes():
    with pytest.raises(TypeError, match="id"), action():
        insert_last(Thread())


def test_one_whose_key_nobody_asks_for():
    with action():
        insert_last_unread(Thread())
        assert not Thread.objects.exists()
    assert Thread.objects.count() == 1


def test_a_key_that_was_told_is_written():
    pk = Thread.objects.create().pk + 1000
    assert insert(Thread(pk=pk)).pk == pk
    assert Thread.objects.filter(pk=pk).exists()


def test_columns_that_the_statement_computes(olena):
    thread = Thread.objects.create()
    made = Comment(thread=thread, author=olena, text="Слово", html="<p>Слово</p>")
    sql, values = insert_statement(made, text="'Інше ' || 'слово'")
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} RETURNING id", values)
        (pk,) = cursor.fetchone()
    found = Comment.objects.get(pk=pk)
    assert (found.text, found.html) == ("Інше слово", "<p>Слово</p>")


def test_a_told_value_goes_before_the_database_s_own(olena):
    """A column with a default of the database's, told by hand."""
    when = olena.date_joined.replace(year=2020)
    made = insert(Thread(created_at=when))
    assert Thread.objects.get(pk=made.pk).created_at == when
    assert insert(Thread()).created_at > when


def test_speaking_reads_what_visible_to_lets(department, olena, firm, ofi):
    """The statement of residents is the queryset of everybody, for whoever holds no grant."""
    factories.mandate(firm, factories.organisation())
    opened = factories.consultation(department)
    hidden = factories.consultation(department, State.PREPARING)
    for user in (olena, firm):
        visible = Consultation.objects.visible_to(user)
        found = speaking.to_speak_in(opened.pk, user)
        assert found.consultation == visible.get(pk=opened.pk)
        assert speaking.to_speak_in(hidden.pk, user) is None
        assert not visible.filter(pk=hidden.pk)
    assert speaking.to_speak_in(hidden.pk, ofi).consultation == hidden
    assert not speaking.to_speak_in(opened.pk, olena).has_voices
    assert speaking.to_speak_in(opened.pk, firm).has_voices
    Organisation.objects.update(closed_at=Now())
    assert not speaking.to_speak_in(opened.pk, firm).has_voices


def test_supporting_reads_what_visible_to_lets(department, olena, ofi, mo):
    """The kept statement that reads a remark for whoever agrees with it."""
    opened = factories.consultation(department)
    said = actions.remark(opened, by=olena, text="Слова.")
    for who in (olena, ofi, mo):
        found = speaking.to_react_to(opened.pk, said.pk, who)
        assert (found, found.comment.author_id) == (said, olena.pk)
        assert speaking.to_react_to(opened.pk + 1, said.pk, who) is None
    moderation.hide(said.comment, by=mo, reason="insult", quote="Слова")
    assert [speaking.to_react_to(opened.pk, said.pk, who) for who in (olena, ofi)] == [None, None]
    assert speaking.to_react_to(opened.pk, said.pk, mo) == said  # the action refuses


def test_a_lock_of_a_transition_needs_a_transaction_and_a_row(olena, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert locked(olena) == olena
    with pytest.raises(User.DoesNotExist):
        locked(User(pk=-1))
