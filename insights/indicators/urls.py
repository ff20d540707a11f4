"""URLs of the public pages of indicators, under /insights/."""

from django.urls import path, register_converter
from django.urls.converters import SlugConverter

from insights.indicators import views, views_founding, views_report
from insights.indicators.registry import has_indicator

app_name = "indicators"


class IndicatorConverter(SlugConverter):
    """``<indicator:slug>``: the slug of an indicator that there is, so that no other page of
    /insights/ is taken for one."""

    def to_python(self, value: str) -> str:
        if not has_indicator(value):
            raise ValueError("no such indicator")
        return value


register_converter(IndicatorConverter, "indicator")

urlpatterns = [
    path("", views.overview, name="overview"),
    path("founding/", views_founding.founding_page, name="founding"),
    path("founding.csv", views_founding.founding_csv, name="founding_csv"),
    path("founding.pdf", views_founding.founding_pdf, name="founding_pdf"),
    path("report/<id:year>/", views_report.report, name="report"),
    path("report/<id:year>.pdf", views_report.report_pdf, name="report_pdf"),
    path("<indicator:slug>/", views.indicator, name="indicator"),
    path("<indicator:slug>.csv", views.indicator_csv, name="indicator_csv"),
]
