"""The progress of goals, computed in the database where many are added up; agrees with ``goals.progress``."""

from django.db.models import Case, Count, F, FloatField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Greatest, NullIf

from goals.enums import GoalStatus, Measure, Result
from goals.models import Goal, GoalStep
from metrics.enums import Direction

_FIGURES = (Measure.NUMBER, Measure.PERCENT)


def with_step_counts(goals: QuerySet[Goal]) -> QuerySet[Goal]:
    """Return the goals with how many milestones they have, and how many of them are done."""
    steps = GoalStep.objects.filter(goal=OuterRef("pk")).order_by().values("goal")
    counted: QuerySet[Goal] = goals.annotate(
        step_count=Coalesce(Subquery(steps.annotate(all=Count("pk")).values("all")), 0),
        steps_done=Coalesce(Subquery(steps.filter(done_on__isnull=False).annotate(all=Count("pk")).values("all")), 0),
    )
    return counted


def with_progress(goals: QuerySet[Goal]) -> QuerySet[Goal]:
    """Return the goals with ``reached``, their progress in per cent, or None where nothing is known yet.

    Where the target is to hold what is there already, it is held or it is not.
    """
    way = NullIf(F("target") - F("baseline"), Value(0), output_field=Goal._meta.get_field("target"))
    figure = Greatest(Cast(F("current_value") - F("baseline"), FloatField()) / Cast(way, FloatField()) * 100.0, 0.0)
    is_held = Q(direction=Direction.LOWER, current_value__lte=F("target")) | Q(
        direction=Direction.HIGHER, current_value__gte=F("target")
    )
    steps = Cast("steps_done", FloatField()) / NullIf(Cast("step_count", FloatField()), 0.0) * 100.0
    measured: QuerySet[Goal] = with_step_counts(goals).annotate(
        reached=Case(
            When(measure__in=_FIGURES, current_value__isnull=True, then=Value(None)),
            When(is_held, measure__in=_FIGURES, baseline=F("target"), then=Value(100.0)),
            When(measure__in=_FIGURES, baseline=F("target"), then=Value(0.0)),
            When(measure__in=_FIGURES, then=figure),
            When(measure=Measure.MILESTONES, then=steps),
            When(status=GoalStatus.COMPLETED, result=Result.REACHED, then=Value(100.0)),
            When(current_value__isnull=True, then=Value(None)),
            default=Cast("current_value", FloatField()) * 100.0,
            output_field=FloatField(),
        )
    )
    return measured
