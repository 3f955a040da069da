"""The command: everything or nothing, and every problem by file, line and field."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from frameworks.models import Framework, FrameworkVersion
from tests.broken_frameworks import BROKEN, GOOD, Broken


def loaded(*files: Path) -> list[str]:
    out = io.StringIO()
    call_command("load_frameworks", *map(str, files), stdout=out)
    return out.getvalue().splitlines()


def refused(*files: Path) -> list[str]:
    """What is written to the error stream; nothing may be stored."""
    errors = io.StringIO()
    with pytest.raises(CommandError, match=r"^\d+ problem\(s\); nothing was loaded\.$"):
        call_command("load_frameworks", *map(str, files), stderr=errors)
    return errors.getvalue().splitlines()


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.yaml"
    path.write_text(GOOD, encoding="utf-8")
    return path


@pytest.mark.django_db
def test_the_three_frameworks_load_and_load_again() -> None:
    assert loaded() == [
        "digital-boards 2020-07: created (4 themes, 13 indicators)",
        "lcf 2024-02: created (6 competency domains, 72 indicators)",
        "wgll 2021-10: created (7 success measures, 143 indicators)",
    ]
    assert [line.split(" ")[2] for line in loaded()] == ["unchanged"] * 3
    wgll = FrameworkVersion.objects.published().get(framework__code="wgll")
    assert wgll.indicators.for_variant("ics").count() == 89
    assert wgll.indicators.for_variant("organisation").count() == 94


@pytest.mark.django_db
def test_nothing_is_said_when_nothing_is_asked() -> None:
    out = io.StringIO()
    call_command("load_frameworks", stdout=out, verbosity=0)
    assert out.getvalue() == ""


@pytest.mark.django_db
@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name)
def test_a_broken_file_keeps_every_file_out(broken: Broken, good: Path, tmp_path: Path) -> None:
    path = tmp_path / "broken.yaml"
    path.write_bytes(broken.content)
    errors = refused(good, path)
    assert len(errors) >= len(broken.said)
    for line, field, message in broken.said:
        start = ": ".join([f"{path}:{line}" if line else str(path), *([field] if field else [])])
        assert any(error.startswith(f"{start}: ") and message in error for error in errors), errors
    assert not Framework.objects.exists()


@pytest.mark.django_db
def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    locked = tmp_path / "dangling.yaml"
    locked.symlink_to(tmp_path / "nowhere")
    assert refused(tmp_path / "missing.yaml", tmp_path, locked) == [
        f"{tmp_path / 'missing.yaml'}: cannot be read: No such file or directory",
        f"{tmp_path}: cannot be read: Is a directory",
        f"{locked}: cannot be read: No such file or directory",
    ]


@pytest.mark.django_db
def test_fifty_megabytes_are_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    assert refused(path) == [f"{path}: the file is larger than 2,000,000 bytes"]


@pytest.mark.django_db
def test_problems_of_all_files_come_together(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.yaml", "b.yaml")]
    for path in paths:
        path.write_text(GOOD.replace("wording: seen", "wording: sen"), encoding="utf-8")
    assert [error.split(":")[0] for error in refused(*paths)] == [str(path) for path in paths]


@pytest.mark.django_db
def test_one_version_in_two_files(good: Path, tmp_path: Path) -> None:
    twin = tmp_path / "twin.yaml"
    twin.write_text(GOOD, encoding="utf-8")
    assert refused(good, twin) == [f"{twin}:14: version.code: {good} holds the same version"]
    assert not Framework.objects.exists()


@pytest.mark.django_db
def test_a_changed_published_version_is_told_before_anything_is_written(good: Path, tmp_path: Path) -> None:
    good.write_text(GOOD.replace("status: draft", "status: published"), encoding="utf-8")
    loaded(good)
    good.write_text(GOOD.replace("The plan is read.", "The plan is known."), encoding="utf-8")
    wgll = settings.BASE_DIR / "fixtures/frameworks/wgll.yaml"
    errors = refused(wgll, good)
    assert len(errors) == 1
    assert errors[0].startswith(f"{good}:14: version.code: version 2026-01 of tiny is published and cannot change")
    assert Framework.objects.count() == 1


@pytest.mark.parametrize("name", ["mistyped field", "binary", "bomb", "truncated in quotes", "python tag"])
def test_the_process_ends_with_status_1_and_no_traceback(name: str, tmp_path: Path) -> None:
    broken = next(row for row in BROKEN if row.name == name)
    path = tmp_path / "broken.yaml"
    path.write_bytes(broken.content)
    ended = subprocess.run(
        [sys.executable, "manage.py", "load_frameworks", str(path)],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite3'}"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    assert "nothing was loaded" in ended.stderr
    for line, field, _ in broken.said:
        assert f"{path}:{line}: {field}" in ended.stderr
