"""URLs of the desk's pages of deputies, bodies and factions, under /desk/deputies/."""

from django.urls import path

from meetings.deputies import views_desk as views
from meetings.deputies import views_edit, views_seats, views_video
from meetings.deputies.pasting.views import paste
from meetings.speakers.views_desk import times

app_name = "deputies_desk"

urlpatterns = [
    path("", views.council, name="list"),
    path("new/", views.new_deputy, name="new"),
    path("paste/", paste, name="paste"),
    path("bodies/new/", views.new_body, name="new_body"),
    path("factions/new/", views.new_faction, name="new_faction"),
    path("<id:pk>/edit/", views_edit.edit_deputy, name="edit"),
    path("bodies/<id:body_pk>/edit/", views_edit.edit_body, name="edit_body"),
    path("bodies/<id:body_pk>/chair/", views_edit.chair, name="chair"),
    path("bodies/<id:body_pk>/video/", views_video.video, name="video"),
    path("bodies/<id:body_pk>/video/end/", views_video.end_video, name="end_video"),
    path("bodies/<id:body_pk>/times/", times, name="times"),
    path("bodies/<id:body_pk>/seats/", views_seats.seat_numbers, name="seat_numbers"),
    path("factions/<id:faction_pk>/edit/", views_edit.edit_faction, name="edit_faction"),
    path("<id:pk>/seats/new/", views.new_seat, name="new_seat"),
    path("seats/<id:seat_pk>/end/", views.end_seat, name="end_seat"),
]
