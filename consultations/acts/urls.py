"""URLs of the register of acts, under /acts/."""

from django.urls import path

from consultations.acts import views, views_urgent

app_name = "acts"

urlpatterns = [
    path("", views.act_list, name="list"),
    path("feed.atom", views.feed, name="feed"),
    path("acts.csv", views.table, name="csv"),
    path("urgent/", views_urgent.urgent_acts, name="urgent_acts"),
    path("urgent/<id:pk>/", views_urgent.urgent_act, name="urgent_act"),
    path("<id:pk>/", views.act, name="act"),
]
