"""The readme of a bundle, and the verifier that comes with it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from django.conf import settings

from consultations.evidence.bundle_format import README, Member
from consultations.models import Consultation

#: Programs that verify a bundle; each is in it if it is here.
VERIFIERS = ("verify.py", "verify.html", "verify.js", "verify.css")
_FOLDER = Path(__file__).with_name("verifier")

_TEXT = """\
ДОКАЗИ ПРОЦЕДУРИ: консультація № {number} «{title}»
{department}; {procedure} ({basis})
{site}/consultations/{number}/

Усі моменти часу – за UTC. Рядки файлів .jsonl – об'єкти JSON, по одному в рядку.

manifest.json        усі файли з їхніми SHA-256; сам він записаний у manifest.sha256
record/              з чого складається процедура, за видами: оголошення (announcement),
                     зміни дат (dates), редакції тексту (version), зауваження (remark) та їхні
                     номери (number), рішення щодо них (disposition), додані файли (attachment),
                     зображення (picture), посилання (link), видання звіту (edition,
                     edition_files), рішення ради (decision), сповіщення за годинами (notice)
chain/records.jsonl  рядки протоколу: що було записано в момент кожної дії
chain/entries.jsonl  записи журналу дій, які називають ці рядки
chain/links.jsonl    ланки ланцюга журналу, від першої з записом цієї процедури до останньої
text/, files/, pictures/, reports/   тексти, файли, зображення і звіти, названі в record/
{staff}
Слова, приховані або видалені, імена видалених облікових записів і те, чого сторінки не
показують, замінено дайджестами: за ними видно, що запис був, але не видно, що в ньому.

ЯК ПЕРЕВІРИТИ. Спершу розпакуйте архів у теку: сторінці verify.html потрібні verify.js
і verify.css поруч. Потім відкрийте verify.html у браузері (мережа не потрібна) і виберіть
сам архів або запустіть
    python3 verify.py ФАЙЛ.zip
Якщо Ви не довіряєте ні раді, ні цьому архіву, візьміть ці програми з вихідного коду «Віче»
або з випуску, де названо їхні SHA-256.

Хеш manifest.json порівняйте з тим, що його показує сторінка
    {site}/consultations/{number}/evidence/
а голову ланцюга – з тією, яку хтось зберіг раніше, або з
    {site}/ledger/audit/
"""
_STAFF = """\
staff/               кого і коли сповіщено, за обліковими записами
Цей пакет – для працівників ради: він відкриває і те, чого сторінки не показують.
"""


def members_beside(consultation: Consultation, *, is_public: bool) -> list[Member]:
    """The README, and the programs by which a bundle is verified."""
    text = _TEXT.format(
        number=consultation.pk,
        title=consultation.title,
        department=consultation.department.name,
        procedure=consultation.procedure.name,
        basis=consultation.procedure.legal_basis,
        site=settings.SITE_URL,
        staff="" if is_public else _STAFF,
    )
    there = [name for name in VERIFIERS if (_FOLDER / name).is_file()]
    return [
        (README, lambda: iter([text.encode()])),
        *((name, partial(_read, _FOLDER / name)) for name in there),
    ]


def _read(path: Path) -> Iterator[bytes]:
    yield path.read_bytes()
