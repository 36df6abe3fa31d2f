"""An export of a WordPress site -> content files, pictures and a report. Start with bring.py."""

from coldpress.wordpress.bring import Outcome, bring
from coldpress.wordpress.files import write_files
from coldpress.wordpress.report import FILE_NAME, report, summary

__all__ = ["FILE_NAME", "Outcome", "bring", "report", "summary", "write_files"]
