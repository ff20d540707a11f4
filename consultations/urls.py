"""Addresses of the public consultation pages; the desk's stand in consultations/desk/urls.py."""

from django.urls import path

from consultations import feeds, views

app_name = "consultations"

urlpatterns = [
    path("", views.consultation_list, name="list"),
    path("feed.atom", feeds.feed, name="feed"),
    path("calendar.ics", feeds.calendar, name="calendar"),
    path("<id:pk>/", views.consultation_detail, name="detail"),
    path("<id:pk>/calendar.ics", feeds.consultation_calendar, name="dates"),
    path("<id:pk>/versions/", views.version_comparison, name="versions"),
    path("<id:pk>/display/", views.display, name="display"),
    path("<id:pk>/remarks/", views.remark_list, name="remarks"),
    path("<id:pk>/mine/", views.mine, name="mine"),
    path("<id:pk>/speak/", views.speak, name="speak"),
    path("<id:pk>/remarks/<id:remark_pk>/", views.remark_detail, name="remark"),
    path("<id:pk>/remarks/<id:remark_pk>/reply/", views.reply, name="reply"),
    path("<id:pk>/remarks/<id:remark_pk>/edit/", views.edit, name="edit"),
    path("<id:pk>/remarks/<id:remark_pk>/delete/", views.delete, name="delete"),
    path("<id:pk>/remarks/<id:remark_pk>/react/", views.react, name="react"),
]
