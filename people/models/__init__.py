"""Models of the people room."""

from people.models.accounts import Membership, Organization, PartnerScope, User
from people.models.audit import AccessRecord
from people.models.employees import (
    Department,
    Employee,
    EmployeeDemographics,
    JobDescription,
    Location,
    ReportingLine,
)
from people.models.imports import ColumnMapping, ImportBatch, ImportChunk, ImportRow
from people.models.jobs import Competency, JobCompetency, Responsibility
from people.models.leave import Leave, LeaveReason
from people.models.protected import ProtectedActivity

__all__ = [
    "AccessRecord",
    "ColumnMapping",
    "Competency",
    "Department",
    "Employee",
    "EmployeeDemographics",
    "ImportBatch",
    "ImportChunk",
    "ImportRow",
    "JobCompetency",
    "JobDescription",
    "Leave",
    "LeaveReason",
    "Location",
    "Membership",
    "Organization",
    "PartnerScope",
    "ProtectedActivity",
    "ReportingLine",
    "Responsibility",
    "User",
]
