"""What a column of a file can mean."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class ImportField:
    """A fact about an employee; ``synonyms`` are headings in lower case without spaces or punctuation."""

    key: str
    label: str | Promise
    group: str | Promise
    synonyms: tuple[str, ...]
    is_date: bool = False
    max_length: int = 200
    is_restricted: bool = False


_WHO = _("Who")
_WHERE = _("Where and what")
_LINE = _("Reporting line")
_TIME = _("Employment")
_RATING = _("Last review")
_FAIRNESS = _("For fairness figures only")

FIELDS: tuple[ImportField, ...] = (
    ImportField(
        "number",
        _("Employee number"),
        _WHO,
        (
            "employeenumber",
            "empid",
            "employeeid",
            "empno",
            "employeeno",
            "number",
            "staffid",
            "staffnumber",
            "personnelnumber",
            "personnelno",
            "payrollnumber",
            "workerid",
            "personnumber",
            "emplid",
            "personalnummer",
        ),
        max_length=50,
    ),
    ImportField(
        "name",
        _("Name in one column"),
        _WHO,
        ("name", "employeename", "fullname", "employee", "workername", "displayname", "legalname", "staffname"),
    ),
    ImportField(
        "given_name",
        _("Given name"),
        _WHO,
        ("givenname", "firstname", "forename", "first", "fname", "preferredname", "vorname"),
        max_length=100,
    ),
    ImportField(
        "family_name",
        _("Family name"),
        _WHO,
        ("familyname", "lastname", "surname", "last", "lname", "nachname"),
        max_length=100,
    ),
    ImportField(
        "email",
        _("E-mail address"),
        _WHO,
        ("email", "emailaddress", "workemail", "mail", "businessemail", "companyemail", "emailwork"),
        max_length=254,
    ),
    ImportField(
        "job_title",
        _("Job title"),
        _WHERE,
        ("jobtitle", "title", "position", "positiontitle", "job", "role", "jobname", "jobdescription", "designation"),
    ),
    ImportField(
        "department",
        _("Department"),
        _WHERE,
        (
            "department",
            "dept",
            "departmentname",
            "deptname",
            "team",
            "division",
            "orgunit",
            "businessunit",
            "abteilung",
        ),
    ),
    ImportField(
        "location",
        _("Place of work"),
        _WHERE,
        ("location", "office", "site", "worklocation", "placeofwork", "officelocation", "branch", "city"),
    ),
    ImportField("state", _("State or region"), _WHERE, ("state", "province", "region", "workstate", "stateprovince")),
    ImportField("country", _("Country"), _WHERE, ("country", "countrycode", "workcountry", "countryname")),
    ImportField(
        "manager_name",
        _("Manager's name"),
        _LINE,
        (
            "managername",
            "manager",
            "supervisor",
            "supervisorname",
            "reportsto",
            "linemanager",
            "linemanagername",
            "managerfullname",
            "boss",
        ),
    ),
    ImportField(
        "manager_number",
        _("Manager's employee number"),
        _LINE,
        (
            "managernumber",
            "manageremployeenumber",
            "manageremployeeid",
            "managerid",
            "supervisorid",
            "supervisornumber",
            "reportstoid",
            "reportstonumber",
            "managerempid",
            "linemanagerid",
        ),
        max_length=50,
    ),
    ImportField(
        "manager_key",
        _("Manager's code (not an employee number)"),
        _LINE,
        ("managercode", "managerkey", "supervisorcode"),
        max_length=50,
    ),
    ImportField(
        "hired_on",
        _("Hired on"),
        _TIME,
        (
            "hiredon",
            "hiredate",
            "dateofhire",
            "hired",
            "startdate",
            "employmentstartdate",
            "joiningdate",
            "dateofjoining",
            "joindate",
            "datehired",
            "startedon",
            "originalhiredate",
            "eintrittsdatum",
        ),
        is_date=True,
    ),
    ImportField(
        "left_on",
        _("Left on"),
        _TIME,
        (
            "lefton",
            "leavedate",
            "leavingdate",
            "dateoftermination",
            "terminationdate",
            "termdate",
            "enddate",
            "employmentenddate",
            "exitdate",
            "dateofleaving",
            "lastday",
            "separationdate",
            "austrittsdatum",
        ),
        is_date=True,
    ),
    ImportField(
        "leaving_reason",
        _("Reason for leaving"),
        _TIME,
        ("leavingreason", "termreason", "terminationreason", "reasonforleaving", "exitreason", "separationreason"),
    ),
    ImportField(
        "status",
        _("Employment status"),
        _TIME,
        ("status", "employmentstatus", "employeestatus", "empstatus", "workerstatus", "active"),
    ),
    ImportField(
        "last_rating",
        _("Last rating"),
        _RATING,
        (
            "lastrating",
            "performancescore",
            "performancerating",
            "rating",
            "lastperformancerating",
            "reviewrating",
            "performance",
            "overallrating",
        ),
        max_length=100,
    ),
    ImportField(
        "last_reviewed_on",
        _("Last reviewed on"),
        _RATING,
        (
            "lastreviewedon",
            "lastperformancereviewdate",
            "lastreviewdate",
            "reviewdate",
            "lastreview",
            "performancereviewdate",
            "dateoflastreview",
        ),
        is_date=True,
    ),
    ImportField(
        "born_on",
        _("Born on"),
        _FAIRNESS,
        ("dob", "dateofbirth", "birthdate", "bornon", "birthday", "geburtsdatum"),
        is_date=True,
        is_restricted=True,
    ),
    ImportField("gender", _("Gender"), _FAIRNESS, ("gender", "sex"), max_length=50, is_restricted=True),
    ImportField(
        "ethnicity",
        _("Ethnicity"),
        _FAIRNESS,
        ("ethnicity", "race", "racedesc", "racedescription", "ethnicorigin", "raceethnicity"),
        max_length=100,
        is_restricted=True,
    ),
    ImportField(
        "hispanic_or_latino",
        _("Hispanic or Latino"),
        _FAIRNESS,
        ("hispanicorlatino", "hispaniclatino", "hispanic", "latino"),
        max_length=20,
        is_restricted=True,
    ),
    ImportField(
        "marital_status",
        _("Marital status"),
        _FAIRNESS,
        ("maritalstatus", "maritaldesc", "maritaldescription", "married"),
        max_length=50,
        is_restricted=True,
    ),
    ImportField(
        "citizenship",
        _("Citizenship"),
        _FAIRNESS,
        ("citizenship", "citizendesc", "citizen", "citizenstatus", "nationality"),
        max_length=50,
        is_restricted=True,
    ),
)

FIELD_BY_KEY: dict[str, ImportField] = {field.key: field for field in FIELDS}
DATE_FIELDS: tuple[str, ...] = tuple(field.key for field in FIELDS if field.is_date)
DEMOGRAPHIC_FIELDS: tuple[str, ...] = tuple(field.key for field in FIELDS if field.is_restricted)


def field_label(key: str) -> str:
    """Return the field's label in the reader's language; the key itself for one we do not know."""
    return str(FIELD_BY_KEY[key].label) if key in FIELD_BY_KEY else key


def is_restricted(key: str) -> bool:
    """Return whether the fact is for fairness figures only and must not stand beside a name."""
    return key in DEMOGRAPHIC_FIELDS
