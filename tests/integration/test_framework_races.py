"""Two content admins at the same moment, on PostgreSQL."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from frameworks.actions import publish
from frameworks.choices import VersionState, Way
from frameworks.exchange.copying import draft_from
from frameworks.exchange.loader import load
from frameworks.frozen import PublishedVersion
from frameworks.history.restoring import restore, restoring
from frameworks.models import FrameworkVersion, Indicator, WordingChange
from organisations.models import AuditEvent, Organisation, Succession, User
from organisations.successions import name_successor
from tests.factories import make_organisation
from tests.integration.test_races import at_once
from tests.unit.frameworks.test_framework_document import document

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def draft() -> FrameworkVersion:
    load(document())
    return FrameworkVersion.objects.get()


@pytest.fixture
def ada() -> User:
    return User.objects.create_superuser("ada@portal.example", "Ada")


def names(raised: list[BaseException | None]) -> list[str]:
    return sorted(type(error).__name__ for error in raised)


def test_a_draft_made_twice_is_one_draft(draft: FrameworkVersion) -> None:
    publish(version=draft)

    def make() -> None:
        draft_from(version=draft, code="2030")

    assert names(at_once(make, make, make)) == ["CodeTaken", "CodeTaken", "NoneType"]
    assert FrameworkVersion.objects.get(code="2030").indicators.count() == 3
    assert WordingChange.objects.filter(way=Way.COPIED).count() == 1


def test_a_version_published_twice_is_published_once(draft: FrameworkVersion) -> None:
    def press() -> None:
        publish(version=FrameworkVersion.objects.get(pk=draft.pk))

    assert names(at_once(press, press, press)) == ["NoneType", "WrongState", "WrongState"]
    assert AuditEvent.objects.filter(event="framework.published").count() == 1


@pytest.mark.parametrize("turn", range(6))
def test_nothing_is_written_between_the_check_and_the_publication(draft: FrameworkVersion, turn: int) -> None:
    """Words that forbid publishing are stored, or the version is published: never both."""
    row = draft.indicators.all()[turn % 3]

    def spoil() -> None:
        row.text = ""
        row.save()

    published, written = at_once(lambda: publish(version=draft), spoil)
    assert (published is None) != (written is None)
    assert written is None or isinstance(written, PublishedVersion | IntegrityError)
    stored = FrameworkVersion.objects.get()
    assert (stored.state == VersionState.PUBLISHED) == (published is None)
    assert (Indicator.objects.get(pk=row.pk).text == "") == (written is None)


def test_each_of_two_changes_says_what_stood_there_before_it(draft: FrameworkVersion) -> None:
    key = draft.indicators.all()[0].pk

    def write(text: str) -> None:
        row = Indicator.objects.get(pk=key)
        row.text = text
        row.save(update_fields=["text"])

    assert at_once(lambda: write("One"), lambda: write("Two")) == [None, None]
    first, second = WordingChange.objects.filter(kind="indicator").order_by("pk")
    assert first.after
    assert second.before
    assert first.after["text"] == second.before["text"]


def test_of_two_who_restore_the_same_words_one_is_told(draft: FrameworkVersion, ada: User) -> None:
    row = draft.indicators.all()[0]
    row.text = "Other"
    row.save()
    line = WordingChange.objects.latest("pk")
    seen = restoring(line).seen

    def press() -> None:
        restore(line=line, draft=draft, by=ada, seen=seen)

    assert names(at_once(press, press)) == ["ChangedMeanwhile", "NoneType"]
    assert WordingChange.objects.filter(way=Way.RESTORED).count() == 1


def test_two_who_name_successors_close_no_loop(ada: User) -> None:
    one, other = make_organisation(), make_organisation()
    day = dt.date(2027, 4, 1)

    def name(before: Organisation, after: Organisation) -> None:
        name_successor(by=ada, organisation=before, successor=after, took_effect_on=day)

    assert names(at_once(lambda: name(one, other), lambda: name(other, one))) == ["CannotSucceed", "NoneType"]
    assert Succession.objects.count() == 1


def test_an_admin_who_saves_while_another_publishes_is_told(
    draft: FrameworkVersion, ada: User, signed_in: Callable[[User], Client]
) -> None:
    row, desk, answered = draft.indicators.all()[0], signed_in(ada), []
    said = {"section": row.section_id, "code": row.code, "order": 1, "variant": "ics", "wording": "seen"}

    def save() -> None:
        page = reverse("admin:frameworks_indicator_change", args=[row.pk])
        answered.append(desk.post(page, said | {"text": "Said in the admin.", "supersedes": "[]"}).status_code)

    assert at_once(save, lambda: publish(version=draft)) == [None, None]
    assert answered in ([302], [403])
    assert (Indicator.objects.get(pk=row.pk).text == "Said in the admin.") == (answered == [302])
