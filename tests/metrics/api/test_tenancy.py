"""A token opens its own organization and no other."""

import pytest
from django.test import Client
from django_rls_tenants import tenant_context

from metrics.enums import ApiScope
from metrics.models import Observation
from metrics.services.definitions import define_metric
from metrics.services.tokens import create_token
from people.enums import Role
from people.models import Organization
from tests.cast import EmployeeFactory, make_person
from tests.metrics.api.conftest import Call, figure, figures

pytestmark = pytest.mark.django_db


@pytest.fixture
def foreign_token(alder: Organization) -> str:
    """Return a token of Alder, which measures charm of X1."""
    admin = make_person(alder, "Abbot", "Ames", roles=(Role.HR_ADMIN,))
    with tenant_context(alder.pk):
        define_metric(actor=None, name="Charm", key="charm")
        EmployeeFactory.create(number="X1")
        return create_token(actor=admin.member, name="Theirs", scopes=tuple(ApiScope), expires_at=None)[1]


def test_another_tenant_s_token_sees_its_own_metrics_only(measured: Organization, foreign_token: str) -> None:
    answer = Client().get("/api/v1/metrics", headers={"Authorization": f"Bearer {foreign_token}"})

    assert [metric["key"] for metric in answer.json()["metrics"]] == ["charm"]


def test_another_tenant_s_token_reaches_no_employee_and_no_metric_of_ours(
    measured: Organization, foreign_token: str, hand_in: Call
) -> None:
    answer = hand_in(figures(figure(), figure(metric="charm"), figure(employee="X1")), with_token=foreign_token)

    assert (answer.status_code, answer.json()["new"], len(answer.json()["refused"])) == (200, 0, 3)
    with tenant_context(measured.pk):
        assert Observation.objects.count() == 0


def test_a_token_with_another_organization_written_into_it_opens_nothing(
    measured: Organization, alder: Organization, token: str, foreign_token: str
) -> None:
    secret = token.rpartition(f"pip_{measured.pk}_")[2]

    answer = Client().get("/api/v1/metrics", headers={"Authorization": f"Bearer pip_{alder.pk}_{secret}"})

    assert answer.status_code == 401


def test_the_same_key_of_another_tenant_is_another_key(
    measured: Organization, foreign_token: str, hand_in: Call
) -> None:
    ours = hand_in(figures(figure()), **{"Idempotency-Key": "night-1"})
    theirs = hand_in(
        figures(figure(employee="X1", metric="charm")), with_token=foreign_token, **{"Idempotency-Key": "night-1"}
    )

    assert (ours.json()["new"], theirs.json()["new"]) == (1, 1)
