"""problems + Report -> JSON, GitHub annotations, SARIF 2.1.0: the same findings for other programs.

Paths: in JSON as in the text, from the site's folder. The other two are read beside a whole
repository, so there they begin where the command was started.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from coldpress.mending import column_of
from coldpress.model import Report
from coldpress.problems import BuildError, Mend, Problem
from coldpress.reading import read_bytes
from coldpress.rulebook import Rule, rulebook

MOST_BYTES = 2 * 1024 * 1024
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def lines_of(source: Path, path: str) -> Sequence[str]:
    """Lines of a file of the site as it stands, with whatever is hidden in it; none when it is not
    there or not text."""
    if path.startswith("/") or ".." in Path(path).parts:
        return ()
    try:
        text = read_bytes(source, path, MOST_BYTES).decode("utf-8-sig")
    except (BuildError, UnicodeDecodeError):
        return ()
    return re.split(r"\r\n|\r|\n", text)


def below(source: Path) -> str:
    """What goes before a path so that it begins where the command was started: `demo/`."""
    here = Path.cwd()
    inside = source.is_relative_to(here) and source != here
    return f"{source.relative_to(here).as_posix()}/" if inside else ""


# --------------------------------------------------------------------------- JSON


def as_json(problems: Iterable[Problem], report: Report | None) -> str:
    """One object. `built` is null when nothing was built, `mend` where nothing is safe to mend."""
    rows = [_row(problem) for problem in problems]
    return json.dumps({"problems": rows, "built": _built(report)}, ensure_ascii=False, indent=2)


def _row(problem: Problem) -> dict[str, Any]:
    names = ("level", "rule", "path", "line", "column", "message", "hint")
    mend = problem.mend
    words = (
        {
            "path": mend.place.path,
            "line": mend.place.line,
            "column": mend.place.column,
            "was": mend.was,
            "becomes": mend.becomes,
        }
        if mend
        else None
    )
    return {**{name: getattr(problem, name) for name in names}, "mend": words}


def _built(report: Report | None) -> dict[str, Any] | None:
    if report is None:
        return None
    built: dict[str, Any] = {
        "pages": report.pages,
        "outputs": report.outputs,
        "words": report.words,
        "bytes": report.size,
        "seconds": round(report.seconds, 3),
        "next_change": report.next_change.isoformat() if report.next_change else None,
        "scheduled": [
            {"at": at.isoformat(), "what": what, "path": path}
            for at, what, path in report.scheduled
        ],
    }
    if (published := report.published) is not None:
        built |= {
            "new": published.new,
            "changed": published.changed,
            "removed": published.removed,
            "unchanged": published.unchanged,
        }
    return built


# --------------------------------------------------------------------------- GitHub


def as_github(problems: Iterable[Problem], source: Path) -> str:
    """Workflow commands: an annotation on the line of a pull request."""
    start = below(source)
    return "\n".join(_annotation(problem, start) for problem in problems)


def _annotation(problem: Problem, start: str) -> str:
    command = "error" if problem.level == "error" else "notice"
    place = (
        f"file={_property(start + problem.path)},line={problem.line},col={problem.column},"
        f"title={_property(problem.rule)}"
    )
    hint = [f"hint: {problem.hint}"] if problem.hint else []
    return f"::{command} {place}::{_escaped(chr(10).join([problem.message, *hint]))}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


# --------------------------------------------------------------------------- SARIF


def as_sarif(problems: Sequence[Problem], source: Path) -> str:
    start = below(source)
    rules = [rule for rule in rulebook() if rule.name in {problem.rule for problem in problems}]
    index = {rule.name: number for number, rule in enumerate(rules)}
    run = {
        "tool": {"driver": {"name": "coldpress", "rules": [_rule(rule) for rule in rules]}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, index, source, start) for problem in problems],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2)


def _rule(rule: Rule) -> dict[str, Any]:
    text = f"{rule.why}\n\nWrong:\n\n{rule.wrong}\n\nRight:\n\n{rule.right}"
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": {"level": _level(rule.level)},
    }


def _level(level: str) -> str:
    return "error" if level == "error" else "note"


def _result(problem: Problem, index: dict[str, int], source: Path, start: str) -> dict[str, Any]:
    region = {"startLine": problem.line, "startColumn": problem.column}
    place = {"artifactLocation": _artifact(start, problem.path), "region": region}
    result: dict[str, Any] = {
        "ruleId": problem.rule,
        "level": _level(problem.level),
        "message": {"text": ". ".join(filter(None, (problem.message, problem.hint)))},
        "locations": [{"physicalLocation": place}],
    }
    if problem.rule in index:
        result["ruleIndex"] = index[problem.rule]
    if problem.mend and (fix := list(_fix(problem.mend, source, start))):
        result["fixes"] = fix
    return result


def _artifact(start: str, path: str) -> dict[str, str]:
    return {"uri": quote(start + path)}


def _fix(mend: Mend, source: Path, start: str) -> Iterator[dict[str, Any]]:
    """One, when what is to be replaced stands there; a viewer offers it as a button."""
    lines = lines_of(source, mend.place.path)
    line = lines[mend.place.line - 1] if mend.place.line <= len(lines) else ""
    column = column_of(mend, line)
    if not column:
        return
    region = {
        "startLine": mend.place.line,
        "startColumn": column,
        "endLine": mend.place.line,
        "endColumn": column + len(mend.was),
    }
    replaced = {"deletedRegion": region, "insertedContent": {"text": mend.becomes}}
    change = {
        "artifactLocation": _artifact(start, mend.place.path),
        "replacements": [replaced],
    }
    words = mend.becomes.strip() or "nothing"
    yield {"description": {"text": f"write {words}"}, "artifactChanges": [change]}
