"""Addresses of the public consultation pages; the desk's stand in consultations/desk/urls.py."""

from django.urls import path

from consultations import feeds, opendata, views
from consultations.carrying import views as carrying
from consultations.checklist import views as checklist
from consultations.costs import views as costs
from consultations.decisions import views as decisions
from consultations.dispositions import views_public as dispositions
from consultations.evidence import views_public as evidence
from consultations.remarks import taking_back
from consultations.remarks import views as remarks
from consultations.remarks.views_speak import speak
from consultations.reports import views as reports
from consultations.text import views as comparison
from consultations.waiting import views as waiting

app_name = "consultations"

urlpatterns = [
    # First where people come in crowds: each line before costs them a little.
    path("<id:pk>/", views.consultation_detail, name="detail"),
    path("<id:pk>/mine/", remarks.mine, name="mine"),
    path("<id:pk>/speak/", speak, name="speak"),
    path("<id:pk>/remarks/<id:remark_pk>/react/", remarks.react, name="react"),
    path("", views.consultation_list, name="list"),
    path("feed.atom", feeds.feed, name="feed"),
    path("calendar.ics", feeds.calendar, name="calendar"),
    path("data.csv", opendata.data_csv, name="data_csv"),
    path("data.json", opendata.data_json, name="data_json"),
    path("voices/", remarks.voice_choice, name="voices"),
    path("<id:pk>/text/", views.text_alone, name="text"),
    path("<id:pk>/card.png", views.card, name="card"),
    path("<id:pk>/calendar.ics", feeds.consultation_calendar, name="dates"),
    path("<id:pk>/data.csv", opendata.remarks_csv, name="remarks_csv"),
    path("<id:pk>/data.json", opendata.remarks_json, name="remarks_json"),
    path("<id:pk>/poll/", views.poll, name="poll"),
    path("<id:pk>/versions/", carrying.versions, name="versions"),
    path("<id:pk>/changes/", carrying.changes, name="changes"),
    path("<id:pk>/changes/table/", comparison.comparison, name="comparison"),
    path("<id:pk>/changes/table.docx", comparison.comparison_docx, name="comparison_docx"),
    path("<id:pk>/changes/table.pdf", comparison.comparison_pdf, name="comparison_pdf"),
    path("<id:pk>/display/", views.display, name="display"),
    path("<id:pk>/decision/", decisions.decision, name="decision"),
    path("<id:pk>/evidence/", evidence.evidence, name="evidence"),
    path("<id:pk>/evidence.zip", evidence.evidence_file, name="evidence_file"),
    path("<id:pk>/report/", reports.report, name="report"),
    path("<id:pk>/report/manifest.txt", reports.report_manifest, name="report_manifest"),
    path("<id:pk>/report.docx", reports.report_file, {"kind": "docx"}, name="report_docx"),
    path("<id:pk>/report.pdf", reports.report_file, {"kind": "pdf"}, name="report_pdf"),
    path("<id:pk>/procedure/", checklist.procedure, name="procedure"),
    path("<id:pk>/procedure/notice.pdf", checklist.notice, name="notice"),
    path("<id:pk>/costs/", costs.cost_table, name="costs"),
    path("<id:pk>/costs/say/", costs.say_cost, name="say_cost"),
    path("<id:pk>/costs/<id:cost_pk>/delete/", costs.take_back_cost, name="take_back_cost"),
    path("<id:pk>/dispositions/", dispositions.dispositions, name="dispositions"),
    path("<id:pk>/remarks/", views.remark_list, name="remarks"),
    path("<id:pk>/remarks/<id:remark_pk>/", remarks.remark_detail, name="remark"),
    path("<id:pk>/remarks/<id:remark_pk>/reply/", remarks.reply, name="reply"),
    path("<id:pk>/remarks/<id:remark_pk>/edit/", remarks.edit, name="edit"),
    path("<id:pk>/remarks/<id:remark_pk>/delete/", taking_back.delete, name="delete"),
    path("<id:pk>/remarks/<id:remark_pk>/name/", taking_back.take_name_off, name="take_name_off"),
    path(
        "<id:pk>/remarks/<id:remark_pk>/place/<id:place_pk>/",
        carrying.answer_place,
        name="answer_place",
    ),
    path("<id:pk>/waiting/<id:waiting_pk>/send/", waiting.send, name="send_waiting"),
    path("<id:pk>/waiting/<id:waiting_pk>/delete/", waiting.delete, name="delete_waiting"),
]
