"""Addresses of the API, version 1: outside of the pages' languages."""

from django.urls import path, re_path

from consultations.api import views as consultations
from core.api import no_such_address
from organisations import api as organisations
from petitions.api import views as petitions
from portal import api_docs, api_me

app_name = "api"

urlpatterns = [
    path("consultations/", consultations.consultation_list, name="consultations"),
    path(
        "consultations/<id:consultation>/", consultations.consultation_detail, name="consultation"
    ),
    path("consultations/<id:consultation>/clauses/", consultations.clause_list, name="clauses"),
    path("consultations/<id:consultation>/remarks/", consultations.remark_list, name="remarks"),
    path(
        "consultations/<id:consultation>/remarks/<id:remark>/",
        consultations.remark_detail,
        name="remark",
    ),
    path("organisations/", organisations.organisation_list, name="organisations"),
    path(
        "organisations/<id:organisation>/",
        organisations.organisation_detail,
        name="organisation",
    ),
    path("petitions/", petitions.petition_list, name="petitions"),
    path("petitions/<id:petition>/", petitions.petition_detail, name="petition"),
    path("petitions/<id:petition>/totals/", petitions.petition_totals, name="petition_totals"),
    path("petitions/<id:petition>/signatures/", petitions.signature_list, name="signatures"),
    path("petitions/<id:petition>/signature/", petitions.own, name="signature"),
    path("petitions/<id:petition>/ledger/", petitions.ledger_list, name="ledger"),
    path("me/", api_me.me, name="me"),
    path("schema/", api_docs.schema, name="schema"),
    # With the slash at its end, so that Django still adds one where it is missing.
    re_path(r"^\Z|/\Z", no_such_address),
]
