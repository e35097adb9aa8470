"""How a figure with its unit is written in this room."""

from decimal import Decimal

from django.utils import formats

from metrics.charts.words import with_unit


def quantity(value: Decimal | None, unit: str = "") -> str:
    """Return the figure without idle zeros and with its unit: 92.50 and "%" are "92.5%"."""
    if value is None:
        return ""
    plain = value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
    figure = formats.number_format(plain, use_l10n=True, force_grouping=True)
    return with_unit(figure, unit, is_one=abs(value) == 1)
