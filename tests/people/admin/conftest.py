"""Who administers, and the addresses of what is administered."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.db import models
from django.test import Client
from django.urls import reverse
from django_rls_tenants import tenant_context

from people.enums import Role
from people.models import (
    Employee,
    User,
)
from pipcycle.tenancy.models import TenantModel
from tests.cast import Person

ClientOf = Callable[[Person | User], Client]
REGISTERED = sorted(admin.site._registry.items(), key=lambda pair: pair[0]._meta.label)
TENANT_ADMINS = [(model, options) for model, options in REGISTERED if issubclass(model, TenantModel)]


def address(model: type[models.Model], page: str, *arguments: Any) -> str:
    """Return the address of a page of the model's administration."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=arguments)


@pytest.fixture
def super_adam(adam: Person) -> Person:
    """Adam, who is an HR analyst as well: every model of the organization is open to him."""
    with tenant_context(adam.organization.pk):
        adam.member.roles = [Role.HR_ADMIN.value, Role.HR_ANALYST.value]
        adam.member.save(update_fields=["roles"])
    return adam


def employee_form(employee: Employee, **changes: Any) -> dict[str, Any]:
    """Return the fields of the employee's form."""
    facts = {
        "number": employee.number, "given_name": employee.given_name, "family_name": employee.family_name,
        "email": employee.email, "membership": employee.membership_id or "",
        "job_description": employee.job_description_id or "", "department": employee.department_id or "",
        "location": employee.location_id or "", "manager": employee.manager_id or "", "status": employee.status,
        "hired_on": "2020-03-02", "left_on": "", "leaving_kind": "", "leaving_reason": "", "reported_manager": "",
        "last_rating": "", "last_reviewed_on": "",
    }  # fmt: skip
    return {**facts, **changes}
