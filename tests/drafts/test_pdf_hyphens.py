"""A hyphen at the end of a PDF's line goes where it divides a word, and stays where it is one."""

import pytest

from drafts.importing.pdf.hyphens import Hyphens


@pytest.mark.parametrize(
    ("lines", "text", "removed"),
    [
        (["розвиток терито-", "ріальної громади"], "розвиток територіальної громади", 1),
        (["об’єкти житлово-", "комунального фонду"], "об’єкти житлово-комунального фонду", 0),
        # Neither is in the dictionary.
        (["стан вулично-", "дорожньої мережі"], "стан вулично-дорожньої мережі", 0),
        (["вулиці Рудно-", "гірської громади"], "вулиці Рудногірської громади", 1),
        (["м. Івано-", "Франківськ"], "м. Івано-Франківськ", 0),
        (["РІШЕН-", "НЯ"], "РІШЕННЯ", 1),
        (["бюджет на 2026-", "2028 роки"], "бюджет на 2026-2028 роки", 0),
        (["подає будь-", "який житель"], "подає будь-який житель", 0),
        (["об’-", "єкти міста"], "об’єкти міста", 1),
        (["підприємство та/", "або організація"], "підприємство та/або організація", 0),
        (["у складі –", "голова"], "у складі – голова", 0),
    ],
)
def test_lines_are_joined(lines, text, removed):
    hyphens = Hyphens([])
    assert hyphens.join(lines) == text
    assert hyphens.count == removed


def test_a_soft_hyphen_only_divides_where_there_are_others():
    divided = ["стан вулично\u00ad", "дорожньої мережі"]
    assert Hyphens(divided).join(divided) == "стан вулично-дорожньої мережі"
    assert Hyphens(["будь-який", *divided]).join(divided) == "стан вуличнодорожньої мережі"


def test_the_document_knows_better_than_the_dictionary():
    divided = ["у мікро-", "районі"]
    assert Hyphens(["у нашому мікро-районі тихо"]).join(divided) == "у мікро-районі"
    assert Hyphens(["у нашому мікрорайоні тихо"]).join(["у мікро-", "районі"]) == "у мікрорайоні"
