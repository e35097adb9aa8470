"""The Celery application and its schedule, which only plans: the database is the only clock (DESIGN.md)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pipcycle.settings")

app = Celery("pipcycle")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    # A run nobody took before the next is due is dropped: each does all that is to do.
    "plan-reminders": {"task": "reminders.tasks.plan_reminders", "schedule": 300.0, "options": {"expires": 300}},
    "deliver-messages": {"task": "reminders.tasks.deliver_messages", "schedule": 15.0, "options": {"expires": 15}},
    "resume-imports": {"task": "people.tasks.resume_imports", "schedule": 60.0, "options": {"expires": 60}},
    "resume-bundles": {"task": "documents.tasks.resume_bundles", "schedule": 60.0, "options": {"expires": 60}},
    "refresh-leave-status": {"task": "people.tasks.refresh_leave_status", "schedule": 900.0},
    "sweep-signals": {"task": "metrics.tasks.sweep_signals", "schedule": 60.0, "options": {"expires": 60}},
    "refresh-group-rollups": {
        "task": "metrics.tasks.refresh_group_rollups",
        "schedule": 600.0,
        "options": {"expires": 600},
    },
    "refresh-all-group-rollups": {"task": "metrics.tasks.refresh_all_group_rollups", "schedule": 86400.0},
    "forget-answers": {"task": "metrics.tasks.forget_answers", "schedule": 86400.0},
    "ask-for-goals": {"task": "goals.tasks.ask_for_goals", "schedule": 6 * 3600.0},
    "hand-goals-on": {"task": "goals.tasks.follow_reporting_lines", "schedule": 3600.0},
    "hand-check-ins-on": {"task": "feedback.tasks.follow_reporting_lines", "schedule": 3600.0},
    "end-feedback-questions": {"task": "feedback.tasks.end_questions", "schedule": 3600.0},
    "refresh-development-plans": {"task": "development.tasks.refresh_development_plans", "schedule": 3600.0},
    "resume-review-cycles": {"task": "reviews.tasks.resume_cycles", "schedule": 60.0, "options": {"expires": 60}},
    "run-pulses": {"task": "reviews.tasks.run_pulses", "schedule": 900.0, "options": {"expires": 900}},
    "follow-leavers": {"task": "reviews.tasks.follow_leavers", "schedule": 3600.0},
    "let-reviews-follow-people": {"task": "reviews.tasks.follow_people", "schedule": 3600.0},
    "refresh-disciplinary-actions": {"task": "pips.tasks.refresh_disciplinary_actions", "schedule": 3600.0},
    "refresh-plan-states": {"task": "pips.tasks.refresh_plan_states", "schedule": 900.0},
}
