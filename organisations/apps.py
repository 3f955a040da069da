"""Tells Django of the app."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "organisations"

    def ready(self) -> None:
        from organisations import admin_audit, sign_in_audit  # not before the models are there

        sign_in_audit.connect()
        admin_audit.connect()
