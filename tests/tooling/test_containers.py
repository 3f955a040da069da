"""What the container files must keep: health checks, no root, no secrets, nothing open to the network but a proxy."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

TOP = Path(__file__).resolve().parents[2]
DOCKERFILE = (TOP / "Dockerfile").read_text()
LAST_STAGE = DOCKERFILE[DOCKERFILE.rindex("\nFROM ") :]
COMPOSE: dict[str, Any] = yaml.safe_load((TOP / "docker-compose.yml").read_text())
SECRETS = ["SECRET_KEY", "DATABASE_URL", "EMAIL_URL", "POSTGRES_PASSWORD"]


def copied() -> list[str]:
    """Top-level names that the last stage takes from the tree (not from another stage)."""
    lines = re.findall(r"^COPY (?!--from)(.+) \S+$", LAST_STAGE, flags=re.MULTILINE)
    return [source.split("/")[0] for line in lines for source in line.split()]


@pytest.mark.parametrize("service", COMPOSE["services"])
def test_every_service_has_a_health_check(service: str) -> None:
    assert COMPOSE["services"][service]["healthcheck"]["test"]


def test_the_portal_waits_for_a_healthy_database() -> None:
    assert COMPOSE["services"]["web"]["depends_on"]["db"]["condition"] == "service_healthy"


def test_only_the_portal_has_a_port_and_only_on_this_machine() -> None:
    ports = {name: service.get("ports", []) for name, service in COMPOSE["services"].items()}
    assert ports == {"web": ["127.0.0.1:${PORT:-8000}:8000"], "worker": [], "db": []}


def test_the_worker_is_the_same_portal_with_the_same_settings() -> None:
    web, worker = COMPOSE["services"]["web"], COMPOSE["services"]["worker"]
    for name in ("build", "init", "restart", "read_only", "tmpfs", "cap_drop", "security_opt"):
        assert web[name] == worker[name]
    assert web["environment"].items() - worker["environment"].items() == {("WEB_CONCURRENCY", "${WEB_CONCURRENCY:-2}")}
    # The server has brought the database up to date before the worker begins.
    assert worker["depends_on"]["web"]["condition"] == "service_healthy"


def test_the_health_check_looks_at_the_file_that_the_worker_touches() -> None:
    worker = COMPOSE["services"]["worker"]
    assert worker["command"][:3] == ["python", "manage.py", "run_schedule"]
    assert worker["command"][-1] == worker["healthcheck"]["test"][-1]


@pytest.mark.parametrize("name", SECRETS)
def test_secrets_come_from_outside_and_their_absence_is_an_error(name: str) -> None:
    given = [service["environment"][name] for service in COMPOSE["services"].values() if name in service["environment"]]
    assert given
    assert all(re.search(r"\$\{\w+:\?[^}]+\}", value) for value in given)


def test_the_database_outlives_its_container() -> None:
    volumes = COMPOSE["services"]["db"]["volumes"]
    assert [volume.split(":")[0] for volume in volumes] == list(COMPOSE["volumes"])


def test_the_image_runs_as_an_ordinary_user_and_checks_its_health() -> None:
    users = re.findall(r"^USER (\d+)", LAST_STAGE, flags=re.MULTILINE)
    assert users
    assert users[-1] != "0"
    assert "\nHEALTHCHECK " in LAST_STAGE


def test_the_image_carries_no_build_tools() -> None:
    assert not re.search(r"build-essential|gcc|pip install|npm|-dev\b", LAST_STAGE)


def test_the_image_holds_every_app_and_what_the_apps_read() -> None:
    ours = {app for app in settings.INSTALLED_APPS if (TOP / app).is_dir()}
    assert ours | {"wgll_portal", "templates", "fixtures", "static", "docs"} <= set(copied())


def test_what_the_image_copies_exists_and_reaches_the_builder() -> None:
    let_through = {
        line[1:].split("/")[0] for line in (TOP / ".dockerignore").read_text().splitlines() if line.startswith("!")
    }
    assert set(copied()) <= let_through
    assert [name for name in copied() if not (TOP / name).exists()] == []
