"""`python3 build.py hosts`: a table, a report, and files."""

from __future__ import annotations

from pathlib import Path

import pytest

from coldpress.cli import main
from tests import sites


def ran(folder: Path, *words: str) -> int:
    return main(["hosts", *words, "--source", str(folder), "--now", "2026-11-23T12:00:00Z"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return sites.write(tmp_path / "site", {})


def test_all_hosts_in_one_table(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ran(folder) == 0
    out = capsys.readouterr().out
    assert "| netlify " in out
    assert "| ftp " in out
    assert "deploy.host is not set" in out
    assert "HSTS is off" in out
    assert not (folder / "output").exists(), "it writes nothing it was not asked for"


def test_one_host_and_its_files(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there = folder.parent / "made"
    code = ran(folder, "nginx", "--write", str(there), "--listen", "0.0.0.0:80", "--root", "/srv/x")
    assert code == 0
    assert sorted(path.name for path in there.iterdir()) == ["coldpress.conf", "nginx.conf"]
    written = (there / "coldpress.conf").read_text()
    assert "listen 0.0.0.0:80;" in written
    assert 'root "/srv/x";' in written
    assert "brotli_static" not in written
    assert "coldpress.conf is written" in capsys.readouterr().out


def test_brotli_takes_a_module(folder: Path) -> None:
    there = folder.parent / "made"
    assert ran(folder, "nginx", "--write", str(there), "--brotli-module", "/x/brotli.so") == 0
    assert "load_module /x/brotli.so;" in (there / "nginx.conf").read_text()
    assert "brotli_static on;" in (there / "coldpress.conf").read_text()


def test_what_was_chosen_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    more = "deploy: {host: caddy, hsts: {max_age: 31536000}}\n"
    (folder / "site.yaml").write_text(sites.SITE_YAML + more)
    assert ran(folder, "caddy") == 0
    out = capsys.readouterr().out
    assert "deploy.host is caddy." in out
    assert "HSTS" not in out


def test_problems_of_a_host_are_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    more = "deploy:\n  headers:\n    - {path: /a/*, set: {X-Frame-Options: DENY}}\n"
    (folder / "site.yaml").write_text(sites.SITE_YAML + more)
    assert ran(folder, "netlify") == 1
    assert "site.yaml:9:25: error[header-twice]" in capsys.readouterr().out


def test_wrong_usage(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ran(folder, "--write", "x") == 2
    assert ran(folder, "netlif") == 2
    for listen in ("foo", "127.0.0.1", ":80", "127.0.0.1:0", "127.0.0.1:99999", "a b:80", "a:8;x"):
        with pytest.raises(SystemExit) as stopped:
            ran(folder, "nginx", "--listen", listen)
        assert stopped.value.code == 2, listen
    assert "is not like 127.0.0.1:8080" in capsys.readouterr().err
    assert ran(folder, "nginx", "--listen", "[::1]:8080") == 0
    capsys.readouterr()
    assert ran(folder, "netlif") == 2
    assert "did you mean 'netlify'?" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder.parent / "file").write_text("")
    assert ran(folder, "vercel", "--write", str(folder.parent / "file")) == 3
    assert "vercel.json cannot be written" in capsys.readouterr().err
