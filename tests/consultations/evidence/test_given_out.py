"""The verifier is given out at /verify/, as it stands in bundles, to anybody and to caches."""

from __future__ import annotations

from hashlib import sha256

import pytest

from tests.consultations.evidence.bundle_builder import VERIFIER

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "name", ["verify.py", "verify.html", "verify.js", "verify.css", "SHA256SUMS"]
)
def test_its_files_are_those_of_the_source(client, olena, name):
    client.force_login(olena)
    answer = client.get(f"/verify/{name}")
    assert (answer.status_code, answer.content) == (200, (VERIFIER / name).read_bytes())
    assert answer["Cache-Control"] == "public, max-age=300"
    assert "'self'" in answer["Content-Security-Policy"]
    assert "unsafe-inline" not in answer["Content-Security-Policy"]


def test_nothing_else_of_its_folder_is_given_out(client):
    for name in ("__init__.py", "..", "verify.pyc"):
        assert client.get(f"/verify/{name}").status_code == 404


@pytest.mark.parametrize(("address", "words"), [("", "доводить перевірка"), ("en/", "proves")])
def test_its_page_shows_the_hash_and_leads_to_the_tool(
    client, address, words, django_assert_num_queries
):
    client.get(f"/{address}verify/")
    with django_assert_num_queries(1):
        page = client.get(f"/{address}verify/").text
    assert sha256((VERIFIER / "verify.py").read_bytes()).hexdigest() in page
    assert words in page
    assert "/verify/verify.html" in page
