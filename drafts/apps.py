"""The app's registration."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DraftsConfig(AppConfig):
    """Texts under discussion: import, tree of clauses, versions, anchors, differences."""

    name = "drafts"
    verbose_name = _("Drafts")

    def ready(self) -> None:
        import_module("drafts.personal_data")
