"""Every text is there in Ukrainian, with its plurals and its placeholders."""

import re

import pytest
from babel.messages.pofile import read_po
from django.conf import settings

from core.management.commands.makemessages import sources

_TEMPLATES = settings.BASE_DIR / "templates"
#: A text of the site's own with Cyrillic letters («280/97-ВР»), and a filter right before it.
_WITH_CYRILLIC = re.compile(
    r'(\{% filter lang_parts %\}\s*)?\{% (?:translate "[^"]*[\u0400-\u052f][^"]*" %\}'
    r"|blocktranslate(?:(?!asvar)[^%])*%\}[^%]*[\u0400-\u052f])"
)
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


def test_ukrainian_within_english_texts_says_so():
    unmarked = [
        f"{path.relative_to(_TEMPLATES)}: {found[0][:80]}"
        for path in _TEMPLATES.rglob("*.html")
        for found in _WITH_CYRILLIC.finditer(path.read_text())
        if not found[1]
    ]
    assert unmarked == []
