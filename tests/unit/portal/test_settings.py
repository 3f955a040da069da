"""Settings are read from the environment, safe by default and loud when something is missing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

KEY = "x" * 50
RUNNING = {"SECRET_KEY": KEY, "ALLOWED_HOSTS": "a.example"}
SINGLE_SIGN_ON = {
    "OIDC_NAME": "NHSmail",
    "OIDC_ISSUER": "https://login.example/",
    "OIDC_CLIENT_ID": "portal",
    "OIDC_CLIENT_SECRET": "secret",
}
PRINT = "from django.conf import settings as s; import django; django.setup(); print({expression})"


def run(expression: str = "1", **environment: str) -> subprocess.CompletedProcess[str]:
    env = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "wgll_portal.settings", **environment}
    command = [sys.executable, "-c", PRINT.format(expression=expression)]
    return subprocess.run(command, env=env, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("environment", "complaint"),
    [
        ({}, "SECRET_KEY"),
        ({"SECRET_KEY": "short", "ALLOWED_HOSTS": "portal.example.org"}, "SECRET_KEY"),
        ({"SECRET_KEY": KEY}, "ALLOWED_HOSTS"),
        ({"SECRET_KEY": KEY, "ALLOWED_HOSTS": "a.example", "DATABASE_URL": "nonsense"}, "DATABASE_URL"),
        ({"SECRET_KEY": KEY, "ALLOWED_HOSTS": "a", "DATABASE_URL": "postgres://db.example/p", "DEMO": "true"}, "DEMO"),
        ({"SECRET_KEY": KEY, "ALLOWED_HOSTS": "a.example", "DEMO": "true"}, "DEMO"),
        *(
            ({**RUNNING, **{name: SINGLE_SIGN_ON[name] for name in SINGLE_SIGN_ON if name != missing}}, "OIDC_NAME")
            for missing in SINGLE_SIGN_ON
        ),
        ({**RUNNING, **SINGLE_SIGN_ON, "OIDC_ISSUER": "http://login.example"}, "OIDC_ISSUER"),
        ({**RUNNING, **SINGLE_SIGN_ON, "OIDC_ISSUER": "login.example"}, "OIDC_ISSUER"),
    ],
)
def test_what_is_missing_or_wrong_is_named(environment: dict[str, str], complaint: str) -> None:
    answered = run("s.DATABASES", **environment)
    assert answered.returncode != 0
    assert f"ImproperlyConfigured: {complaint}" in answered.stderr or f"Set {complaint}" in answered.stderr


def test_a_bare_environment_is_a_safe_one() -> None:
    names = ("DEBUG", "DEMO", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE")
    expression = ", ".join(f"s.{name}" for name in names)
    answered = run(expression, SECRET_KEY=KEY, ALLOWED_HOSTS="portal.example.org")
    assert answered.stdout.split() == ["False", "False", "True", "True", "True"]


def test_settings_alone_switch_single_sign_on_on() -> None:
    expression = "__import__('django.urls').urls.reverse('single_sign_on_callback'), s.OIDC_ISSUER, s.OIDC_TRUST_EMAIL"
    answered = run(expression, **RUNNING, **SINGLE_SIGN_ON)
    assert answered.stdout.strip() == "/sign-in/single/callback/ https://login.example False"
    assert "NoReverseMatch" in run(expression, **RUNNING).stderr


def test_sqlite_is_set_up_for_writers_that_meet() -> None:
    answered = run("s.DATABASES['default']['OPTIONS']", SECRET_KEY=KEY, ALLOWED_HOSTS="a.example")
    assert "'transaction_mode': 'IMMEDIATE'" in answered.stdout
    assert "journal_mode=WAL; PRAGMA synchronous=FULL" in answered.stdout


def test_database_url_moves_it_to_postgresql() -> None:
    url = "postgres://portal@db.example/portal"
    answered = run("s.DATABASES['default']['ENGINE']", SECRET_KEY=KEY, ALLOWED_HOSTS="a.example", DATABASE_URL=url)
    assert answered.stdout.strip() == "django.db.backends.postgresql"


def test_every_variable_is_in_the_sample() -> None:
    source = Path(settings.BASE_DIR / "wgll_portal" / "settings.py").read_text(encoding="utf-8")
    sample = Path(settings.BASE_DIR / "dotenv-sample").read_text(encoding="utf-8")
    names = {line.split('("')[1].split('"')[0] for line in source.splitlines() if "env." in line and '("' in line}
    assert names
    assert {name for name in names if name not in sample} == set()


def test_over_https_cookies_are_tied_to_this_host() -> None:
    names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS")
    expression = ", ".join(f"s.{name}" for name in names)
    answered = run(expression, SECRET_KEY=KEY, ALLOWED_HOSTS="portal.example.org")
    assert answered.stdout.split() == ["__Host-sessionid", "__Host-csrftoken", "31536000", "True"]
    answered = run(expression, SECRET_KEY=KEY, ALLOWED_HOSTS="portal.example.org", HTTPS="false")
    assert answered.stdout.split()[:2] == ["sessionid", "csrftoken"]
