"""Residence of the demo people, and one of them who has no e-mail."""

from __future__ import annotations

from collections.abc import Mapping

from accounts.models import Document, Residence, User
from accounts.paper import actions as paper
from accounts.residence import actions
from accounts.residence.checking import Proof, check_document, write_list
from city.models import District
from demo import content

#: Without e-mail: found at the desk by this telephone, signs in by codes on paper.
HANNA = {"given_name": "Ганна", "family_name": "Приходько", "phone": "+380440000001"}
#: What the demo's office was shown, by the basis of the residence.
_SHOWN = {"registered": Document.ID_CARD, "displaced": Document.DISPLACED_NOTE}


def load_residents(people: Mapping[str, User]) -> None:
    """Let them say where they live, and the office check some, by the actions themselves."""
    districts = {district.slug: district for district in District.objects.all()}
    office = people["ofi"]
    waiting = []
    for key, row in content.table("residents.toml").items():
        user, district = people[key], districts[row["district"]]
        basis = row.get("basis", Residence.Basis.REGISTERED)
        if "list" in row:
            waiting.append(Proof(user, Document.ID_CARD, True, 18, district, basis))
        elif row.get("how") == "office":
            check_document(Proof(user, _SHOWN[basis], True, 18, district, basis), by=office)
        elif row.get("how") == "letter":
            actions.check(user, district=district, basis=basis, how=Residence.How.LETTER)
        else:
            actions.declare(user, district=district, basis=basis, address=row["address"])
        if row.get("letter"):
            actions.ask_letter(user)
    # It waits, although it is shorter than lists that have to.
    write_list(waiting, by=office, needs_second=True)
    hanna = paper.register(by=office, district=districts["zarichchia"], **HANNA)
    check_document(
        Proof(hanna, Document.ID_CARD, True, 18, districts["zarichchia"], "registered"), by=office
    )
    paper.new_sheet(hanna, by=office)
