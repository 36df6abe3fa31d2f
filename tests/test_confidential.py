"""Passwords and keys do not stand in site.yaml, and are not shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from coldpress.cli import main
from coldpress.confidential import veiled
from tests import sites

SECRETS = [
    'to: "https://me:hunter2@harbour.example/x.git"',
    'to: ":sftp,host=harbour.example,user=me,pass=hunter2:site"',
    'to: ":s3,access_key_id=abc,secret_access_key=def:bucket"',
    'options: ["--token=abcdef"]',
    'options: ["--deployment-token", "abcdef"]',
    'options: ["--sftp-pass=hunter2"]',
    'options: ["--auth=abcdef"]',
    "to: AKIAABCDEFGHIJKLMNOP:bucket",
    "to: x-ghp_abcdefghijklmnopqrstuvwxyz0123456789",
]
HARMLESS = [
    'to: "me@harbour.example:/srv/site"',
    'to: "ssh://git@harbour.example:2222/x.git"',
    'to: "store:bucket/passenger-lists"',
    'to: "https://harbour.example/tokens/x.git"',
    'to: "rsync://harbour.example:873/site"',
    'options: ["--bwlimit=200", "--project-name=keyboards"]',
    'options: ["--rsh=ssh -p 2222 -i ~/.ssh/deploy"]',
    'options: ["--token=$NETLIFY_TOKEN"]',
]


def said(folder: Path, line: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    more = f"deploy:\n  targets:\n    live:\n      kind: rclone\n      {line}\n"
    sites.write(folder, {"site.yaml": sites.SITE_YAML + more})
    code = main(["deploy", "--source", str(folder)])
    return code, capsys.readouterr().out


@pytest.mark.parametrize("line", SECRETS)
def test_a_secret_is_refused(line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = said(tmp_path, line, capsys)
    assert code == 1
    field = line.partition(":")[0]
    said_of = f"error[secret-in-site]: {field!r} of the target 'live' holds what looks like"
    assert said_of in out
    assert "site.yaml:8:" in out
    assert "hunter2" not in out


@pytest.mark.parametrize("line", HARMLESS)
def test_what_is_none_is_let_be(
    line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(tmp_path, line, capsys)[0] == 0


def test_what_a_program_says_is_shown_without_it() -> None:
    text = "remote: https://me:hunter2@harbour.example refused; token: abcdef; AKIAABCDEFGHIJKLMNOP"
    assert veiled(text) == "remote: https://me:***@harbour.example refused; token: ***; ***"
    assert veiled("no such folder: site") == "no such folder: site"
