"""URLs of the public pages of meetings; the desk's stand in meetings/desk/urls.py."""

from django.urls import include, path

from meetings import feeds, views
from meetings.displays.views import display
from meetings.outcome.views import go_on

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
    path("<id:pk>/questions/<id:question_pk>/go-on/", go_on, name="go_on"),
    path("<id:pk>/display/", display, name="display"),
    path("<id:pk>/", include("meetings.floor.urls")),
]
