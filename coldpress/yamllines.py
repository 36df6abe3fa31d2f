"""A line of YAML -> the parts of a field or of an item of a list, as far as a pattern can tell."""

from __future__ import annotations

import re

FIELD = re.compile(r"^(\s*(?:-\s+)*)([^\s\"'#:\[{}\]-][^:\"']*)(:)(?:\s+(.*)|)$")
ITEM = re.compile(r"^(\s*(?:-\s+)+)(.*)$")
