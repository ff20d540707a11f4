"""URLs of the desk's pages of panels, under /desk/panel/."""

from django.urls import path

from insights.panel import views_desk

app_name = "panel_desk"

urlpatterns = [
    path("", views_desk.panels, name="panels"),
    path("new/", views_desk.new, name="new"),
    path("<id:pk>/", views_desk.panel, name="panel"),
    path("<id:pk>/list/", views_desk.publish_list, name="publish_list"),
    path("<id:pk>/draw/", views_desk.draw, name="draw"),
    path("<id:pk>/close/", views_desk.close, name="close"),
]
