"""What share of small wrong changes to the core tests/core notices.

    pip install --require-hashes --requirement requirements-proof.txt
    mutmut run; python -m tests.core.mutation

mutmut makes every change it knows of to the files that pyproject.toml names, one at a time, and
runs the tests that reach it. Changes that no test notices: `mutmut results`, `mutmut show NAME`.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from tests.sizes import measured

LEAST = 85
"""Per cent."""
SURVIVED = 0
NEVER_RUN = (None, 2, 5, 33, 34)
"""What mutmut writes for a change that was not tried, or that no test reaches."""


def counted(folder: Path) -> dict[str, Counter[str]]:
    """File -> how many changes were killed, survived or were never run."""
    found = {}
    for file in sorted(folder.rglob("*.py.meta")):
        codes = json.loads(file.read_text())["exit_code_by_key"].values()
        ends = Counter(map(end_of, codes))
        if ends:
            found[file.relative_to(folder).as_posix().removesuffix(".meta")] = ends
    return found


def end_of(code: int | None) -> str:
    if code in NEVER_RUN:
        return "never run"
    return "survived" if code == SURVIVED else "killed"


def main() -> int:
    files = counted(Path("mutants"))
    total: Counter[str] = Counter()
    for path, ends in files.items():
        total.update(ends)
        print(f"{path}: {ends['killed']} of {ends.total()}")  # noqa: T201
    share = 100 * total["killed"] / max(1, total.total())
    print(f"{share:.1f} % of {total.total()} killed, {LEAST} % wanted")  # noqa: T201
    measured("mutation", changes=total.total(), ends=dict(total), files=len(files))
    return 0 if share >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main())
