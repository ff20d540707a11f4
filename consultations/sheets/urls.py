"""Addresses of spreadsheets, under /desk/consultations/<id>/table/files/."""

from django.urls import path

from consultations.sheets import views

urlpatterns = [
    path("", views.sheets, name="sheets"),
    path("dispositions.xlsx", views.sheet_file, {"ending": "xlsx"}, name="sheet_xlsx"),
    path("dispositions.ods", views.sheet_file, {"ending": "ods"}, name="sheet_ods"),
    path("dispositions.csv", views.sheet_file, {"ending": "csv"}, name="sheet_csv"),
    path("<id:sheet_pk>/", views.sheet, name="sheet"),
]
