"""What a moderator hid, or its author deleted, is in no public answer: every address is asked."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from consultations.remarks import actions
from core.web.pages import forget_pages
from discussions import actions as discussion
from drafts.models import Clause
from search.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.cpu(15)]
#: Words that nothing else in the city says.
CANARY, PROPOSAL, ANSWER = "канарка", "папуга", "горобець"
REMARK_WORDS = (CANARY, PROPOSAL, ANSWER)


@pytest.fixture
def canary(opened, olena, ofi):
    clause = Clause.objects.get(version__draft=opened.draft, number="2.1")
    made = actions.remark(
        opened,
        by=olena,
        text=f"Тут співає {CANARY}.",
        kind="wording",
        proposal=f"Тут мовчить {PROPOSAL}.",
        clause_id=clause.pk,
    )
    actions.answer(made, by=ofi, text=f"Це {ANSWER}.")
    return made


def _addresses(remark) -> list[str]:
    """Every address that anybody may open, with the arguments of this remark."""
    pk = remark.consultation_id
    args = {
        (): [],
        ("pk",): [pk],
        ("pk", "remark_pk"): [pk, remark.pk],
        ("consultation",): [pk],
        ("consultation", "remark"): [pk, remark.pk],
        ("comment_pk",): [remark.pk],
    }
    found = set()
    for name, names in _routes(get_resolver().url_patterns):
        if names in args:
            found.add(reverse(name, args=args[names]))
    words = (CANARY, "канарки", PROPOSAL, ANSWER, "співати", "канаркка")
    found |= {f"/search/?q={word}&kind={k}" for word in words for k in ("", "remarks", "clauses")}
    page, api = f"/consultations/{pk}/", f"/api/v1/consultations/{pk}/remarks/"
    for sort in ("newest", "supported", "disputed", "unanswered"):
        for query in (f"sort={sort}", f"sort={sort}&kind=wording&clause={remark.clause_key}"):
            found |= {f"{page}?{query}", f"{page}remarks/?{query}", f"{api}?{query}"}
    found |= {f"{page}display/?board", f"/api/v1/consultations/?q={CANARY}"}
    return sorted(found | {f"/en{path}" for path in found if not path.startswith(("/api", "/."))})


def _routes(patterns, prefix: str = "", above: tuple[str, ...] = ()):
    """Each name with its parameters, those of the addresses that it lies under first."""
    for pattern in patterns:
        names = (*above, *pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _routes(pattern.url_patterns, inner, names)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{prefix}{pattern.name}", names


def _holding(addresses: list[str], client: Client, words=REMARK_WORDS) -> dict[str, list[str]]:
    """Which addresses show which of the words, besides repeating what they were asked."""
    forget_pages()
    shown = {}
    for address in addresses:
        body = b"".join(client.get(address)).decode(errors="replace")
        assert "Traceback" not in body, address
        held = [word for word in words if word in body and word not in address]
        if held:
            shown[address] = held
    return shown


@pytest.mark.with_all
def test_the_canary_sings_where_it_should(canary, client):
    """Without this the next tests could pass by asking nothing."""
    shown = _holding(_addresses(canary), client)
    page = canary.consultation.get_absolute_url()
    for address in (
        page,
        f"{page}display/",
        f"/api/v1{page}remarks/",
        "/",
        canary.get_absolute_url(),
    ):
        assert address in shown, address
    assert any(address.startswith("/search/") for address in shown)


@pytest.mark.with_all
@pytest.mark.cpu(20)
@pytest.mark.in_turn("reader", ["anon", "bohdan", "charlie"])
def test_hidden_words_leave_every_answer(request, canary, mo, reader):
    discussion.hide(canary.comment, by=mo, reason="profanity", note="таємна примітка")
    client = Client()
    if reader != "anon":
        client.force_login(request.getfixturevalue(reader))
    words = (*REMARK_WORDS, "таємна примітка")
    assert _holding(_addresses(canary), client, words) == {}


@pytest.mark.with_all
def test_deleted_words_leave_every_answer(canary, olena, client):
    discussion.delete(canary.comment, by=olena)
    assert _holding(_addresses(canary), client) == {}


@pytest.mark.nightly
def test_they_come_back_when_restored(canary, mo, client):
    before = _holding(_addresses(canary), client)
    discussion.hide(canary.comment, by=mo, reason="spam", note="Порушує правила")
    discussion.restore(canary.comment, by=mo)
    assert _holding(_addresses(canary), client) == before


def test_the_index_of_the_search_holds_nothing_of_them(canary, mo, olena):
    entries = Entry.objects.filter(kind="remarks", object_id=canary.pk)
    assert entries.exists()
    discussion.hide(canary.comment, by=mo, reason="spam", note="Порушує правила")
    assert not entries.exists()
    discussion.restore(canary.comment, by=mo)
    assert entries.exists()
    discussion.delete(canary.comment, by=olena)
    assert not entries.exists()


def test_a_kept_page_is_drawn_anew_at_once(canary, mo, client):
    page = canary.consultation.get_absolute_url()
    assert CANARY in client.get(page).content.decode()
    discussion.hide(canary.comment, by=mo, reason="spam", note="Порушує правила")
    assert CANARY not in client.get(page).content.decode()
    assert CANARY not in client.get(f"/api/v1{page}remarks/").content.decode()
