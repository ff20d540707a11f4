"""URLs of the desk's pages of the newsroom, under /desk/news/."""

from django.urls import path

from newsroom.articles import views_desk
from newsroom.pictures import views as pictures

app_name = "newsroom_desk"

urlpatterns = [
    path("", views_desk.article_list, name="list"),
    path("new/", views_desk.new, name="new"),
    path("<id:pk>/", views_desk.detail, name="detail"),
    path("<id:pk>/preview/", views_desk.preview, name="preview"),
    path("<id:pk>/edit/", views_desk.edit, name="edit"),
    path("<id:pk>/publish/", views_desk.publish, name="publish"),
    path("<id:pk>/unplan/", views_desk.unplan, name="unplan"),
    path("<id:pk>/withdraw/", views_desk.withdraw, name="withdraw"),
    path("<id:pk>/discard/", views_desk.discard, name="discard"),
    path("<id:pk>/pictures/new/", pictures.new_picture, name="new_picture"),
    path("<id:pk>/pictures/<id:picture_pk>/", pictures.picture, name="picture"),
    path(
        "<id:pk>/pictures/<id:picture_pk>/remove/", pictures.remove_picture, name="remove_picture"
    ),
]
