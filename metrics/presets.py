"""The metrics that ship with the product; a tenant takes the ones it wants and changes them as it likes."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from metrics.enums import Aggregation, Cadence, Direction, FormulaOperator, LeaveHandling


@dataclass(frozen=True, kw_only=True)
class Preset:
    """A metric to start from. A formula names the keys of two other presets."""

    key: str
    name: str | Promise
    description: str | Promise
    unit: str
    decimals: int = 1
    direction: Direction = Direction.HIGHER
    cadence: Cadence = Cadence.WEEK
    aggregation: Aggregation = Aggregation.MEAN
    leave_handling: LeaveHandling = LeaveHandling.NONE
    allowed_min: float | None = 0.0
    allowed_max: float | None = None
    target: float | None = None
    is_watched: bool = True
    formula: tuple[str, FormulaOperator, str] | None = None
    formula_factor: float = 1.0


PRESETS: dict[str, Preset] = {
    preset.key: preset
    for preset in (
        Preset(
            key="efficiency",
            name=_("Efficiency"),
            description=_("Work done as a share of the work planned for the hours present."),
            unit="%",
            allowed_max=300.0,
            target=95.0,
            leave_handling=LeaveHandling.OMITTED,
        ),
        Preset(
            key="accuracy",
            name=_("Accuracy"),
            description=_("Pieces of work that needed no correction, as a share of all that were checked."),
            unit="%",
            allowed_max=100.0,
            target=98.0,
            leave_handling=LeaveHandling.OMITTED,
        ),
        Preset(
            key="attendance",
            name=_("Attendance"),
            description=_("Working days present as a share of the working days without leave."),
            unit="%",
            cadence=Cadence.MONTH,
            allowed_max=100.0,
            target=97.0,
            leave_handling=LeaveHandling.SHARE_PRESENT,
        ),
        Preset(
            key="absenteeism",
            name=_("Absenteeism"),
            description=_("Working days absent without leave. Recorded leave of any kind is never counted."),
            unit="days",
            cadence=Cadence.MONTH,
            direction=Direction.LOWER,
            aggregation=Aggregation.SUM,
            allowed_max=31.0,
            leave_handling=LeaveHandling.DAYS_ABSENT,
        ),
        Preset(
            key="lateness",
            name=_("Lateness"),
            description=_("How often work began after the agreed time."),
            unit="times",
            decimals=0,
            direction=Direction.LOWER,
            aggregation=Aggregation.SUM,
            allowed_max=31.0,
            leave_handling=LeaveHandling.OMITTED,
        ),
        Preset(
            key="items",
            name=_("Items handled"),
            description=_("Orders, cases or calls finished."),
            is_watched=False,
            unit="items",
            decimals=0,
            cadence=Cadence.DAY,
            aggregation=Aggregation.SUM,
            leave_handling=LeaveHandling.OMITTED,
        ),
        Preset(
            key="errors",
            name=_("Errors"),
            description=_("Items that had to be corrected."),
            is_watched=False,
            unit="errors",
            decimals=0,
            cadence=Cadence.DAY,
            direction=Direction.LOWER,
            aggregation=Aggregation.SUM,
            leave_handling=LeaveHandling.OMITTED,
        ),
        Preset(
            key="error-rate",
            name=_("Error rate"),
            description=_("Errors as a share of the items handled."),
            unit="%",
            decimals=2,
            cadence=Cadence.DAY,
            direction=Direction.LOWER,
            allowed_max=100.0,
            formula=("errors", FormulaOperator.RATIO, "items"),
            formula_factor=100.0,
        ),
    )
}

#: The five every organization is offered first.
USUAL = ("efficiency", "accuracy", "attendance", "absenteeism", "lateness")
