"""URLs of the desk's pages of meetings, under /desk/meetings/."""

from django.urls import include, path

from meetings.agenda import views_desk as agenda_views
from meetings.agenda import views_paste
from meetings.minutes import views_decisions
from meetings.minutes import views_desk as minutes
from meetings.outcome.views_desk import answer, outcome
from meetings.planning import views_desk as planning_views
from meetings.record import views_desk as record_views
from meetings.video.views_desk import subtitles

app_name = "meetings_desk"

urlpatterns = [
    path("", planning_views.meeting_list, name="list"),
    path("new/", planning_views.new, name="new"),
    path("<id:pk>/", planning_views.detail, name="detail"),
    path("<id:pk>/edit/", planning_views.edit, name="edit"),
    path("<id:pk>/publish/", planning_views.publish, name="publish"),
    path("<id:pk>/cancel/", planning_views.cancel, name="cancel"),
    path("<id:pk>/discard/", planning_views.discard, name="discard"),
    path("<id:pk>/video/", record_views.video, name="video"),
    path("<id:pk>/video/subtitles/", subtitles, name="subtitles"),
    path("<id:pk>/minutes/", minutes.minutes, name="minutes"),
    path("<id:pk>/minutes/address/", record_views.minutes, name="minutes_address"),
    path("<id:pk>/minutes/publish/", minutes.publish, name="publish_minutes"),
    path("<id:pk>/minutes/decisions/", views_decisions.confirm_all, name="confirm_decisions"),
    path("<id:pk>/items/<id:item_pk>/decision/", views_decisions.decision, name="decision"),
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
    path("<id:pk>/items/new/", agenda_views.new_item, name="new_item"),
    path("<id:pk>/items/paste/", views_paste.paste, name="paste"),
    path("<id:pk>/items/<id:item_pk>/", agenda_views.item, name="item"),
    path("<id:pk>/items/<id:item_pk>/move/", agenda_views.move_item, name="move_item"),
    path("<id:pk>/items/<id:item_pk>/delete/", agenda_views.delete_item, name="delete_item"),
    path("<id:pk>/items/<id:item_pk>/drop/", agenda_views.drop_item, name="drop_item"),
    path("<id:pk>/", include("meetings.documents.urls_desk")),
    path("<id:pk>/", include("meetings.registration.urls_desk")),
    path("<id:pk>/", include("meetings.prepared.urls_desk")),
    path("<id:pk>/items/<id:item_pk>/conclusions/", outcome, name="conclusions"),
]
