"""The thing to press in a mail is a button; its address stands below, and in the text."""

from __future__ import annotations

import pytest
from lxml import html

from core.web.mail import _paragraphs

ADDRESS = "https://rada.example/petitions/7/sign/confirm/12/?token=a-b_c&x=1"


def kinds(text: str) -> list[str]:
    return [kind for kind, _html in _paragraphs(text)]


@pytest.mark.django_db
def test_the_first_address_that_stands_alone_is_a_button():
    text = (
        f"Вітаємо.\n\nЩоб підписати:\n\n{ADDRESS}\n\nАбо код:\n\n123-456\n\nhttps://rada.example/\n"
    )
    assert kinds(text) == ["text", "text", "go", "text", "code", "text"]
    page = html.fromstring("".join(part for _kind, part in _paragraphs(text)))
    button, below = page.xpath(f"//a[@href='{ADDRESS}']")
    assert button.get("class") == "button" and button.text == "Відкрити сторінку"
    assert below.text == ADDRESS


@pytest.mark.django_db
def test_a_line_above_the_address_stays_and_addresses_within_a_text_are_links():
    assert kinds(f"Ось вона:\n{ADDRESS}") == ["go"]
    assert "Ось вона:" in _paragraphs(f"Ось вона:\n{ADDRESS}")[0][1]
    assert kinds(f"Читайте {ADDRESS} тут.") == ["text"]
    assert kinds("Вітаємо.\n\n-- \nhttps://rada.example/") == ["text", "end"]


@pytest.mark.django_db
def test_nothing_of_the_text_becomes_markup():
    (found,) = _paragraphs('<b>:\nhttps://rada.example/"><script>')
    assert "<script>" not in found[1] and "<b>" not in found[1]
