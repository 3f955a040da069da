"""Fixtures that every test can ask for."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from copy import copy
from functools import cached_property

import hypothesis
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.db.backends.base.operations import BaseDatabaseOperations
from django.test import Client
from pytest_django import DjangoDbBlocker, Settings

from assessments.queries import content, last_time
from frameworks import database_guard as framework_guard
from frameworks import wording
from frameworks.choices import VersionState
from frameworks.documents.document import FrameworkDocument, read_document
from frameworks.exchange.loader import load
from frameworks.models import FrameworkVersion
from organisations.models import Organisation, User
from organisations.sign_in import second_factor
from reports import database_guard as report_guard
from tests.factories import give_second_factor, make_organisation

# A busy machine is no bug: examples may take their time.
hypothesis.settings.register_profile("portal", deadline=None)
hypothesis.settings.load_profile("portal")


GUARDS = (framework_guard, report_guard)
# Referred to before referring: as models.py declares them.
FRAMEWORK_MODELS = list(apps.get_app_config("frameworks").get_models())


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Mark what asks for a database, before anybody selects by mark; see that frameworks come before transactions.

    What takes long begins first: begun last, it would leave the other cores with nothing to do.
    """
    for item in items:
        if isinstance(item, pytest.Function) and ("db" in item.fixturenames or item.get_closest_marker("django_db")):
            item.add_marker("database")
            item.fixturenames.remove("frameworks_or_none")
            item.fixturenames.insert(0, "frameworks_or_none")
    yield  # others select, and put those with a database before those without
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, tmp_path_factory: pytest.TempPathFactory) -> None:
    """On SQLite, a file as in earnest: in memory, all threads of a server under test would share one connection.

    Tests kill processes but cut no power: nothing has to have reached the disk.
    """
    database = settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        database["OPTIONS"] = {
            **database["OPTIONS"],
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;",
        }


@pytest.fixture(scope="session")
def documents() -> list[FrameworkDocument]:
    """The three real framework files, read and checked once."""
    files = sorted((settings.BASE_DIR / "fixtures" / "frameworks").glob("*.yaml"))
    read = [read_document(file.read_bytes(), file.name) for file in files]
    documents = [document for document in read if isinstance(document, FrameworkDocument)]
    assert len(documents) == len(read) == 3, read
    return documents


class Shelf:
    """The three real frameworks in this process's database, from test to test: loading takes longer than most tests.

    They are loaded once, then written row by row, with the same keys, before the first of any tests that ask for them,
    and taken away before the next that does not: no test finds what it has not asked for.
    """

    def __init__(self, documents: list[FrameworkDocument]) -> None:
        self.documents = documents
        self.is_full = False

    @cached_property
    def rows(self) -> dict[type[models.Model], list[models.Model]]:
        """What loading writes, in an order in which it can be written again."""
        with transaction.atomic():
            for document in self.documents:
                load(document)
            rows = {model: list(model._base_manager.order_by("pk")) for model in FRAMEWORK_MODELS}
            transaction.set_rollback(True)
        return rows

    def fill(self) -> None:
        rows = self.rows
        with transaction.atomic():
            write_again(rows)
        self.is_full = True

    def clear(self) -> None:
        with unguarded(), transaction.atomic(), connection.cursor() as cursor:
            for model in reversed(FRAMEWORK_MODELS):
                cursor.execute(f'DELETE FROM "{model._meta.db_table}"')  # noqa: S608 - our own table
        self.is_full = False


@pytest.fixture(scope="session")
def shelf(documents: list[FrameworkDocument]) -> Shelf:
    return Shelf(documents)


@pytest.fixture(autouse=True)
def frameworks_or_none(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> None:
    """Before the test's transaction begins: `pytest_collection_modifyitems` puts this first."""
    if not request.node.get_closest_marker("database"):
        return
    request.getfixturevalue("django_db_setup")
    shelf: Shelf = request.getfixturevalue("shelf")
    wanted = "frameworks" in request.fixturenames
    if wanted != shelf.is_full:
        with django_db_blocker.unblock():
            shelf.fill() if wanted else shelf.clear()


@pytest.fixture
def frameworks(db: None, frameworks_or_none: None) -> None:
    """The three real frameworks are in the database."""


def write_again(rows: dict[type[models.Model], list[models.Model]]) -> None:
    """Drafts first, as the loader does it: the database takes no row of a published version."""
    states = {version.pk: version.state for version in rows[FrameworkVersion] if isinstance(version, FrameworkVersion)}
    for model, written in rows.items():
        model._base_manager.bulk_create([drafted(row) if isinstance(row, FrameworkVersion) else row for row in written])
    for key, state in states.items():
        models.QuerySet(FrameworkVersion).filter(pk=key).update(state=state)


def drafted(version: FrameworkVersion) -> FrameworkVersion:
    draft = copy(version)
    draft.state = VersionState.DRAFT
    return draft


@contextmanager
def unguarded() -> Iterator[None]:
    """The guards of what is kept stand aside."""
    with connection.schema_editor() as editor:
        for guard in GUARDS:
            guard.remove(apps, editor)
    try:
        yield
    finally:
        with connection.schema_editor() as editor:
            for guard in GUARDS:
                guard.install(apps, editor)


@pytest.fixture(scope="session", autouse=True)
def emptying_is_no_change(shelf: Shelf) -> Iterator[None]:
    """Where a test is not undone but followed by emptying all tables, the guards allow that, and the shelf is empty."""
    empty = BaseDatabaseOperations.execute_sql_flush

    def emptied(operations: BaseDatabaseOperations, statements: Iterable[str]) -> None:
        with unguarded():
            empty(operations, statements)
        shelf.is_full = False

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", emptied)
        yield


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """A round's content is read once a process; the next test's round may have the same key."""
    content.forget()
    last_time.forget()
    wording.forget()


@pytest.fixture(autouse=True)
def static_files_as_they_are(settings: Settings) -> None:
    """Pages in tests need no collectstatic: files are found where they lie."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture
def wgll(frameworks: None) -> FrameworkVersion:
    return FrameworkVersion.objects.get(framework__code="wgll")


@pytest.fixture
def leadership(frameworks: None) -> FrameworkVersion:
    return FrameworkVersion.objects.get(framework__code="lcf")


@pytest.fixture
def digital_boards(frameworks: None) -> FrameworkVersion:
    """The smallest of the three: 4 sections, 13 indicators, levels 1 to 4."""
    return FrameworkVersion.objects.get(framework__code="digital-boards")


class SignedInFully(Client):
    """Django's test client, except that signing in takes the second factor too, from those who must give one.

    A test about second factors themselves uses `django.test.Client`.
    """

    def force_login(self, user: User, backend: str | None = None) -> None:
        super().force_login(user, backend)
        if second_factor.is_required(user):
            give_second_factor(self, user)


@pytest.fixture
def client() -> Client:
    return SignedInFully()


@pytest.fixture
def trust(db: None) -> Organisation:
    return make_organisation("Fenwick Hospitals NHS Trust")


@pytest.fixture
def signed_in(client: Client) -> Callable[[User], Client]:
    """Sign somebody in; the same client serves the whole test."""

    def sign_in(user: User) -> Client:
        client.force_login(user)
        return client

    return sign_in
