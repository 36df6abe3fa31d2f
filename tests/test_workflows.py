"""The workflow files: pinned, with few rights, and nothing cut off that must not be."""

from __future__ import annotations

import re
import subprocess
from itertools import chain
from pathlib import Path
from typing import Any
from unittest.mock import ANY

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
OURS = sorted((ROOT / ".github/workflows").glob("*.yml"))
SHIPPED = ROOT / "coldpress/workflows"
PINNED = re.compile(r"^[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")


def read(path: Path) -> Any:
    # YAML 1.1 reads the key `on` as true.
    return yaml.safe_load(path.read_text(encoding="utf-8").replace("\non:\n", '\n"on":\n'))


@pytest.mark.parametrize("path", [*OURS, SHIPPED / "github.yml"], ids=lambda path: path.name)
def test_every_action_is_pinned_by_its_commit(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    used = [line.partition("uses: ")[2] for line in lines if "uses: " in line]
    assert used
    assert [one for one in used if not PINNED.match(one)] == []


def test_one_version_of_each_action() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (*OURS, SHIPPED / "github.yml")]
    used = {one for text in texts for one in re.findall(r"uses: (\S+)", text)}
    assert len({one.partition("@")[0] for one in used}) == len(used)


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_few_rights_and_no_two_at_once(path: Path) -> None:
    workflow = read(path)
    wanted = {"contents": "read"} | ({"actions": "write"} if path.name == "scheduled.yml" else {})
    assert workflow["permissions"] == wanted
    assert workflow["concurrency"]["group"]
    for name, job in workflow["jobs"].items():
        assert "permissions" not in job
        assert job["timeout-minutes"] <= 45, name
        for step in job["steps"]:
            if "checkout" in step.get("uses", ""):
                assert step["with"]["persist-credentials"] is False
            assert "${{" not in step.get("run", ""), "a stranger's words may stand in it"


def test_a_deployment_is_never_cut_off_and_never_a_strangers() -> None:
    workflow = read(ROOT / ".github/workflows/site.yml")
    deploy = workflow["jobs"]["deploy"]
    assert deploy["concurrency"] == {"group": "deploy", "cancel-in-progress": False}
    assert "refs/heads/main" in workflow["concurrency"]["cancel-in-progress"]
    assert "github.event_name != 'pull_request'" in deploy["if"]
    assert "schedule" not in workflow["on"], "GitHub switches such a workflow off after 60 days"


GH = """\
#!/bin/sh
# What GitHub would answer, by what it is asked for.
echo "$*" >> asked
case "$*" in
  *commits/main*) echo 1f2e3d ;;
  *head_sha=1f2e3d*event=push*) cat run ;;
  *runs/77/jobs*) cat gate ;;
  *) exit 9 ;;
esac
"""


@pytest.mark.parametrize(
    ("run", "gate", "came"),
    [("77", "success", "success"), ("77", "failure", "failure"), ("77", "", ""), ("", "", "")],
)
def test_the_clock_brings_online_only_what_has_passed_the_gate(
    run: str, gate: str, came: str, tmp_path: Path
) -> None:
    """The step's own words, run by bash. No run: a commit that wanted none, like `[skip ci]`."""
    steps = read(SHIPPED / "github.yml")["jobs"]["due"]["steps"]
    (asks,) = (step for step in steps if step.get("id") == "gate")
    for name, text in {"gh": GH, "run": f"{run}\n", "gate": f"{gate}\n"}.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "gh").chmod(0o755)
    subprocess.run(
        ["/bin/bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", asks["run"]],
        env={
            "PATH": f"{tmp_path}:/usr/bin:/bin",
            "GATE": "gate",
            "SITE": "site.yml",
            "GITHUB_REPOSITORY": "me/site",
            "GITHUB_REF_NAME": "main",
            "GITHUB_OUTPUT": str(tmp_path / "answer"),
        },
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    assert (tmp_path / "answer").read_text() == f"came={came}\n"


def test_github_has_a_way_back_that_a_failure_does_not_lose() -> None:
    """`deploy` ends with 1 when the live site is not as it should be: then it is wanted."""
    workflow = read(ROOT / ".github/workflows/site.yml")
    assert workflow["on"]["workflow_dispatch"]["inputs"]["rollback"]["type"] == "boolean"
    jobs = workflow["jobs"]
    assert jobs["build"]["if"] == "${{ !inputs.rollback }}"
    assert "inputs.rollback || needs.build.result == 'success'" in jobs["deploy"]["if"]
    steps = jobs["deploy"]["steps"]
    used = [step.get("uses", "").partition("@")[0] for step in steps]
    restored = steps[used.index("actions/cache/restore")]
    saved = steps[used.index("actions/cache/save")]
    (deploys,) = (step for step in steps if "build.py deploy" in step.get("run", ""))
    assert steps.index(restored) < steps.index(deploys) < steps.index(saved)
    assert saved["if"].startswith("always()")
    assert {**saved["with"], "restore-keys": ANY} == {**restored["with"], "restore-keys": ANY}
    assert deploys["run"].endswith("$BACK")
    assert "'--rollback'" in deploys["env"]["BACK"]
    since = (SHIPPED / "github.yml").read_text(encoding="utf-8")
    assert '.display_title != "rollback"' in since
    assert "'rollback'" in workflow["run-name"]


def test_gitlab_has_a_way_back_that_a_failure_does_not_lose() -> None:
    jobs = gitlab()
    (kept,) = (one for one in jobs["deploy"]["cache"] if one["paths"] == [".coldpress/deployed"])
    assert kept["when"] == "always"
    assert kept in jobs["rollback"]["cache"]
    shared = jobs[".site"]["cache"]["paths"]
    assert ".coldpress" not in shared, "a build that began earlier would bring an older one back"
    assert jobs["rollback"]["rules"][-1]["when"] == "manual"
    assert jobs["rollback"]["resource_group"] == jobs["deploy"]["resource_group"]
    assert any("--rollback --yes" in line for line in jobs["rollback"]["script"])


def test_nothing_is_started_past_the_gate() -> None:
    workflow = read(ROOT / ".github/workflows/scheduled.yml")["jobs"]["due"]
    (starts,) = (step for step in workflow["steps"] if "gh workflow run" in step.get("run", ""))
    assert "env.GATE == '' || steps.gate.outputs.came == 'success'" in starts["if"]
    jobs = read(ROOT / ".github/workflows" / workflow["env"]["SITE"])["jobs"]
    gate = jobs[workflow["env"]["GATE"]]
    assert "workflow_dispatch' || github.actor != 'github-actions[bot]'" in gate["if"]
    assert workflow["env"]["GATE"] in jobs["deploy"]["needs"]


def test_every_programme_is_run_at_its_full_size_once_a_week() -> None:
    """One that asks `tests.sizes` how much to do does little in every other run."""
    full = read(ROOT / ".github/workflows/proofs.yml")["jobs"]["full"]
    parts: list[str] = full["strategy"]["matrix"]["part"]
    files = chain.from_iterable(
        (ROOT / name).glob("test_*.py") for name in ("tests", "tests/browser")
    )
    texts = {path.relative_to(ROOT).as_posix(): path.read_text() for path in files}
    sized = {name for name, text in texts.items() if re.search(r'\bsize\("', text)}
    assert {word for part in parts for word in part.split() if word.endswith(".py")} == sized
    kills = [part.split()[2] for part in parts if "test_safety_kill" in part]
    assert sorted(kills) == ["exchange", "file", "spoilt"], "in parts, and none of it left out"
    assert texts["tests/test_safety_kill.py"].count("\ndef test_") == 2


def test_the_scheduled_workflow_is_the_one_we_ship() -> None:
    ours = (ROOT / ".github/workflows/scheduled.yml").read_bytes()
    assert ours == (SHIPPED / "github.yml").read_bytes()


def gitlab() -> Any:
    text = (SHIPPED / "gitlab-site.yml").read_text(encoding="utf-8")
    return yaml.safe_load(re.sub(r"!reference (\[.*\])", r"\1", text))


def test_gitlab_deploys_one_at_a_time() -> None:
    jobs = gitlab()
    assert jobs["deploy"]["resource_group"] == "live"
    assert jobs["deploy"]["interruptible"] is False
    assert any("build.py deploy" in str(line) for line in jobs["deploy"]["script"])
    assert jobs["build"]["rules"][0]["when"] == "never"


def test_gitlab_deploys_where_a_target_is_named_and_notes_the_build_where_none_is() -> None:
    """One of the two jobs keeps .deployed: without it a build would be due every hour."""
    jobs = gitlab()
    never, deploys = jobs["deploy"]["rules"]
    assert never["when"] == "never"
    assert deploys == {"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && $DEPLOY_TARGET"}
    never, notes = jobs["noted"]["rules"]
    assert never["when"] == "never"
    assert never["if"].endswith("|| $DEPLOY_TARGET")
    assert notes == {"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}
    for name in ("deploy", "noted"):
        assert ".deployed" in jobs[name]["extends"]
        assert jobs[name]["needs"] == ["build"]
    head = (SHIPPED / "gitlab-site.yml").read_text(encoding="utf-8").partition("include:")[0]
    told = (ROOT / "docs/deploying.md").read_text(encoding="utf-8").partition("For GitLab")[2]
    assert "DEPLOY_TARGET" in head
    assert "DEPLOY_TARGET" in told
