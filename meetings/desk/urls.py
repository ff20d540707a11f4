"""URLs of the desk's pages of meetings, under /desk/meetings/."""

from django.urls import include, path

from meetings.desk import views, views_agenda, views_record
from meetings.minutes import desk as minutes
from meetings.minutes import desk_decisions
from meetings.outcome.views_desk import answer, outcome

app_name = "meetings_desk"

urlpatterns = [
    path("", views.meeting_list, name="list"),
    path("new/", views.new, name="new"),
    path("<id:pk>/", views.detail, name="detail"),
    path("<id:pk>/edit/", views.edit, name="edit"),
    path("<id:pk>/publish/", views.publish, name="publish"),
    path("<id:pk>/cancel/", views.cancel, name="cancel"),
    path("<id:pk>/discard/", views.discard, name="discard"),
    path("<id:pk>/video/", views_record.video, name="video"),
    path("<id:pk>/minutes/", minutes.minutes, name="minutes"),
    path("<id:pk>/minutes/address/", views_record.minutes, name="minutes_address"),
    path("<id:pk>/minutes/publish/", minutes.publish, name="publish_minutes"),
    path("<id:pk>/minutes/decisions/", desk_decisions.confirm_all, name="confirm_decisions"),
    path("<id:pk>/items/<id:item_pk>/decision/", desk_decisions.decision, name="decision"),
    path("<id:pk>/minutes/versions/", minutes.versions, name="minutes_versions"),
    path(
        "<id:pk>/minutes/versions/<id:version_pk>/restore/",
        minutes.restore,
        name="restore_minutes",
    ),
    path(
        "<id:pk>/minutes/draft.docx",
        minutes.preview_file,
        {"kind": "docx"},
        name="minutes_draft_docx",
    ),
    path(
        "<id:pk>/minutes/draft.pdf",
        minutes.preview_file,
        {"kind": "pdf"},
        name="minutes_draft_pdf",
    ),
    path("<id:pk>/minutes/<slug:section>/", minutes.section, name="minutes_section"),
    path("<id:pk>/proposals/", outcome, name="proposals"),
    path("<id:pk>/questions/<id:question_pk>/answer/", answer, name="answer"),
    path("<id:pk>/items/new/", views_agenda.new_item, name="new_item"),
    path("<id:pk>/items/<id:item_pk>/", views_agenda.item, name="item"),
    path("<id:pk>/items/<id:item_pk>/move/", views_agenda.move_item, name="move_item"),
    path("<id:pk>/items/<id:item_pk>/delete/", views_agenda.delete_item, name="delete_item"),
    path("<id:pk>/items/<id:item_pk>/drop/", views_agenda.drop_item, name="drop_item"),
    path("<id:pk>/", include("meetings.documents.urls_desk")),
    path("<id:pk>/", include("meetings.registration.urls_desk")),
    path("<id:pk>/items/<id:item_pk>/conclusions/", outcome, name="conclusions"),
]
