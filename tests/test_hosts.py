"""One model, every host: what each answers, by its own rules, is what site.yaml says."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from msgspec.structs import replace

from coldpress.fieldtypes import choices
from coldpress.hosts import (
    HOSTS,
    Host,
    HostFiles,
    Limit,
    compile_host,
    deployment,
    host_named,
    object_headers,
    overview,
    report,
)
from coldpress.hosts import too_much as message_of
from coldpress.hosts.policy import policy
from coldpress.model import Facts, OutLink
from coldpress.prefetching import OUTPUT as AHEAD
from coldpress.problems import OperationError, Problem
from coldpress.redirecting import REDIRECTING
from coldpress.schema import Deploy, Hsts, fields_of, fitted
from tests import sites
from tests.hosts import graders
from tests.hosts.answers import Answer
from tests.hosts.hosted import HOSTED, Hosted, encoded
from tests.hosts.sample import (
    ASK,
    CONSTANT,
    FILES,
    FOR_GOOD,
    KEEPING,
    LANGUAGES,
    POLICY_START,
    REDIRECTS,
    Sample,
    sample,
)

pytestmark = pytest.mark.system

SENDING = ("netlify", "cloudflare-pages", "cloudflare-workers", "vercel", "cloudfront", "azure",
           "firebase", "render")  # fmt: skip
"""Hosts elsewhere that send headers of ours."""
OURSELVES = ("nginx", "apache", "caddy")
Samples = Mapping[str, Sample]


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    """The sample site, built for each host: which small pages it has differs."""
    return {host.name: sample(tmp_path_factory.mktemp(host.name), host=host.name) for host in HOSTS}


def hosted(samples: Samples, name: str, folder: Path) -> Hosted:
    if name == "cloudfront":
        needed(shutil.which("node"), "node")
    one = samples[name]
    made = compile_host(name, one.site, one.facts)
    assert made.problems == ()
    return HOSTED[name]({**one.files, **made.files}, made.beside, folder)


def needed(present: object, what: str) -> None:
    if present:
        return
    if os.environ.get("COLDPRESS_CI"):
        pytest.fail(f"{what} is missing, and nothing is skipped here")
    pytest.skip(f"{what} is not installed")


# ----------------------------------------------------------------------------- redirects


@pytest.mark.parametrize("name", sorted(HOSTED))
def test_every_old_address_leads_where_it_should(
    name: str, samples: Samples, tmp_path: Path
) -> None:
    host = hosted(samples, name, tmp_path)
    for path, status, location in REDIRECTS:
        found = host.answer(path)
        if found.location == f"{path}/":  # the slash form first, where a host insists
            found = host.answer(f"{path}/")
        exception = exceptional(name, path, status)
        if exception is None:
            assert (found.status, encoded(found.location)) == (status, location), (name, path)
        else:
            assert exception in (found.location, found.file), (name, path, found)


def exceptional(name: str, path: str, status: int) -> str | None:
    """Where the host cannot, and the report says so: what a visitor gets instead."""
    if name in ("s3", "render") and status == 302 and not path.startswith("/blog"):
        return "sale/index.html"
    if name == "render" and status == 302:
        return path.replace("/blog/deep/", "/guides/")  # with 301
    if name == "vercel" and path == "/blog/2019/x":
        return "/guides/2019/x/"  # its slash form comes first
    if name == "azure" and path.startswith("/moved/"):
        return "https://elsewhere.example/"
    if name == "azure" and path.startswith("/blog/") and "special" not in path:
        return "/guides/"
    return None


def test_render_lets_no_wider_rule_take_a_temporary_address(tmp_path: Path) -> None:
    """A small page answers /blog/new/; its other form, and folders, get a rule with 301."""
    more = """\
redirects:
  - {from: /blog/*, to: "https://elsewhere.example/:splat"}
  - {from: /blog/new/, to: /search/, code: 302}
  - {from: /blog/deep/*, to: "https://deep.example/:splat", code: 302}
  - {from: /shop/*, to: "https://shop.example/:splat", code: 302}
  - {from: /sale/, to: /search/, code: 302}
deploy: {host: render}
"""
    built = sites.compose(
        sites.write(tmp_path / "site", {**FILES, "site.yaml": sites.SITE_YAML + LANGUAGES + more})
    )
    made = compile_host("render", built.site, {o: one.facts for o, one in built.made.items()})
    host = HOSTED["render"](
        {o: one.content for o, one in built.made.items()}, made.beside, tmp_path
    )
    for path, location in (
        ("/blog/x", "https://elsewhere.example/x"),
        ("/blog/new", "/search/"),
        ("/blog/deep", "https://deep.example/"),
        ("/blog/deep/x", "https://deep.example/x"),
        ("/shop/", "https://shop.example/"),
        ("/shop/x", "https://shop.example/x"),
    ):
        assert (host.answer(path).status, host.answer(path).location) == (301, location)
    for path in ("/blog/new/", "/sale/"):
        assert host.answer(path).file == f"{path[1:]}index.html"
    losses = {loss.what for loss in made.losses}
    assert "temporary redirects: /sale, /sale/" in losses
    inside = "/blog/deep, /blog/deep/, /blog/deep/*, /blog/new, /blog/new/, /shop, /shop/, /shop/*"
    assert f"temporary redirects of folders and inside them: {inside}" in losses


@pytest.mark.parametrize("name", sorted({host.name for host in HOSTS} - set(REDIRECTING)))
def test_where_nothing_redirects_small_pages_lead_on(name: str, samples: Samples) -> None:
    pages = samples[name].files
    for old in ("old", "older", "sale", "Old_Page.aspx", "über-uns", "away", "kalt"):
        assert b'http-equiv="refresh"' in pages[f"{old}/index.html"]
    losses = {loss.what for loss in compiled(samples, name).losses}
    assert "redirects" in losses
    assert "redirects of whole folders: /blog/deep/*, /blog/*, /moved/*, /shut/*" in losses


@pytest.mark.parametrize("name", sorted(REDIRECTING))
def test_where_the_host_redirects_there_are_no_small_pages(name: str, samples: Samples) -> None:
    stubs = {path for path, content in samples[name].files.items() if b'"refresh"' in content}
    some = {"sale/index.html"} if name in ("s3", "render") else set()
    assert stubs == some


def compiled(samples: Samples, name: str) -> HostFiles:
    one = samples[name]
    return compile_host(name, one.site, one.facts)


def test_a_base_path_stands_before_every_address(tmp_path: Path) -> None:
    one = sample(tmp_path, "https://harbour.example/a/b")
    lines = compile_host("gitlab-pages", one.site, one.facts).files["_redirects"].decode()
    assert "/a/b/old/ /a/b/guides/cold/ 301" in lines.splitlines()
    assert "/a/b/blog/* /a/b/guides/:splat 301" in lines.splitlines()
    for host in HOSTS:
        made = compile_host(host.name, one.site, one.facts)
        below = [loss for loss in made.losses if loss.what == "a site below /a/b/"]
        assert bool(below) == (host.serves == "domain"), host.name
        assert not (below and made.files), "its files must not be lost in a folder of the site"


def test_where_a_missing_address_gets_the_page_of_its_language(
    samples: Samples, tmp_path: Path
) -> None:
    """What a host answers, what its row says and what its report admits are one."""
    for host in HOSTS:
        told = [loss for loss in compiled(samples, host.name).losses if "/es/404.html" in loss.what]
        assert len(told) == (not host.lost_languages and host.name != "rsync"), host.name
    for name in sorted(HOSTED):
        found = hosted(samples, name, tmp_path).answer("/es/nowhere/at/all/")
        wanted = "es/404.html" if host_named(name).lost_languages else "404.html"
        assert (found.status, found.file) == (404, wanted), name


def test_a_language_without_a_page_of_its_own_has_the_first_one(tmp_path: Path) -> None:
    files = {name: text for name, text in FILES.items() if name != "content/pages/lost.es.md"}
    built = sites.compose(sites.write(tmp_path, files))
    facts = {output: one.facts for output, one in built.made.items()}
    assert "es/404.html" not in facts
    for host in HOSTS:
        made = compile_host(host.name, built.site, facts)
        assert b"es/404" not in b"".join([*made.files.values(), *made.beside.values()])
        assert "es/404" not in str(made.losses)


# ----------------------------------------------------------------------------- headers


@pytest.mark.parametrize("name", SENDING)
def test_every_answer_has_all_security_headers(name: str, samples: Samples, tmp_path: Path) -> None:
    host = hosted(samples, name, tmp_path)
    for path in ("/", "/guides/cold/", "/feed.xml", "/nowhere/at/all/", *assets(samples, name)):
        found = host.answer(path).headers
        assert {key: found.get(key) for key in CONSTANT} == CONSTANT, (name, path)
        start = "default-src 'none'; style-src" if path.endswith(".svg") else POLICY_START
        if not (path.endswith(".svg") and name not in ("vercel", "azure")):
            assert found["content-security-policy"].startswith(start), (name, path)


def assets(samples: Samples, name: str) -> list[str]:
    return [f"/{path}" for path in samples[name].files if path.startswith("assets/")]


@pytest.mark.parametrize("name", sorted({*SENDING} - {"cloudfront"}))
def test_only_fingerprinted_names_are_kept_for_good(
    name: str, samples: Samples, tmp_path: Path
) -> None:
    host = hosted(samples, name, tmp_path)
    for path, keeping, whose in KEEPING:
        found = host.answer(path).headers
        got = (found["cache-control"], found["cross-origin-resource-policy"])
        assert got == (keeping, whose), (name, path)
    for path in assets(samples, name):
        assert host.answer(path).headers["cache-control"] == FOR_GOOD
    for output in samples[name].files:
        if output.endswith(".html"):
            url = "/" + output.removesuffix("index.html")
            assert host.answer(url).headers.get("cache-control", ASK) == ASK, (name, url)
    feed = host.answer("/feed.xml").headers.get("content-type")
    assert feed == "application/atom+xml; charset=utf-8"


def test_the_bucket_carries_what_cloudfront_does_not_add(samples: Samples) -> None:
    one = samples["cloudfront"]
    plan = deployment(one.site, one.facts)
    for path, keeping, _whose in KEEPING:
        output = "index.html" if path == "/" else path[1:] + "index.html" * path.endswith("/")
        assert object_headers(plan, output)["Cache-Control"] == keeping
    assert object_headers(plan, "assets/x.12345678.js") == {
        "Content-Type": "text/javascript; charset=utf-8",
        "Cache-Control": FOR_GOOD,
    }
    assert object_headers(plan, "feed.xml")["Content-Type"].startswith("application/atom+xml")
    assert object_headers(plan, "x.unknown")["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize("name", SENDING)
def test_pages_say_what_may_be_fetched_ahead(name: str, samples: Samples, tmp_path: Path) -> None:
    host = hosted(samples, name, tmp_path)
    for path in ("/", "/guides/", "/guides/cold/", "/es/"):
        assert host.answer(path).headers["speculation-rules"] == f'"/{AHEAD}"', (name, path)
    rules = host.answer(f"/{AHEAD}").headers
    assert "speculation-rules" not in rules
    kind = (
        rules.get("content-type")
        or object_headers(deployment(samples[name].site, samples[name].facts), AHEAD)[
            "Content-Type"
        ]
    )  # of CloudFront: its bucket says it
    assert kind == "application/speculationrules+json; charset=utf-8"


def test_rules_for_fetching_ahead_lie_below_the_base_path(tmp_path: Path) -> None:
    one = sample(tmp_path, "https://harbour.example/spa", "nginx")
    plan = deployment(one.site, one.facts)
    assert plan.pages["Speculation-Rules"] == f'"/spa/{AHEAD}"'
    assert plan.types[f"/spa/{AHEAD}"].startswith("application/speculationrules+json")
    without = {path: facts for path, facts in one.facts.items() if path != AHEAD}
    assert "Speculation-Rules" not in deployment(one.site, without).pages


@pytest.mark.parametrize("name", SENDING)
def test_headers_of_the_author_come_along(name: str, samples: Samples, tmp_path: Path) -> None:
    host = hosted(samples, name, tmp_path)
    assert host.answer("/downloads/a.pdf").headers["x-robots-tag"] == "noindex"
    assert host.answer("/robots.txt").headers["x-note"] == 'a "quoted" $100, 50% {word}'
    assert "x-robots-tag" not in host.answer("/").headers


@pytest.mark.parametrize("name", SENDING)
def test_the_grade_is_a_plus(name: str, samples: Samples, tmp_path: Path) -> None:
    found = hosted(samples, name, tmp_path).answer("/").headers
    assert graders.observatory(found) == 140
    assert graders.high_findings(found["content-security-policy"]) == []


def test_the_grader_gives_what_the_real_one_gave() -> None:
    """Measured with the real grader: docs/hosts.md."""
    full = {**CONSTANT, "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
            "cross-origin-resource-policy": "same-origin"}  # fmt: skip
    assert graders.observatory(full) == 140
    assert graders.observatory({**full, "cross-origin-embedder-policy": "credentialless"}) == 150
    inline = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
    assert graders.observatory({**full, "content-security-policy": inline}) == 130
    assert graders.observatory({}) == 30
    meta = {"content-security-policy": "default-src 'none'"}
    assert graders.observatory(meta) == 55
    assert graders.observatory({**meta, "strict-transport-security": "max-age=31536000"}) == 75
    assert [graders.grade(score) for score in (140, 75, 55, 30)] == ["A+", "B", "C", "D"]


def test_the_evaluator_sees_what_is_weak() -> None:
    weak = "script-src 'unsafe-inline' https:; frame-ancestors 'none'"
    assert graders.high_findings(weak) == [
        "object-src is missing",
        "script-src allows inline",
        "script-src allows https:",
    ]
    assert graders.high_findings("default-src 'none'; default-src 'self'")  # twice: invalid


# ----------------------------------------------------------------------------- the policy


def facts(*links: OutLink, scripts: int = 0, styles: tuple[str, ...] = ()) -> Facts:
    return Facts(size=1, links=links, scripts=scripts, styles=styles)


def test_the_policy_allows_what_pages_use_and_nothing_else() -> None:
    bare = policy("http://a.example", {"index.html": facts()})
    assert bare == (
        "default-src 'none'; script-src 'none'; style-src 'none'; img-src 'self'; font-src 'self';"
        " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    used = facts(
        OutLink("form", "https://forms.example/send?x"),
        OutLink("form", "https://a.example/search/"),
        OutLink("iframe", "https://book.example/embed"),
        OutLink("link", "/app.webmanifest", "manifest"),
        OutLink("link", "/site.css", "stylesheet"),
        scripts=1,
        styles=("sha256-b", "sha256-a"),
    )
    made = policy("https://a.example", {"index.html": used, "pagefind/x.js": facts()})
    assert made.split("; ") == [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self' 'sha256-a' 'sha256-b'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "frame-src https://book.example",
        "form-action 'self' https://forms.example",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "upgrade-insecure-requests",
    ]


def test_hsts_says_only_what_was_asked_for(tmp_path: Path) -> None:
    assert Deploy().hsts is None
    more = "deploy:\n  hsts: {max_age: 63072000, include_subdomains: true, preload: true}\n"
    built = sites.compose(sites.write(tmp_path, {"site.yaml": sites.SITE_YAML + more}))
    whole = "max-age=63072000; includeSubDomains; preload"
    plan = deployment(built.site, {o: m.facts for o, m in built.made.items()})
    assert plan.always["Strict-Transport-Security"] == whole
    made = compile_host("cloudfront", built.site, {o: m.facts for o, m in built.made.items()})
    assert json.loads(made.beside["cloudfront.json"])["Resources"]["PagesHeaders"]["Properties"][
        "ResponseHeadersPolicyConfig"
    ]["SecurityHeadersConfig"]["StrictTransportSecurity"] == {
        "AccessControlMaxAgeSec": 63072000,
        "IncludeSubdomains": True,
        "Preload": True,
        "Override": True,
    }
    assert [misfit.loc for misfit in fitted({}, Hsts)[1]] == [("max_age",)]


def test_a_file_without_a_fingerprint_among_assets_is_not_kept_for_good(tmp_path: Path) -> None:
    built = sites.compose(sites.write(tmp_path, {}))
    known = {output: one.facts for output, one in built.made.items()}
    known |= {"assets/plain.js": Facts(1), "media/x.png": Facts(1), "pagefind/a.js": Facts(1),
              "app.webmanifest": Facts(1)}  # fmt: skip
    plan = deployment(built.site, known)
    kept = {one.pattern: one.values["Cache-Control"] for one in plan.files}
    assert "immutable" not in kept["/assets/*"] + kept["/media/*"] + kept["/pagefind/*"]
    assert plan.types["/app.webmanifest"].startswith("application/manifest+json")


# ----------------------------------------------------------------------------- problems


def found(tmp_path: Path, more: str, name: str = "cloudflare-pages") -> tuple[Problem, ...]:
    built = sites.compose(
        sites.write(tmp_path, {"site.yaml": sites.SITE_YAML + "deploy:\n  stubs: false\n" + more})
    )
    known = {output: one.facts for output, one in built.made.items()}
    return compile_host(name, built.site, known).problems


def test_a_header_of_ours_cannot_be_set_again(tmp_path: Path) -> None:
    more = "  headers:\n    - {path: /a/*, set: {cache-control: no-store}}\n"
    (problem,) = found(tmp_path, more)
    assert (problem.rule, problem.path, problem.line) == ("header-twice", "site.yaml", 10)
    assert problem.message == "'cache-control' is already set for every address"


def test_two_headers_for_one_address(tmp_path: Path) -> None:
    more = (
        "  headers:\n"
        "    - {path: /a/*, set: {X-One: a}}\n"
        "    - {path: /a/b/*, set: {x-one: b}}\n"
        "    - {path: /b/*, set: {X-One: c}}\n"
    )
    (problem,) = found(tmp_path, more)
    assert problem.message == "/a/b/* gets 'x-one' from /a/* too"


def test_too_many_redirects_for_a_host(tmp_path: Path) -> None:
    lines = "".join(f"  - {{from: /old-{n}/*, to: https://a.example/}}\n" for n in range(101))
    (problem,) = found(tmp_path, "redirects:\n" + lines)
    assert problem.rule == "host-limit"
    assert problem.message == "Cloudflare Pages takes 100 redirects with *; this site has 101"
    assert problem.level == "error"
    assert not found(tmp_path, "redirects:\n" + lines, "netlify")


def test_a_long_policy_names_the_host_and_the_way_out(samples: Samples) -> None:
    one = samples["netlify"]
    many = replace(one.facts["index.html"], styles=tuple(f"sha256-{n:044}" for n in range(40)))
    known = {**one.facts, "index.html": many}
    messages = [p.message for p in compile_host("cloudflare-pages", one.site, known).problems]
    assert len(messages) == 1
    assert messages[0].startswith("Cloudflare Pages takes 2,000 characters of the content security")
    assert compile_host("vercel", one.site, known).problems == ()


def test_an_unknown_host_is_named_with_the_nearest() -> None:
    with pytest.raises(OperationError) as failed:
        host_named("cloudfare-pages")
    assert failed.value.hint.startswith("did you mean 'cloudflare-pages'?")


# ----------------------------------------------------------------------------- the package


def test_site_yaml_knows_the_same_hosts() -> None:
    assert choices(fields_of(Deploy)["host"].type) == [host.name for host in HOSTS]


@pytest.mark.parametrize("host", HOSTS, ids=lambda host: host.name)
def test_same_site_same_bytes(host: Host, samples: Samples) -> None:
    name = host.name
    one = samples[name]
    first, again = (compile_host(name, one.site, facts) for facts in (
        one.facts, dict(reversed(list(one.facts.items())))))  # fmt: skip
    assert (first.files, first.beside) == (again.files, again.beside)


@pytest.mark.parametrize("host", HOSTS, ids=lambda host: host.name)
def test_every_loss_has_a_fallback_and_an_honest_word(host: Host, samples: Samples) -> None:
    made = compile_host(host.name, samples["ftp"].site, samples["ftp"].facts)
    assert all(loss.what and loss.fallback and loss.loss for loss in made.losses)
    text = report(host, made)
    assert all(loss.what.replace("|", "\\|") in text for loss in made.losses)
    assert ("nothing is lost" in text) == (not made.losses)


def test_the_document_has_a_row_for_each_host_and_its_files(samples: Samples) -> None:
    text = (sites.ROOT / "docs" / "hosts.md").read_text(encoding="utf-8")
    for host in HOSTS:
        made = compiled(samples, host.name)
        row = next(line for line in text.splitlines() if line.startswith(f"| `{host.name}` |"))
        assert all(f"`{path}`" in row for path in (*made.files, *made.beside)), host.name
        assert ("140 A+" in row) == (host.name in (*SENDING, *OURSELVES))
        assert f"\n`{host.name}` · " in text, "how to put it there"


def test_without_hsts_the_score_is_what_the_document_says(samples: Samples, tmp_path: Path) -> None:
    found = dict(hosted(samples, "netlify", tmp_path).answer("/").headers)
    del found["strict-transport-security"]
    assert (graders.observatory(found), graders.grade(80)) == (80, "B+")


def test_the_table_has_a_row_for_each_host(samples: Samples) -> None:
    one = samples["netlify"]
    rows = overview([(h, compile_host(h.name, one.site, one.facts)) for h in HOSTS]).splitlines()
    assert len(rows) == len(HOSTS) + 2
    assert len({len(row) for row in rows}) == 1, "the columns line up"


def test_the_message_of_a_limit(samples: Samples) -> None:
    limit = Limit("rules in _headers", 1_200, 100, "have fewer")
    problem = message_of(samples["netlify"].site, host_named("netlify"), limit)
    assert problem.message == "Netlify takes 100 rules in _headers; this site has 1,200"
    assert problem.hint == "have fewer"


def test_the_function_cannot_be_led_to_another_site(samples: Samples, tmp_path: Path) -> None:
    host = hosted(samples, "cloudfront", tmp_path)
    assert host.answer("//evil.example/about").location == "/evil.example/about/"
    assert host.answer("/constructor") == Answer(301, "/constructor/")
    assert host.answer("/old/?utm_source=x&gclid").location == "/guides/cold/?utm_source=x&gclid"
    assert host.answer("/away/?a=1").location == "https://elsewhere.example/x?y=1"


def test_real_configurations_are_valid_by_their_own_programs(
    samples: Samples, tmp_path: Path
) -> None:
    needed(shutil.which("caddy"), "caddy")
    made = compile_host("caddy", samples["caddy"].site, samples["caddy"].facts)
    (tmp_path / "Caddyfile").write_bytes(made.beside["Caddyfile"])
    subprocess.run(
        ["caddy", "validate", "--adapter", "caddyfile", "--config", str(tmp_path / "Caddyfile")],
        check=True,
        capture_output=True,
        env={**os.environ, "HOME": str(tmp_path)},
    )
