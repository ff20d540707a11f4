"""The API and its document."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from config.settings.base import SITE_URL, env

# Parser, limits and language: core.api.views.ApiView.
REST_FRAMEWORK = {
    # The first decides how a refusal asks for a credential: 401 for a wrong token.
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "tokens.authentication.BearerToken",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticatedOrReadOnly",
        "core.api.scopes.InScope",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_VERSIONING_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "core.api.schema.Schema",
    "EXCEPTION_HANDLER": "core.api.errors.answer_exception",
}
#: Requests a minute: of a person, or of an address (an IPv6 /64) that is not signed in.
API_LIMITS = {
    "read": env.int("API_READS_PER_MINUTE", default=600),
    "write": env.int("API_WRITES_PER_MINUTE", default=30),
}
_id = {"type": "integer", "format": "int64", "minimum": 1, "maximum": 2**63 - 1}
SPECTACULAR_SETTINGS = {
    "TITLE": _("Viche API"),
    "DESCRIPTION": _(
        "Consultations, petitions, polls and meetings of the city: what they are about, what "
        "people say and decide, and ways to take part."
    ),
    "VERSION": "1",
    "SERVERS": [{"url": SITE_URL}],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "PATH_CONVERTER_OVERRIDES": {"id": _id},
    "COMPONENT_SPLIT_REQUEST": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        "MeetingStateEnum": "meetings.api.serializers.STATES",
        "MeetingKindEnum": "meetings.models.Kind",
        "ArticleKindEnum": "newsroom.models.Kind",
        "ItemStateEnum": "meetings.models.Item.State",
        "LogKindEnum": "meetings.models.LogEntry.Kind",
        "PaperBallotKindEnum": "meetings.models.PaperBallot.Kind",
        "SecretMatterEnum": "meetings.models.SecretMatter",
        "PetitionStateEnum": "petitions.api.serializers.STATES",
        "PollStateEnum": "votes.api.serializers.STATES",
        "QuestionKindEnum": "votes.models.Question.Kind",
        "RemarkKindEnum": "consultations.models.Remark.Kind",
        "ConsultationStateEnum": "consultations.models.State",
    },
    "DISABLE_DOCSTRING_DESCRIPTIONS": True,
    "ENABLE_DJANGO_DEPLOY_CHECK": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "portal.api_docs.complete_schemas",
    ],
}
