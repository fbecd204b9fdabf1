"""The only owner of Qt threads: work goes out as a function, its value comes back on the window's thread."""

from app.tasks.handle import Handle
from app.tasks.runner import OnError, OnProgress, OnResult, Report, Runner, TaskRunner, Work

__all__ = ["Handle", "OnError", "OnProgress", "OnResult", "Report", "Runner", "TaskRunner", "Work"]
