"""`python3 build.py deploy`: from site.yaml to the place, and back."""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from coldpress.cli import main
from coldpress.deploying.model import RECORD
from tests import sites
from tests.places import git, needed
from tests.test_crawl import served

RELEASED = """\
name: Harbour Rooms
base_url: https://harbour.rooms
base_url_confirmed: 2026-11-01
timezone: America/Los_Angeles
booking:
  url: https://book.harbour.rooms/now
  confirmed: 2026-11-01
deploy:
"""
NOW = "2026-11-23T12:00:00Z"


def site(folder: Path, deploy: str, **files: str) -> Path:
    pages = {"content/guides/index.md": sites.page("Guides")}
    pages |= {"content/guides/cold.md": sites.page("Cold")}
    written = {f"content/guides/{name}.md": sites.page(text) for name, text in files.items()}
    return sites.write(folder, {"site.yaml": RELEASED + deploy, **pages, **written})


def ran(folder: Path, *words: str) -> int:
    return main(["deploy", *words, "--source", str(folder), "--now", NOW, "--jobs", "1"])


LIVE = "  targets:\n    live: {kind: folder, to: ../live}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return site(tmp_path / "site", LIVE)


def there(folder: Path) -> set[str]:
    live = folder.parent / "live"
    return {path.relative_to(live).as_posix() for path in live.rglob("*") if path.is_file()}


def test_it_is_there_and_a_second_time_nothing_is_to_do(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ran(folder, "live", "--yes") == 0
    found = there(folder)
    assert {"index.html", "guides/cold/index.html", "robots.txt", RECORD} <= found
    output = folder / "output"
    built = {path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file()}
    assert found - {RECORD} == built - {".coldpress.json"}
    assert "new, 0 changed, 0 removed" in capsys.readouterr().out
    before = (folder.parent / "live" / RECORD).stat().st_mtime_ns
    assert ran(folder, "live") == 0, "nobody need be asked"
    assert "0 new, 0 changed, 0 removed" in capsys.readouterr().out
    assert (folder.parent / "live" / RECORD).stat().st_mtime_ns == before


def test_dry_run_changes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ran(folder, "live", "--dry-run") == 0
    told = capsys.readouterr().out
    assert "new      apple-touch-icon.png" in told
    assert "new, 0 changed, 0 removed" in told
    assert not (folder.parent / "live").exists()
    assert not (folder / "output").exists()


def test_nobody_to_ask_means_no(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ran(folder, "live") == 3
    assert "add --yes" in capsys.readouterr().err
    assert not (folder.parent / "live").exists()


class Typing(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("typed", "done"), [("y\n", True), ("\n", False), ("", False)])
def test_somebody_is_asked(
    typed: str,
    done: bool,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.stdin", Typing(typed))
    assert ran(folder, "live") == 0
    assert (folder.parent / "live").exists() is done
    assert ("nothing was changed" in capsys.readouterr().out) is not done


@pytest.mark.parametrize(
    ("stop", "told"),
    [
        (KeyboardInterrupt(), "stopped in the middle: some files there are new"),
        (RuntimeError("a fault"), "something went wrong inside Coldpress; deploy again"),
    ],
)
def test_who_stops_it_halfway_is_not_told_that_nothing_changed(
    stop: BaseException,
    told: str,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def halfway(*_: object) -> None:
        raise stop

    monkeypatch.setattr("coldpress.deploying.carry_out", halfway)
    assert ran(folder, "live", "--yes") == 3
    said = capsys.readouterr().err
    assert told in said
    assert "not changed" not in said
    assert "deploy again" in said


def test_it_looks_at_the_site_afterwards(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "live").mkdir()
    with served(tmp_path / "live") as url:
        live = f"  targets:\n    live: {{kind: folder, to: ../live, url: '{url}'}}\n"
        folder = site(tmp_path / "site", live)
        assert ran(folder, "live", "--yes") == 0
        assert "files: are what was built" in capsys.readouterr().out
        (tmp_path / "live/guides/cold/index.html").write_text("changed by hand")
        assert ran(folder, "live", "--yes") == 1
        assert "WRONG /guides/cold/: is not what was built" in capsys.readouterr().out
        assert ran(folder, "live", "--yes", "--all", "--quiet") == 0
        assert capsys.readouterr().out == ""


def test_a_long_plan_is_cut_short_and_what_is_there_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "live").mkdir()
    (tmp_path / "live/theirs.txt").write_text("theirs")
    many = {f"page-{number}": f"Page {number}" for number in range(20)}
    assert ran(site(tmp_path / "site", LIVE, **many), "live", "--dry-run") == 0
    out = capsys.readouterr().out
    assert "1 files are there that are not ours: they stay" in out
    assert "... and " in out


def test_back_and_forth(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ran(folder, "live", "--rollback", "--yes") == 3
    assert "no earlier deployment" in capsys.readouterr().err
    assert ran(folder, "live", "--yes") == 0
    site(folder, LIVE, heat="Heat")
    (folder / "content/guides/cold.md").unlink()
    assert ran(folder, "live", "--yes") == 0
    assert "guides/heat/index.html" in there(folder)
    assert "guides/cold/index.html" not in there(folder)
    assert ran(folder, "live", "--rollback", "--yes") == 0
    assert "guides/heat/index.html" not in there(folder)
    assert "guides/cold/index.html" in there(folder)
    assert ran(folder, "live", "--rollback", "--yes") == 0
    assert "guides/heat/index.html" in there(folder)


def test_files_of_the_authors_own_go_along_and_private_ones_do_not(folder: Path) -> None:
    assert ran(folder, "live", "--yes") == 0
    for path in (".well-known/security.txt", "CNAME", ".git/config", ".env", "downloads/.DS_Store"):
        file = folder / "output" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x")
    (folder / "output/secret").symlink_to("/etc/passwd")
    assert ran(folder, "live", "--yes") == 0
    found = there(folder)
    assert {".well-known/security.txt", "CNAME"} <= found
    assert not {".git/config", ".env", "downloads/.DS_Store", "secret"} & found


def test_a_site_with_unconfirmed_facts_is_not_deployed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = sites.write(tmp_path / "site", {"site.yaml": sites.SITE_YAML + "deploy:\n" + LIVE})
    assert ran(folder, "live", "--yes") == 1
    assert "error[unconfirmed-fact]" in capsys.readouterr().out
    assert not (tmp_path / "live").exists()


def test_a_site_that_has_shrunk_is_not_deployed_unasked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    many = {f"page-{number}": f"Page {number}" for number in range(30)}
    folder = site(tmp_path / "site", LIVE, **many)
    assert ran(folder, "live", "--yes") == 0
    for name in many:
        (folder / f"content/guides/{name}.md").unlink()
    shutil.rmtree(folder / "output")  # as on a machine that never built it
    assert ran(folder, "live", "--yes") == 3
    assert "--allow-shrink" in capsys.readouterr().err
    assert "guides/page-7/index.html" in there(folder)
    assert ran(folder, "live", "--yes", "--allow-shrink") == 0
    assert "guides/page-7/index.html" not in there(folder)


def test_targets_are_listed_and_looked_up(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ran(folder) == 0
    assert "live: folder ../live" in capsys.readouterr().out
    assert ran(folder, "lives", "--yes") == 2
    assert "did you mean 'live'?" in capsys.readouterr().err
    assert ran(folder, "live", "--drafts") == 2
    assert ran(site(tmp_path / "bare", "  stubs: true\n")) == 2
    assert ran(site(tmp_path / "bare", "  stubs: true\n"), "live") == 2
    assert "docs/deploying.md" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("{kind: folder}", "does not say where to"),
        ("{kind: command}", "names no tool"),
        ("{kind: command, tool: netlify}", "netlify is not installed"),
        ("{kind: rsync, to: /x/y}", "rsync is not installed"),
    ],
)
def test_a_target_that_cannot_be_carried_to(
    target: str,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    folder = site(tmp_path / "site", f"  targets:\n    live: {target}\n")
    assert ran(folder, "live", "--yes") == 3
    err = capsys.readouterr().err
    assert said in err
    assert "Traceback" not in err


def test_a_tool_that_fails_is_quoted_without_its_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tool(tmp_path, "netlify", "echo 'not let in: token=abcdef123' >&2; exit 7")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"), prepend=os.pathsep)
    folder = site(tmp_path / "site", "  targets:\n    live: {kind: command, tool: netlify}\n")
    assert ran(folder, "live", "--yes", "--no-verify") == 3
    assert "netlify ended with 7: not let in: token=***" in capsys.readouterr().err


def tool(folder: Path, name: str, script: str) -> None:
    """A stand-in for a vendor's program."""
    path = folder / "bin" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


@pytest.mark.parametrize(
    ("host", "target", "words", "beside"),
    [
        (
            "cloudflare-pages",
            "{kind: command, tool: wrangler, to: harbour, options: [--branch=main]}",
            "pages deploy output --project-name harbour --branch=main",
            "output/_headers",
        ),
        ("cloudflare-workers", "{kind: command, tool: wrangler}", "deploy", "wrangler.json"),
        (
            "netlify",
            "{kind: command, tool: netlify, to: site-id}",
            "deploy --prod --no-build --dir output --site site-id",
            "output/_headers",
        ),
        ("vercel", "{kind: command, tool: vercel}", "deploy --prod --yes", "vercel.json"),
        (
            "firebase",
            "{kind: command, tool: firebase, to: harbour}",
            "deploy --only hosting --non-interactive --project harbour",
            "firebase.json",
        ),
        (
            "azure",
            "{kind: command, tool: swa}",
            "deploy output --env production",
            "output/staticwebapp.config.json",
        ),
    ],
)
def test_a_vendors_program_is_given_all_it_needs(
    host: str,
    target: str,
    words: str,
    beside: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name = target.split("tool: ")[1].split(",")[0].rstrip("}")
    tool(tmp_path, name, f'echo "$@" > {tmp_path}/words; find . -type f > {tmp_path}/found')
    monkeypatch.setenv("PATH", str(tmp_path / "bin"), prepend=os.pathsep)
    folder = site(tmp_path / "site", f"  host: {host}\n  targets:\n    live: {target}\n")
    assert ran(folder, "live", "--yes", "--no-verify") == 0
    assert (tmp_path / "words").read_text().strip() == words
    found = (tmp_path / "found").read_text().split()
    assert f"./{beside}" in found
    assert "./output/index.html" in found
    (tmp_path / "words").unlink()
    assert ran(folder, "live", "--yes", "--no-verify") == 0
    assert not (tmp_path / "words").exists(), "nothing has changed: it is not run"
    (folder / "content/guides/cold.md").write_text(sites.page("Cold", "Other words."))
    assert ran(folder, "live", "--yes", "--no-verify") == 0
    assert (tmp_path / "words").exists()


def test_a_vendor_that_serves_a_domain_gets_no_site_below_a_path(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = site(tmp_path / "site", "  targets:\n    live: {kind: command, tool: netlify}\n")
    code = ran(folder, "live", "--yes", "--base-url", "https://harbour.rooms/spa")
    assert code == 3
    assert "below /spa/" in capsys.readouterr().err


def test_a_branch_of_a_remote_by_its_name(tmp_path: Path) -> None:
    needed("git")
    git("init", "--quiet", "--bare", str(tmp_path / "far.git"))
    folder = site(tmp_path / "site", "  targets:\n    live: {kind: git, to: origin}\n")
    git("init", "--quiet", str(folder))
    git("remote", "add", "origin", str(tmp_path / "far.git"), cwd=folder)
    before = git("status", "--porcelain", cwd=folder)
    assert ran(folder, "live", "--yes", "--no-verify") == 0
    names = git("ls-tree", "-r", "--name-only", "gh-pages", cwd=tmp_path / "far.git").split()
    assert {b"index.html", b".nojekyll"} <= set(names)
    new = set(git("status", "--porcelain", cwd=folder).splitlines()) - set(before.splitlines())
    assert new <= {b"?? .coldpress/", b"?? output/", b"?? .output.lock"}
    assert git("count-objects", cwd=folder).startswith(b"0 objects")


def test_a_killed_deployment_is_completed_by_the_next(tmp_path: Path) -> None:
    """A slow rsync, and SIGKILL to all of it in the middle; then other content, and all is well."""
    needed("rsync")
    slow = "  targets:\n    live: {kind: rsync, to: %s, options: [--bwlimit=200]}\n"
    folder = site(tmp_path / "site", slow % (tmp_path / "live"))
    assert main(["build", "--source", str(folder), "--now", NOW, "--jobs", "1"]) == 0
    (folder / "output/assets/big.bin").write_bytes(os.urandom(400_000))
    words = [sys.executable, str(sites.ROOT / "build.py"), "deploy", "live", "--yes"]
    words += ["--source", str(folder), "--now", NOW, "--jobs", "1", "--no-verify"]
    process = subprocess.Popen(words, start_new_session=True, stdout=subprocess.DEVNULL)
    record = tmp_path / "live" / RECORD
    while not record.exists() and process.poll() is None:
        time.sleep(0.02)
    time.sleep(0.3)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert b'"index.html"' in record.read_bytes().partition(b'"unsure"')[2], "it was cut off"
    assert "index.html" not in there(folder), "pages come last"
    site(folder, (slow % (tmp_path / "live")).replace("200", "20000"), heat="Heat")
    (folder / "content/guides/cold.md").unlink()
    (folder / "output/assets/big.bin").unlink()
    assert ran(folder, "live", "--yes", "--no-verify") == 0
    found = there(folder)
    assert not [path for path in found if "/." in path], "what the cut left lying is gone too"
    assert "guides/heat/index.html" in found
    assert "guides/cold/index.html" not in found
    assert "assets/big.bin" not in found
    assert b'"unsure": []' in record.read_bytes()
