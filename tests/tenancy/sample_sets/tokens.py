"""Addresses of the tokens of the API."""

from typing import Any

from metrics.models import ApiToken
from tests.tenancy.world import FORBIDDEN, OK, Sample, World

MANAGES = {"adam": OK}


def _token(world: World) -> dict[str, Any]:
    return {"token_id": world.one(ApiToken, scopes=["metrics:read"]).pk}


SAMPLES: dict[str, Sample] = {
    "metrics:token_list": Sample(MANAGES),
    "metrics:token_new": Sample(MANAGES),
    "metrics:token_revocation": Sample(MANAGES, FORBIDDEN, _token),
}
