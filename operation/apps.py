"""The app `operation`: the installation's own state, its faults and who is told of them."""

from django.apps import AppConfig


class OperationConfig(AppConfig):
    name = "operation"
