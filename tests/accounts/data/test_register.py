"""The register in the docs says what the code does."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from lxml import html

from accounts.data.register import OnErasure, PersonalData, Purpose, all_entries
from accounts.management.commands.privacy_register import PLACE, update_document


def test_the_docs_hold_the_register_as_it_is():
    text = PLACE.read_text()
    assert update_document(text) == text, "run manage.py privacy_register --write"


def test_it_is_printed(capsys):
    call_command("privacy_register")
    printed = capsys.readouterr().out
    for entry in all_entries():
        assert f"`{entry.name}`" in printed


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["/privacy/", "/en/privacy/"])
def test_the_notice_names_every_purpose_with_its_ground_and_recipients(client, place):
    from django.utils import translation

    words = html.fromstring(client.get(place).text).text_content()
    with translation.override("en" if "en" in place else "uk"):
        for purpose in Purpose:
            for part in purpose.value:
                assert str(part) in words, part


def test_what_is_kept_needs_its_law():
    from accounts.models import Agreement

    facts = {"model": Agreement, "purpose": Purpose.ACCOUNT, "title": "", "shown": {}}
    with pytest.raises(ValueError, match="law"):
        PersonalData(**facts, on_erasure=OnErasure.KEPT)
    with pytest.raises(ValueError, match="EMPTIED"):
        PersonalData(**facts, on_erasure=OnErasure.EMPTIED, kept_because="…")
