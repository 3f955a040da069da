"""A file that somebody uploads: first what it would change, then, once that is accepted, a draft.

Between the two the checked document goes through the browser under a signature: what is accepted is what was shown,
by the person to whom it was shown, against what was stored then.
"""

from dataclasses import dataclass, replace

from django.contrib.auth.base_user import AbstractBaseUser
from django.core import signing
from django.db import IntegrityError, transaction

from frameworks.choices import VersionState, Way
from frameworks.documents.canonical import as_yaml
from frameworks.documents.changes import Changes, compare_versions
from frameworks.documents.document import FrameworkDocument, read_document
from frameworks.documents.problems import Problem
from frameworks.documents.yaml_reader import LARGEST_FILE
from frameworks.exchange.loader import contradictions, frozen, store_draft, stored_version
from frameworks.exchange.stored import stored_document
from frameworks.history.writer import Origin
from frameworks.models import FrameworkVersion
from frameworks.queries import published_before
from frameworks.signals import version_moved

SALT = "frameworks.exchange.importing"
ACCEPT_WITHIN = 4 * 60 * 60  # seconds; as long as somebody may read the differences
CHANGED_SINCE = "What is stored has changed since you were shown the differences. Upload the file again."
PUBLISHED = VersionState.PUBLISHED.value


@dataclass(frozen=True, slots=True)
class Proposal:
    """What accepting `document` would do. `replaces` is the draft it takes the place of; None: a new one is made.

    `changes` are against that draft, else against the version `before`; None if there is neither.
    """

    document: FrameworkDocument
    replaces: FrameworkVersion | None
    before: FrameworkVersion | None
    changes: Changes | None
    nothing_new: bool  # the stored version says the same, to the letter
    says_published: bool
    signed: str


class NotAccepted(Exception):
    """What was accepted cannot be stored; the message says why, in words for a person."""


def proposal_of(document: FrameworkDocument, by: AbstractBaseUser, name: str = "") -> Proposal | list[Problem]:
    """What a checked document, from a file called `name`, would change, for `by` to accept; or why it cannot be stored.

    Writes nothing.
    """
    content = as_yaml(document)
    if len(content) > LARGEST_FILE:
        return [Problem(document.tree.file, 0, "", f"the text has more than {LARGEST_FILE:,} bytes")]
    stored = stored_version(document)
    said = stored_document(stored) if stored else None
    nothing_new = bool(said and said.digest == document.digest)
    if problems := _refusals(document, stored, nothing_new):
        return problems
    before = stored or published_before(document.framework.code, document.version.code)
    compared = said or (stored_document(before) if before else None)
    return Proposal(
        document=document,
        replaces=stored,
        before=before,
        changes=compare_versions(compared, document) if compared else None,
        nothing_new=nothing_new,
        says_published=document.version.status == PUBLISHED,
        signed=_signed(content, said, by, name),
    )


def accept(*, signed: str, by: AbstractBaseUser) -> FrameworkVersion:
    """Store as a draft what `proposal_of` showed to `by`; nothing is ever published here.

    Raises NotAccepted if it is not what was shown, or if what is stored has changed since.
    """
    document, shown_against, name = _opened(signed, by)
    try:
        return _store(document, shown_against, by, name)
    except IntegrityError:  # somebody else stored the same new version a moment ago
        raise NotAccepted(CHANGED_SINCE) from None


@transaction.atomic
def _store(document: FrameworkDocument, shown_against: str, by: AbstractBaseUser, name: str) -> FrameworkVersion:
    stored = stored_version(document)
    held = FrameworkVersion.objects.select_for_update().get(pk=stored.pk) if stored else None
    said = stored_document(held) if held else None
    if _digest(said) != shown_against:
        raise NotAccepted(CHANGED_SINCE)
    if problems := _refusals(document, held, nothing_new=False):
        raise NotAccepted(f"{problems[0].field}: {problems[0].message}.")
    version = store_draft(document, held, came=Origin(Way.LOADED, name, by))
    version_moved.send(FrameworkVersion, version=version, done="loaded", by=by)
    return version


def _refusals(document: FrameworkDocument, stored: FrameworkVersion | None, nothing_new: bool) -> list[Problem]:
    if nothing_new:
        return []
    if stored and not stored.is_draft:
        return [frozen(document)]
    return contradictions(document)


def _signed(content: bytes, against: FrameworkDocument | None, by: AbstractBaseUser, name: str) -> str:
    said = {"content": content.decode(), "against": _digest(against), "by": by.pk, "name": name}
    return signing.dumps(said, salt=SALT, compress=True)


def _opened(signed: str, by: AbstractBaseUser) -> tuple[FrameworkDocument, str, str]:
    """The document, as a draft, the digest of what it was compared with, and the name of the file."""
    try:
        said = signing.loads(signed, salt=SALT, max_age=ACCEPT_WITHIN)
    except signing.BadSignature:
        raise NotAccepted("This is too long ago, or not what you were shown. Upload the file again.") from None
    document = read_document(said["content"].encode(), "the file")
    if said["by"] != by.pk or not isinstance(document, FrameworkDocument):
        raise NotAccepted("This was shown to somebody else. Upload the file yourself.")
    as_draft = replace(document.version, status=VersionState.DRAFT.value)
    return replace(document, version=as_draft), said["against"], said["name"]


def _digest(document: FrameworkDocument | None) -> str:
    return document.digest if document else ""
