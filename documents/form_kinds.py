"""What each kind of form consists of, and the wording that is shipped (RULES.md, "Forms").

The shipped wording becomes version 1 of an organization's templates; afterwards it is the organization's own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.enums import FormKind
from documents.form_content import Content, Passage, PlanContent, SectionContent, SectionsContent, Text
from documents.questions import AskedOf, QuestionKind, QuestionsContent

#: The parts of a plan's draft, in order: each can carry a word of guidance from HR.
PLAN_STEPS: Mapping[str, Text] = {
    "frame": gettext_lazy("Frame"),
    "concerns": gettext_lazy("Concerns"),
    "expectations": gettext_lazy("Expectations"),
    "milestones": gettext_lazy("Milestones"),
    "support": gettext_lazy("Support"),
    "consequences": gettext_lazy("What follows"),
}

#: Fields of a plan that are left to the writer unless HR asks for them.
REQUIRABLE: Mapping[str, Text] = {
    "root_cause": gettext_lazy("Root cause"),
    "concerns.evidence": gettext_lazy("Evidence of every example"),
    "concerns.impact": gettext_lazy("Impact of every example"),
    "concerns.prior_coaching": gettext_lazy("Guidance given before, for every example"),
    "expectations.measure": gettext_lazy("How every expectation is measured"),
}

_PLAN_TEXTS: Mapping[str, Text] = {
    "name": gettext_lazy("Name of the template"),
    "purpose": gettext_lazy("When to use it"),
    "title": gettext_lazy("Title"),
    "length_days": gettext_lazy("Length in days"),
    "check_in_every_days": gettext_lazy("Days between check-ins"),
    "root_cause_prompt": gettext_lazy("Root cause: prompt"),
    "concern_prompt": gettext_lazy("What happened: prompt"),
    "standard_prompt": gettext_lazy("Standard expected: prompt"),
    "final_goal": gettext_lazy("What should be reached by the last day"),
    "success_consequence": gettext_lazy("If the plan succeeds"),
    "failure_consequence": gettext_lazy("If the plan does not succeed"),
    "rights": gettext_lazy("Rights"),
}

#: The sections of the other forms: key, and what the page calls it.
SECTIONS: Mapping[str, Mapping[str, Text]] = {
    FormKind.DISCIPLINE: {
        "facts": gettext_lazy("What happened"),
        "policy": gettext_lazy("Policy concerned"),
        "investigation": gettext_lazy("Investigation"),
        "prior_actions": gettext_lazy("Earlier actions"),
        "employee_statement": gettext_lazy("The employee’s statement"),
        "proportionality": gettext_lazy("Why this level"),
        "corrective_action": gettext_lazy("What is expected from now on"),
        "consequence": gettext_lazy("What follows otherwise"),
        "rights": gettext_lazy("Rights and appeal"),
    },
    FormKind.CHECK_IN: {
        "progress": gettext_lazy("How it is going"),
        "evidence": gettext_lazy("What the manager has seen"),
        "employee_view": gettext_lazy("The employee’s view"),
        "support": gettext_lazy("Support given and needed"),
        "obstacles": gettext_lazy("Obstacles"),
        "actions": gettext_lazy("What both agree to do"),
    },
    FormKind.REVIEW: {
        "results": gettext_lazy("Result of each expectation"),
        "delays": gettext_lazy("Missed dates and their cause"),
        "support": gettext_lazy("Support delivered"),
        "sustained": gettext_lazy("Does it last?"),
        "recognition": gettext_lazy("Recognition"),
        "relapse": gettext_lazy("If it slips again"),
        "employee_response": gettext_lazy("The employee’s response"),
        "lessons": gettext_lazy("What to do better next time"),
    },
}


@dataclass(frozen=True, kw_only=True)
class ShippedTemplate:
    """Wording that comes with the product, for one key of one kind."""

    kind: FormKind
    key: str
    content: Content


def _form(kind: FormKind, name: Text, purpose: Text, title: Text, **sections: SectionContent) -> ShippedTemplate:
    content = SectionsContent(name=name, purpose=purpose, title=title, sections=sections)
    return ShippedTemplate(kind=kind, key="standard", content=content)


def _must(guidance: Text, default: Text = "") -> SectionContent:
    return SectionContent(guidance=guidance, default=default, is_required=True)


def _may(guidance: Text, default: Text = "") -> SectionContent:
    return SectionContent(guidance=guidance, default=default)


FORMS: tuple[ShippedTemplate, ...] = (
    _form(
        FormKind.DISCIPLINE,
        gettext_lazy("Disciplinary action"),
        gettext_lazy("A rule of conduct was broken. For results that fall short, use a plan."),
        gettext_lazy("Disciplinary action"),
        facts=_must(
            gettext_lazy("Date, time and place, what was seen or said, by whom, and who witnessed it. No opinions.")
        ),
        policy=_must(gettext_lazy("Name the policy and its version, and say when the employee was told of it.")),
        investigation=_must(
            gettext_lazy("What was looked into, who was heard, what was found. Say so if nothing was.")
        ),
        prior_actions=_must(gettext_lazy("List them, or say “none”. Expired ones do not count.")),
        employee_statement=_must(
            gettext_lazy("In the employee’s own words; say when they were asked if they said nothing.")
        ),
        proportionality=_must(
            gettext_lazy(
                "How were similar cases handled? What speaks for the employee? Why is a lower level not enough?"
            )
        ),
        corrective_action=_must(gettext_lazy("What exactly, from which day, and how it will be seen.")),
        consequence=_must(gettext_lazy("The next level, and the day on which this action expires.")),
        rights=_must(
            gettext_lazy("Answer, companion, appeal: whom to turn to and until when."),
            gettext_lazy(
                "Acknowledging this letter confirms that you have received it, not that you agree with it.\n"
                "You may answer in writing at any time; your answer is kept with this letter for good.\n"
                "You may bring a companion of your choice to any meeting about it.\n"
                "You may appeal; an appeal is heard by a manager who was not involved."
            ),
        ),
    ),
    _form(
        FormKind.CHECK_IN,
        gettext_lazy("Check-in"),
        gettext_lazy("The talk between two reviews, all year and during a plan."),
        gettext_lazy("Check-in"),
        progress=_must(gettext_lazy("Begin with what went well since the last time, then each expectation in turn.")),
        evidence=_must(gettext_lazy("What was seen, with dates. Say it to the employee before you write it down.")),
        employee_view=_may(gettext_lazy("The employee writes this part.")),
        support=_may(gettext_lazy("What was promised and given, what is late, what else would help.")),
        obstacles=_may(gettext_lazy("What stands in the way, and who can take it away?")),
        actions=_may(gettext_lazy("Who does what by which day. The open ones come back next time.")),
    ),
    _form(
        FormKind.REVIEW,
        gettext_lazy("Review after a plan"),
        gettext_lazy("30, 90 and 180 days after a plan has succeeded."),
        gettext_lazy("Looking back"),
        results=_must(gettext_lazy("Each figure beside its baseline and its target. Small changes can be chance.")),
        delays=_may(gettext_lazy("Which dates were missed, and what caused it?")),
        support=_must(gettext_lazy("Was everything given that was promised? What should stay in place?")),
        sustained=_must(gettext_lazy("Is the standard of the job held without extra help?")),
        recognition=_may(gettext_lazy("What deserves to be said aloud?")),
        relapse=_may(gettext_lazy("What was agreed for this case in the plan.")),
        employee_response=_may(gettext_lazy("The employee writes this part.")),
        lessons=_may(gettext_lazy("About the process, not about the person.")),
    ),
)


def passages_of(kind: FormKind | str, content: Content) -> Iterator[Passage]:
    """Yield everything a form says, in its order, for reading and comparing."""
    if isinstance(content, PlanContent):
        yield from _plan_passages(content)
        return
    for name in ("name", "purpose", "title"):
        yield Passage(name, str(_PLAN_TEXTS[name]), str(getattr(content, name)))
    if isinstance(content, QuestionsContent):
        yield from _question_passages(content)
        return
    for key, label in SECTIONS[kind].items():
        section = content.section(key)
        yield Passage(f"{key}.guidance", _("%(section)s: guidance") % {"section": label}, str(section.guidance))
        yield Passage(f"{key}.default", _("%(section)s: begins with") % {"section": label}, str(section.default))
        yield Passage(
            f"{key}.is_required",
            _("%(section)s: required") % {"section": label},
            _("yes") if section.is_required else _("no"),
        )


def _question_passages(content: QuestionsContent) -> Iterator[Passage]:
    for number, one in enumerate(content.questions, start=1):
        facts = [str(QuestionKind(one.kind).label), str(AskedOf(one.asked_of).label)]
        facts += [_("required")] if one.is_required else []
        facts += [_("overall rating")] if one.is_overall else []
        levels = [f"{level}  {words}" for level, words in one.levels]
        lines = [str(one.text), str(one.guidance), *levels, " · ".join(facts)]
        label = _("Question %(number)s") % {"number": number}
        yield Passage(f"questions.{one.key}", label, "\n".join(line for line in lines if line.strip()))


def _plan_passages(content: PlanContent) -> Iterator[Passage]:
    for name, label in _PLAN_TEXTS.items():
        yield Passage(name, str(label), str(getattr(content, name)))
    for step, label in PLAN_STEPS.items():
        words = str(content.guidance.get(step, ""))
        yield Passage(f"guidance.{step}", _("%(section)s: guidance") % {"section": label}, words)
    for name, label in REQUIRABLE.items():
        is_asked = _("yes") if name in content.required else _("no")
        yield Passage(f"required.{name}", _("%(section)s: required") % {"section": label}, is_asked)
    for number, one in enumerate(content.expectations, start=1):
        target = "" if one.target is None else f"{one.target:f}"
        lines = (one.title, one.measure, f"{one.direction} {target} {one.unit}", one.data_source)
        label = _("Expectation %(number)s") % {"number": number}
        yield Passage(f"expectations.{number}", label, "\n".join(str(line).strip() for line in lines))
    for day, goal in sorted(content.milestone_goals.items()):
        yield Passage(f"milestones.{day}", _("Day %(day)s") % {"day": day}, str(goal))
    for number, promise in enumerate(content.support, start=1):
        words = _("%(support)s (by day %(day)s)") % {"support": promise.description, "day": promise.due_day}
        yield Passage(f"support.{number}", _("Promise %(number)s") % {"number": number}, words)
