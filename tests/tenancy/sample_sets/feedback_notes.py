"""Addresses of feedback notes and recognition: a note Bob wrote to Alice alone, a question of Bob's, a wall."""

from typing import Any

from feedback.models import FeedbackNote, FeedbackRequest, OrganizationValue, Recognition
from feedback.note_enums import Readers
from tests.tenancy.world import EVERYBODY, FORBIDDEN, MISSING, OK, WRITE_ONLY, Sample, World


def _note(world: World) -> dict[str, Any]:
    note = world.one(FeedbackNote, author=world.manager, about=world.employee, readers=Readers.RECEIVER, request=None)
    return {"note_id": note.pk}


def _request(world: World) -> dict[str, Any]:
    """A question Alice asks Bob about herself."""
    asked = world.one(FeedbackRequest, asked_by=world.employee, asked=world.manager, about=world.employee)
    return {"request_id": asked.pk}


def _wall(world: World) -> dict[str, Any]:
    """The wall of Bob's team; Alder's boss has no team, and so no wall."""
    return {"manager_id": world.manager.pk}


def _recognition(world: World) -> dict[str, Any]:
    world.one(OrganizationValue)
    return {"recognition_id": world.one(Recognition, author=world.manager, receiver=world.employee).pk}


def _value(world: World) -> dict[str, Any]:
    return {"value_id": world.one(OrganizationValue).pk}


EMPLOYED = {**EVERYBODY, "ines": FORBIDDEN}
HAS_FEEDBACK = EMPLOYED
READS_NOTE = dict.fromkeys(["alice", "bob"], OK)
WRITES_NOTE = {"bob": OK, "alice": FORBIDDEN}
DEFINES = {"adam": OK}

SAMPLES: dict[str, Sample] = {
    "feedback:note_list": Sample(HAS_FEEDBACK),
    "feedback:note_export": Sample(HAS_FEEDBACK),
    "feedback:note_new": Sample(EMPLOYED),
    "feedback:words": Sample({}, WRITE_ONLY),
    "feedback:request_new": Sample(EMPLOYED),
    "feedback:request": Sample(READS_NOTE, MISSING, _request),
    "feedback:request_answer": Sample(WRITES_NOTE, MISSING, _request),
    "feedback:request_declining": Sample(WRITES_NOTE, MISSING, _request),
    "feedback:request_withdrawal": Sample({}, WRITE_ONLY, _request),
    "feedback:note": Sample(READS_NOTE, MISSING, _note),
    "feedback:note_correction": Sample(WRITES_NOTE, MISSING, _note),
    "feedback:note_withdrawal": Sample(WRITES_NOTE, MISSING, _note),
    "feedback:note_reply": Sample({}, WRITE_ONLY, _note),
    "feedback:note_file": Sample({}, WRITE_ONLY, _note),
    "feedback:note_showing": Sample({}, WRITE_ONLY, _note),
    "feedback:recognition_home": Sample(
        {**dict.fromkeys(["alice", "bob", "carol"], 302), "hana": OK, "adam": OK, "eve": OK}
    ),
    "feedback:recognition_new": Sample(EMPLOYED),
    "feedback:wall": Sample(dict.fromkeys(["alice", "bob", "carol", "hana"], OK), MISSING, _wall),
    "feedback:wall_opening": Sample({}, WRITE_ONLY, _wall),
    "feedback:recognition_withdrawal": Sample(
        {"alice": OK, "bob": OK, "carol": OK, "hana": FORBIDDEN}, MISSING, _recognition
    ),
    "feedback:appearing": Sample(EMPLOYED),
    "feedback:value_list": Sample(DEFINES),
    "feedback:value_new": Sample(DEFINES),
    "feedback:value_change": Sample(DEFINES, FORBIDDEN, _value),
    "feedback:walls_for_all": Sample({}, WRITE_ONLY),
}
