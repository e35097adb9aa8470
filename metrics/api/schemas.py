"""What the API takes and gives, as its description tells it."""

from typing import Annotated

from django.conf import settings
from ninja import Schema
from pydantic import ConfigDict, Field, StrictBool, StrictStr

Text = Annotated[StrictStr, Field(min_length=1, max_length=200)]


class ObservationIn(Schema):
    """One figure about one employee."""

    model_config = ConfigDict(extra="forbid")

    employee: Text = Field(description="Employee number", examples=["10026"])
    metric: Text = Field(description="Short name or name of the metric", examples=["accuracy"])
    date: Annotated[StrictStr, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")] = Field(
        description="Any day of the period (week, month), as YYYY-MM-DD", examples=["2026-06-01"]
    )
    value: Annotated[float, Field(strict=True, allow_inf_nan=False)] = Field(examples=[98.5])
    unit: Annotated[StrictStr, Field(max_length=30)] = Field(
        default="", description="If given it must be the metric's unit", examples=["%"]
    )


class ObservationsIn(Schema):
    """Figures to record. With all_or_nothing one that is refused refuses all."""

    model_config = ConfigDict(extra="forbid")

    observations: Annotated[list[ObservationIn], Field(min_length=1, max_length=settings.API_MAX_ROWS)]
    all_or_nothing: StrictBool = False


class RefusedOut(Schema):
    """A figure that was not recorded, and why. The index counts from 0."""

    index: int
    employee: str
    metric: str
    date: str
    code: str
    message: str


class ObservationsOut(Schema):
    """What became of the figures."""

    batch: int | None = Field(description="Number of the batch; it can be taken back in the portal")
    new: int
    corrected: int
    unchanged: int
    omitted: int = Field(description="Wholly on leave: kept, and not counted")
    refused: list[RefusedOut]


class MetricOut(Schema):
    """A metric in use."""

    key: str
    name: str
    description: str
    unit: str
    cadence: str = Field(description="day, week or month")
    direction: str = Field(description="Which way is better: higher or lower")
    allowed_min: float | None
    allowed_max: float | None
    target: float | None
    is_calculated: bool = Field(description="Calculated from two others, so never handed in")


class MetricsOut(Schema):
    """Every metric in use."""

    metrics: list[MetricOut]


class ErrorDetail(Schema):
    """Where the request is wrong."""

    where: str
    message: str


class ErrorBody(Schema):
    """Why a request was refused."""

    code: str
    message: str
    details: list[ErrorDetail]


class ErrorOut(Schema):
    """The one shape of every refusal."""

    error: ErrorBody
