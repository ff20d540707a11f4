"""A letter on the council's form (ДСТУ 4163:2020), as tagged PDF (PDF/UA-1) and as plain text.

    letter = OfficialLetter(subject="Про ремонт дороги", addressee=("Коваль Олені Петрівні",), …)
    letter_pdf(letter)      the file
    letter_text(letter)     the same words for a mail

Both say the same in the same order, because both are made of one description. It is in Ukrainian
whatever the reader's language (law 2704-VIII art. 13). What it says is data: nothing in it is read
as markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import typst

from core.domain.council import Council, council
from core.export.document import to_text
from core.export.prints import setting

LANGUAGE = "uk"
_TEMPLATE = Path(setting.__file__).resolve().parent / "official_letter.typ"


@dataclass(frozen=True, slots=True)
class Sender:
    """The department on whose form a letter is; empty lines are left out, those of the council
    stand instead."""

    department: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """The signer of a letter: the post, and the name as it is written in a signature."""

    post: str
    name: str


@dataclass(frozen=True, slots=True)
class Reply:
    """To which paper a letter is a reply: its number and day."""

    number: str
    day: date


@dataclass(frozen=True, slots=True)
class OfficialLetter:
    """Content of an official letter.

    ``addressee`` are lines, the name in the dative (core.domain.name_cases); ``paragraphs`` plain
    text, a line break in one is a line break; ``note`` is set small below the signature: the right
    to complain. ``executor`` is who prepared it, with a telephone.
    """

    subject: str
    day: date
    addressee: Sequence[str]
    greeting: str
    paragraphs: Sequence[str]
    signature: Signature
    sender: Sender = Sender()
    number: str = ""
    reply_to: Reply | None = None
    enclosures: Sequence[str] = ()
    note: str = ""
    executor: str = ""


@dataclass(frozen=True, slots=True)
class Arms:
    """The council's arms as they are published: the file and its media type."""

    data: bytes
    media_type: str


#: What typst calls the formats of arms.
_FORMATS = {"image/svg+xml": "svg", "image/png": "png", "image/jpeg": "jpg"}


def letter_pdf(letter: OfficialLetter, arms: Arms | None = None) -> bytes:
    """The letter as a file. Arms that cannot be drawn are left out: the letter is what counts."""
    values = asdict(_parts(letter))
    if arms is not None and arms.media_type in _FORMATS:
        drawn = {"format": _FORMATS[arms.media_type], "data": list(arms.data)}
        try:
            return setting.pdf(_TEMPLATE, LANGUAGE, arms=drawn, **values)
        except typst.TypstError:
            pass
    return setting.pdf(_TEMPLATE, LANGUAGE, arms=None, **values)


def letter_text(letter: OfficialLetter) -> str:
    """The letter as plain text, paragraphs parted by an empty line."""
    parts = _parts(letter)
    blocks = [
        _join_lines(parts.council_name, parts.department, *parts.contacts),
        _join_lines(parts.reference, parts.reply_to),
        _join_lines(*parts.addressee),
        parts.subject,
        parts.greeting,
        *parts.paragraphs,
        _join_lines(*parts.enclosures),
        _join_lines(parts.post, parts.name),
        parts.note,
        parts.executor,
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


@dataclass(frozen=True, slots=True)
class _Parts:
    """Parts of both forms of a letter, in their order; empty ones are left out."""

    council_name: str
    department: str
    contacts: list[str]
    reference: str
    reply_to: str
    addressee: list[str]
    subject: str
    greeting: str
    paragraphs: list[str]
    enclosures: list[str]
    post: str
    name: str
    note: str
    executor: str


def _parts(letter: OfficialLetter) -> _Parts:
    ours = council()
    return _Parts(
        council_name=ours.council,
        department=_one_line(letter.sender.department),
        contacts=_contacts(letter.sender, ours),
        reference=_reference(letter),
        reply_to=_reply_line(letter.reply_to),
        addressee=[line for part in letter.addressee if (line := _one_line(part))],
        subject=_one_line(letter.subject) or "–",
        greeting=_one_line(letter.greeting),
        paragraphs=[text for part in letter.paragraphs for text in _paragraphs(part)],
        enclosures=_enclosure_lines(letter.enclosures),
        post=_one_line(letter.signature.post),
        name=_one_line(letter.signature.name),
        note=to_text(letter.note).strip(),
        executor=_one_line(letter.executor),
    )


def _join_lines(*lines: str) -> str:
    return "\n".join(line for line in lines if line)


def _contacts(sender: Sender, ours: Council) -> list[str]:
    phone, email = sender.phone or ours.phone, sender.email or ours.email
    reached = [f"тел. {phone}" if phone else "", email]
    lines = [sender.address or ours.address, ", ".join(filter(None, reached))]
    return [line for part in lines if (line := _one_line(part))]


def _reference(letter: OfficialLetter) -> str:
    day = format_day(letter.day)
    return f"{day} № {letter.number}" if letter.number else day


def _reply_line(reply: Reply | None) -> str:
    return f"На № {reply.number} від {format_day(reply.day)}" if reply else ""


def _enclosure_lines(enclosures: Sequence[str]) -> list[str]:
    """«Додаток: …» of one, numbered lines of several."""
    named = [line for part in enclosures if (line := _one_line(part))]
    if len(named) < 2:
        return [f"Додаток: {line}" for line in named]
    return ["Додатки:", *(f"{number}. {line}" for number, line in enumerate(named, start=1))]


def format_day(day: date) -> str:
    """«27.11.2026»."""
    return f"{day:%d.%m.%Y}"


def _one_line(text: str) -> str:
    return " ".join(to_text(text).split())


def _paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, which empty lines part."""
    lines = [line.rstrip() for line in to_text(text).split("\n")]
    return [part.strip("\n") for part in "\n".join(lines).split("\n\n") if part.strip()]
