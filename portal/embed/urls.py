"""URLs of what other sites may show in a frame, under /embed/: displays, cards and lists alone."""

from django.urls import path

from consultations.views import display as of_consultation
from core.web.embedding import embeddable
from meetings.displays.views import display as of_meeting
from portal.embed import cards
from portal.embed.lists import LISTS, show_list
from votes.views import display as of_poll

app_name = "embed"

urlpatterns = [
    path("meetings/<id:pk>/display/", embeddable(of_meeting), name="meeting"),
    path("consultations/<id:pk>/display/", embeddable(of_consultation), name="consultation"),
    path("polls/<id:pk>/display/", embeddable(of_poll), name="poll"),
    path("petition/<id:pk>/", embeddable(cards.petition), name="petition_card"),
    path("consultation/<id:pk>/", embeddable(cards.consultation), name="consultation_card"),
    path("poll/<id:pk>/", embeddable(cards.poll), name="poll_card"),
    *(
        path(f"{name}/", embeddable(show_list), {"name": name}, name=f"{name}_list")
        for name in LISTS
    ),
]
