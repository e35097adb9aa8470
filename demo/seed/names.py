"""Words the demo organizations are made of."""

from typing import NamedTuple

from pipcycle.ui.demo import DEMO_ORGANIZATIONS

GIVEN_NAMES = (
    "Amara", "Anders", "Anika", "Aoife", "Arjun", "Beatriz", "Benoît", "Carmen", "Chidi", "Clara", "Daniel", "Dariusz",
    "Deniz", "Elena", "Emeka", "Emil", "Fatima", "Felix", "Freya", "Gabriel", "Grace", "Hassan", "Helene", "Hiroshi",
    "Ines", "Ivan", "Jakub", "Jamal", "Joana", "Jonas", "Kaito", "Karin", "Kofi", "Laila", "Leon", "Lucía", "Luka",
    "Maja", "Marco", "Mariam", "Mateo", "Mei", "Mila", "Nadia", "Nils", "Noor", "Olga", "Omar", "Paula", "Pedro",
    "Priya", "Quentin", "Rania", "Ravi", "Rosa", "Ruth", "Samuel", "Sara", "Sofia", "Tariq", "Teresa", "Tomás",
    "Uma", "Vera", "Viktor", "Wanda", "Xenia", "Yara", "Yusuf", "Zoë",
)  # fmt: skip

FAMILY_NAMES = (
    "Abara", "Albrecht", "Almeida", "Andersson", "Banerjee", "Barros", "Bauer", "Bianchi", "Brandt", "Byrne", "Castro",
    "Chen", "Costa", "Dahl", "Das", "Diallo", "Dubois", "Eriksen", "Farkas", "Fernández", "Fischer", "Fofana", "García",
    "Grant", "Haddad", "Hansen", "Hayashi", "Hoffmann", "Ibrahim", "Ivanova", "Jansen", "Jovanović", "Kamara", "Kaur",
    "Keller", "Kim", "Kowalski", "Laurent", "Li", "Lindgren", "Lopes", "Marino", "Martins", "Mensah", "Meyer", "Moreau",
    "Murphy", "Nakamura", "Ndiaye", "Nguyen", "Novák", "O’Brien", "Olsen", "Owusu", "Park", "Patel", "Pereira",
    "Petrov", "Quinn", "Rahman", "Reyes", "Ricci", "Roth", "Santos", "Sato", "Schmidt", "Silva", "Singh", "Suzuki",
    "Tanaka", "Torres", "Varga", "Vasquez", "Weber", "Yilmaz", "Zhang", "Zimmermann",
)  # fmt: skip


class DepartmentOfDemo(NamedTuple):
    """A department with its head's job and the jobs in it."""

    name: str
    head: str
    jobs: tuple[str, ...]


DEPARTMENTS = (
    DepartmentOfDemo(
        "Customer Support",
        "Head of Customer Support",
        ("Support specialist", "Support team lead", "Onboarding specialist"),
    ),
    DepartmentOfDemo(
        "Engineering", "Head of Engineering", ("Software engineer", "Quality engineer", "Engineering lead")
    ),
    DepartmentOfDemo("Operations", "Head of Operations", ("Operations analyst", "Dispatcher", "Shift supervisor")),
    DepartmentOfDemo("Sales", "Head of Sales", ("Account manager", "Sales representative", "Sales team lead")),
    DepartmentOfDemo("Finance", "Head of Finance", ("Accountant", "Payroll specialist", "Financial analyst")),
    DepartmentOfDemo("Production", "Head of Production", ("Technician I", "Technician II", "Line supervisor")),
)

PEOPLE_DEPARTMENT = "People"

RATINGS = (("Exceeds", 15), ("Fully meets", 70), ("Needs improvement", 11), ("PIP", 4))


class LocationOfDemo(NamedTuple):
    """A place of work."""

    name: str
    country: str
    subdivision: str
    time_zone: str


class OrganizationOfDemo(NamedTuple):
    """A demo tenant."""

    slug: str
    name: str
    country: str
    time_zone: str
    locations: tuple[LocationOfDemo, ...]


HARBOR = OrganizationOfDemo(
    "harbor",
    DEMO_ORGANIZATIONS["harbor"],
    "US",
    "America/New_York",
    (
        LocationOfDemo("Boston", "US", "MA", "America/New_York"),
        LocationOfDemo("Denver", "US", "CO", "America/Denver"),
        LocationOfDemo("Seattle", "US", "WA", "America/Los_Angeles"),
        LocationOfDemo("Rotterdam", "NL", "", "Europe/Amsterdam"),
    ),
)

ALDER = OrganizationOfDemo(
    "alder",
    DEMO_ORGANIZATIONS["alder"],
    "GB",
    "Europe/London",
    (
        LocationOfDemo("London", "GB", "ENG", "Europe/London"),
        LocationOfDemo("Dublin", "IE", "", "Europe/Dublin"),
        LocationOfDemo("Hamburg", "DE", "HH", "Europe/Berlin"),
    ),
)


class SignIn(NamedTuple):
    """A person of the demo who can sign in."""

    local_part: str
    given_name: str
    family_name: str
    job: str
    roles: tuple[str, ...]


SIGN_INS = (
    SignIn("hr", "Hana", "Sørensen", "HR business partner", ("hr_partner",)),
    SignIn("admin", "Adam", "Whitfield", "HR systems administrator", ("hr_admin",)),
    SignIn("manager", "Bob", "Castellanos", "Support team lead", ()),
    SignIn("employee", "Alice", "Fontaine", "Support specialist", ()),
    SignIn("executive", "Eve", "Lindqvist", "Chief operating officer", ("executive",)),
)

TWO_TENANT_ADDRESS = "consultant@partners.example"
