"""Every address ever published leads somewhere, or the build says which one does not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from coldpress import cli
from coldpress.addresses import (
    LOCK,
    Onward,
    Promise,
    Standing,
    broken_promises,
    check_promises,
    is_published,
    locked,
    meeting,
    news,
    standing_of,
    updated,
)
from coldpress.addresses.lines import alias_line, redirect_line
from coldpress.config import load_config
from coldpress.hosts import HOSTS
from coldpress.mending import mended_text
from coldpress.model import Source
from coldpress.problems import BuildError, Place, Problem, error
from tests import sites
from tests.caselib import read_site, write_site
from tests.sites import page

DAY = date(2026, 12, 1)
GUIDES = {
    "content/guides/index.md": page("Guides"),
    "content/guides/ice.md": page("Ice", "## What helps\n\nWords.\n\n## Not linked\n\nMore."),
    "content/guides/other.md": page("Other", "[a](ice.md#what-helps) [b](#here)\n\n## Here\n\nX."),
}


def lock_of(root: Path, files: dict[str, str]) -> str:
    """The lock after publishing these files."""
    built = sites.compose(sites.write(root, files))
    return updated("", standing_of(built.site, built.made), DAY)


def problems(root: Path, lock: str, files: dict[str, str], *without: str) -> list[Problem]:
    """What a build of the changed files says of that lock."""
    for path, text in files.items():
        (root / path).write_text(text)
    for path in without:
        (root / path).unlink()
    built = sites.compose(root)
    return list(broken_promises(built.site, built.made, lock))


# --------------------------------------------------------------------------- the lock


def test_pages_feeds_and_linked_headings_are_promises_and_nothing_else(tmp_path: Path) -> None:
    text = page("Ice", "## What helps\n\nWords.", aliases="[/frozen/]")
    site = f"{sites.SITE_YAML}redirects:\n  - {{from: /cold/, to: /guides/ice/}}\n"
    lock = lock_of(tmp_path, {**GUIDES, "content/guides/ice.md": text, "site.yaml": site})
    assert lock.splitlines()[3:] == [
        "/ 2026-12-01 content/pages/index.md",
        "/cold/ 2026-12-01 -",
        "/feed.json 2026-12-01 -",
        "/feed.xml 2026-12-01 -",
        "/frozen/ 2026-12-01 content/guides/ice.md",
        "/guides/ 2026-12-01 content/guides/index.md",
        "/guides/ice/ 2026-12-01 content/guides/ice.md",
        "/guides/ice/#what-helps 2026-12-01 content/guides/ice.md",
        "/guides/other/ 2026-12-01 content/guides/other.md",
        "/llms.txt 2026-12-01 -",
        "/sitemap.xml 2026-12-01 -",
    ]


def test_a_site_in_a_folder_promises_the_same(tmp_path: Path) -> None:
    lock = lock_of(tmp_path, GUIDES)
    built = sites.compose(tmp_path, base_url="https://harbour.example/spa")
    assert updated("", standing_of(built.site, built.made), DAY) == lock


def test_publishing_again_changes_nothing_and_a_later_day_only_adds() -> None:
    first = updated("", Standing({"/": "content/pages/index.md"}), DAY)
    later = date(2027, 1, 1)
    both = Standing({"/": "content/pages/home.md", "/a/": "content/guides/a.md"})
    second = updated(first, both, later)
    assert updated(second, both, date(2028, 1, 1)) == second
    assert second.splitlines()[3:] == [
        "/ 2026-12-01 content/pages/home.md",
        "/a/ 2027-01-01 content/guides/a.md",
    ]
    assert news(first, second) == ("/a/",)
    assert updated(second, Standing({}), later) == second, "nothing ever leaves it"


def test_what_a_merge_leaves_is_read() -> None:
    text = (
        "# notes\n<<<<<<< ours\n/b/ 2026-12-02 content/guides/b.md\n/a/ 2026-12-05 -\n"
        "||||||| base\n=======\r\n/a/ 2026-12-03 x.md\n>>>>>>> theirs\n\n"
    )
    assert locked(text) == {
        "/a/": Promise("/a/", date(2026, 12, 3), "x.md", 7),
        "/b/": Promise("/b/", date(2026, 12, 2), "content/guides/b.md", 3),
    }
    assert updated(text, Standing({}), DAY).count("/a/") == 1


@pytest.mark.parametrize("line", ["/a/", "/a/ 2026-02-30 -", "a 2026-01-01 -", "/a/ 2026-01-01"])
def test_a_spoiled_line_is_no_promise_forgotten(line: str) -> None:
    with pytest.raises(BuildError) as failed:
        locked(f"# note\n{line}\n/b/ 2026-01-01 -\n")
    (problem,) = failed.value.problems
    assert (problem.rule, problem.path, problem.line) == ("damaged-lock", "addresses.lock", 2)


# --------------------------------------------------------------------------- lost addresses


def test_nothing_changed_nothing_lost(tmp_path: Path) -> None:
    lock = lock_of(tmp_path, GUIDES)
    assert problems(tmp_path, lock, {}) == []


def mended(root: Path, found: list[Problem]) -> None:
    for path in {one.mend.place.path for one in found if one.mend}:
        file = root / path
        here = [one for one in found if one.mend and one.mend.place.path == path]
        text, made = mended_text(file.read_bytes().decode(), here[:1])
        assert made == here[:1]
        file.write_bytes(text.encode())


def test_a_new_slug_offers_the_alias_and_writes_it(tmp_path: Path) -> None:
    lock = lock_of(tmp_path, GUIDES)
    moved = page("Ice", "## What helps\n\nWords.", slug="cold-packs")
    found = problems(tmp_path, lock, {"content/guides/ice.md": moved})
    assert [(one.rule, one.path, one.message, one.hint) for one in found] == [
        (
            "lost-address",
            "addresses.lock",
            "/guides/ice/ has been on the site since 2026-12-01 and would lead nowhere",
            "add it to content/guides/ice.md: aliases: [/guides/ice/]",
        )
    ]
    assert lock.splitlines()[found[0].line - 1].startswith("/guides/ice/ ")
    mended(tmp_path, found)
    text = (tmp_path / "content/guides/ice.md").read_text()
    assert text == moved.replace("slug:", "aliases: [/guides/ice/]\nslug:")
    assert problems(tmp_path, lock, {}) == []


@pytest.mark.parametrize(
    ("fields", "known"),
    [
        ("aliases: [/x/]\n", ("/x/",)),
        ("aliases: ['/x/', /y/]  # old\n", ("/x/", "/y/")),
        ("aliases:\n- /x/\n", ("/x/",)),
        ('# old\naliases:\n  - "/x/"  # old\n  - /y/\n', ("/x/", "/y/")),
        ("summary: One line.\n", ()),
        ("", ()),
    ],
)
def test_old_addresses_join_those_the_page_has(
    tmp_path: Path, fields: str, known: tuple[str, ...]
) -> None:
    path = "content/guides/ice.md"
    text = page("Ice").replace("---\n\n", f"{fields}---\n\n")
    write_site(tmp_path, {path: text})

    def read() -> Source:
        return next(one for one in read_site(tmp_path)[0].sources if one.path == path)

    found = [error("lost-address", Place(path), "", "", alias_line(read(), ["/a/", "/b/"]))]
    after, made = mended_text(text, found)
    (tmp_path / path).write_text(after)
    assert made == found
    assert read().matter.aliases == ("/a/", "/b/", *known)
    assert all(line in after.splitlines() for line in page("Ice").splitlines())


def test_aliases_in_an_unusual_form_are_left_alone(tmp_path: Path) -> None:
    text = page("Ice").replace("---\n\n", "aliases:\n -    /x/\n---\n\n")
    write_site(tmp_path, {"content/guides/ice.md": text})
    (source,) = (one for one in read_site(tmp_path)[0].sources if one.name == "ice")
    found = [error("lost-address", source.place(), "", "", alias_line(source, ["/a/"]))]
    assert mended_text(text, found) == (text, [])


@pytest.mark.parametrize(
    ("extra", "known"),
    [
        ("", 0),
        ("redirects: []  # none yet\n", 0),
        ("redirects:\n  - from: /x/\n    to: /\n", 1),
        ("redirects:\n# old\n- {from: '/x/', to: /}\n- {from: /y/, to: /}\n", 2),
        ("redirects: [{from: /x/, to: /}]\n", 1),
        ("redirects:\n  - to: /\n    from: /x/\n", 1),
        ("# how\ndeploy: {stubs: true}\n", 0),
    ],
)
def test_redirects_join_those_of_the_site(tmp_path: Path, extra: str, known: int) -> None:
    text = sites.SITE_YAML + extra
    file = write_site(tmp_path, {"site.yaml": text}) / "site.yaml"
    mend = redirect_line(load_config(tmp_path, None), [("/a/", "/b/"), ("/c/", "/d/")])
    found = [error("lost-address", Place("site.yaml"), "", "", mend)]
    after, made = mended_text(text, found)
    file.write_text(after)
    assert made == found
    redirects = load_config(tmp_path, None).facts.redirects
    assert [(one.source, one.to) for one in redirects][:2] == [("/a/", "/b/"), ("/c/", "/d/")]
    assert len(redirects) == 2 + known


def test_deleted_pages_offer_a_redirect_and_write_it(tmp_path: Path) -> None:
    lock = lock_of(tmp_path, GUIDES)
    new = {"content/guides/ice-packs.md": page("Ice packs")}
    gone = ("content/guides/ice.md", "content/guides/other.md")
    found = problems(tmp_path, lock, new, *gone)
    assert [one.hint.partition(";")[0] for one in found] == [
        "add under redirects: in site.yaml: - {from: /guides/ice/, to: /guides/ice-packs/}",
        "add under redirects: in site.yaml: - {from: /guides/other/, to: /guides/}",
    ]
    mended(tmp_path, found)
    assert problems(tmp_path, lock, {}) == []


def test_a_page_of_the_root_has_no_heir_to_propose(tmp_path: Path) -> None:
    lock = lock_of(tmp_path, {"content/pages/about.md": page("About")})
    (found,) = problems(tmp_path, lock, {}, "content/pages/about.md")
    assert found.mend is None
    assert "to: (the page that answers the same question)" in found.hint
    gone = 'gone:\n  - {address: /about/, reason: "nobody asked", on: 2027-01-01}\n'
    site = sites.SITE_YAML + gone
    assert problems(tmp_path, lock, {"site.yaml": site}) == []


@pytest.mark.parametrize(
    ("field", "why"),
    [
        ("draft: true", "content/guides/other.md is a draft now"),
        ("publish_at: 2027-01-01 09:00", "other.md is planned for 2027-01-01 17:00 UTC"),
    ],
)
def test_a_page_taken_back_keeps_its_promise(tmp_path: Path, field: str, why: str) -> None:
    lock = lock_of(tmp_path, GUIDES)
    back = GUIDES["content/guides/other.md"].replace("---\n\n", f"{field}\n---\n\n", 1)
    found = problems(tmp_path, lock, {"content/guides/other.md": back})
    assert [one.rule for one in found] == ["lost-address"]
    assert found[0].message.endswith(why)
    assert found[0].hint.startswith("let that page go live, or add under redirects")
    built = sites.compose(tmp_path, drafts=True)
    assert list(broken_promises(built.site, built.made, lock)) == [], "the preview shows it"


def test_a_page_that_leaves_by_its_own_date_is_no_mistake(tmp_path: Path) -> None:
    lock = lock_of(tmp_path, GUIDES)
    over = GUIDES["content/guides/other.md"].replace(
        "---\n\n", "expires_at: 2026-11-01 09:00\n---\n\n", 1
    )
    assert problems(tmp_path, lock, {"content/guides/other.md": over}) == []


def test_an_alias_is_a_promise_of_its_own(tmp_path: Path) -> None:
    text = page("Ice", "## What helps\n\nX.", aliases="[/frozen/]")
    lock = lock_of(tmp_path, {**GUIDES, "content/guides/ice.md": text})
    found = problems(tmp_path, lock, GUIDES)
    assert [one.hint for one in found] == ["add it to content/guides/ice.md: aliases: [/frozen/]"]


def test_a_redirect_of_a_whole_folder_keeps_all_of_it() -> None:
    everything = {"/old/*": Onward("/guides/:splat", Place("site.yaml", 9))}
    standing = Standing({"/guides/": "g.md"}, redirects=everything)
    lock = locked("/old/a/ 2026-01-01 -\n/older/ 2026-01-01 -\n")
    assert [one.message[:8] for one in check_promises(lock, standing)] == ["/older/ "]
    assert "/old/*" not in standing.sources


def test_a_file_under_a_page_goes_with_it_and_a_feed_does_not(tmp_path: Path) -> None:
    built = sites.compose(sites.write(tmp_path, GUIDES))
    one = built.made["feed.xml"]
    kept = {"guides/feed.xml", "guides/feed.json", "llms.txt"}
    names = ("guides/ice/index.md", "index.md", "guides/ice/card.1f3a9c20.png", *kept)
    made = {
        **built.made,
        **dict.fromkeys((*names, "_headers", "assets/x.css", "map/index.html"), one),
    }
    sources = standing_of(built.site, made).sources
    assert {name for name in names if f"/{name}" in sources} == kept
    assert not {"/_headers", "/assets/x.css", "/404.html", "/robots.txt"} & sources.keys()
    assert sources["/map/"] == ""


# --------------------------------------------------------------------------- parts of pages


def test_a_heading_that_others_link_to_keeps_its_name(tmp_path: Path) -> None:
    lock = lock_of(tmp_path, GUIDES)
    files = {
        "content/guides/ice.md": page("Ice", "## What really helps\n\nWords."),
        "content/guides/other.md": page("Other", "## Here\n\nX."),
    }
    (found,) = problems(tmp_path, lock, files)
    assert (found.rule, found.message) == (
        "lost-heading",
        "/guides/ice/#what-helps was linked to, and the page has no such heading any more",
    )
    assert found.hint == (
        "write behind the heading that took its place: {: #what-helps };"
        " did you mean 'what-really-helps'?"
    )
    named = page("Ice", "## What really helps {: #what-helps }\n\nWords.")
    assert problems(tmp_path, lock, {"content/guides/ice.md": named}) == []
    entry = '{address: "/guides/ice/#what-helps", reason: "no more of it", on: 2027-01-01}'
    gone = f"gone:\n  - {entry}\n"
    assert problems(tmp_path, lock, {**files, "site.yaml": sites.SITE_YAML + gone}) == []


def test_a_heading_without_a_near_one_and_one_of_a_page_that_is_gone() -> None:
    lock = locked("/a/#part 2026-01-01 a.md\n/b/#part 2026-01-01 b.md\n")
    sent_on = Onward("/a/", Place("site.yaml"))
    standing = Standing({"/a/": "a.md"}, redirects={"/b/": sent_on}, ids={"/a/": frozenset({"x"})})
    assert [one.hint for one in check_promises(lock, standing)] == [
        "write behind the heading that took its place: {: #part }"
    ]


# --------------------------------------------------------------------------- gone


def test_what_is_said_to_be_gone_is_not_there() -> None:
    gone = {
        "/a": Place("site.yaml", 3),
        "/b/#x": Place("site.yaml", 4),
        "/c/": Place("site.yaml", 5),
    }
    standing = Standing({"/a/": "a.md", "/b/": ""}, gone=gone, ids={"/b/": frozenset({"x"})})
    assert [(p.rule, p.line) for p in check_promises({}, standing)] == [
        ("gone-but-here", 3),
        ("gone-but-here", 4),
    ]


def test_addresses_that_a_server_cannot_tell_apart_are_one() -> None:
    assert {meeting(one) for one in ("/a/", "/a", "/A/", "/a/index.html", "/a/#x")} == {"/a"}


# --------------------------------------------------------------------------- when it counts


@pytest.mark.parametrize(
    ("day", "base_url", "drafts", "counts"),
    [
        ("2026-01-01", None, False, True),
        ("2026-01-01", "https://harbour.example", False, True),
        ("2026-01-01", "https://preview.example", False, False),
        ("2026-01-01", None, True, False),
        ("", None, False, False),
    ],
)
def test_only_what_visitors_get_is_a_promise(
    tmp_path: Path, day: str, base_url: str | None, drafts: bool, counts: bool
) -> None:
    confirmed = f"base_url_confirmed: {day}\n" if day else ""
    sites.write(tmp_path, {"site.yaml": sites.SITE_YAML + confirmed})
    assert is_published(load_config(tmp_path, base_url), drafts=drafts) is counts


@pytest.mark.parametrize("host", [host.name for host in HOSTS])
def test_what_a_host_gets_beside_the_site_is_nobodys_address(host: str, tmp_path: Path) -> None:
    """It is not looked for among the site's own outputs, so it must not be promised: the second
    build would miss it."""
    more = f"base_url_confirmed: 2026-01-01\ndeploy: {{host: {host}}}\n"
    source = sites.write(tmp_path, {**GUIDES, "site.yaml": sites.SITE_YAML + more})
    words = ["build", "--quiet", "--source", str(source)]
    assert cli.main(words) == 0
    first = locked((source / LOCK).read_text())
    (source / "content/guides/ice.md").write_text(page("Ice", "## What helps\n\nOther words."))
    assert cli.main(words) == 0
    assert locked((source / LOCK).read_text()).keys() == first.keys()
    assert not [address for address in first if address.endswith((".br", ".gz", "config.json"))]


def test_what_a_host_got_and_an_older_lock_names_is_not_missed(tmp_path: Path) -> None:
    lock = "/404.html.br 2026-11-30 -\n/staticwebapp.config.json 2026-11-30 -\n"
    assert problems(sites.write(tmp_path, GUIDES), lock, {}) == []
