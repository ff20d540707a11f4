"""A form or request that comes twice is carried out once, and answered alike each time."""

from __future__ import annotations

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from threading import Event

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.conf import settings
from django.core.signing import Signer
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import AsyncClient, Client, RequestFactory
from django.urls import path, resolve

from consultations.models import Remark, State
from consultations.remarks import actions
from core.domain.jobs import sweep_idempotency_keys
from core.models import IdempotencyKey
from core.web import idempotency, limits
from core.web.idempotency import claim_first, idempotent
from discussions.models import Comment
from petitions.models import Pending
from petitions.models import State as PetitionState
from tests import factories
from tests.crowds import and_close, at_once
from tests.petitions import factories as of_petitions

HOW_MANY = pytest.mark.parametrize(
    "number", [pytest.param(3, marks=pytest.mark.short), pytest.param(50, marks=pytest.mark.long)]
)
KEY = re.compile(r'name="idempotency_key" value="([^"]+)"')


@pytest.fixture
def opened(department):
    return factories.consultation(department, State.OPEN)


@pytest.fixture
def address(opened):
    return f"/consultations/{opened.pk}/speak/"


@pytest.fixture
def signed_in(olena):
    client = Client()
    client.force_login(olena)
    return client


def _drawn(client, address):
    """What the page's form holds, with its key."""
    key = KEY.search(client.get(address).content.decode())
    assert key, f"{address} has no key"
    return {"kind": "remark", "text": "Підтримую", idempotency.FIELD: key[1]}


def _told(answer):
    return answer.status_code, answer.get("Location"), answer.content


def _spent(user):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT used FROM core_limit WHERE key = %s", [limits._store_key(f"speak:{user.pk}")]
        )
        return cursor.fetchone()


def _counts():
    """All tries that are counted now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT key, used FROM core_limit ORDER BY key")
        return cursor.fetchall()


def _held():
    """How many advisory locks anybody holds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database ="
            " (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        return cursor.fetchone()[0]


@contextmanager
def _patience(time):
    """Who waits for a key's lock waits so long."""
    change = "ALTER FUNCTION core_claim_idempotency_key(bigint, bytea) SET lock_timeout = "
    with connection.cursor() as cursor:
        cursor.execute(f"{change}'{time}'")
        try:
            yield
        finally:
            cursor.execute(f"{change}'10s'")


@contextmanager
def _under_way(address, form, user):
    """Another post of the form is being carried out."""
    request = RequestFactory().post(address, form)
    request.user, request.resolver_match = user, resolve(address)
    held, done = Event(), Event()

    def carry_out():
        with ExitStack() as claims:
            idempotency.begin(request, claims, lambda *_: None, (), {})
            held.set()
            done.wait(20)

    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(and_close(carry_out))
        try:
            assert held.wait(20)
            yield
        finally:
            done.set()
            other.result(20)


@pytest.mark.django_db
class TestForm:
    def test_is_carried_out_once_and_answered_alike(self, signed_in, address, olena):
        form = _drawn(signed_in, address)
        answers = [_told(signed_in.post(address, form)) for _ in range(3)]
        remark = Remark.objects.get()
        assert set(answers) == {(302, f"{remark.get_absolute_url()}#main", b"")}
        kept = IdempotencyKey.objects.get()
        assert (kept.user_id, kept.kind, kept.object_id) == (
            olena.pk,
            "discussions.comment",
            remark.pk,
        )
        assert _spent(olena) == (1,)
        page = signed_in.get(answers[0][1]).content.decode()
        assert page.count("Ваше зауваження оприлюднено") == 1

    def test_one_drawn_before_an_upgrade_is_carried_out_once(self, signed_in, address):
        """Pages that stay open keep their key."""
        form = _drawn(signed_in, address)
        form[idempotency.FIELD] = Signer(salt="core.idempotency").sign("q" * 22)
        for _ in range(2):
            assert signed_in.post(address, form).status_code == 302
        assert Remark.objects.count() == 1

    def test_in_english_it_is_the_same_form(self, signed_in, address):
        form = _drawn(signed_in, address)
        assert signed_in.post(address, form).status_code == 302
        assert signed_in.post(f"/en{address}", form).status_code == 302
        assert Remark.objects.count() == 1

    def test_by_htmx_the_thanks_are_drawn_again(self, signed_in, address):
        form = _drawn(signed_in, address)
        answers = {
            _told(signed_in.post(address, form, headers={"HX-Request": "true"})) for _ in "12"
        }
        ((status, _nowhere, thanks),) = answers
        assert status == 200 and "Дякуємо" in thanks.decode()

    def test_with_another_body_it_is_refused_and_nothing_is_lost(self, signed_in, address, olena):
        form = _drawn(signed_in, address)
        signed_in.post(address, form)
        refused = signed_in.post(address, {**form, "text": "Інше слово"})
        page = refused.content.decode()
        assert refused.status_code == 422 and 'value="Інше слово"' in page
        assert (Remark.objects.count(), _spent(olena)) == (1, (1,))
        anew = {**form, "text": "Інше слово", idempotency.FIELD: KEY.search(page)[1]}
        assert signed_in.post(address, anew).status_code == 302
        assert Remark.objects.count() == 2

    def test_a_refused_post_uses_no_key(self, signed_in, address):
        form = _drawn(signed_in, address)
        assert signed_in.post(address, {**form, "text": ""}).status_code == 422
        assert signed_in.post(address, form).status_code == 302
        assert Remark.objects.count() == 1

    def test_another_persons_key_is_another_key(self, signed_in, address, bohdan):
        form = _drawn(signed_in, address)
        signed_in.post(address, form)
        other = Client()
        other.force_login(bohdan)
        assert other.post(address, form).status_code == 302
        assert Remark.objects.count() == 2

    def test_without_a_session_the_key_of_the_form_counts(self, bohdan):
        petition = of_petitions.petition(bohdan, PetitionState.COLLECTING)
        client, address = Client(), f"/petitions/{petition.pk}/sign/mail/"
        key = KEY.search(client.get(address).content.decode())[1]
        form = {"name": "Дарина Січова", "email": "d@viche.example", idempotency.FIELD: key}
        first = _told(client.post(address, form))
        spent = _counts()
        assert {_told(client.post(address, form)) for _ in range(2)} == {first}
        assert (first[0], Pending.objects.count(), _counts()) == (302, 1, spent)
        assert IdempotencyKey.objects.get().user_id is None

    def test_what_is_gone_meanwhile_is_said_to_be_received(self, signed_in, address):
        form = _drawn(signed_in, address)
        signed_in.post(address, form)
        Comment.objects.update(
            hidden_at="2026-01-01T00:00Z", hidden_reason="spam", hidden_note="Ні"
        )
        again = signed_in.post(address, form)
        assert again.status_code == 200 and "idempotency/gone.html" in str(again.templates[0].name)
        assert Remark.objects.count() == 1

    def test_a_key_that_is_none_of_ours_is_none(self, signed_in, address):
        form = {**_drawn(signed_in, address), idempotency.FIELD: "a" * 30}
        assert signed_in.post(address, form).status_code == 302
        assert not IdempotencyKey.objects.exists()

    def test_costs_one_statement_more(self, signed_in, address, django_assert_max_num_queries):
        signed_in.post(address, _drawn(signed_in, address))  # statements are prepared
        form = _drawn(signed_in, address)
        key = form.pop(idempotency.FIELD)
        with django_assert_max_num_queries(100) as bare:
            signed_in.post(address, form)
        with django_assert_max_num_queries(len(bare) + 4) as keyed:
            signed_in.post(address, {**form, idempotency.FIELD: key})
        more = Counter(re.sub(r"\d+", "", q["sql"])[:60] for q in keyed)
        more -= Counter(re.sub(r"\d+", "", q["sql"])[:60] for q in bare)
        assert [sql for sql in more if "pipeline" in sql or "SELECT body" in sql] == [
            "SELECT body, kind, object_id FROM core_claim_idempotency_key"
        ], more

    def test_after_a_day_it_is_forgotten(self, signed_in, address, clock):
        signed_in.post(address, _drawn(signed_in, address))
        clock.advance(hours=23)
        sweep_idempotency_keys(0)
        assert IdempotencyKey.objects.exists()
        clock.advance(hours=2)
        sweep_idempotency_keys(0)
        assert not IdempotencyKey.objects.exists()


@pytest.mark.django_db
class TestOperation:
    @pytest.fixture
    def post(self, opened, signed_in):
        def send(key, text="слово"):
            return signed_in.post(
                f"/api/v1/consultations/{opened.pk}/remarks/",
                {"text": text},
                content_type="application/json",
                headers={"Idempotency-Key": key},
            )

        return send

    def test_is_carried_out_once_and_answered_alike(self, post, olena):
        answers = {_told(post("k-1")) for _ in range(3)}
        assert len(answers) == 1 and answers.pop()[0] == 201
        assert (Remark.objects.count(), _spent(olena)) == (1, (1,))

    def test_with_a_session_and_its_token(self, opened, olena):
        client = Client(enforce_csrf_checks=True)
        client.force_login(olena)
        token = client.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
        headers = {"Idempotency-Key": "k-1", "X-CSRFToken": token}
        address = f"/api/v1/consultations/{opened.pk}/remarks/"
        body = {"content_type": "application/json", "headers": headers}
        answers = {_told(client.post(address, {"text": "слово"}, **body)) for _ in range(2)}
        assert len(answers) == 1 and answers.pop()[0] == 201

    def test_spends_no_request_of_the_minute(self, post, settings):
        settings.API_LIMITS = {"read": 10, "write": 1}
        assert [post("k-1").status_code for _ in range(3)] == [201] * 3
        assert post("k-2").status_code == 429

    def test_with_another_body_it_is_refused(self, post):
        post("k-1")
        refused = post("k-1", text="інше")
        assert (refused.status_code, refused.json()["code"]) == (422, "idempotency.other_body")
        assert Remark.objects.count() == 1

    @pytest.mark.parametrize("key", ["", "a b", "ключ", "a" * 256])
    def test_a_bad_key_is_told(self, post, key):
        refused = post(key)
        assert (refused.status_code, refused.json()["code"]) == (400, "idempotency.bad_key")

    def test_what_is_gone_meanwhile_is_told(self, post):
        post("k-1")
        Comment.objects.update(
            hidden_at="2026-01-01T00:00Z", hidden_reason="spam", hidden_note="Ні"
        )
        gone = post("k-1")
        assert (gone.status_code, gone.json()["code"]) == (409, "idempotency.gone")


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    @HOW_MANY
    def test_posts_of_one_form(self, signed_in, address, number, olena):
        form = _drawn(signed_in, address)
        cookies = signed_in.cookies

        def send():
            client = Client()
            client.cookies = cookies
            return _told(client.post(address, form))

        answers = at_once([send] * number, threads=10)
        assert len(set(answers)) == 1, Counter(answers)
        assert (Remark.objects.count(), _spent(olena)) == (1, (1,))

    @HOW_MANY
    def test_separately_drawn_forms_of_an_act_that_counts_once(self, bohdan, olena, number):
        petition = of_petitions.petition(bohdan, PetitionState.COLLECTING)
        signer = Client()
        signer.force_login(olena)
        cookies = signer.cookies

        def sign():
            client = Client()
            client.cookies = cookies
            client.get(f"/petitions/{petition.pk}/sign/")
            return client.post(f"/petitions/{petition.pk}/sign/").status_code

        told = Counter(at_once([sign] * number, threads=10))
        assert petition.signatures.count() == 1
        assert told.pop(302) == 1
        assert told.total() == number - 1 and set(told) <= {403, 429}, told
        assert not IdempotencyKey.objects.exists()

    def test_a_lock_is_held_by_nobody_afterwards(self, signed_in, address):
        form = _drawn(signed_in, address)
        for text in ("", "слово", "слово", "інше"):
            signed_in.post(address, {**form, "text": text})
        assert _held() == 0

    def test_an_action_that_is_rolled_back_leaves_no_key(self, opened, olena):
        key = idempotency.claim_key(olena.pk, "route", "key", b"body")
        with pytest.raises(ZeroDivisionError), key, transaction.atomic():
            actions.remark(opened, by=olena, text="слово")
            raise ZeroDivisionError
        assert not (Remark.objects.exists() or IdempotencyKey.objects.exists())
        with idempotency.claim_key(olena.pk, "route", "key", b"body") as claim:
            assert claim.earlier is None


@pytest.mark.django_db(transaction=True)
class TestUnderASGI:
    """Django runs each middleware and view of a request in a context of its own there."""

    @pytest.fixture
    def send(self, signed_in):
        client = AsyncClient()
        client.cookies = signed_in.cookies
        return async_to_sync(client.post)

    def test_a_refused_form_that_is_corrected_goes_through(self, send, signed_in, address):
        form = _drawn(signed_in, address)
        assert send(address, {**form, "text": ""}).status_code == 422
        assert _held() == 0
        assert len({_told(send(address, form)) for _ in range(2)}) == 1
        assert (Remark.objects.count(), IdempotencyKey.objects.count(), _held()) == (1, 1, 0)

    def test_an_async_view_creates_once(self, signed_in, opened, olena):
        async def view(request):
            await sync_to_async(actions.remark)(opened, by=olena, text="слово")
            return HttpResponse("done")

        pattern = path("once/", idempotent(lambda _request, _id: HttpResponse("done"))(view))
        claim_first([pattern])
        answers = []
        key = idempotency.new_key()
        for _ in range(2):
            request = RequestFactory().post("/once/", {idempotency.FIELD: key})
            request.user, request.resolver_match = olena, pattern.resolve("once/")
            answers.append(pattern.callback(request).content)
        assert (answers, Remark.objects.count(), _held()) == ([b"done"] * 2, 1, 0)


@pytest.mark.django_db(transaction=True)
class TestLock:
    def test_who_waits_too_long_is_told_to_come_back(self, signed_in, address, olena, settings):
        settings.DEBUG = True  # where nobody but the middleware makes a 503 of an error
        form = _drawn(signed_in, address)
        with _patience("50ms"), _under_way(address, form, olena):
            late = signed_in.post(address, form)
        assert (late.status_code, int(late["Retry-After"]) > 0) == (503, True)
        assert signed_in.post(address, form).status_code == 302
        assert (Remark.objects.count(), _held()) == (1, 0)

    def test_is_nobodys_when_its_connection_is_lost(self, olena):
        with idempotency.claim_key(olena.pk, "route", "key", b"body"):
            connection.connection.close()
        # The server lets go of it at once, but not before the next statement: who asks waits.
        with idempotency.claim_key(olena.pk, "route", "key", b"body") as claim:
            assert claim.is_locked and _held() == 1
