"""URLs of the public pages of meetings; the desk's stand in meetings/urls_desk.py."""

from django.urls import include, path

from meetings import feeds, views
from meetings.amendments import views as amendments
from meetings.conflicts.views import declare
from meetings.displays.views import display, paired_display, strip
from meetings.documents.views import document
from meetings.minutes import views as minutes
from meetings.outcome.views import go_on
from meetings.rollcalls import open_data
from meetings.video import views as video

app_name = "meetings"

urlpatterns = [
    path("", views.meeting_list, name="list"),
    path("feed.atom", feeds.feed, name="feed"),
    path("calendar.ics", feeds.calendar, name="calendar"),
    path("roll-calls.csv", open_data.data, {"kind": "csv"}, name="data_csv"),
    path("roll-calls.json", open_data.data, {"kind": "json"}, name="data_json"),
    path("open-data/", open_data.about, name="open_data"),
    path("<id:pk>/", views.meeting_detail, name="detail"),
    path("<id:pk>/card.png", views.card, name="card"),
    path("<id:pk>/calendar.ics", feeds.meeting_calendar, name="dates"),
    path("<id:pk>/course/", views.course, name="course"),
    path("<id:pk>/floor/", views.floor, name="floor"),
    path("<id:pk>/log/", views.log, name="log"),
    path("<id:pk>/transcript/", video.transcript, name="transcript"),
    path("<id:pk>/subtitles.vtt", video.subtitles, name="subtitles"),
    path("<id:pk>/minutes/", minutes.minutes, name="minutes"),
    path("<id:pk>/minutes/manifest.txt", minutes.minutes_manifest, name="minutes_manifest"),
    path("<id:pk>/minutes.docx", minutes.minutes_file, {"kind": "docx"}, name="minutes_docx"),
    path("<id:pk>/minutes.pdf", minutes.minutes_file, {"kind": "pdf"}, name="minutes_pdf"),
    path(
        "<id:pk>/roll-calls.csv",
        open_data.data_of_meeting,
        {"kind": "csv"},
        name="meeting_data_csv",
    ),
    path(
        "<id:pk>/roll-calls.json",
        open_data.data_of_meeting,
        {"kind": "json"},
        name="meeting_data_json",
    ),
    path("<id:pk>/roll-calls/<id:roll_call_pk>/", views.roll_call, name="roll_call"),
    path("<id:pk>/questions/<id:question_pk>/go-on/", go_on, name="go_on"),
    path("<id:pk>/items/<id:item_pk>/amendments/", amendments.amendments, name="amendments"),
    path(
        "<id:pk>/items/<id:item_pk>/amendments/new/",
        amendments.propose,
        name="propose_amendment",
    ),
    path("<id:pk>/conflict/", declare, name="declare_conflict"),
    path("<id:pk>/display/", display, name="display"),
    path("<id:pk>/lower-third/", strip, name="strip"),
    path("<id:pk>/displays/<id:number>/", paired_display, name="paired"),
    path("<id:pk>/documents/<id:document_pk>/<str:name>", document, name="document"),
    path("<id:pk>/", include("meetings.floor.urls")),
    path("<id:pk>/", include("meetings.registration.urls")),
    path("<id:pk>/", include("meetings.guests.urls")),
    path("<id:pk>/", include("meetings.hall.urls")),
    path("<id:pk>/", include("meetings.paper_ballots.urls")),
]
