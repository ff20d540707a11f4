"""URLs of signing, below /petitions/<id>/."""

from django.urls import path

from petitions.signing import views, views_mail

urlpatterns = [
    path("sign/", views.sign, name="sign"),
    path("signed/", views.own_signature_page, name="signed"),
    path("unsign/", views.unsign, name="unsign"),
    path("signers/", views.signers, name="signers"),
    path("sign/mail/", views_mail.sign_by_mail, name="sign_by_mail"),
    path("sign/mail/<id:asked_pk>/<slug:token>/", views_mail.sign_code, name="sign_code"),
    path(
        "sign/mail/<id:asked_pk>/<slug:token>/again/", views_mail.send_again, name="sign_code_again"
    ),
    path("confirm/<id:asked_pk>/<slug:token>/", views_mail.confirm, name="confirm"),
    path("signature/<id:signature_pk>/<slug:token>/", views_mail.signature, name="signature"),
    path("mails/<id:signature_pk>/<slug:token>/", views_mail.unsubscribe, name="unsubscribe"),
]
