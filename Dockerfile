# syntax=docker/dockerfile:1
# The image of every process of PIPCycle; docker-compose.yml says which command each runs.
FROM python:3.13-slim-trixie AS packages
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/venv
ENV PATH="/opt/venv/bin:$PATH"
COPY requirements.txt ./
RUN pip install --require-hashes --only-binary :all: -r requirements.txt

FROM python:3.13-slim-trixie AS application
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /srv/pipcycle --shell /usr/sbin/nologin pipcycle
COPY --from=packages /opt/venv /opt/venv
ENV PATH="/opt/venv/bin:$PATH" \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=pipcycle.settings \
    PIPCYCLE_VAR=/srv/var \
    STATIC_ROOT=/srv/static
WORKDIR /srv/pipcycle
COPY . .
# Static files are part of the image; the values below only let the settings load and reach nothing.
RUN SECRET_KEY=of-the-build DATABASE_URL=postgres://build@localhost/build CELERY_BROKER_URL=redis://localhost/0 \
        python manage.py collectstatic --noinput --verbosity 0 \
    && python -m compileall -q . /opt/venv/lib \
    && mkdir -p /srv/var && chown pipcycle /srv/var
USER pipcycle
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 \
    CMD ["python", "scripts/probe.py"]
CMD ["python", "-m", "granian", "--interface", "wsgi", "--no-ws", "--blocking-threads", "4", "--respawn-failed-workers", "pipcycle.wsgi:application"]
