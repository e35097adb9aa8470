"""Wording: remarks on what people write, by word lists and without any model (docs/adr/0015-writing.md)."""

from pipcycle.writing.dismissals import Dismissal, without_dismissed
from pipcycle.writing.engine import check_text, check_texts
from pipcycle.writing.lists import WordList, knows_language, word_lists
from pipcycle.writing.remarks import Remark, Severity, sorted_remarks

__all__ = [
    "Dismissal",
    "Remark",
    "Severity",
    "WordList",
    "check_text",
    "check_texts",
    "knows_language",
    "sorted_remarks",
    "without_dismissed",
    "word_lists",
]
