"""What runs by the clock: task, when, why, and what if it fails. Nothing here plays anything."""

from celery.schedules import crontab

SCHEDULE = {
    # Finds jobs whose message was lost or whose worker died. Missing one costs 20 s.
    "sweep-jobs": {"task": "keeping.sweep_jobs", "schedule": 20.0},
    # Keeps every station's sessions filled 8 days ahead. Idempotent; a miss is made up next time.
    "extend-horizon": {"task": "timetable.extend_horizon", "schedule": 300.0},
    # Plans are valid for days; this moves their horizon before boxes run short.
    "refresh-plans": {"task": "boxes.refresh_plans", "schedule": 600.0},
    # Airings whose boxes have stayed silent become `missed`; lost boxes become incidents.
    "close-airings": {"task": "airlog.close_airings", "schedule": 60.0},
    # Bulletins past their last day leave the queue, just after local midnight in Vietnam.
    "expire-bulletins": {"task": "timetable.expire", "schedule": 900.0},
    # Every figure against a full recount from the raw rows; a difference is reported, not hidden.
    "audit-figures": {"task": "reports.audit_figures", "schedule": crontab(hour=19, minute=10)},
    # Old jobs and failed sign-ins; the log is never touched.
    "tidy": {"task": "keeping.tidy", "schedule": crontab(hour=20, minute=20)},
}
