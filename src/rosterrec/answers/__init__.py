"""What a clerk filled into a workbook, read back: rows found by their headings and hidden keys.

A workbook may have been sorted, filtered, renamed, given more columns, saved by another program, or
filled in for an older run. Every row that says something is taken as a whole or named and left.
"""

from rosterrec.answers.forms import read_forms
from rosterrec.answers.understand import Answer, Answers, Shown, Unclear, understand

__all__ = ["Answer", "Answers", "Shown", "Unclear", "read_forms", "understand"]
