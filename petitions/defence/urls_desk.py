"""URLs of the desk's pages of defence, under /desk/petitions/."""

from django.urls import path

from petitions.defence import views

urlpatterns = [
    path("objections/", views.objection_list, name="objections"),
    path("<id:pk>/defence/", views.defence, name="defence"),
    path("<id:pk>/defence/rule/", views.rule, name="defence_rule"),
    path("<id:pk>/defence/rule/remove/", views.remove, name="defence_remove"),
    path("<id:pk>/defence/rule/count/", views.count, name="defence_count"),
    path("<id:pk>/defence/guard/", views.guard, name="defence_guard"),
    path(
        "<id:pk>/defence/signatures/<id:signature_pk>/", views.signature, name="defence_signature"
    ),
    path("<id:pk>/defence/removals/<id:removal_pk>/", views.removal, name="defence_removal"),
    path("<id:pk>/defence/objections/<id:objection_pk>/", views.decide, name="objection"),
]
