"""A list of checks as a table (CSV): each line read, or said in a sentence why it cannot be."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Document, Residence, User
from accounts.paper import codes
from accounts.people.fields import to_international
from accounts.residence.checking import Proof
from city.models import District
from core.domain.email_addresses import to_comparable
from core.export.csv import rows_of

#: People in one list.
MOST = 100
COLUMNS = ("person", "document", "identity", "age", "district", "basis")
#: What a column may be headed with, in lower case.
_HEADS = {
    **{name: name for name in COLUMNS},
    "особа": "person",
    "документ": "document",
    "особу підтверджено": "identity",
    "вік": "age",
    "район": "district",
    "підстава": "basis",
}
_NEEDED = {name: name for name in ("person", "document")}
_YES = {"1", "yes", "так", "+"}


@dataclass(slots=True)
class Read:
    """Result of reading a list: the proofs, or the wrong lines, each with its number."""

    proofs: list[Proof] = field(default_factory=list)
    wrong: list[tuple[int, str]] = field(default_factory=list)


def read(content: bytes) -> Read:
    """The proofs of a table with the columns COLUMNS, in any order.

    ``person``: exact e-mail, telephone or account number. ``document``: a value of Document.
    ``identity``: «так» or empty. ``age``: 14, 16, 18 or empty. ``district``: its name or slug, or
    empty; ``basis``: a value of Residence.Basis, registered if empty. UTF-8 or Windows-1251,
    commas, semicolons or tabs. Raises core.export.csv.NotATable. Four queries for any number of
    lines.
    """
    table = rows_of(content, _HEADS, needed=_NEEDED, most=MOST)
    rows = [(number, dict.fromkeys(COLUMNS, "") | row) for number, row in table]
    people = _people([row["person"] for _number, row in rows])
    districts = {
        name.casefold(): district
        for district in District.objects.open()
        for name in (district.name, district.slug)
    }
    done = Read()
    for number, row in rows:
        try:
            done.proofs.append(_proof(row, people, districts))
        except ValueError as wrong:
            done.wrong.append((number, str(wrong)))
    return done


def _people(written: list[str]) -> dict[str, list[User]]:
    """Map each written identifier to the matching users; one query."""
    keys = {text: _key(text) for text in written}
    wanted = set(keys.values()) - {""}  # most people have no telephone here: "" is nobody's
    found: dict[str, list[User]] = {}
    for user in User.objects.filter(
        Q(email__in=wanted) | Q(phone__in=wanted) | Q(paper_account__number__in=wanted),
        erased_at=None,
    ).select_related("paper_account"):
        account = getattr(user, "paper_account", None)
        for key in {user.email, user.phone, account.number if account else None} & wanted:
            found.setdefault(str(key), []).append(user)
    return {text: found.get(key, []) for text, key in keys.items()}


def _key(text: str) -> str:
    if "@" in text:
        return to_comparable(text)
    digits = codes.digits_of(text)
    if len(digits) == 8 and digits.isdigit():
        return digits
    try:
        return to_international(text)
    except ValidationError:
        return ""


def _proof(
    row: dict[str, str], people: dict[str, list[User]], districts: dict[str, District]
) -> Proof:
    found = people[row["person"]]
    if not found:
        raise ValueError(_("nobody has this e-mail, telephone or account number"))
    if len(found) > 1:
        raise ValueError(_("several people have this telephone: give the account number"))
    if row["document"] not in Document.values:
        raise ValueError(_("the document is none of: %s") % ", ".join(Document.values))
    if row["age"] not in ("", "14", "16", "18"):
        raise ValueError(_("the age is 14, 16, 18 or nothing"))
    district = districts.get(row["district"].casefold())
    if row["district"] and district is None:
        raise ValueError(_("there is no such district"))
    basis = row["basis"] or Residence.Basis.REGISTERED
    if basis not in Residence.Basis.values:
        raise ValueError(_("the basis is none of: %s") % ", ".join(Residence.Basis.values))
    return Proof(
        found[0],
        row["document"],
        identity=row["identity"].casefold() in _YES,
        age_over=int(row["age"]) if row["age"] else None,
        district=district,
        basis=basis if district else "",
    )
