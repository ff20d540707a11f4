"""URLs of the desk's pages of the newsroom, under /desk/news/."""

from django.urls import path

from newsroom.desk import views
from newsroom.pictures import views_desk as pictures

app_name = "newsroom_desk"

urlpatterns = [
    path("", views.article_list, name="list"),
    path("new/", views.new, name="new"),
    path("<id:pk>/", views.detail, name="detail"),
    path("<id:pk>/preview/", views.preview, name="preview"),
    path("<id:pk>/edit/", views.edit, name="edit"),
    path("<id:pk>/publish/", views.publish, name="publish"),
    path("<id:pk>/unplan/", views.unplan, name="unplan"),
    path("<id:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<id:pk>/discard/", views.discard, name="discard"),
    path("<id:pk>/pictures/new/", pictures.new_picture, name="new_picture"),
    path("<id:pk>/pictures/<id:picture_pk>/", pictures.picture, name="picture"),
    path(
        "<id:pk>/pictures/<id:picture_pk>/remove/", pictures.remove_picture, name="remove_picture"
    ),
]
