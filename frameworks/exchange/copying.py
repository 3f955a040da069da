"""A new draft from what there is."""

from dataclasses import replace

from django.db import transaction

from frameworks.choices import VersionState, Way
from frameworks.exchange.loader import store_draft
from frameworks.exchange.stored import stored_document
from frameworks.history.writer import Origin
from frameworks.models import Framework, FrameworkVersion


class CodeTaken(Exception):
    """The framework has a version of this code, or a later one."""


@transaction.atomic
def draft_from(*, version: FrameworkVersion, code: str) -> FrameworkVersion:
    """A draft that says all that `version` says, under its own `code`; codes of indicators are kept.

    Raises CodeTaken unless `code` comes after the codes of all versions: their order is that of their codes.
    """
    Framework.objects.select_for_update(no_key=True).get(pk=version.framework_id)  # one new draft after the other
    newest = FrameworkVersion.objects.filter(framework=version.framework_id).order_by("-code")[0]
    if code <= newest.code:
        raise CodeTaken(f"The newest version is {newest.code}; give a later code.")
    document = stored_document(version)
    said = replace(document.version, code=code, status=VersionState.DRAFT.value)
    return store_draft(replace(document, version=said), came=Origin(Way.COPIED, str(version)))
