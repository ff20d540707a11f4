"""URLs of the API, version 1: outside of the pages' languages."""

from django.urls import path, re_path

from appeals.filing.api import views as appeals
from appeals.publishing.api import views as answers
from consultations.acts import api as acts
from consultations.api import followed
from consultations.api import views as consultations
from core.api.views import not_found
from meetings.api import special
from meetings.api import views as meetings
from meetings.paper_ballots import api as paper_ballots
from newsroom.api import views as news
from organisations import api as organisations
from petitions.api import views as petitions
from portal import api_docs, api_me
from portal.changes import api as changes
from records.documents import api as documents
from records.services import api as services
from votes.api import views as votes

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
    path(
        "consultations/<id:consultation>/dispositions/",
        followed.disposition_list,
        name="dispositions",
    ),
    path("consultations/<id:consultation>/report/", followed.report_detail, name="report"),
    path("consultations/<id:consultation>/decision/", followed.decision_detail, name="decision"),
    path("acts/", acts.act_list, name="acts"),
    path("acts/<id:act>/", acts.act_detail, name="act"),
    path("meetings/", meetings.meeting_list, name="meetings"),
    path("meetings/<id:meeting>/", meetings.meeting_detail, name="meeting"),
    path("meetings/<id:meeting>/roll-calls/", meetings.roll_call_list, name="roll_calls"),
    path(
        "meetings/<id:meeting>/shows-of-hands/",
        meetings.show_of_hands_list,
        name="shows_of_hands",
    ),
    path(
        "meetings/<id:meeting>/paper-ballots/",
        paper_ballots.paper_ballot_list,
        name="paper_ballots",
    ),
    path("meetings/<id:meeting>/amendments/", special.amendment_list, name="amendments"),
    path("meetings/<id:meeting>/conflicts/", special.conflict_list, name="conflicts"),
    path("meetings/<id:meeting>/stops/", special.stop_list, name="stops"),
    path("meetings/<id:meeting>/log/", meetings.log_list, name="meeting_log"),
    path("records/", documents.document_list, name="documents"),
    path("records/<id:document>/", documents.document_detail, name="document"),
    path("services/", services.service_list, name="services"),
    path("services/<id:service>/uses/", services.ServiceUses.as_view(), name="service_uses"),
    path("news/", news.article_list, name="news"),
    path("news/<id:article>/", news.article_detail, name="article"),
    path("appeals/", appeals.appeal_list, name="appeals"),
    path("appeals/<id:appeal>/", appeals.appeal_detail, name="appeal"),
    path("answers/", answers.answer_list, name="answers"),
    path("answers/<id:answer>/", answers.answer_detail, name="answer"),
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
    path("polls/", votes.poll_list, name="polls"),
    path("polls/<id:poll>/", votes.poll_detail, name="poll"),
    path("polls/<id:poll>/results/", votes.poll_results, name="poll_results"),
    path("polls/<id:poll>/codes/", votes.code_list, name="poll_codes"),
    path("polls/<id:poll>/ballot/", votes.ballot, name="ballot"),
    path("polls/<id:poll>/secret-ballot/", votes.secret_ballot, name="secret_ballot"),
    path("changes/", changes.change_list, name="changes"),
    path("me/", api_me.me, name="me"),
    path("schema/", api_docs.schema, name="schema"),
    # With the slash at its end, so that Django still adds one where it is missing.
    re_path(r"^\Z|/\Z", not_found),
]
