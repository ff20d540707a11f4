"""The app's registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DraftsConfig(AppConfig):
    """Texts under discussion: import, tree of clauses, versions, anchors, differences."""

    name = "drafts"
    verbose_name = _("Drafts")
