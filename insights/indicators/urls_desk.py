"""URLs of the desk's pages of indicators, under /desk/insights/."""

from django.urls import path

from insights.indicators import desk

app_name = "indicators_desk"

urlpatterns = [
    path("", desk.index, name="index"),
    path("imported/", desk.imported, name="imported"),
    path("goals/new/", desk.new_goal, name="new_goal"),
    path("goals/<id:pk>/", desk.goal, name="goal"),
    path("goals/<id:pk>/remove/", desk.remove_goal, name="remove_goal"),
    path("reports/<id:year>/", desk.report, name="report"),
    path("reports/<id:year>/publish/", desk.publish_report, name="publish_report"),
]
