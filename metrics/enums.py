"""Words of the metrics room and the table of a signal's moves; imports nothing of ours."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Direction(TextChoices):
    """Which way is better."""

    HIGHER = "higher", _("Higher is better")
    LOWER = "lower", _("Lower is better")


class Cadence(TextChoices):
    """How often a metric is observed; an observation carries the first day of its period."""

    DAY = "day", _("Every day")
    WEEK = "week", _("Every week")
    MONTH = "month", _("Every month")


class Aggregation(TextChoices):
    """How several observations become one figure of a longer period."""

    MEAN = "mean", _("Mean")
    SUM = "sum", _("Sum")
    LAST = "last", _("Last value")


class LeaveHandling(TextChoices):
    """What leave does to a value: it is never counted as absence, whatever the file says (rule 7)."""

    NONE = "none", _("Nothing: the metric does not measure presence")
    DAYS_ABSENT = "days_absent", _("Leave days are taken off: the value counts days absent")
    SHARE_ABSENT = "share_absent", _("Leave days are taken off: the value is a share of days absent, in per cent")
    SHARE_PRESENT = "share_present", _("Leave days are taken off: the value is a share of days present, in per cent")
    OMITTED = "omitted", _("A period wholly on leave is left out")


class FormulaOperator(TextChoices):
    """How a metric is calculated from two others."""

    RATIO = "ratio", _("divided by")
    PRODUCT = "product", _("multiplied by")
    SUM = "sum", _("plus")
    DIFFERENCE = "difference", _("minus")


class BatchKind(TextChoices):
    """Where observations came from."""

    FILE = "file", _("File")
    API = "api", _("API")
    MANUAL = "manual", _("By hand")
    FORMULA = "formula", _("Calculated")
    DEMO = "demo", _("Demo")


class Grain(TextChoices):
    """The length of a period of a rollup."""

    WEEK = "week", _("Week")
    MONTH = "month", _("Month")


class SignalKind(TextChoices):
    """The three patterns of an XmR chart that are more than noise (rule 27)."""

    OUTSIDE = "outside", _("A point outside the limits")
    NEAR_LIMIT = "near_limit", _("Three of four points nearer a limit than the mean")
    SHIFT = "shift", _("Eight points on one side of the mean")


class SignalStatus(TextChoices):
    """Where a signal stands."""

    OPEN = "open", _("Open")
    ACKNOWLEDGED = "acknowledged", _("Acknowledged")
    DISMISSED = "dismissed", _("Dismissed")
    SUPPORTED = "supported", _("Support started")
    WITHDRAWN = "withdrawn", _("No longer there")


#: A signal that the data no longer bear out (a correction, a batch taken back) is withdrawn whatever was said of it.
SIGNAL_TRANSITIONS: dict[SignalStatus, frozenset[SignalStatus]] = {
    SignalStatus.OPEN: frozenset(
        {SignalStatus.ACKNOWLEDGED, SignalStatus.DISMISSED, SignalStatus.SUPPORTED, SignalStatus.WITHDRAWN}
    ),
    SignalStatus.ACKNOWLEDGED: frozenset({SignalStatus.SUPPORTED, SignalStatus.WITHDRAWN}),
    SignalStatus.DISMISSED: frozenset({SignalStatus.WITHDRAWN}),
    SignalStatus.SUPPORTED: frozenset({SignalStatus.WITHDRAWN}),
    SignalStatus.WITHDRAWN: frozenset({SignalStatus.OPEN}),
}


class SignalCause(TextChoices):
    """Why the manager thinks a signal came about."""

    ONE_OFF = "one_off", _("A one-off")
    WORKLOAD = "workload", _("Workload")
    SKILL_GAP = "skill_gap", _("A skill gap")
    PERSONAL = "personal", _("Personal circumstances")
    DATA_ERROR = "data_error", _("An error in the data")


class Rater(TextChoices):
    """Whose view of a competency a rating is."""

    SELF = "self", _("Own view")
    MANAGER = "manager", _("Manager's view")


class ApiScope(TextChoices):
    """What a token may do."""

    WRITE_OBSERVATIONS = "observations:write", _("Hand in observations")
    READ_METRICS = "metrics:read", _("Read the definitions of metrics")
