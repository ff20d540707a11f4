"""Whatever is sent to these pages is answered in words."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.residence import queries
from accounts.residence.desk import lists
from core.export.csv import NotATable

pytestmark = pytest.mark.django_db

ODD = [
    "\0",
    "\ud800",
    "а" * 5000,
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "%00",
    "٠١٢٣٤٥٦٧٨٩٠١",
    "١" * 12,
    "1" * 400,
    "👩‍👩‍👧‍👦" * 40,
    "\u202e\u2066",
    "{{ 7*7 }}",
]
FORMS = {
    "/account/paper/": ("number", "code"),
    "/account/confirm/paper/": ("code",),
    "/account/residence/declare/": ("district", "address", "basis"),
    "/account/residence/letter/": ("address",),
    "/account/residence/code/": ("code",),
    "/desk/people/": ("who",),
    "/desk/people/new/": ("given_name", "family_name", "phone", "district", "address", "basis"),
}


def send(client: Client, address: str, fields: dict[str, str]) -> HttpResponse:
    """Send a form as a browser of no good will would: halves of letters and NULs too."""
    sent = {name: value.encode("utf-8", "surrogatepass") for name, value in fields.items()}
    return client.post(address, urlencode(sent), "application/x-www-form-urlencoded")


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
@pytest.mark.parametrize("address", FORMS)
def test_odd_words(client, ofi, north, at_home, address, odd):
    from accounts.residence import actions

    actions.declare(ofi, district=north, address="вул. Рудна, 4")
    client.force_login(ofi)
    page = send(client, address, dict.fromkeys(FORMS[address], odd))
    assert page.status_code in (200, 302, 422)
    assert b"<script>alert(1)" not in page.content


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_odd_checks(client, ofi, olena, odd):
    client.force_login(ofi)
    client.post("/desk/people/", {"who": olena.email})
    fields = ("document", "identity", "age_over", "person_code", "district", "basis")
    page = send(client, f"/desk/people/{olena.pk}/check/", dict.fromkeys(fields, odd))
    assert page.status_code == 422
    good = {"document": "id_card", "identity": "on", "person_code": odd}
    assert send(client, f"/desk/people/{olena.pk}/check/", good).status_code == 422


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda t: t.encode("utf-8"))))
def test_any_file_is_a_list_or_is_not(north, content):
    for file in (content, b"person,document\n" + content):
        try:
            done = lists.read(file)
        except NotATable as reason:
            assert str(reason)
        else:
            assert not done.proofs


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_any_words_find_nobody(olena, text):
    assert queries.find(text) == []


def test_an_address_is_drawn_as_it_was_written(client, olena, north, ofi):
    client.force_login(olena)
    told = {
        "district": north.pk,
        "basis": "registered",
        "address": " <b>вул.</b>  Рудна \r\n\r\n 4 ",
    }
    client.post("/account/residence/declare/", told)
    shown = client.get("/account/residence/").content.decode()
    assert "&lt;b&gt;вул.&lt;/b&gt; Рудна<br>4" in shown


@pytest.mark.parametrize("name", ["evil.csv", "../../etc/passwd", "a\r\nb.csv", "x" * 300])
def test_the_name_of_a_file_means_nothing(client, ofi, name):
    client.force_login(ofi)
    page = client.post("/desk/people/lists/", {"table": SimpleUploadedFile(name, b"a,b\n1,2\n")})
    assert page.status_code == 422


def test_a_file_that_is_too_large(client, ofi):
    client.force_login(ofi)
    page = client.post(
        "/desk/people/lists/", {"table": SimpleUploadedFile("a.csv", b"x" * 300_000)}
    )
    assert page.status_code == 422
