"""docker-compose.yml describes the processes that ``make run`` starts, and no others."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipcycle.local.processes import PROGRAMS, SERVICES, WEB
from tests.support.services import PROJECT

# What a deployment has besides: one that ends after the migrations, one that a profile turns on.
ONLY_IN_COMPOSE = {"migrate", "mail"}


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    content = yaml.safe_load((PROJECT / "docker-compose.yml").read_text(encoding="utf-8"))
    found: dict[str, Any] = content["services"]
    return found


def test_compose_has_the_same_processes(services: dict[str, Any]) -> None:
    assert set(services) - ONLY_IN_COMPOSE == {program.name for program in PROGRAMS} | set(SERVICES)


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_compose_has_the_same_command(services: dict[str, Any], program: Any) -> None:
    assert tuple(services[program.name]["command"]) == program.command


def test_compose_watches_the_health_of_every_process(services: dict[str, Any]) -> None:
    unwatched = {name for name, service in services.items() if "healthcheck" not in service}
    assert unwatched == {"web"}  # the image's own
    assert "HEALTHCHECK" in dockerfile()


def test_compose_waits_for_the_migrations(services: dict[str, Any]) -> None:
    conditions = {program.name: services[program.name]["depends_on"]["migrate"] for program in PROGRAMS}
    assert set(map(str, conditions.values())) == {"{'condition': 'service_completed_successfully'}"}


def test_compose_catches_mail_only_when_asked(services: dict[str, Any]) -> None:
    assert services["mail"]["profiles"] == ["mail"]


def test_compose_carries_no_secret() -> None:
    text = (PROJECT / "docker-compose.yml").read_text(encoding="utf-8")
    secrets = [line.strip() for line in text.splitlines() if "PASSWORD:" in line or "SECRET_KEY:" in line]
    assert [line for line in secrets if "${" not in line] == []


def test_image_runs_as_an_ordinary_user() -> None:
    users = [line.split()[1] for line in dockerfile().splitlines() if line.startswith("USER ")]
    assert users == ["pipcycle"]


def test_image_starts_the_web_server_by_default() -> None:
    command = next(line for line in dockerfile().splitlines() if line.startswith("CMD "))
    assert tuple(json.loads(command.removeprefix("CMD "))) == WEB.command


def test_database_role_of_compose_is_unprivileged() -> None:
    script = (PROJECT / "scripts" / "create_role.sh").read_text(encoding="utf-8")
    assert "CREATE ROLE pipcycle LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE" in script


def dockerfile() -> str:
    return Path(PROJECT / "Dockerfile").read_text(encoding="utf-8")
