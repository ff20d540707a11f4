"""The rules for petitions that a new installation starts with; the council changes them.

The terms are those of law 393/96-ВР art. 23-1; how many signatures and for how long is for the
council's charter to say, here as Kryvyi Rih's. Names and quotes are the law's own; quotes and
articles stay Ukrainian in every language of the site.
"""

from __future__ import annotations

from typing import Any

from django.db import models

PROCEDURE: dict[str, Any] = {
    "legal_basis": "Закон № 393/96-ВР, ст. 23-1; статут територіальної громади",
    "threshold": 1000,
    "collection": 3,
    "collection_unit": "months",
    "signers": "anyone",
    "min_age": 14,
}

_LAW = "Закон № 393/96-ВР, ст. 23-1 ч. 3"

#: Grounds of art. 23-1, in its words; and those that councils' own orders commonly add. These are
#: out of force until the council's order has them: here with what the law itself says nearest to
#: them, which binds appeals.
GROUNDS: list[dict[str, Any]] = [
    {
        "code": "constitutional-order",
        "name": "Заклики до повалення конституційного ладу чи порушення територіальної цілісності",
        "name_en": "Calls to overthrow the constitutional order or violate territorial integrity",
        "article": _LAW,
        "quote": (
            "Електронна петиція не може містити заклики до повалення конституційного ладу, "
            "порушення територіальної цілісності України…"
        ),
    },
    {
        "code": "war-and-violence",
        "name": "Пропаганда війни, насильства, жорстокості",
        "name_en": "Propaganda of war, violence or cruelty",
        "article": _LAW,
        "quote": ("Електронна петиція не може містити… пропаганду війни, насильства, жорстокості…"),
    },
    {
        "code": "hatred",
        "name": "Розпалювання міжетнічної, расової, релігійної ворожнечі",
        "name_en": "Incitement of ethnic, racial or religious hatred",
        "article": _LAW,
        "quote": (
            "Електронна петиція не може містити… розпалювання міжетнічної, расової, релігійної "
            "ворожнечі…"
        ),
    },
    {
        "code": "terrorism",
        "name": "Заклики до терористичних актів",
        "name_en": "Calls for acts of terrorism",
        "article": _LAW,
        "quote": "Електронна петиція не може містити… заклики до вчинення терористичних актів…",
    },
    {
        "code": "human-rights",
        "name": "Посягання на права і свободи людини",
        "name_en": "Encroachment on human rights and freedoms",
        "article": _LAW,
        "quote": "Електронна петиція не може містити… посягання на права і свободи людини.",
    },
    {
        "code": "incomplete",
        "name": "Бракує суті звернення або даних автора",
        "name_en": "The substance of the petition or details of its author are missing",
        "article": "Закон № 393/96-ВР, ст. 23-1 ч. 2",
        "quote": (
            "В електронній петиції має бути викладено суть звернення, зазначено прізвище, ім’я, "
            "по батькові автора (ініціатора) електронної петиції, адресу електронної пошти."
        ),
    },
    {
        "code": "not-in-competence",
        "name": "Не належить до повноважень міської ради",
        "name_en": "Outside the powers of the city council",
        "article": "Закон № 393/96-ВР, ст. 23-1",
        "quote": (
            "У разі визнання за доцільне викладені в електронній петиції пропозиції можуть "
            "реалізовуватися органом, якому вона адресована, шляхом прийняття з питань, "
            "віднесених до його компетенції, відповідного рішення."
        ),
        "in_force": False,
    },
    {
        "code": "duplicate",
        "name": "Про те саме вже є петиція чи рішення",
        "name_en": "There is a petition or decision on the same matter already",
        "article": "Закон № 393/96-ВР, ст. 8",
        "quote": (
            "Не розглядаються повторні звернення одним і тим же органом від одного і того ж "
            "громадянина з одного і того ж питання, якщо перше вирішено по суті…"
        ),
        "in_force": False,
    },
    {
        "code": "profanity",
        "name": "Нецензурна лексика, наклеп чи образи",
        "name_en": "Obscene language, slander or insults",
        "article": "Закон № 393/96-ВР, ст. 26",
        "quote": (
            "Подання громадянином звернення, яке містить наклеп і образи… тягне за собою "
            "відповідальність, передбачену чинним законодавством."
        ),
        "in_force": False,
    },
    {
        "code": "personal-data",
        "name": "Відомості про особисте життя інших людей",
        "name_en": "Information about other people’s private lives",
        "article": "Закон № 393/96-ВР, ст. 10",
        "quote": (
            "Не допускається розголошення одержаних із звернень відомостей про особисте життя "
            "громадян без їх згоди…"
        ),
        "in_force": False,
    },
]


def install(procedures: models.Manager[Any], grounds: models.Manager[Any]) -> None:
    """Put in what is not there yet; what the council changed stays as it is."""
    if not procedures.exists():
        procedures.create(**PROCEDURE)
    columns = {field.name for field in grounds.model._meta.concrete_fields}
    for preset in GROUNDS:
        rest = {name: preset[name] for name in preset.keys() & columns - {"code"}}
        grounds.get_or_create(code=preset["code"], defaults=rest)
