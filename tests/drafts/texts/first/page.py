"""A council's own page, saved with its menu, its hidden form and the regulation it shows."""

from __future__ import annotations

from html import escape

from ..declared import Text, count_words, print_number
from ..phrases import Phrases

_MENU = """Головна|Міський голова|Депутати|Виконком|Рішення ради|Проєкти|Бюджет міста|Закупівлі
    |Вакансії|Новини громади|Оголошення|Фотоархів|Графік прийому|Електронна черга|Паспорт громади
    |Освіта міста|Лікарні|Музеї|Спорт|Туристам|Інвесторам|Контакти|Мапа сайту|Архів випусків"""


def department_regulation() -> Text:
    """Return the page: its menu is no part of the regulation, its hidden form neither."""
    say = Phrases("uk", 101)
    text = Text("A council's page: regulation of a department (uk)", "polozhennia.html")
    menu = [" ".join(item.split()) for item in _MENU.split("|")]
    links = "".join(
        f'<li><a href="/{at}">{text.set_aside(item)}</a></li>' for at, item in enumerate(menu)
    )
    hidden = "Увійти Логін Пароль Запам'ятати мене"
    text.optional += count_words(hidden)
    body: list[str] = []

    def p(words: str, printed: str = "", depth: int = 0, *, tag: str = "p") -> None:
        if printed:
            text.number(depth, printed, words)
        else:
            text.say(words)
        line = f"{printed}&nbsp;{escape(words)}" if printed else escape(words)
        body.append(f"<{tag}>{line}</{tag}>")

    p("Положення про відділ міського саду", tag="h1")
    for section in range(1, 8):
        p(say.title(), f"{print_number(section, 'upperRoman')}.", 0, tag="h2")
        for clause in range(1, 5):
            p(say.sentence(), f"{section}.{clause}.", 1)
            if clause == 3:
                for item in range(1, 9):
                    p(say.item(), f"{section}.{clause}.{item}.", 2)
            else:
                for _ in range(6):
                    p(f"– {say.item()}")
            for _ in range(3):
                p(say.sentence())
    for _ in range(20):
        p(say.sentence())
    text.optional += count_words("Положення про відділ – Рудногірська міська рада")
    text.content = (
        '<!DOCTYPE html><html lang="uk"><head><meta charset="utf-8">'
        "<title>Положення про відділ – Рудногірська міська рада</title>"
        "<style>.m{color:red}</style><script>var a = 1;</script></head><body>"
        f'<div class="menu"><ul>{links}</ul></div>'
        f'<form style="display:none"><label>{hidden}</label><input name="p"></form>'
        f'<div id="content">{"".join(body)}</div></body></html>'
    ).encode()
    return text
