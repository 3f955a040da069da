"""Tells Django of the app."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "assessments"

    def ready(self) -> None:
        from assessments import framework_audit, framework_use, leavers, mergers  # not before the models are there

        framework_audit.connect()
        framework_use.connect()
        leavers.connect()
        mergers.connect()
