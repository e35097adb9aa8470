"""The makers of disciplinary actions, for the rules that are about them."""

from tests.pips.discipline.conftest import discipline, nora

__all__ = ["discipline", "nora"]
