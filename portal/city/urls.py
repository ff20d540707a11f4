"""URLs of the pages of the council's own data, under /desk/city/."""

from django.urls import path

from accounts.security.proofs import fresh_to_change
from portal.city import (
    views,
    views_elections,
    views_lists,
    views_looks,
    views_map,
    views_martial_law,
    views_paste,
    views_streets,
    views_synonyms,
)

app_name = "city_desk"

urlpatterns = [
    path("", views.index, name="index"),
    path("council/", fresh_to_change(views.council), name="council"),
    path("looks/", fresh_to_change(views_looks.looks), name="looks"),
    path("looks/arms/", fresh_to_change(views_looks.arms), name="arms"),
    path("looks/arms/remove/", fresh_to_change(views_looks.remove_arms), name="remove_arms"),
    path("map/", fresh_to_change(views_map.map_of_city), name="map"),
    path("map/remove/", fresh_to_change(views_map.remove_map), name="remove_map"),
    path("ages/", fresh_to_change(views.ages), name="ages"),
    path("changes/", views.changes, name="changes"),
    path("martial-law/", views_martial_law.periods, name="periods"),
    path("martial-law/new/", fresh_to_change(views_martial_law.new_period), name="new_period"),
    path("martial-law/<id:pk>/", fresh_to_change(views_martial_law.period), name="period"),
    path("elections/", views_elections.elections, name="elections"),
    path("elections/new/", fresh_to_change(views_elections.new_election), name="new_election"),
    path("elections/<id:pk>/", fresh_to_change(views_elections.election), name="election"),
    path("streets/", views_streets.streets, name="streets"),
    path("synonyms/", fresh_to_change(views_synonyms.synonyms), name="synonyms"),
    path("<slug:plural>/", views_lists.rows, name="rows"),
    path("<slug:plural>/paste/", fresh_to_change(views_paste.paste), name="paste"),
    path("<slug:plural>/new/", fresh_to_change(views_lists.new_row), name="new_row"),
    path("<slug:plural>/<id:pk>/", fresh_to_change(views_lists.row), name="row"),
    path("<slug:plural>/<id:pk>/close/", fresh_to_change(views_lists.close_row), name="close_row"),
    path(
        "<slug:plural>/<id:pk>/remove/", fresh_to_change(views_lists.remove_row), name="remove_row"
    ),
]
