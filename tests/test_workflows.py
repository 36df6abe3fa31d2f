"""The workflow files: pinned, with few rights, and nothing cut off that must not be."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path
from typing import Any

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


def test_the_clock_deploys_only_what_has_passed_the_gate() -> None:
    gate = read(ROOT / ".github/workflows/site.yml")["jobs"]["gate"]
    assert "workflow_dispatch" not in gate["if"], "who starts it by hand waits for the gate"
    assert "github.actor != 'github-actions[bot]'" in gate["if"], "only the clock is let through"
    steps = read(ROOT / ".github/workflows/scheduled.yml")["jobs"]["due"]["steps"]
    starts = [step for step in steps if "gh workflow run" in step.get("run", "")]
    assert ["steps.gate.outputs.gate == 'success'" in step["if"] for step in starts] == [True]
    (asks,) = (step for step in steps if step.get("id") == "gate")
    assert 'head_sha="$GITHUB_SHA"' in asks["run"]


def test_what_was_there_before_is_kept_for_a_way_back() -> None:
    """Also after a deployment that found something wrong: just then it is wanted."""
    workflow = read(ROOT / ".github/workflows/site.yml")
    steps = workflow["jobs"]["deploy"]["steps"]
    (deploys,) = (step for step in steps if "build.py deploy" in step.get("run", ""))
    assert "--rollback" in deploys["env"]["BACK"]
    assert workflow["on"]["workflow_dispatch"]["inputs"]["rollback"]["type"] == "boolean"
    (saves,) = (step for step in steps if "actions/cache/save" in step.get("uses", ""))
    assert saves["if"] == "always()"
    assert steps.index(saves) > steps.index(deploys)


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


def test_gitlab_deploys_one_at_a_time() -> None:
    text = (SHIPPED / "gitlab-site.yml").read_text(encoding="utf-8")
    jobs = yaml.safe_load(re.sub(r"!reference (\[.*\])", r"\1", text))
    assert jobs["deploy"]["resource_group"] == "live"
    assert jobs["deploy"]["interruptible"] is False
    assert any("build.py deploy" in str(line) for line in jobs["deploy"]["script"])
    assert jobs["build"]["rules"][0]["when"] == "never"
    for job in ("deploy", "due"):
        assert "$DEPLOY_TARGET" in jobs[job]["rules"][-1]["if"], "nothing to do without a place"
