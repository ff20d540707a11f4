"""URLs of the public pages of meetings; the desk's stand in meetings/desk/urls.py."""

from django.urls import include, path

from meetings import feeds, views
from meetings.displays.views import display, paired
from meetings.documents.views import document

app_name = "meetings"

urlpatterns = [
    path("", views.meeting_list, name="list"),
    path("calendar.ics", feeds.calendar, name="calendar"),
    path("<id:pk>/", views.meeting_detail, name="detail"),
    path("<id:pk>/calendar.ics", feeds.meeting_calendar, name="dates"),
    path("<id:pk>/course/", views.course, name="course"),
    path("<id:pk>/floor/", views.floor, name="floor"),
    path("<id:pk>/log/", views.log, name="log"),
    path("<id:pk>/roll-calls/<id:roll_call_pk>/", views.roll_call, name="roll_call"),
    path("<id:pk>/display/", display, name="display"),
    path("<id:pk>/displays/<id:number>/", paired, name="paired"),
    path("<id:pk>/documents/<id:document_pk>/<str:name>", document, name="document"),
    path("<id:pk>/", include("meetings.floor.urls")),
    path("<id:pk>/", include("meetings.registration.urls")),
    path("<id:pk>/", include("meetings.hall.urls")),
]
