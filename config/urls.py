"""URLs of pages: Ukrainian without a prefix, English under /en/."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from city.maps.views import features, tiles
from consultations.evidence.views_verifier import file as verifier_file
from consultations.papers.views import attachment
from consultations.pictures.views import serve_picture as consultation_picture
from core.web.idempotency import claim_first
from insights.visits.views import count_visit
from meetings.displays.views_join import join
from newsroom.council_pages.views import to_page
from newsroom.pictures.views import serve_picture
from petitions.photos.views import photo as petition_photo
from portal import api_docs, council_files, crawlers, health, web_app
from portal.embed.oembed import answer_oembed

#: Mails and the codes of apps can be read by anybody on a developer's machine and in the demo,
#: nowhere else.
for_developers = (
    [
        path("dev/mail/", include("notifications.sending.mailbox")),
        path("dev/codes/", include("accounts.security.codes_page")),
    ]
    if settings.DEBUG
    else []
)

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("healthz/jobs", health.jobs, name="healthz-jobs"),
    path("healthz/writes", health.writes, name="healthz-writes"),
    path("metrics", health.metrics, name="metrics"),
    path("robots.txt", crawlers.robots, name="robots"),
    path("sitemap.xml", crawlers.sitemap, name="sitemap"),
    path(".well-known/security.txt", crawlers.security_txt, name="security-txt"),
    path("sw.js", web_app.worker, name="service-worker"),
    path("offline/", web_app.offline, name="offline"),
    path("files/<id:pk>/<str:name>", attachment, name="file"),
    path("insights/seen.gif", count_visit, name="seen"),
    path(
        "consultations/pictures/<slug:digest>/<str:name>",
        consultation_picture,
        name="consultation-picture",
    ),
    path("petitions/photos/<slug:digest>/<str:name>", petition_photo, name="petition-photo"),
    path("news/pictures/<slug:digest>/<str:name>", serve_picture, name="news-picture"),
    path("city/map/features.geojson", features, name="map-features"),
    path("city/map/<slug:version>.pmtiles", tiles, name="map-tiles"),
    path("city/arms/<str:version>", council_files.arms, name="council-arms"),
    path(
        "city/colours/<slug:version>.css",
        council_files.stylesheet,
        name="council-colours",
    ),
    path(
        "city/display/<slug:version>.css",
        council_files.display_stylesheet,
        name="council-display-colours",
    ),
    path("oembed/", answer_oembed, name="oembed"),
    path("data/", include("portal.opendata.urls_files")),
    path("verify/<str:name>", verifier_file, name="verifier-file"),
    *i18n_patterns(
        # First where people come in crowds: each line before costs them a little.
        path("consultations/", include("consultations.urls")),
        path("petitions/", include("petitions.urls")),
        path("appeals/", include("appeals.filing.urls")),
        path("polls/", include("votes.urls")),
        path("meetings/", include("meetings.urls")),
        path("acts/", include("consultations.acts.urls")),
        path("about/", include("newsroom.council_pages.urls")),
        path("accessibility/", to_page, {"slug": "accessibility"}, name="accessibility"),
        path("desk/pages/", include("newsroom.council_pages.urls_desk")),
        path("news/press/", include("newsroom.press.urls")),
        path("desk/press/", include("newsroom.press.urls_desk")),
        path("news/", include("newsroom.urls")),
        path("services/", include("records.services.urls")),
        path("desk/services/", include("records.services.urls_desk")),
        path("deputies/", include("meetings.deputies.urls")),
        path("display/", include("meetings.displays.urls")),
        path("j/", join, name="join"),
        path("j/<str:code>/", join, name="join-code"),
        path("desk/polls/", include("votes.desk.urls")),
        path("meetings/", include("meetings.control.urls")),
        path("desk/meetings/", include("meetings.urls_desk")),
        path("desk/deputies/", include("meetings.deputies.urls_desk")),
        path("desk/news/", include("newsroom.articles.urls_desk")),
        path("", include("portal.urls")),
        path("start/", include("portal.tracks.urls")),
        path("desk/appeals/", include("portal.tracks.urls_desk")),
        path("embed/", include("portal.embed.urls")),
        path("data/", include("portal.opendata.urls")),
        path("manifest.webmanifest", web_app.manifest, name="manifest"),
        path("api/v1/docs/", api_docs.reference, name="api-docs"),
        path("", include("accounts.urls")),
        path("streets/", include("city.streets.urls")),
        path("account/notifications/", include("notifications.channels.urls")),
        path("account/apps/", include("tokens.urls")),
        path("account/organisations/", include("organisations.urls")),
        path("desk/organisations/", include("organisations.confirming.urls_desk")),
        path("desk/staff/", include("accounts.staff.urls")),
        path("desk/notes/", include("accounts.notes.urls")),
        path("desk/city/", include("portal.city.urls")),
        path("desk/audit/", include("portal.audit.urls")),
        path("ledger/", include("portal.audit.urls_public")),
        path("verify/", include("consultations.evidence.urls_verifier")),
        path("desk/consultations/", include("consultations.desk.urls")),
        path("desk/petitions/", include("petitions.desk.urls")),
        path("desk/appeals/", include("appeals.desk.urls")),
        path("appeals/", include("appeals.figures.urls")),
        path("", include("notifications.urls")),
        path("insights/", include("insights.indicators.urls")),
        path("desk/insights/", include("insights.indicators.urls_desk")),
        path("", include("moderation.urls")),
        path("insights/", include("insights.urls")),
        path("account/panel/", include("insights.panel.urls_account")),
        path("desk/panel/", include("insights.panel.urls_desk")),
        *for_developers,
        prefix_default_language=False,
    ),
    path("api/v1/", include("config.api_urls")),
]
claim_first(urlpatterns)

handler500 = "core.web.middleware.outage.server_error"
