"""Organizations, places, jobs and people of the demo, written in a few set-based statements."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from demo.seed.names import (
    DEPARTMENTS,
    FAMILY_NAMES,
    GIVEN_NAMES,
    PEOPLE_DEPARTMENT,
    RATINGS,
    SIGN_INS,
    OrganizationOfDemo,
    SignIn,
)
from people.enums import EmployeeStatus, LeavingKind
from people.models import (
    Department,
    Employee,
    EmployeeDemographics,
    JobDescription,
    Location,
    Membership,
    Organization,
    User,
)
from people.services.reporting_lines import rebuild_reporting_lines
from pipcycle.ui.demo import DEMO_PASSWORD

SPAN_OF_CONTROL = 8
BATCH = 5_000
FIRST_WHO_MAY_HAVE_LEFT = 150
SHARE_WHO_LEFT = 0.06


@dataclass(frozen=True)
class Catalogue:
    """Rows employees point at, by name."""

    departments: dict[str, Department]
    jobs: dict[str, JobDescription]
    locations: list[Location]


def create_organization(described: OrganizationOfDemo) -> Organization:
    """Create the tenant itself."""
    return Organization.objects.create(
        slug=described.slug,
        name=described.name,
        country=described.country,
        time_zone=described.time_zone,
        is_demo=True,
    )


def create_catalogue(described: OrganizationOfDemo) -> Catalogue:
    """Create departments, job descriptions and locations inside the open tenant context."""
    department_names = [PEOPLE_DEPARTMENT, "Management", *(department.name for department in DEPARTMENTS)]
    job_names = {"Chief executive officer", "Chief operating officer"}
    job_names |= {sign_in.job for sign_in in SIGN_INS}
    for department in DEPARTMENTS:
        job_names |= {department.head, *department.jobs}
    departments = Department.objects.bulk_create(Department(name=name) for name in department_names)
    jobs = JobDescription.objects.bulk_create(
        JobDescription(name=name, purpose=f"What the organization expects of a {name.lower()}.")
        for name in sorted(job_names)
    )
    locations = Location.objects.bulk_create(
        Location(name=place.name, country=place.country, subdivision=place.subdivision, time_zone=place.time_zone)
        for place in described.locations
    )
    return Catalogue({row.name: row for row in departments}, {row.name: row for row in jobs}, list(locations))


@cache
def hashed_demo_password() -> str:
    """Return the hash all sign-ins of the demo share: making one is slow on purpose."""
    return make_password(DEMO_PASSWORD)


def create_sign_in(organization: Organization, sign_in: SignIn) -> Membership:
    """Create a user of the demo with a membership; the password is the demo's."""
    email = f"{sign_in.local_part}@{organization.slug}.example"
    full_name = f"{sign_in.given_name} {sign_in.family_name}"
    user = User.objects.create(email=email, password=hashed_demo_password(), full_name=full_name)
    return Membership.objects.create(user=user, roles=list(sign_in.roles))


def create_people(
    organization: Organization, catalogue: Catalogue, *, employees: int, chance: random.Random
) -> dict[str, Employee]:
    """Create the chief executive, the people who sign in, and as many others as asked for; return those who sign in."""
    chief = _employee(Post(1, "Management", "Chief executive officer", None), "Ingrid", "Halvorsen", catalogue)
    chief.email = f"ingrid.halvorsen@{organization.slug}.example"
    chief.save()
    heads = Employee.objects.bulk_create(
        _someone(Post(2 + index, department.name, department.head, chief), catalogue, chance, organization)
        for index, department in enumerate(DEPARTMENTS)
    )
    signed_in = _people_who_sign_in(organization, catalogue, chief, heads[0])
    _fill(organization, catalogue, heads, signed_in["manager"], employees=employees, chance=chance)
    rebuild_reporting_lines()
    _tell_demographics()
    return signed_in


def _tell_demographics() -> None:
    """Give everybody the facts that only figures of fairness read, the same in each run."""
    chance = random.Random(7)  # noqa: S311  # invented people
    EmployeeDemographics.objects.bulk_create(
        EmployeeDemographics(
            employee_id=key,
            born_on=date(1999, 6, 1) - timedelta(days=chance.randint(0, 14_000)),
            gender=chance.choices(["Female", "Male", "Non-binary"], [48, 50, 2])[0],
            ethnicity=chance.choices(["Asian", "Black", "Hispanic", "White"], [18, 17, 15, 50])[0],
        )
        for key in Employee.objects.order_by("pk").values_list("pk", flat=True)
    )


def _people_who_sign_in(
    organization: Organization, catalogue: Catalogue, chief: Employee, head_of_support: Employee
) -> dict[str, Employee]:
    places = {"hr": PEOPLE_DEPARTMENT, "admin": PEOPLE_DEPARTMENT, "executive": "Management"}
    signed_in: dict[str, Employee] = {}
    for offset, sign_in in enumerate(SIGN_INS):
        key = sign_in.local_part
        manager = {"manager": head_of_support, "employee": signed_in.get("manager")}.get(key, chief)
        post = Post(90 + offset, places.get(key, "Customer Support"), sign_in.job, manager)
        employee = _employee(post, sign_in.given_name, sign_in.family_name, catalogue)
        employee.email = f"{key}@{organization.slug}.example"
        employee.membership = create_sign_in(organization, sign_in)
        employee.last_rating = "Needs improvement" if key == "employee" else "Fully meets"
        employee.save()
        signed_in[key] = employee
    return signed_in


def _fill(
    organization: Organization,
    catalogue: Catalogue,
    heads: list[Employee],
    manager: Employee,
    *,
    employees: int,
    chance: random.Random,
) -> None:
    """Add people level by level, each manager leading ``SPAN_OF_CONTROL`` others; the demo manager gets a full team."""
    missing = max(0, employees - Employee.objects.count())
    number = 100
    level: list[tuple[Employee, int]] = [(manager, 0), *((head, index) for index, head in enumerate(heads))]
    while missing > 0:
        grown: list[tuple[Employee, int]] = []
        for batch in _batches(level, missing):
            rows = []
            for leader, department_index in batch:
                department = DEPARTMENTS[department_index]
                post = Post(number, department.name, chance.choice(department.jobs), leader)
                rows.append(_someone(post, catalogue, chance, organization))
                number += 1
            created = Employee.objects.bulk_create(rows, batch_size=BATCH)
            missing -= len(created)
            grown += [(row, department_index) for row, (_, department_index) in zip(created, batch, strict=True)]
        level = grown


def _batches(level: list[tuple[Employee, int]], missing: int) -> Iterator[list[tuple[Employee, int]]]:
    places = [place for place in level for _ in range(SPAN_OF_CONTROL)][:missing]
    for start in range(0, len(places), BATCH):
        yield places[start : start + BATCH]


@dataclass(frozen=True)
class Post:
    """A place in the organization, before anybody holds it."""

    number: int
    department: str
    job: str
    manager: Employee | None


def _employee(post: Post, given_name: str, family_name: str, catalogue: Catalogue) -> Employee:
    return Employee(
        number=f"{post.number:05d}",
        given_name=given_name,
        family_name=family_name,
        department=catalogue.departments[post.department],
        job_description=catalogue.jobs[post.job],
        location=catalogue.locations[0],
        manager=post.manager,
        hired_on=date(2019, 3, 4),
        last_reviewed_on=timezone.localdate() - timedelta(days=120),
        last_rating="Fully meets",
    )


def _someone(post: Post, catalogue: Catalogue, chance: random.Random, organization: Organization) -> Employee:
    employee = _employee(post, chance.choice(GIVEN_NAMES), chance.choice(FAMILY_NAMES), catalogue)
    today = timezone.localdate()
    employee.email = f"person{employee.number}@{organization.slug}.example"
    employee.location = chance.choice(catalogue.locations)
    employee.hired_on = today - timedelta(days=chance.randint(60, 4000))
    employee.last_reviewed_on = today - timedelta(days=chance.randint(20, 300))
    employee.last_rating = chance.choices([name for name, _ in RATINGS], [weight for _, weight in RATINGS])[0]
    if post.number >= FIRST_WHO_MAY_HAVE_LEFT and chance.random() < SHARE_WHO_LEFT:
        employee.status = EmployeeStatus.LEFT
        employee.left_on = today - timedelta(days=chance.randint(1, 50))
        employee.leaving_kind = chance.choice(list(LeavingKind))
        employee.leaving_reason = chance.choice(["Another position", "Relocation", "End of contract", "Studies"])
    return employee
