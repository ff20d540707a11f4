"""URLs of the desk's pages of indicators, under /desk/insights/."""

from django.urls import path

from insights.indicators import views_desk

app_name = "indicators_desk"

urlpatterns = [
    path("", views_desk.index, name="index"),
    path("imported/", views_desk.imported_figures, name="imported"),
    path("goals/new/", views_desk.new_goal, name="new_goal"),
    path("goals/<id:pk>/", views_desk.goal, name="goal"),
    path("goals/<id:pk>/remove/", views_desk.remove_goal, name="remove_goal"),
    path("reports/<id:year>/", views_desk.report, name="report"),
    path("reports/<id:year>/publish/", views_desk.publish_report, name="publish_report"),
]
