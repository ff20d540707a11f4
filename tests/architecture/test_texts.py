"""Every text is there in Ukrainian, with its plurals and its placeholders."""

import pytest
from babel.messages.pofile import read_po
from django.conf import settings

from core.management.commands.makemessages import sources

PATH = settings.BASE_DIR / "locale/uk/LC_MESSAGES/django.po"


@pytest.fixture(scope="module")
def catalogue():
    with PATH.open("rb") as file:
        return read_po(file, locale="uk", abort_invalid=True)


def _forms(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


@pytest.mark.cpu(6)  # reads every text of the tree
def test_every_text_is_translated(catalogue):
    missing = [
        f"{message.locations[0][0]}: {message.id}"
        for message in sources()
        if message.id
        and (
            (translated := catalogue.get(message.id, message.context)) is None
            or not all(_forms(translated))
        )
    ]
    assert not missing, f"run manage.py makemessages, then translate {len(missing)}:\n" + "\n".join(
        missing
    )


def test_no_translation_is_a_guess(catalogue):
    assert [message.id for message in catalogue if message.fuzzy and message.id] == []


def test_plurals_are_complete_and_placeholders_agree(catalogue):
    errors = [
        f"{message.id}: {error}" for message in catalogue for error in message.check(catalogue)
    ]
    assert errors == []


def test_plurals_follow_ukrainian(catalogue):
    assert catalogue.num_plurals in (3, 4)
    assert "n%10==1" in catalogue.plural_expr.replace(" ", "")
