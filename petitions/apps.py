from importlib import import_module

from django.apps import AppConfig


class PetitionsConfig(AppConfig):
    name = "petitions"

    def ready(self) -> None:
        # In this order: what is loaded later is locked earlier (accounts.locks), and a petition
        # is locked before its signatures.
        import_module("petitions.signing.handlers")
        import_module("petitions.handlers")
        import_module("petitions.personal_data")
        import_module("petitions.polls.places")
        import_module("petitions.grant_targets")
        import_module("petitions.talk.handlers")
