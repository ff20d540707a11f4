"""The site as an app of a device: manifest, service worker, what is kept for reading offline."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from city.council.actions import change_council
from consultations.models import Consultation
from consultations.remarks import actions
from core.domain.council import forget_council
from core.web.pages import forget_pages
from tests import factories

SAID = "Хай спершу полагодять сходи"
pytestmark = pytest.mark.django_db


def kept(client) -> dict:
    script = client.get("/sw.js").text
    found = re.match(r"const KEPT = (\{.*\});\n", script)
    assert found, script[:200]
    return json.loads(found[1])


def test_the_manifest_is_in_the_language_of_its_address(client):
    for path, words in (("/", "Віче"), ("/en/", "Viche")):
        page = client.get(path).text
        assert f'<link rel="manifest" href="{path}manifest.webmanifest">' in page
        answer = client.get(f"{path}manifest.webmanifest")
        assert answer["Content-Type"].startswith("application/manifest+json")
        told = json.loads(answer.content)
        assert (told["short_name"], told["start_url"], told["display"]) == (
            words,
            path,
            "standalone",
        )
    assert {icon["purpose"] for icon in told["icons"]} == {"any", "maskable"}
    for icon in told["icons"]:
        file = finders.find(icon["src"].removeprefix("/static/"))
        edge = int.from_bytes(Path(file).read_bytes()[16:20])
        assert icon["sizes"] == f"{edge}x{edge}"


def test_the_worker_keeps_the_shell_under_a_version_of_its_own(client):
    first = kept(client)
    assert client.get("/sw.js")["Content-Type"].startswith("text/javascript")
    assert first["offline"] == "/offline/" and "/static/css/tokens.css" in first["shell"]
    assert not [url for url in first["shell"] if "account" in url or "desk" in url]
    change_council({"phone": "(056) 111-22-33"}, by=None)
    forget_council()
    assert kept(client)["version"] != first["version"]


def test_the_page_without_a_connection_is_in_both_languages_and_nobodys(client, olena):
    client.force_login(olena)
    page = client.get("/offline/").text
    assert "Немає зв’язку" in page and "No connection" in page
    assert "csrf" not in page and olena.public_name not in page
    assert set(re.findall(r"/static/[^\"]+", page)) <= set(kept(client)["shell"])


def test_the_text_alone_says_nothing_of_people(client, olena, department):
    consultation = factories.consultation(department)
    actions.remark(consultation, by=olena, text=SAID)
    clause = consultation.draft.versions.get().clauses.exclude(text="").first()
    path = f"/consultations/{consultation.pk}/text/"
    page = client.get(path)
    assert clause.text in page.text
    assert SAID not in page.text and olena.public_name not in page.text
    assert "csrf" not in page.text and "no-store" not in page["Cache-Control"]
    assert client.get(f"/en{path}").status_code == 200
    Consultation.objects.filter(pk=consultation.pk).update(draft=None)
    forget_pages()
    assert client.get(path).status_code == 404
