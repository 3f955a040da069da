"""Tells Django of the app."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.core.management import call_command
from django.db.models.signals import post_migrate


def make_cache_table(sender: AppConfig, using: str, **signal: Any) -> None:
    """A portal that is migrated has the table that sign-in limits are counted in; nobody has to think of it."""
    call_command("createcachetable", database=using, verbosity=0)


class OrganisationsConfig(AppConfig):
    name = "organisations"

    def ready(self) -> None:
        from organisations import admin_audit, sign_in_audit  # models can be imported from here on
        from organisations.sign_in import kept_form, session_time

        sign_in_audit.connect()
        admin_audit.connect()
        user_logged_in.connect(session_time.begin)
        user_logged_in.connect(kept_form.let_go_of_others)
        post_migrate.connect(make_cache_table, sender=self)
