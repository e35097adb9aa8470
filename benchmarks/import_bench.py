"""Importing people: rows a second against the same rows written bare, and the memory a file of 50 MB takes."""

import csv
import io
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.harness import report, services

ROWS = 10_000
BIG_BYTES = 50 * 1024 * 1024
HEADINGS = ("EmpID", "Name", "Job Title", "Department", "State", "Hire Date", "Manager Number", "Notes")
LEAST_SHARE_OF_BARE_WRITE = 0.2
MOST_MEGABYTES = 400


def make_file(rows: int, *, padding: int = 0) -> bytes:
    """Return a file of people in a tree, eight below each; ``padding`` makes its rows longer."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    for number in range(rows):
        manager = f"N{(number - 1) // 8}" if number else ""
        writer.writerow(
            (f"N{number}", f"Family{number % 5000}, Given{number}", f"Job {number % 40}", f"Part {number % 12}", "MA",
             f"{number % 12 + 1:02}/{number % 28 + 1:02}/2019", manager, "x" * padding)
        )  # fmt: skip
    return text.getvalue().encode()


def seconds_of_copy(content: bytes) -> float:
    """Return how long PostgreSQL takes to copy the same rows into a table of plain texts."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        columns = ", ".join(f"column_{place} text" for place in range(len(HEADINGS)))
        cursor.execute(f"CREATE TABLE bare_copy ({columns})")
        start = time.perf_counter()
        with cursor.copy("COPY bare_copy FROM STDIN WITH (FORMAT csv, HEADER)") as copy:
            copy.write(content)
        passed = time.perf_counter() - start
        transaction.set_rollback(True)
    return passed


def seconds_of_bare_write(content: bytes) -> float:
    """Return how long the same people take as one INSERT after a COPY, with the same policies, keys and history."""
    from django.db import connection, transaction

    from pipcycle.tenancy.models import current_organization_id

    with transaction.atomic(), connection.cursor() as cursor:
        columns = ", ".join(f"column_{place} text" for place in range(len(HEADINGS)))
        start = time.perf_counter()
        cursor.execute(f"CREATE TEMP TABLE bare_write ({columns}) ON COMMIT DROP")
        with cursor.copy("COPY bare_write FROM STDIN WITH (FORMAT csv, HEADER)") as copy:
            copy.write(content)
        cursor.execute(
            "INSERT INTO people_employee (organization_id, number, given_name, family_name, email, reported_manager,"
            " leaving_kind, leaving_reason, status, last_rating, updated_at)"
            " SELECT %s, column_0, split_part(column_1, ', ', 2), split_part(column_1, ', ', 1), '', '', '', '',"
            " 'active', '', now() FROM bare_write",
            [current_organization_id()],
        )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        passed = time.perf_counter() - start
        transaction.set_rollback(True)
    return passed


def seconds_of_import(content: bytes, *, is_applied: bool) -> float:
    """Return how long it takes to check or apply a file, once it is uploaded."""
    from people.services import imports, upload_run

    batch = imports.upload_file(actor=None, filename="people.csv", stream=io.BytesIO(content), size=len(content))
    start = time.perf_counter()
    upload_run.run_now(actor=None, batch=batch, is_applied=is_applied)
    return time.perf_counter() - start


def open_organization(slug: str) -> int:
    """Create an organization; return its key."""
    from people.models import Organization

    return Organization.objects.create(name=slug, slug=slug, time_zone="America/New_York").pk


def measure_speed() -> bool:
    """Print the speed of a check, of the first import and of the same file again."""
    from django_rls_tenants import tenant_context

    content = make_file(ROWS)
    kept = True
    with tenant_context(open_organization("speed")):
        copied = min(seconds_of_copy(content) for _ in range(5))
        report("copy_rows_per_second", ROWS / copied, "rows/s", lower_is_better=False)
        written = min(seconds_of_bare_write(content) for _ in range(3))
        report("bare_write_rows_per_second", ROWS / written, "rows/s", ratio=copied / written, against="raw COPY",
               lower_is_better=False)  # fmt: skip
        for name, is_applied in (("import_check", False), ("import_apply", True), ("import_again", True)):
            passed = seconds_of_import(content, is_applied=is_applied)
            kept &= report(
                f"{name}_rows_per_second",
                ROWS / passed,
                "rows/s",
                ratio=written / passed,
                against="COPY and one INSERT of the same people with the same policies, keys and history",
                limit=LEAST_SHARE_OF_BARE_WRITE,
                lower_is_better=False,
            )
    return kept


def measure_memory() -> bool:
    """Print how much the process grows over a file of 50 MB, from upload to checked."""
    with tempfile.NamedTemporaryFile(suffix=".csv") as big:
        rows = BIG_BYTES // len(make_file(1000, padding=150)) * 1000
        big.write(make_file(rows, padding=150))
        big.flush()
        finished = subprocess.run(
            [sys.executable, "-m", "benchmarks.import_bench", "--memory", big.name],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    grown, seconds = (float(word) for word in finished.stdout.split())
    sys.stderr.write(f"import of 50 MB: {rows} rows checked in {seconds:.1f} s\n")
    return report("import_memory_of_50_mb", grown, "MB", limit=MOST_MEGABYTES)


def peak_megabytes() -> float:
    """Return the most memory this process has held so far."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def check_big_file(path: Path) -> None:
    """Upload and check a file in this process; print the growth of its memory in MB and the seconds."""
    import django

    django.setup()
    from django_rls_tenants import tenant_context

    from people.services import imports, upload_run

    with path.open("rb") as stream, tenant_context(open_organization("memory")):
        before = peak_megabytes()
        start = time.perf_counter()
        batch = imports.upload_file(actor=None, filename="people.csv", stream=stream, size=path.stat().st_size)
        upload_run.run_now(actor=None, batch=batch, is_applied=False)
        passed = time.perf_counter() - start
    grown = peak_megabytes() - before
    sys.stdout.write(f"{grown} {passed}\n")


def main() -> int:
    """Measure; return 1 if a limit is broken."""
    if "--memory" in sys.argv:
        check_big_file(Path(sys.argv[-1]))
        return 0
    with services():
        kept = measure_speed()
        kept &= measure_memory()
    return 0 if kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
