"""What everybody agrees to: there, in both languages, the same for all."""

from __future__ import annotations

import pytest
from django.conf import settings

from accounts.people.documents import IN_FORCE, PRIVACY, TERMS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("document", [TERMS, PRIVACY])
@pytest.mark.parametrize("language", ["uk", "en"])
def test_each_is_there_with_its_day_and_the_council(client, document, language):
    page = client.get(f"{'/en' if language == 'en' else ''}/{document.name}/")
    assert page.status_code == 200
    words = page.content.decode()
    assert f'<html lang="{language}"' in words
    assert f'datetime="{document.version}"' in words
    assert settings.CITY["council"] in words
    assert not page.cookies


def test_the_privacy_notice_says_what_the_law_asks_for(client):
    """Law 2297-VI art. 12(2): owner, content, rights, purpose, recipients; at collection."""
    words = client.get("/privacy/").content.decode()
    for part in ("Володілець", "Які дані й навіщо", "Ваші права", "кому їх передаємо", "статті 12"):
        assert part in words or part.replace("статті", "статтею") in words
    assert "/privacy/" in client.get("/account/signup/").content.decode()


@pytest.mark.parametrize(
    ("path", "words"), [("/privacy/", "останніх 20 проєктів"), ("/en/privacy/", "last 20 drafts")]
)
def test_the_privacy_notice_says_what_the_device_keeps(client, path, words):
    worker = (settings.BASE_DIR / "static/js/sw.js").read_text()
    assert "MOST_TEXTS = 20;" in worker
    notice = client.get(path).content.decode()
    assert 'id="device"' in notice
    assert words in notice


def test_agreements_are_to_what_is_in_force():
    assert {"terms": TERMS.version, "privacy": PRIVACY.version} == IN_FORCE
