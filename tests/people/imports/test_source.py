"""Files as tables: every usual encoding, delimiter and line end; one clear sentence for what is no table."""

import datetime
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.imports.encoding import encoding_name
from people.imports.errors import FileRefused
from people.imports.profile import profile_file, read_start
from people.imports.source import Source, inspect_source, read_table, unique_headings
from tests.people.imports.dirty_file import as_csv
from tests.people.imports.workbook_file import as_workbook

ROWS = [("Müller, Jürgen", "7", "Köln"), ("O’Brien, Máire", "8", "Zürich")]
HEADINGS = ("Name", "Number", "Office")


def table_of(content: bytes) -> tuple[Source, list[str], list[tuple[int, list[str]]]]:
    """Return how the content was read, its headings and its rows with their lines."""
    stream = io.BytesIO(content)
    source = inspect_source(stream)
    table = read_table(stream, source)
    return source, table.headings, [(record.line, record.cells) for record in table.records]


def refusal_of(content: bytes) -> FileRefused:
    """Return why the content is refused."""
    stream = io.BytesIO(content)
    with pytest.raises(FileRefused) as caught:
        read_start(stream, inspect_source(stream))
    return caught.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_text_is_read_in_every_usual_form(encoding: str, delimiter: str, line_end: str) -> None:
    content = as_csv(ROWS, headings=HEADINGS, delimiter=delimiter, line_end=line_end, encoding=encoding)

    source, headings, rows = table_of(content)

    assert source.delimiter == delimiter
    assert headings == list(HEADINGS)
    assert rows == [(2, list(ROWS[0])), (3, list(ROWS[1]))]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("氏名,社員番号\n山田太郎,7\n佐藤花子,8\n鈴木一郎,9\n高橋製造,10\n", "shift_jis"),
        ("Jméno,Číslo\nŽižka Tomáš,7\nŘehoř Ťuhýk,8\nŠťastný Ľubomír,9\nKůň Žluťoučký,10\n", "cp1250"),
    ],
)
def test_letters_outside_western_windows_are_guessed(text: str, encoding: str) -> None:
    _source, headings, rows = table_of(text.encode(encoding))

    lines = text.splitlines()
    assert headings == lines[0].split(",")
    assert [cells for _line, cells in rows] == [line.split(",") for line in lines[1:]]


def test_bytes_of_no_known_encoding_are_kept_as_latin_1() -> None:
    source, headings, _rows = table_of(b"Name,Number\n" + bytes(range(161, 256)) * 3 + b"\x81,7\n")

    assert (source.encoding, headings) == ("latin-1", ["Name", "Number"])


def test_quoted_newlines_keep_the_line_of_the_row() -> None:
    content = b'Name,Number\r\n"Lee,\r\nAnn",7\r\n"Roe, Bo",8\r\n'

    _source, _headings, rows = table_of(content)

    assert rows == [(2, ["Lee, Ann", "7"]), (4, ["Roe, Bo", "8"])]


def test_empty_lines_are_no_rows() -> None:
    _source, headings, rows = table_of(b"\n\nName,Number\n\nAnn Lee,7\n , \n\n")

    assert headings == ["Name", "Number"]
    assert rows == [(5, ["Ann Lee", "7"])]


def test_first_delimiter_is_not_fooled_by_quoted_ones() -> None:
    source, headings, _rows = table_of(b'"Name; of, person";Number\n"Lee, Ann";7\n"Roe, Bo, C.";8\n')

    assert (source.delimiter, headings) == (";", ["Name; of, person", "Number"])


def test_headings_are_made_unique() -> None:
    assert unique_headings(["Name", "", "Name", "Name (2)", ""]) == (
        ["Name", "Column 2", "Name (2)", "Name (2) (2)"],
        ["Name", "Name (2)"],
    )


def test_workbook_gives_the_first_visible_sheet_with_content() -> None:
    content = as_workbook(
        {
            "Notes": [],
            "Secret": [["x"]],
            "People": [["Name", "Number", "Hired"], ["Lee, Ann", 7, datetime.date(2011, 7, 5)], ["Roe, Bo", 8.5, None]],
        },
        hidden=["Secret"],
    )

    source, headings, rows = table_of(content)

    assert (source.kind, source.sheet) == ("workbook", "People")
    assert headings == ["Name", "Number", "Hired"]
    assert rows == [(2, ["Lee, Ann", "7", "2011-07-05"]), (3, ["Roe, Bo", "8.5", ""])]


def zipped() -> bytes:
    """Return a ZIP archive with a text file in it."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("people.csv", "Name,Number\n")
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        (b"\xff\xfe", "empty"),
        (b"Name,Number\r\n", "header_only"),
        (zipped(), "not_a_table"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(64), "not_a_table"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(64), "not_a_table"),
        (b"GIF89a\x01\x00\x01\x00\x00" + bytes(64), "not_a_table"),
        (b"%PDF-1.7\n1 0 obj\n", "not_a_table"),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "not_a_table"),
        (bytes(range(1, 256)) * 8 + b"\x00\x01\x00", "binary"),
        (b'Name,Number\n"Lee, Ann,7\n' + b"Roe,8\n" * 30_000, "broken_quote"),
        (b",".join(b"c%d" % place for place in range(600)) + b"\n1\n", "too_many_columns"),
        (as_workbook({"Empty": []}), "empty"),
        (as_workbook({"People": [["Name"], ["Ann"]]})[:700], "not_a_table"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(content: bytes, code: str) -> None:
    refusal = refusal_of(content)

    assert refusal.code == code
    assert str(refusal.message).endswith(".")


def test_text_that_begins_like_a_program_is_still_a_table() -> None:
    _source, headings, _rows = table_of(b"MZ,BM\n1,2\n")

    assert headings == ["MZ", "BM"]


def test_broken_quote_far_below_is_found_when_the_whole_file_is_read() -> None:
    content = b"Name,Number\n" + b"Lee,7\n" * 5000 + b'"Roe,8\n' + b"Doe,9\n" * 30_000
    stream = io.BytesIO(content)

    with pytest.raises(FileRefused, match="line 5002") as caught:
        profile_file(stream, inspect_source(stream), {})

    assert caught.value.code == "broken_quote"


@given(st.binary(max_size=400))
def test_bytes_are_a_table_or_refused(content: bytes) -> None:
    stream = io.BytesIO(content)
    try:
        rows = list(read_table(stream, inspect_source(stream)).records)
    except FileRefused:
        rows = []

    assert all(any(record.cells) for record in rows)


@pytest.mark.parametrize(
    ("codec", "name"),
    [("utf-8-sig", "UTF-8"), ("utf-16_le", "UTF-16-LE"), ("cp1252", "Windows-1252"), ("mac_roman", "MAC-ROMAN")],
)
def test_codec_is_named_as_other_programs_do(codec: str, name: str) -> None:
    assert encoding_name(codec) == name
