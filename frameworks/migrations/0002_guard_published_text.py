"""Triggers that let nothing change a published version: `frameworks.database_guard`. Written by hand."""

from django.db import migrations

from frameworks.database_guard import install, remove


class Migration(migrations.Migration):
    dependencies = [("frameworks", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
