"""Báo cáo: every page of the domain, registered by being imported."""

from broadcast.reports import (
    channel_views,
    exception_views,
    figure_views,
    paper_views,
    paper_writing,
    plan_views,
    register_views,
)
from broadcast.reports.pages import pages

__all__ = [
    "channel_views",
    "exception_views",
    "figure_views",
    "pages",
    "paper_views",
    "paper_writing",
    "plan_views",
    "register_views",
]
