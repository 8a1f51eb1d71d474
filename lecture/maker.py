"""Makes jobs that read files: it carries their content along, wherever the job runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from regviz.lecture.job import Job
from regviz.lecture.made import Made, Report
from regviz.lecture.make import make


@dataclass(frozen=True)
class Maker:
    """What turns a job into files; `data` is the content of CSV files by name."""

    data: Mapping[str, bytes] = field(default_factory=dict)

    def __call__(self, job: Job, report: Report) -> Made:
        """Make a job's files in memory."""
        from regviz.lessons.data import in_hand

        with in_hand(self.data):
            return make(job, report)
