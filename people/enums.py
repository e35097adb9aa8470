"""Words of the people room; imports nothing of ours."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """A membership's role. Being a manager is no role but a fact of the reporting line (DESIGN.md)."""

    HR_PARTNER = "hr_partner", _("HR partner")
    HR_ADMIN = "hr_admin", _("HR admin")
    HR_ANALYST = "hr_analyst", _("HR analyst")
    EXECUTIVE = "executive", _("Executive")


class EmployeeStatus(TextChoices):
    """Where an employee stands."""

    ACTIVE = "active", _("Active")
    ON_LEAVE = "on_leave", _("On leave")
    LEFT = "left", _("Left")


class LeavingKind(TextChoices):
    """How an employment ended."""

    VOLUNTARY = "voluntary", _("Voluntary")
    INVOLUNTARY = "involuntary", _("Involuntary")
    OTHER = "other", _("Other")


class LeaveKind(TextChoices):
    """Why somebody is away; kept apart from the dates (rule 10)."""

    MEDICAL = "medical", _("Medical")
    FAMILY = "family", _("Family")
    PARENTAL = "parental", _("Parental")
    VACATION = "vacation", _("Vacation")
    OTHER = "other", _("Other")


class ProtectedActivityKind(TextChoices):
    """What somebody did, or what befell them, that must never be held against them (rule 4)."""

    COMPLAINT = "complaint", _("Complaint")
    ACCOMMODATION = "accommodation", _("Request for an accommodation")
    INJURY = "injury", _("Injury at work")
    OTHER = "other", _("Other protected activity")


class TimelineKind(TextChoices):
    """What an entry of a case file is about."""

    GOAL = "goal", _("Goals")
    SIGNAL = "signal", _("Signals")
    CHECK_IN = "check_in", _("Check-ins")
    FEEDBACK = "feedback", _("Feedback")
    PLAN = "plan", _("Plans")
    DEVELOPMENT = "development", _("Development")
    DISCIPLINE = "discipline", _("Disciplinary actions")
    REVIEW = "review", _("Reviews")
    DOCUMENT = "document", _("Documents")
    AWAY = "away", _("Away")
    EMPLOYMENT = "employment", _("Employment")
    READ = "read", _("Who has read")


class CompetencyLevel(IntegerChoices):
    """How well somebody masters a competency, or how well a job asks for it."""

    LEARNING = 1, _("Learning: works with help")
    DEVELOPING = 2, _("Developing: routine cases alone")
    PROFICIENT = 3, _("Proficient: the whole job alone")
    ADVANCED = 4, _("Advanced: hard cases, helps others")
    EXPERT = 5, _("Expert: sets the standard")

    @property
    def short_label(self) -> str:
        """Return the word for the level without its explanation."""
        return str(self.label).partition(":")[0]


class ImportStatus(TextChoices):
    """The life of one uploaded file."""

    UPLOADED = "uploaded", _("Uploaded")
    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked")
    APPLYING = "applying", _("Being applied")
    APPLIED = "applied", _("Applied")
    FAILED = "failed", _("Failed")


IMPORT_TRANSITIONS: dict[ImportStatus, frozenset[ImportStatus]] = {
    ImportStatus.UPLOADED: frozenset({ImportStatus.CHECKING}),
    ImportStatus.CHECKING: frozenset({ImportStatus.CHECKED, ImportStatus.FAILED}),
    ImportStatus.CHECKED: frozenset({ImportStatus.CHECKING, ImportStatus.APPLYING}),
    ImportStatus.APPLYING: frozenset({ImportStatus.APPLIED, ImportStatus.FAILED}),
    ImportStatus.APPLIED: frozenset(),
    ImportStatus.FAILED: frozenset({ImportStatus.CHECKING}),
}


class RowOutcome(TextChoices):
    """What became of one row of a file: every row has exactly one outcome."""

    CREATED = "created", _("New")
    UPDATED = "updated", _("Changed")
    UNCHANGED = "unchanged", _("Unchanged")
    REFUSED = "refused", _("Refused")
