"""URLs of starting a petition and of the author's own pages; included in petitions/urls.py."""

from django.urls import path

from petitions.photos import views as photos
from petitions.starting import mine, views

urlpatterns = [
    path("start/", views.start, name="start"),
    path("start/<id:pk>/what/", views.what, name="start_what"),
    path("start/<id:pk>/alike/", views.alike_list, name="start_alike"),
    path("start/<id:pk>/similar/", views.similar, name="start_similar"),
    path("start/<id:pk>/text/", views.text, name="start_text"),
    path("start/<id:pk>/photos/", photos.photos, name="start_photos"),
    path("start/<id:pk>/photos/<id:photo_pk>/delete/", photos.take_out, name="take_out_photo"),
    path("start/<id:pk>/author/", views.author, name="start_author"),
    path("start/<id:pk>/check/", views.check, name="start_check"),
    path("start/<id:pk>/sent/", views.petition_sent, name="sent"),
    path("start/<id:pk>/discard/", views.discard, name="start_discard"),
    path("mine/", mine.mine, name="mine"),
    path("mine/<id:pk>/", mine.own, name="own"),
    path("mine/<id:pk>/anew/", mine.anew, name="anew"),
    path("mine/<id:pk>/withdraw/", mine.withdraw, name="withdraw"),
    path("mine/<id:pk>/news/", mine.news, name="news"),
]
