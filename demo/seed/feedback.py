"""Notes, questions, values and a wall, told through the real services on the days they would have happened."""

import datetime

from demo.seed import feedback_texts as texts
from demo.seed.stage import days_ago, member_of, on
from feedback.models import FeedbackNote, FeedbackRequest, OrganizationValue
from feedback.note_enums import Readers
from feedback.services import feedback_notes as notes
from feedback.services.recognition import give_recognition, save_value, set_opted_out, set_wall_open
from feedback.services.requests import ask_for_feedback, decline_request
from goals.enums import GoalStatus, Visibility
from goals.models import Goal
from people.enums import EmployeeStatus
from people.models import Employee

TEAM_WANTED = 6


class Teller:
    """Tells what the demo manager's team says to each other."""

    def __init__(self, signed_in: dict[str, Employee]) -> None:
        self.manager, self.employee = signed_in["manager"], signed_in["employee"]
        others = (
            self.manager.direct_reports.exclude(pk=self.employee.pk)
            .exclude(status=EmployeeStatus.LEFT)
            .order_by("number")
        )
        rows = others.select_related("manager", "organization", "location", "department")
        self.team = [self.employee, *rows[:TEAM_WANTED]]
        for person in [self.manager, *self.team]:
            member_of(person)

    def person(self, place: int) -> Employee:
        """Return somebody of the team by place; -1 is the manager."""
        return self.manager if place < 0 else self.team[place]

    def note(self, place: int, about: Employee, text: str, readers: Readers, *, ago: int) -> FeedbackNote:
        """Let somebody of the team write a note."""
        with on(days_ago(ago)):
            return notes.give_note(actor=member_of(self.person(place)), about=about, text=text, readers=readers)

    def ask(self, asker: int, asked: int, question: str, *, ago: int, days: int, about: Employee | None = None) -> int:
        """Let somebody of the team ask another; return the key of the question."""
        own, day = self.person(asker), days_ago(ago)
        with on(day):
            request = ask_for_feedback(
                actor=member_of(own),
                asked=self.person(asked),
                about=about or own,
                question=question,
                due_on=day + datetime.timedelta(days=days),
            )
        key: int = request.pk
        return key


def create_feedback(signed_in: dict[str, Employee]) -> None:
    """Tell everything inside the open tenant context."""
    values = [
        save_value(actor=member_of(signed_in["admin"]), name=name, description=description, position=place)
        for place, (name, description) in enumerate(texts.VALUES, start=1)
    ]
    teller = Teller(signed_in)
    if len(teller.team) < TEAM_WANTED:
        return
    _tell_notes(teller)
    _tell_questions(teller)
    _tell_praise(teller, values)


def _tell_notes(teller: Teller) -> None:
    employee, manager = teller.employee, teller.manager
    kept = teller.note(1, employee, texts.KEPT, Readers.RECEIVER, ago=20)
    with on(days_ago(19)):
        notes.mark_seen(actor=member_of(employee), note=kept)
        notes.reply_to_note(actor=member_of(employee), note=kept, reply="Thank you. I will go on with the list.")
        notes.keep_note(actor=member_of(employee), note=kept, is_kept=True)
    fresh = teller.note(2, employee, texts.FRESH_BEFORE, Readers.BOTH, ago=6)
    with on(days_ago(6)):
        notes.correct_note(actor=member_of(teller.person(2)), note=fresh, text=texts.FRESH)
    withdrawn = teller.note(3, employee, texts.MIXED_UP, Readers.RECEIVER, ago=12)
    with on(days_ago(11)):
        notes.withdraw_note(actor=member_of(teller.person(3)), note=withdrawn, reason=texts.MIXED_UP_REASON)
    teller.note(-1, teller.person(1), texts.TO_MATE, Readers.HR, ago=16)
    teller.note(2, manager, texts.UPWARD, Readers.RECEIVER, ago=8)
    teller.note(0, teller.person(4), texts.KEPT, Readers.RECEIVER, ago=13)


def _tell_questions(teller: Teller) -> None:
    employee = teller.employee
    teller.ask(0, 3, texts.OPEN_QUESTION, ago=2, days=7)
    teller.ask(1, 0, texts.ASKED_OF_EMPLOYEE, ago=3, days=7)
    teller.ask(4, -1, texts.QUESTION, ago=1, days=6)
    answered = teller.ask(0, 2, texts.QUESTION, ago=11, days=7)
    with on(days_ago(8)):
        _answer(teller, 2, answered, texts.ANSWER, Readers.BOTH)
    private = teller.ask(-1, 1, texts.MANAGER_QUESTION, ago=12, days=7, about=employee)
    with on(days_ago(9)):
        _answer(teller, 1, private, texts.MANAGER_ANSWER, Readers.MANAGER)
    declined = teller.ask(0, 5, texts.QUESTION, ago=15, days=7)
    with on(days_ago(14)):
        asked = FeedbackRequest.objects.get(pk=declined)
        decline_request(actor=member_of(teller.person(5)), request=asked, reason=texts.DECLINED)


def _answer(teller: Teller, place: int, key: int, text: str, readers: Readers) -> None:
    request = FeedbackRequest.objects.select_related("about__manager", "asked_by", "goal").get(pk=key)
    notes.answer_request(actor=member_of(teller.person(place)), request=request, text=text, readers=readers)


def _tell_praise(teller: Teller, values: list[OrganizationValue]) -> None:
    with on(days_ago(30)):
        set_wall_open(actor=member_of(teller.manager), manager=teller.manager, is_open=True)
        set_opted_out(actor=member_of(teller.person(5)), is_opted_out=True)
    goal = Goal.objects.filter(employee=teller.employee, status=GoalStatus.ACTIVE, visibility=Visibility.TEAM).first()
    for giver, receiver, value, text, ago in texts.PRAISE:
        with on(days_ago(ago)):
            give_recognition(
                actor=member_of(teller.person(giver)),
                receiver=teller.person(receiver),
                text=text,
                value=values[value],
                goal=goal if receiver == 0 and giver == 1 else None,
            )
