"""Files of figures for the tests, in both layouts, and the metrics they are about."""

import io

from metrics.enums import Cadence
from metrics.models import Metric
from metrics.services.definitions import define_metric
from metrics.services.uploads import choose_meanings, upload_observations
from metrics.uploads.columns import Choice
from people.models import ImportBatch

LONG = b"""Employee Number,Metric,Date,Value,Unit
N1,accuracy,2026-06-01,97.5,%
N2,Accuracy,2026-06-01,99.1,%
N1,accuracy,2026-06-08,ninety,%
NOBODY,accuracy,2026-06-01,90,%
N1,charm,2026-06-01,3,
"""

WIDE = b"""EmpID;Week;Accuracy;Calls
N1;01.06.2026;97,5;120
N2;01.06.2026;99,1;
N1;15.06.2026;ninety;118
"""


def make_metrics() -> list[Metric]:
    """Define the two metrics the files are about, in the open tenant."""
    return [
        define_metric(actor=None, name="Accuracy", key="accuracy", unit="%", cadence=Cadence.WEEK),
        define_metric(actor=None, name="Calls", key="calls", unit="calls", cadence=Cadence.WEEK),
    ]


def uploaded(content: bytes, *, is_strict: bool = False, name: str = "figures.csv") -> ImportBatch:
    """Keep a file in the open tenant and take its columns as guessed."""
    batch = upload_observations(actor=None, filename=name, stream=io.BytesIO(content), size=len(content))
    guessed = Choice.from_json(batch.mapping)
    return choose_meanings(actor=None, batch=batch, choice=Choice(guessed.meanings, None, is_strict))
