"""URLs of the pages about one's own data."""

from datetime import timedelta

from django.urls import path

from accounts import limits
from accounts.data import views
from accounts.limits import Limit, per_person
from accounts.security.proofs import freshly_authenticated

managing = per_person(limits.MANAGE)
#: Downloads that one person may have made.
EXPORTS = per_person(Limit("export", 5, timedelta(days=1)))

urlpatterns = [
    path("", views.index, name="my_data"),
    path("export/", freshly_authenticated(EXPORTS(views.ask)), name="my_data_ask"),
    path("export/<id:pk>/", freshly_authenticated(views.download), name="my_data_download"),
    path("export/<id:pk>/delete/", managing(views.end), name="my_data_end"),
    path("journal/", views.journal, name="my_data_journal"),
    path("erase/", managing(freshly_authenticated(views.erase)), name="my_data_erase"),
    path("erased/", views.erasure_done, name="my_data_erased"),
]
