"""Wording: remarks on what people write, by word lists and without any model (docs/adr/0015-writing.md)."""

from pipcycle.writing.aside import LONGEST_REASON, SetAside, part_set_aside, words_of
from pipcycle.writing.engine import check_text, check_texts
from pipcycle.writing.languages import knows_language, text_language, word_lists
from pipcycle.writing.lists import WordList
from pipcycle.writing.remarks import Remark, Severity, sorted_remarks

__all__ = [
    "LONGEST_REASON",
    "Remark",
    "SetAside",
    "Severity",
    "WordList",
    "check_text",
    "check_texts",
    "knows_language",
    "part_set_aside",
    "sorted_remarks",
    "text_language",
    "word_lists",
    "words_of",
]
