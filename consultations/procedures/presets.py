"""Presets: the procedures of Ukrainian law that a new installation starts with.

The council may change them and add those of its own regulations; migration 0002_presets only puts
them in. Names and bases are the law's own, and so Ukrainian in every language of the site.

Under martial law the publication of drafts (2939-VI art. 15(1)(3), (4)) and the whole law 1160-IV
do not bind acts of local bodies (389-VIII art. 9(10)), so these procedures are then recommended.
Article 21 of law 1700-VII is not among what that article names, so its period stays mandatory.
Law 3841-IX comes into force 12 months after martial law ends; until then nothing can be announced
under it. It alone lists what is not considered (art. 15(3)); under the others each proposal is
decided on, whatever was hidden, unless the council's own decision says otherwise. Where the law
sets no term for the report, the one of 3841-IX art. 19(2) is taken.
"""

from __future__ import annotations

from typing import Any

from django.db import models

_MARTIAL_LAW = "Закон № 389-VIII, ст. 9 ч. 10"

PROCEDURES: list[dict[str, Any]] = [
    {
        "code": "draft-decision",
        "name": "Обговорення проєкту рішення",
        "name_en": "Discussion of a draft decision",
        "legal_basis": "Закон № 2939-VI, ст. 15 ч. 4",
        "shortest": 10,
        "shortest_unit": "working_days",
        "participants": "anyone",
        "outage_days": 1,
        "martial_law_duty": "recommended",
        "martial_law_basis": _MARTIAL_LAW,
        "report_must_hold": [
            "скільки пропозицій і зауважень надійшло",
            "які з них враховано і як змінився текст",
            "які відхилено і чому",
        ],
        "checklist": ["draft_published"],
        "note": (
            "Строк рахується від оприлюднення проєкту до його розгляду радою. Для окремих проєктів "
            "про землю під мережами й лінійними об’єктами закон дозволяє 5 робочих днів."
        ),
    },
    {
        "code": "privileges",
        "name": "Проєкт про пільги чи переваги окремим підприємствам або делегування повноважень",
        "name_en": "Draft on privileges for single companies or on delegated powers",
        "legal_basis": "Закон № 1700-VII, ст. 21 ч. 3",
        "shortest": 20,
        "shortest_unit": "working_days",
        "participants": "anyone",
        "outage_days": 1,
        "martial_law_duty": "mandatory",
        "martial_law_basis": "",
        "report_must_hold": [
            "узагальнені результати обговорення",
            "які пропозиції враховано",
            "які відхилено і чому",
        ],
        "checklist": ["draft_published", "results_published"],
        "note": (
            "Воєнний стан цього строку не скасовує. Узагальнені результати оприлюднюють: "
            "ст. 21 ч. 4. Стаття діє, доки не набере чинності Закон № 3841-IX."
        ),
    },
    {
        "code": "regulatory-act",
        "name": "Проєкт регуляторного акта",
        "name_en": "Draft regulatory act",
        "legal_basis": "Закон № 1160-IV, ст. 9",
        "shortest": 1,
        "shortest_unit": "months",
        "longest": 3,
        "longest_unit": "months",
        "participants": "businesses",
        "outage_days": 1,
        "martial_law_duty": "recommended",
        "martial_law_basis": _MARTIAL_LAW,
        "report_must_hold": [
            "усі зауваження і пропозиції, що надійшли",
            "які враховано повністю",
            "які враховано частково і в чому саме",
            "які відхилено, з обґрунтуванням кожного відхилення",
        ],
        "checklist": [
            *("draft_published", "impact_analysis", "sme_test", "notice_summary"),
            *("notice_address", "impact_analysis_kept"),
        ],
        "notes_questions_only": True,
        "note": (
            "Разом із проєктом оприлюднюють аналіз регуляторного впливу (АРВ): без нього акт не "
            "можна ухвалити (ст. 36). Проєкт і АРВ оприлюднюють не пізніше 5 робочих днів після "
            "повідомлення."
        ),
    },
    {
        "code": "public-consultation",
        "name": "Публічна консультація",
        "name_en": "Public consultation",
        "legal_basis": "Закон № 3841-IX, ст. 13",
        "shortest": 15,
        "shortest_unit": "working_days",
        "report_within": 30,
        "report_unit": "working_days",
        "participants": "anyone",
        "outage_days": 1,
        "martial_law_duty": "mandatory",
        "martial_law_basis": "",
        "in_force": False,
        "asks_full_name": True,
        "proposals_within": 5,
        "notes_questions_only": True,
        # A closed list: what is hidden by another ground is considered all the same.
        "unconsidered": {
            "unlawful": "Закон № 3841-IX, ст. 15 ч. 3 п. 1",
            "unnamed": "Закон № 3841-IX, ст. 15 ч. 3 п. 2",
            "profanity": "Закон № 3841-IX, ст. 15 ч. 3 п. 3",
            "off_topic": "Закон № 3841-IX, ст. 15 ч. 3 п. 4",
        },
        "report_must_hold": [
            "орган, що проводив консультацію, і її предмет",
            "імена й назви учасників",
            "заходи, які відбулися",
            "узагальнений зміст пропозицій",
            "які пропозиції враховано",
            "які відхилено, з обґрунтуванням",
        ],
        "months_after_martial_law": 12,
        "checklist": [
            *("body", "problem", "alternatives", "chosen_option", "stakeholders", "forms"),
            *("where_to_send", "responsible", "report_how", "elections", "discussion_grounds"),
            *("platform", "draft_published", "notice_board", "discussion_held"),
            *("proposals_public", "report_body", "report_subject", "report_participants"),
            *("report_events", "report_summary", "report_dispositions", "revised_draft"),
            *("report_published", "urgent_act"),
        ],
        "note": (
            "Закон набирає чинності через 12 місяців після припинення чи скасування воєнного стану."
        ),
    },
]


def install(procedures: models.Manager[Any]) -> None:
    """Put in the presets that are not there yet; what the council changed stays as it is.

    A migration has a model of its time: columns that came later are added by later migrations.
    """
    columns = {field.name for field in procedures.model._meta.get_fields()} - {"code"}
    for preset in PROCEDURES:
        code = preset["code"]
        rest = {name: value for name, value in preset.items() if name in columns}
        procedures.get_or_create(code=code, defaults=rest)
