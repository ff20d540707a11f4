"""Addresses of the officers' pages, under /desk/consultations/."""

from django.urls import include, path

from consultations.acts import views_urgent as urgent
from consultations.carrying import views_desk as carrying
from consultations.checklist import views_desk as checklist
from consultations.costs import views_desk as costs_views
from consultations.decisions import views_desk as decisions
from consultations.desk import views
from consultations.dispositions import views_bulk, views_table, views_texts
from consultations.evidence import views as evidence
from consultations.life import views_desk as life_views
from consultations.outages import views as outages
from consultations.papers import views_desk as papers_views
from consultations.pictures import views as pictures
from consultations.polls import views_desk as polls_views
from consultations.procedures import views_desk as procedures_views
from consultations.remarks import views_desk as remarks_views
from consultations.reports import preview
from consultations.reports import views_desk as reports
from consultations.text import views_desk as text_views
from consultations.text import views_repair, views_tracked

app_name = "desk"

urlpatterns = [
    path("", views.consultation_list, name="list"),
    path("new/", views.consultation_new, name="new"),
    path("urgent-acts/new/", urgent.new_urgent_act, name="new_urgent_act"),
    path("procedures/", procedures_views.procedures, name="procedures"),
    path("procedures/new/", procedures_views.new_procedure, name="new_procedure"),
    path("procedures/<id:pk>/", procedures_views.procedure, name="procedure"),
    path("procedures/<id:pk>/force/", procedures_views.force_procedure, name="force_procedure"),
    path("outages/", outages.outages, name="outages"),
    path("outages/new/", outages.new_outage, name="new_outage"),
    path("<id:pk>/", views.consultation_detail, name="detail"),
    path("<id:pk>/edit/", views.consultation_edit, name="edit"),
    path("<id:pk>/procedure/", checklist.checklist, name="checklist"),
    path("<id:pk>/procedure/discussions/", checklist.plan_discussion, name="plan_discussion"),
    path(
        "<id:pk>/procedure/discussions/<id:discussion_pk>/cancel/",
        checklist.cancel_discussion,
        name="cancel_discussion",
    ),
    path("<id:pk>/announce/", life_views.announce, name="announce"),
    path("<id:pk>/dates/", life_views.dates, name="dates"),
    path("<id:pk>/discard/", life_views.discard, name="discard"),
    path("<id:pk>/withdraw/", life_views.withdraw, name="withdraw"),
    path("<id:pk>/report/", reports.report, name="report"),
    path("<id:pk>/report/preview/", preview.preview, name="report_preview"),
    path(
        "<id:pk>/report/preview.docx",
        preview.preview_file,
        {"kind": "docx"},
        name="report_preview_docx",
    ),
    path(
        "<id:pk>/report/preview.pdf",
        preview.preview_file,
        {"kind": "pdf"},
        name="report_preview_pdf",
    ),
    path("<id:pk>/report/publish/", reports.publish, name="publish_report"),
    path("<id:pk>/report/progress/", reports.progress, name="report_progress"),
    path("<id:pk>/report/versions/", reports.versions, name="report_versions"),
    path(
        "<id:pk>/report/versions/<id:version_pk>/restore/",
        reports.restore,
        name="restore_report",
    ),
    path("<id:pk>/report/costs/", reports.costs, name="report_costs"),
    path("<id:pk>/contacts/", reports.contacts, name="contacts"),
    path("<id:pk>/text/", text_views.text, name="text"),
    path("<id:pk>/text/import/", text_views.import_text, name="import"),
    path("<id:pk>/text/publish/", text_views.publish, name="publish"),
    path("<id:pk>/text/tracked/", views_tracked.tracked_changes, name="tracked"),
    path("<id:pk>/text/tracked.docx", views_tracked.tracked_download, name="tracked_docx"),
    path("<id:pk>/text/matching/", carrying.matching, name="matching"),
    path("<id:pk>/text/carrying/", carrying.carrying, name="carrying"),
    path("<id:pk>/text/repair/", views_repair.repair, name="repair"),
    path("<id:pk>/text/undo/<id:revision_pk>/", views_repair.undo, name="undo"),
    path("<id:pk>/text/<id:clause_pk>/", views_repair.clause, name="clause"),
    path("<id:pk>/text/<id:clause_pk>/split/", views_repair.split, name="split"),
    path("<id:pk>/text/<id:clause_pk>/join/", views_repair.join, name="join"),
    path("<id:pk>/text/<id:clause_pk>/reword/", views_repair.reword, name="reword"),
    path("<id:pk>/text/<id:clause_pk>/renumber/", views_repair.renumber, name="renumber"),
    path("<id:pk>/papers/", papers_views.papers, name="papers"),
    path("<id:pk>/papers/attach/", papers_views.attach, name="attach"),
    path("<id:pk>/papers/link/", papers_views.link, name="link"),
    path("<id:pk>/papers/files/<id:file_pk>/delete/", papers_views.detach, name="detach"),
    path("<id:pk>/papers/links/<id:link_pk>/delete/", papers_views.unlink, name="unlink"),
    path("<id:pk>/pictures/", pictures.pictures, name="pictures"),
    path("<id:pk>/pictures/new/", pictures.new_picture, name="new_picture"),
    path("<id:pk>/pictures/<id:picture_pk>/", pictures.picture, name="picture"),
    path(
        "<id:pk>/pictures/<id:picture_pk>/delete/",
        pictures.remove_picture,
        name="remove_picture",
    ),
    path("<id:pk>/poll/", polls_views.poll, name="poll"),
    path("<id:pk>/poll/detach/", polls_views.detach_poll, name="detach_poll"),
    path("<id:pk>/decision/", decisions.decision, name="decision"),
    path("<id:pk>/decision/change/", decisions.change, name="change_decision"),
    path("<id:pk>/decision/steps/", decisions.add_step, name="add_step"),
    path("<id:pk>/decision/steps/<id:step_pk>/", decisions.note_step, name="note_step"),
    path("<id:pk>/evidence/", evidence.evidence, name="evidence"),
    path("<id:pk>/evidence/progress/", evidence.progress, name="evidence_progress"),
    path("<id:pk>/evidence/<id:bundle_pk>.zip", evidence.bundle_download, name="bundle"),
    path("<id:pk>/costs/", costs_views.costs, name="costs"),
    path("<id:pk>/costs/table.csv", costs_views.costs_csv, name="costs_csv"),
    path("<id:pk>/repeats/", include("consultations.repeats.urls")),
    path("<id:pk>/table/", views_table.disposition_table, name="table"),
    path("<id:pk>/table/files/", include("consultations.sheets.urls")),
    path("<id:pk>/table/settle/", views_bulk.settle_many, name="settle_many"),
    path("<id:pk>/table/approve/", views_bulk.approve_many, name="approve_many"),
    path("<id:pk>/table/assign/", views_bulk.assign, name="assign"),
    path("<id:pk>/table/changes/<id:change_pk>/", views_bulk.bulk_change, name="bulk_change"),
    path("<id:pk>/table/<id:remark_pk>/", views_table.table_row, name="table_row"),
    path("<id:pk>/table/<id:remark_pk>/history/", views_table.row_history, name="row_history"),
    path(
        "<id:pk>/table/<id:remark_pk>/public-reason/",
        views_table.public_reason,
        name="public_reason",
    ),
    path("texts/<id:department_pk>/", views_texts.texts, name="texts"),
    path("texts/<id:department_pk>/new/", views_texts.new_text, name="new_text"),
    path("texts/<id:department_pk>/<id:text_pk>/", views_texts.text, name="saved_text"),
    path(
        "texts/<id:department_pk>/<id:text_pk>/delete/",
        views_texts.delete_text,
        name="delete_text",
    ),
    path("texts/<id:department_pk>/approval/", views_texts.approval, name="approval"),
    path("<id:pk>/register/", include("consultations.register.urls")),
    path("<id:pk>/remarks/", remarks_views.remarks, name="remarks"),
    path("<id:pk>/remarks/<id:remark_pk>/answer/", remarks_views.answer, name="answer"),
    path(
        "<id:pk>/remarks/<id:remark_pk>/replies/<id:reply_pk>/",
        remarks_views.correct,
        name="correct",
    ),
]
