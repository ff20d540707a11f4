"""Whatever is sent in forms, in bodies and to commands: an answer, and never a 500."""

from __future__ import annotations

import json
from collections import deque
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.urls import reverse

from consultations.remarks import actions
from core.db.search import document, query
from tests.access.routes import addresses
from tests.plugins.levels import choose, level

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]

#: The first of them may be refused, the others have to be taken.
REFUSED = 4
NASTY = (
    "\x00",
    "слово\x00слово",
    "\x0b\x0c\x08",
    "\ufffe\uffff",
    "💩" * 300,
    "a\u0300" * 2000,
    "ъ'ъ ь’’ь \u202eabc \\ '); DROP TABLE users;-- \u2028\u2029" + "İ" * 40,
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """At night each is sent alone; with --long those that may be refused, and the others, the
    one of the day last: what it leaves stands where the others were; every day one alone."""
    if "words" in metafunc.fixturenames:
        run, apart = level(metafunc.config), [(nasty,) for nasty in NASTY]
        if run.long and not run.nightly:
            taken = deque(NASTY[REFUSED:])
            taken.rotate(run.day.toordinal())
            apart = [NASTY[:REFUSED], tuple(taken)]
        metafunc.parametrize("words", choose(metafunc.config, apart), ids=lambda each: len(each))


@pytest.mark.more_at_night
def test_no_words_break_a_form_or_what_reads_them_after(city, enter, words):
    """What is refused is told; what is taken can be read on every page afterwards."""
    for nasty in words:
        _send_in_every_form(city, enter, nasty)
    read = set()  # officials see what a resident does, under another menu
    for role in ("anon", "olena", "mo", "ofi"):
        client = enter(role)
        for name, address in addresses(city).items():
            if role in ("anon", "olena") or name not in read:
                status = client.get(address).status_code
                assert status < 500, (role, name)
                if status == 200 and role == "olena":
                    read.add(name)


def _send_in_every_form(city, enter, nasty):
    olena, pk = enter("olena"), city.opened.pk
    own = city.shown.get_absolute_url()
    forms = {
        f"/consultations/{pk}/speak/": {
            "kind": "wording",
            "text": nasty + "x",
            "proposal": nasty + "y",
            "clause": str(city.clause.key),
            "start": nasty,
            "end": nasty,
            "exact": nasty,
        },
        f"{own}edit/": {"text": nasty + "z"},
        f"{own}reply/": {"text": nasty + "w", "official": nasty},
        f"{own}react/": {"value": nasty},
        "/account/profile/": {
            "given_name": nasty,
            "family_name": nasty,
            "public_name_style": nasty,
            "language": nasty,
        },
        "/account/email/": {"email": nasty, "action_add": ""},
        "/account/password/change/": {"oldpassword": nasty, "password1": nasty},
        "/account/login/": {"login": nasty, "password": nasty},
        reverse("moderation:report", args=[city.reply.pk]): {"reason": nasty, "details": nasty},
    }
    for address, data in forms.items():
        assert olena.post(address, data).status_code < 500, address
    anon = enter("anon")
    for address, data in {
        "/account/login/": {"login": f"{nasty}@a.ua", "password": nasty, "next": nasty},
        "/account/signup/": {"email": f"{nasty}@a.ua", "password1": nasty, "given_name": nasty},
        "/account/login/code/": {"email": nasty},
        "/account/password/reset/": {"email": nasty},
    }.items():
        assert anon.post(address, data).status_code < 500, address
    ofi = enter("ofi")
    desk = f"/desk/consultations/{pk}"
    texts = ("title", "summary", "brief", "problem", "options", "affected", "contact_person")
    described = {name: f"{nasty} {name}" for name in (*texts, "contact_details", "on_paper")}
    for address, data in {
        f"{desk}/edit/": described,
        f"{desk}/dates/": {"reason": nasty, "last_day": nasty, "opens_on": nasty},
        f"{desk}/papers/link/": {"link-title": nasty, "link-url": f"https://a.ua/{nasty}"},
        f"{desk}/remarks/{city.shown.pk}/answer/": {f"r{city.shown.pk}-text": f"a{nasty}"},
        f"/desk/consultations/{city.by_state['closed'].pk}/report/": {"outcome": f"a{nasty}"},
        f"/desk/consultations/{city.by_state['announced'].pk}/withdraw/": {"reason": f"a{nasty}"},
    }.items():
        assert ofi.post(address, data).status_code < 500, address
    mo = enter("mo")
    hide = reverse("moderation:hide", args=[city.reply.pk])
    assert (
        mo.post(
            hide, {f"c{city.reply.pk}-reason": "spam", f"c{city.reply.pk}-note": nasty}
        ).status_code
        < 500
    )


BODIES = (
    b"",
    b"[]",
    b"null",
    b'"\\ud800"',
    b'{"\\ud800": 1}',
    b'{"text": "\\ud800"}',
    b'{"text": "\\u0000"}',
    b'{"text": "\\u044a\'\\u044a"}',
    b'{"kind": "\\ud800"}',
    b'{"clause": "\\ud800"}',
    b'{"clause": "\\u0000"}',
    b'{"text": "a", "quote": {"start": 1, "end": 2, "exact": "\\ud800"}}',
    b'{"text": "a", "quote": {"\\ud800": 2}}',
    b'{"text": "a", "quote": {"start": 1e400, "end": 2, "exact": "x"}}',
    b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    b'{"text": ' + b"9" * 5000 + b"}",
    b"\xff\xfe{}",
    b'{"text": NaN}',
    b'{"text": "a", "text": "b", "kind": {"a": []}}',
)


def test_no_json_breaks_the_api(consulted, olena, enter):
    client = enter("olena")
    address = f"/api/v1/consultations/{consulted.pk}/remarks/"
    for body in BODIES:
        response = client.post(address, body, content_type="application/json")
        assert response.status_code < 500, body[:80]
        assert json.loads(response.content), body[:80]


@pytest.mark.parametrize(
    "content_type",
    ["multipart/form-data", "multipart/form-data; boundary=\xff", "text/xml", "", "a/b; charset=x"],
)
def test_no_kind_of_body_breaks_a_form(city, enter, content_type):
    client = enter("olena")
    for address in (f"/consultations/{city.opened.pk}/speak/", "/account/login/"):
        response = client.generic("POST", address, b"--x\r\n\xff", content_type=content_type)
        assert response.status_code < 500, address


def test_a_form_of_ten_thousand_parts_is_refused(city, enter):
    client, address = enter("olena"), f"/consultations/{city.opened.pk}/speak/"
    response = client.post(address, {f"f{number}": "x" for number in range(10_000)})
    assert response.status_code == 400
    plain = "&".join(f"f{number}=x" for number in range(10_000))
    kind = "application/x-www-form-urlencoded"
    assert client.post(address, plain, content_type=kind).status_code == 400


def test_signs_alone_are_searched_for_and_stored(olena, city):
    """A word of nothing but hard signs around an apostrophe once broke out of its quotes."""
    made = actions.remark(city.opened, by=olena, text="ъ'ъ 'ъ' ъ’ъ")
    assert made.pk
    assert "''" not in document(A="ъ'ъ")
    assert all("'" not in lemma for lemma in query("ъ'ъ").lemmas)


LAST_DAY = "9999-12-31"


def test_the_last_day_that_there_is_breaks_nothing(city, enter):
    """After it no other comes, by which its end could be told."""
    collecting = city.petitions["collecting"].get_absolute_url()
    assert enter("anon").get(f"{collecting}signers/?day={LAST_DAY}").status_code == 200
    listed = enter("anon").get(f"/api/v1{collecting}signatures/?day={LAST_DAY}")
    assert listed.status_code == 400
    admin = enter("admin")
    mo = city.people["mo"]
    forms = {
        reverse("staff:grant", args=[mo.pk]): {
            "role": "moderator",
            "reason": "наказ",
            "last_day": LAST_DAY,
        },
        reverse("staff:cover", args=[mo.pk]): {
            "cover": city.people["ofi"].pk,
            "first_day": "2030-01-01",
            "last_day": LAST_DAY,
        },
        f"/desk/consultations/{city.opened.pk}/dates/": {"last_day": LAST_DAY, "reason": "треба"},
    }
    for address, data in forms.items():
        answer = admin.post(address, data)
        assert answer.status_code == 422, address
        assert "2100" in answer.text, address
    with pytest.raises(CommandError, match="is no day"):
        call_command("grant", mo.email, "moderator", until=LAST_DAY)


def test_every_day_that_a_form_asks_for_lies_within_reach():
    """A form of ours uses the fields of core.web.forms, whatever else Django has."""
    found = [
        f"{path}: {kind}"
        for path in Path(settings.BASE_DIR).glob("*/**/*forms*.py")
        if path.relative_to(settings.BASE_DIR).parts[0] not in ("core", "tests", ".venv")
        for kind in ("forms.DateField", "forms.DateTimeField")
        if kind in path.read_text()
    ]
    assert found == []


def test_a_title_of_a_petition_with_a_sign_that_no_text_has(city, enter):
    olena = enter("olena")
    draft = city.petitions["draft"]
    for name in ("start_what", "start_alike"):
        address = reverse(f"petitions:{name}", args=[draft.pk])
        answer = olena.post(address, {"title": "Полагодити\x00міст"})
        assert answer.status_code < 500, name


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ("grant", ("mo@viche.example", "moderator", "--reason", "x" * 501)),
        ("revoke", ("mo@viche.example", "--reason", "x" * 501)),
        ("break_glass", ("mo@viche.example", "--hours", "1", "--reason", "x" * 501)),
        ("suspend", ("mo@viche.example", "--by", "admin@viche.example", "--reason", "x" * 501)),
        ("create_person", ("new@viche.example", "Я" * 81, "Коваль")),
        ("verify_ledger", ("999",)),
        ("verify_ledger", ("9" * 30,)),
    ],
)
def test_what_no_command_can_do_is_told_in_a_line(mo, admin, command, arguments):
    with pytest.raises(CommandError) as told:
        call_command(command, *arguments)
    assert "\n" not in str(told.value).strip()
