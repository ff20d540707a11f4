"""URLs of a petition's discussion, below its own."""

from django.urls import path

from petitions.talk import views

urlpatterns = [
    path("talk/", views.talk, name="talk"),
    path("talk/mine/", views.mine, name="my_talk"),
    path("speak/", views.speak, name="speak"),
    path("comments/<id:comment_pk>/", views.comment_detail, name="comment"),
    path("comments/<id:comment_pk>/reply/", views.reply, name="reply"),
    path("comments/<id:comment_pk>/edit/", views.edit, name="edit_comment"),
    path("comments/<id:comment_pk>/delete/", views.delete, name="delete_comment"),
    path("comments/<id:comment_pk>/react/", views.react, name="react"),
]
