"""Who reports to whom: managers by number, by name and by a key of the file's own, without ever closing a circle."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from people.enums import EmployeeStatus
from people.imports.clean import CleanRow
from people.imports.findings import Finding
from people.imports.names import name_key, parse_name


@dataclass(frozen=True, slots=True)
class Known:
    """An employee as the directory knows them: from the database, or from the file."""

    name: str
    manager: str = ""
    reported: str = ""
    has_left: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """What a row says about its manager."""

    line: int
    number: str
    name: str
    manager_number: str
    key: str
    has_left: bool


@dataclass(slots=True)
class Verdict:
    """Whom a row reports to (a number, or nobody), the name kept if nobody was found, and what there is to say."""

    line: int
    manager: str = ""
    reported: str = ""
    findings: list[Finding] = field(default_factory=list)


class KeyBook:
    """Which manager a key of the file stands for, learned from the rows that give both."""

    def __init__(self) -> None:
        self._names: dict[str, Counter[str]] = defaultdict(Counter)
        self._keys: dict[str, Counter[str]] = defaultdict(Counter)
        self._spelling: dict[str, str] = {}

    def learn(self, key: str, name: str) -> None:
        """Take note of one row that gives both."""
        if key and name:
            plain = plain_name(name)
            self._names[key][plain] += 1
            self._keys[plain][key] += 1
            self._spelling.setdefault(plain, name)

    def name_of(self, key: str) -> str:
        """Return the name most rows give beside the key, or nothing."""
        return self._spelling[_commonest(self._names[key])] if self._names.get(key) else ""

    def key_of(self, name: str) -> str:
        """Return the key most rows give beside the name, or nothing."""
        keys = self._keys.get(plain_name(name))
        return _commonest(keys) if keys else ""


@lru_cache(maxsize=8192)
def plain_name(name: str) -> str:
    """Return the key of a name, whether given as "Last, First" or "First Last"."""
    parsed = parse_name(name)
    return parsed.key or name_key(name)


def _commonest(counts: Mapping[str, int]) -> str:
    return min(counts, key=lambda item: (-counts[item], item))


class Directory:
    """Everybody a manager can be: the employees of the database, overlaid by those of the file."""

    def __init__(self, existing: Mapping[str, Known]) -> None:
        self._existing = existing
        self.people = dict(existing)
        self.claims: list[Claim] = []
        self.keys = KeyBook()
        self._by_name: dict[str, list[str]] | None = None

    def drop(self, refused: Mapping[int, str]) -> None:
        """Forget rows (line to number) that were refused after all: who was known before stays as known."""
        self.claims = [claim for claim in self.claims if claim.line not in refused]
        for number in refused.values():
            if number in self._existing:
                self.people[number] = self._existing[number]
            else:
                del self.people[number]

    def add(self, row: CleanRow) -> None:
        """Take in a row that is not refused."""
        before = self.people.get(row.number)
        status = row.status or (EmployeeStatus.LEFT if before and before.has_left else EmployeeStatus.ACTIVE)
        has_left = status == EmployeeStatus.LEFT
        self.people[row.number] = (
            Known(row.full_name, before.manager, before.reported, has_left)
            if before
            else Known(row.full_name, has_left=has_left)
        )
        if row.manager_name or row.manager_number or row.manager_key:
            self.keys.learn(row.manager_key, row.manager_name)
            self.claims.append(
                Claim(row.line, row.number, row.manager_name, row.manager_number, row.manager_key, has_left)
            )

    def called(self, name: str) -> list[str]:
        """Return the numbers of everybody of that name."""
        if self._by_name is None:
            self._by_name = defaultdict(list)
            for number, known in self.people.items():
                self._by_name[name_key(known.name)].append(number)
        return self._by_name.get(plain_name(name), [])


def resolve_managers(directory: Directory) -> Iterable[Verdict]:
    """Return one verdict for every row that says anything about a manager, in the order of the file."""
    chain = _Chain(
        {claim.number for claim in directory.claims},
        {number: known.manager for number, known in directory.people.items() if known.manager},
    )
    for claim in directory.claims:
        verdict = _find_manager(claim, directory)
        _join(claim, verdict, chain, directory)
        yield verdict


def _find_manager(claim: Claim, directory: Directory) -> Verdict:
    verdict = Verdict(claim.line)
    name = claim.name
    if claim.key and not name:
        name = directory.keys.name_of(claim.key)
        code = "manager_from_key" if name else "manager_key_unknown"
        verdict.findings.append(Finding(code, "manager_key", claim.key, name))
    elif name and claim.key != (usual := directory.keys.key_of(name)) and usual:
        code = "manager_key_differs" if claim.key else "manager_key_filled"
        verdict.findings.append(Finding(code, "manager_key", claim.key or name, usual))
    if claim.manager_number in directory.people:
        return _by_number(claim, name, verdict, directory)
    if not name:
        verdict.reported = claim.manager_number
        if claim.manager_number:
            verdict.findings.append(Finding("manager_not_employee", "manager_number", claim.manager_number))
        return verdict
    return _by_name(claim, name, verdict, directory)


def _by_number(claim: Claim, name: str, verdict: Verdict, directory: Directory) -> Verdict:
    verdict.manager = claim.manager_number
    known = directory.people[claim.manager_number]
    if name and plain_name(name) != name_key(known.name):
        verdict.findings.append(Finding("manager_disagrees", "manager_name", name, known.name))
    return verdict


def _by_name(claim: Claim, name: str, verdict: Verdict, directory: Directory) -> Verdict:
    called = directory.called(name)
    before = directory.people[claim.number]
    if len(called) == 1:
        verdict.manager = called[0]
        return verdict
    verdict.reported = name
    if before.manager and (before.manager in called or before.reported == name):
        verdict.manager = before.manager  # a person has chosen somebody since; the file says nothing new
        return verdict
    code = "manager_ambiguous" if called else "manager_not_employee"
    verdict.findings.append(Finding(code, "manager_name", name, str(len(called) or "")))
    return verdict


def _join(claim: Claim, verdict: Verdict, chain: "_Chain", directory: Directory) -> None:
    """Add the line to the chain, unless it is the one that would close a circle."""
    if not verdict.manager:
        return
    manager = directory.people[verdict.manager]
    code = "manager_is_self" if verdict.manager == claim.number else ""
    if not code and not chain.join(claim.number, verdict.manager):
        code = "manager_cycle"
    if code:
        verdict.findings.append(Finding(code, "manager_name", manager.name, verdict.manager))
        verdict.reported, verdict.manager = manager.name, ""
    elif manager.has_left and not claim.has_left:
        verdict.findings.append(Finding("manager_has_left", "manager_name", manager.name, verdict.manager))


class _Chain:
    """Everybody's way up, shortened as it is walked, so that a circle is found in nearly constant time."""

    def __init__(self, claimed: set[str], existing: Mapping[str, str]) -> None:
        self._above: dict[str, str] = {}
        for number, manager in existing.items():
            if number not in claimed:
                self.join(number, manager)

    def join(self, number: str, manager: str) -> bool:
        """Put ``number`` below ``manager`` and return True, or return False if that closes a circle."""
        if self._top(manager) == number:
            return False
        self._above[number] = manager
        return True

    def _top(self, number: str) -> str:
        walked: list[str] = []
        while number in self._above:
            walked.append(number)
            number = self._above[number]
        for step in walked:
            self._above[step] = number
        return number
