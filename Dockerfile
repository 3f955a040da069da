# syntax=docker/dockerfile:1

FROM node:24-slim AS assets
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY scripts/build-assets.mjs scripts/
COPY styles styles
RUN npm run build

FROM python:3.11-slim AS packages
COPY requirements.txt /
RUN python -m venv /venv \
  && /venv/bin/pip install --no-cache-dir --require-hashes -r /requirements.txt \
  && /venv/bin/pip uninstall --yes pip setuptools

FROM python:3.11-slim
# Versions of system packages are left to the image's Debian release, so that a rebuild brings its security fixes.
# hadolint ignore=DL3008
RUN apt-get update \
  && apt-get install --yes --no-install-recommends \
    fonts-dejavu-core fonts-liberation fonts-unifont libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
  && rm -rf /var/lib/apt/lists/* \
  && useradd --uid 10001 --no-create-home --home-dir /app --shell /usr/sbin/nologin portal
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 XDG_CACHE_HOME=/tmp HOST=0.0.0.0 PORT=8000
WORKDIR /app
COPY --from=packages /venv /venv
COPY manage.py gunicorn.conf.py ./
COPY scripts/entrypoint scripts/healthcheck.py scripts/
COPY wgll_portal wgll_portal
COPY ground ground
COPY organisations organisations
COPY frameworks frameworks
COPY assessments assessments
COPY reports reports
COPY templates templates
COPY fixtures fixtures
COPY docs/framework.schema.json docs/report-figures.schema.json docs/
COPY static static
COPY --from=assets /app/build build
# The settings insist on a key; this one ends with the command.
RUN SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(50))')" ALLOWED_HOSTS=localhost DATABASE_URL=sqlite://:memory: \
    python manage.py collectstatic --noinput --verbosity 0 \
  && chown -R portal:portal var
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 CMD ["python", "scripts/healthcheck.py"]
ENTRYPOINT ["scripts/entrypoint"]
