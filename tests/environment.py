"""The settings that tests run under: a pytest plugin named in pyproject.toml, so that it is read before the settings.

Whatever the caller's shell has set, the tests see these; only DATABASE_URL (the PostgreSQL pass) comes from outside.
"""

import os

ENVIRONMENT = {
    "SECRET_KEY": "only-for-tests-and-long-enough-that-no-check-complains-about-its-length",
    "DEBUG": "false",
    "DEMO": "false",
    # The test client and live_server speak plain HTTP.
    "HTTPS": "false",
    "BEHIND_PROXY": "false",
    "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
    "PORTAL_URL": "http://testserver",
    "OIDC_ISSUER": "",
    "OIDC_NAME": "",
    "OIDC_CLIENT_ID": "",
    "OIDC_CLIENT_SECRET": "",
    "OIDC_TRUST_EMAIL": "false",
    "EMAIL_URL": "memorymail://",
    "DEFAULT_FROM_EMAIL": "portal@example.org",
    # Playwright's loop runs in the thread of the browser tests, where Django would refuse the database.
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
}

os.environ.update(ENVIRONMENT)
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")
