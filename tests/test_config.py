"""site.yaml -> Config, and unconfirmed facts."""

from __future__ import annotations

from pathlib import Path

import pytest

from coldpress.config import load_config, unconfirmed
from coldpress.problems import BuildError
from tests.caselib import NOW, SITE, write_site


def failure(root: Path, base_url: str | None = None) -> str:
    with pytest.raises(BuildError) as failed:
        load_config(root, base_url)
    (problem,) = failed.value.problems
    return f"{problem.path}:{problem.line}: {problem.rule}"


@pytest.mark.parametrize(
    ("given", "base_url", "base_path"),
    [
        (None, "https://coldspring.com", ""),
        ("https://a.org/", "https://a.org", ""),
        ("https://me.github.io/Cold-Spring", "https://me.github.io/Cold-Spring", "/Cold-Spring"),
        ("http://localhost:8000/a/b/", "http://localhost:8000/a/b", "/a/b"),
    ],
)
def test_the_base_path_comes_from_the_address(
    tmp_path: Path, given: str | None, base_url: str, base_path: str
) -> None:
    config = load_config(write_site(tmp_path, {}), given)
    assert (config.base_url, config.base_path) == (base_url, base_path)


@pytest.mark.parametrize(
    "bad", ["a.org", "https://a.org/?x", "https://a.org/../b", "ftp://a.org", ""]
)
def test_a_bad_address_on_the_command_line_is_refused(tmp_path: Path, bad: str) -> None:
    assert failure(write_site(tmp_path, {}), bad) == "site.yaml:1: bad-value"


def test_no_site_yaml(tmp_path: Path) -> None:
    assert failure(tmp_path) == "site.yaml:1: missing-site"


def test_a_linked_site_yaml_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.yaml").write_text(SITE)
    (tmp_path / "site.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    assert failure(tmp_path) == "site.yaml:1: not-a-file"


@pytest.mark.parametrize(
    "host",
    [
        "x.example",
        "example.com",
        "www.example.org",
        "a.test",
        "b.invalid",
        "localhost",
        "127.0.0.1",
    ],
)
@pytest.mark.parametrize("release", [False, True])
def test_a_stand_in_domain_is_never_confirmed(tmp_path: Path, host: str, release: bool) -> None:
    site = SITE.replace("booking.com", host)
    config = load_config(write_site(tmp_path, {"site.yaml": site}), None)
    (problem,) = unconfirmed(config, NOW.date(), release=release)
    assert (problem.rule, problem.level) == ("unconfirmed-fact", "error" if release else "advice")
    assert problem.line == 6


@pytest.mark.parametrize("host", ["myexample.com", "latest.com", "example.com.co", "test.health"])
def test_real_domains_that_look_like_stand_ins_are_real(tmp_path: Path, host: str) -> None:
    site = SITE.replace("booking.com", host)
    config = load_config(write_site(tmp_path, {"site.yaml": site}), None)
    assert unconfirmed(config, NOW.date(), release=True) == ()
