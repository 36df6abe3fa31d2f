"""Coming from WordPress: an export in, content files and a report out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from itertools import count
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from coldpress import cli
from coldpress.markdown import convert
from coldpress.problems import BuildError, OperationError, Problem, errors_in
from coldpress.wordpress import FILE_NAME, Outcome, bring, report, summary, write_files
from coldpress.wordpress import export as reading
from coldpress.wordpress.addresses import Addresses
from coldpress.wordpress.dialect import markdown
from coldpress.wordpress.export import read_export
from coldpress.wordpress.page import Writing
from coldpress.wordpress.pictures import Pictures
from coldpress.wordpress.records import Export, Item
from coldpress.wordpress.shape import shaped, unreadable
from tests import sites, texts

HERE = Path(__file__).with_name("wordpress")
EXPORTS = ("blocks.xml", "classic.xml", "odd.xml")


# --------------------------------------------------------------------------- small makings


def picture(size: tuple[int, int] = (64, 48), format: str = "JPEG", colour: int = 90) -> bytes:
    stream = BytesIO()
    Image.new("RGB", size, (colour, 120, 150)).save(stream, format)
    return stream.getvalue()


@pytest.fixture
def uploads(tmp_path: Path) -> Path:
    folder = tmp_path / "uploads"
    for name, content in {
        "2024/03/north-room.jpg": picture((640, 480)),
        "2024/03/north-room-300x200.jpg": picture((300, 200)),
        "2024/03/lamp-scaled.jpg": picture(colour=10),
        "2023/01/unused.png": picture(format="PNG"),
        "2015/06/kitchen.jpg": picture(colour=200),
        "2015/06/bild eins.jpg": picture(format="WEBP"),
    }.items():
        put(folder / name, content)
    return folder


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return sites.write(tmp_path / "site", {})


def put(file: Path, content: bytes | str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())


def run(site: Path, export: Path, media: Path | None = None, *, live: bool = False) -> Outcome:
    """An import, written."""
    outcome = bring(export, media, sites.options(site), live=live)
    write_files(site, {**outcome.files, FILE_NAME: report(outcome).encode()})
    return outcome


def tree(folder: Path) -> dict[str, str]:
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    found = {file.relative_to(folder).as_posix(): file for file in files}
    return {
        name: sha256(file.read_bytes()).hexdigest()
        for name, file in found.items()
        if not name.startswith(".coldpress")
    }


HEAD = (
    '<rss xmlns:wp="http://wordpress.org/export/1.2/" xmlns:excerpt="http://wordpress.org/export/'
    '1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
    "<title>Old</title><wp:wxr_version>1.2</wp:wxr_version>"
    "<wp:base_blog_url>https://o.example</wp:base_blog_url>"
)
TAIL = "</channel></rss>"


def item(number: int = 1, body: str = "Words.", **changed: str) -> str:
    """An `<item>`: fields with a _ before them are meta fields, others elements of wp:."""
    plain = {"post_name": f"page-{number}", "status": "publish", "post_type": "post"}
    fields = {**plain, **{k: v for k, v in changed.items() if not k.startswith(("_", "x_"))}}
    parts = [f"<wp:{name}>{value}</wp:{name}>" for name, value in fields.items()]
    parts += [
        f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value><![CDATA[{value}]]>"
        "</wp:meta_value></wp:postmeta>"
        for key, value in changed.items()
        if key.startswith("_")
    ]
    title, link = changed.get("x_title", f"Page {number}"), changed.get("x_link")
    link = f"https://o.example/{fields['post_name']}/" if link is None else link
    excerpt = f"<excerpt:encoded>{changed.get('x_excerpt', '')}</excerpt:encoded>"
    more = changed.get("x_more", "")
    return (
        f"<item><title>{title}</title><link>{link}</link><wp:post_id>{number}</wp:post_id>"
        f"<content:encoded><![CDATA[{body}]]></content:encoded>{excerpt}{more}{''.join(parts)}</item>"
    )


def attachment(number: int, file: str, **changed: str) -> str:
    url = f"https://o.example/wp-content/uploads/{file}"
    more = {"attachment_url": url, "post_type": "attachment", "status": "inherit", **changed}
    return item(number, "", _wp_attached_file=file, **more)


def export(folder: Path, *items: str) -> Path:
    file = folder / "export.xml"
    file.write_text(f"{HEAD}{''.join(items)}{TAIL}", encoding="utf-8")
    return file


def page_of(site: Path, name: str = "guides/page-1") -> str:
    return (site / "content" / f"{name}.md").read_text(encoding="utf-8")


def notes(outcome: Outcome, number: int = 1) -> list[str]:
    page = next(page for page in outcome.pages if page.item.id == number)
    return [note.words for note in page.notes]


# --------------------------------------------------------------------------- reading


def refused(file: Path, raw: bytes) -> Problem:
    file.write_bytes(raw)
    with pytest.raises(BuildError) as failed:
        read_export(file)
    assert len(failed.value.problems) == 1
    return failed.value.problems[0]


LAUGHS = b"""<?xml version="1.0"?>
<!-- an export, honestly -->
<!DOCTYPE lolz [
 <!ENTITY lol "lol">
 <!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">
]>
<rss><channel><title>&lol2;</title></channel></rss>"""


@pytest.mark.parametrize(
    "raw",
    [
        LAUGHS,
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><rss><channel>&e;</channel></rss>',
        b'<?xml version="1.0"?><?x?>\n\n<!DOCTYPE rss SYSTEM "http://x.example/e.dtd"><rss/>',
        b'\xef\xbb\xbf\x00<!DOCTYPE rss [<!ENTITY % p SYSTEM "x"> %p;]><rss/>',
    ],
    ids=["billion-laughs", "external-entity", "external-dtd", "parameter-entity"],
)
def test_a_document_type_is_refused_before_anything_is_parsed(raw: bytes, tmp_path: Path) -> None:
    problem = refused(tmp_path / "e.xml", raw)
    assert problem.rule == "unsafe-xml"
    assert "document type" in problem.message
    assert "Tools, Export" in problem.hint


def test_the_line_of_a_document_type_is_told(tmp_path: Path) -> None:
    assert refused(tmp_path / "e.xml", LAUGHS).line == 3


@pytest.mark.parametrize(
    ("raw", "rule", "words"),
    [
        ((HEAD + "<item>&nbsp;" + TAIL).encode(), "malformed-xml", "undefined entity"),
        ((HEAD + "<item>").encode(), "malformed-xml", "no element found"),
        ((HEAD + "<!DOCTYPE x>" + TAIL).encode(), "malformed-xml", "not well-formed"),
        (b"", "malformed-xml", "no element found"),
        (b"\n\n<rss>\n<b></rss>", "malformed-xml", "mismatched tag"),
        (b"<html><body>Hello</body></html>", "not-an-export", "no export of a WordPress site"),
        ((HEAD + TAIL).encode("utf-16"), "not-utf8", "byte 1"),
        ((HEAD + "Caf\xe9" + TAIL).encode("latin-1"), "not-utf8", "not UTF-8"),
    ],
)
def test_a_file_that_is_no_export_says_why(
    raw: bytes, rule: str, words: str, tmp_path: Path
) -> None:
    problem = refused(tmp_path / "e.xml", raw)
    assert (problem.rule, words in problem.message) == (rule, True), problem


def test_lines_count_from_the_top_of_the_file(tmp_path: Path) -> None:
    assert refused(tmp_path / "e.xml", b"\n\n<rss>\n<b></rss>").line == 4


def test_a_file_that_is_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 100)
    problem = refused(tmp_path / "e.xml", (HEAD + TAIL).encode())
    assert problem.rule == "too-large"
    assert "in parts" in problem.hint


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BuildError) as failed:
        read_export(tmp_path / "none.xml")
    assert failed.value.problems[0].rule == "unreadable-file"


def test_a_million_elements_in_each_other_are_read_in_time(tmp_path: Path) -> None:
    file = tmp_path / "e.xml"
    deep = "<a>" * 300_000 + "</a>" * 300_000
    file.write_text(f"{HEAD}<item>{deep}</item>{TAIL}")
    started = perf_counter()
    assert len(read_export(file).items) == 1
    assert perf_counter() - started < 20


def test_every_version_of_the_format_and_its_oddities_are_read() -> None:
    read = read_export(HERE / "odd.xml")
    assert read.title == "Odd & ends"
    assert read.removed == 1, "the bell"
    assert read.items[0].body.startswith("One end: ]]> and a bell  here.")
    older = read_export(HERE / "classic.xml")
    assert older.address == "http://kitchen.example/blog"
    assert older.items[1].excerpt.startswith("All about cheese")
    newer = read_export(HERE / "blocks.xml").items[0]
    assert (newer.comments, newer.old_slugs) == (2, ("north-room",))
    assert [term.name for term in newer.terms] == ["Rooms", "North & west", "quiet"]


# --------------------------------------------------------------------------- laws


@pytest.mark.parametrize("name", EXPORTS)
def test_every_item_is_counted_once(name: str, site: Path, uploads: Path) -> None:
    before = tree(site)
    outcome = run(site, HERE / name, uploads)
    fates = [page.item for page in outcome.pages]
    fates += [one for one, _ in (*outcome.media, *outcome.left)]
    assert sorted(map(id, fates)) == sorted(map(id, outcome.export.items))
    assert all(reason for _, reason in outcome.left)
    new = tree(site).keys() - before.keys() - {FILE_NAME}
    assert new == {page.path for page in outcome.pages} | {path for _, path in outcome.media}
    told = [int(n) for n in re.findall(r"^\| (\d+) \|", report(outcome), re.MULTILINE)]
    items = re.search(r"\| of (\d+) items", report(outcome))
    assert items is not None
    assert sum(told) == int(items[1]) == len(outcome.export.items)


@pytest.mark.parametrize("name", EXPORTS)
def test_what_was_imported_checks_without_an_error(name: str, site: Path, uploads: Path) -> None:
    run(site, HERE / name, uploads)
    found = errors_in(sites.problems(site, drafts=True))
    claims = [p for p in found if p.path.endswith("a-health-claim.md")]
    assert [p for p in found if p not in claims] == []
    assert bool(claims) == (name == "odd.xml"), "a promise to cure is found, as it should be"


@pytest.mark.parametrize("name", EXPORTS)
def test_the_site_still_builds_without_drafts(name: str, site: Path, uploads: Path) -> None:
    run(site, HERE / name, uploads)
    assert errors_in(sites.problems(site)) == ()


@pytest.mark.parametrize("name", EXPORTS)
@pytest.mark.parametrize("live", [False, True])
def test_a_second_import_changes_nothing(name: str, live: bool, site: Path, uploads: Path) -> None:
    run(site, HERE / name, uploads, live=live)
    before = tree(site)
    again = run(site, HERE / name, uploads, live=live)
    assert again.files == {}
    assert {page.action for page in again.pages} == {"same"}
    assert tree(site) == before


@pytest.mark.parametrize("name", EXPORTS)
def test_nothing_is_written_outside_of_content(name: str, site: Path, uploads: Path) -> None:
    around = site.parent
    before = tree(around)
    outcome = run(site, HERE / name, uploads)
    changed = {path for path, digest in tree(around).items() if before.get(path) != digest}
    expected = {f"{site.name}/{path}" for path in outcome.files}
    assert changed == {*expected, f"{site.name}/{FILE_NAME}"}
    assert all(path.startswith("content/") for path in outcome.files)


def texts_of(words: str) -> list[str]:
    """Parted by spaces; | stands for one."""
    return [word.replace("|", " ") for word in words.split()]


FRAGMENTS = texts_of(
    """<p> </p> <b> </b> <em> </em> <strong> <h1> </h1> <h2> </h2> <h3> <ul> </ul> <ol> </ol>
    <li> </li> <div> </div> <blockquote> </blockquote> <pre> </pre> <code> </code> <br> <hr> </a>
    <table> </table> <tr> </tr> <td> </td> <th> <dl> <dt> <dd> </dl> <details> <summary>
    </summary> </details> <figure> </figure> <figcaption> </figcaption> <sub> </sub> <q> </q>
    <x-y> </x-y> <a|href="https://x.example/a"> <a|href="#x"> <a|id="x"> <td|colspan="2">
    <img|src="x.jpg"> <iframe|src="https://v.example/"></iframe> <!--|wp:x|/-->"""
)
SIGNS = texts_of(
    """* _ ` [ ] # > - + 1. : ::: --- === ~~~ ** __ \\ ! (u) &amp; &lt;b&gt; &nbsp; {:|.x|} [@k]
    [^1] < & [k] [/k] [gallery] [caption] [/caption] ... " ' *[A]: [x]:"""
)
WORDS = st.sampled_from(["{} ", "{}", " {}", "{}\n", "{}\n\n", "{}.", "{}!", "*{}"])
HTML = st.lists(
    st.one_of(
        st.sampled_from(FRAGMENTS),
        st.sampled_from(SIGNS),
        WORDS,
        WORDS,
        st.sampled_from([" ", "\n", "\n\n"]),
    ),
    max_size=14,
)


def numbered(parts: list[str]) -> str:
    """Each word of its own."""
    numbers = count()
    return "".join(part.format(f"w{next(numbers)}z") if part in PLACES else part for part in parts)


PLACES = {"{} ", "{}", " {}", "{}\n", "{}\n\n", "{}.", "{}!", "*{}"}


@example("<sub>*\n<sub>\n*")
@example("<blockquote><sub>w0z\n&nbsp;\n*")
@example("<w0z <!-- wp:x /-->w1z <p>")
@given(HTML.map(numbered))
@settings(max_examples=300, deadline=None)
def test_whatever_the_html_no_word_is_lost_and_our_markdown_has_no_error(html: str) -> None:
    if unreadable(html):
        return
    text, writing = carried(html)
    told = " ".join(note.words for note in writing.notes)
    read = ""
    if text:
        converted, problems = convert(texts.source(text), texts.KNOWN)
        assert [p for p in errors_in(problems) if p.rule != "broken-link"] == [], text
        assert converted is not None
        read = texts.body(converted)
    for word in re.findall(r"w\d+z", re.sub("<[^>]*>", " ", html)):
        assert word in read + told, text


def carried(html: str) -> tuple[str, Writing]:
    one = Item(
        id=1,
        type="post",
        status="publish",
        title="A",
        link="https://o.example/a/",
        slug="a",
        body=html,
        excerpt="",
        date="",
        date_gmt="",
        modified="",
        parent=0,
        password="",
        file_url="",
    )
    whole = Export("O", "https://o.example", (one,), (), 0)
    addresses = Addresses(whole, {1: texts.PATH})
    pictures = Pictures(whole, None, Path("/nowhere"))
    writing = Writing(one, texts.PATH, "new", pictures, addresses, lambda _: None)
    return markdown(shaped(html, writing)), writing


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]) | st.just(" ")))
@settings(max_examples=200, deadline=None)
def test_plain_words_come_back_as_they_were(words: str) -> None:
    """Quotation marks are made curly, and dashes long, as WordPress does itself. The plain text of
    a page has no space before a sign that ends something."""
    words = " ".join(re.sub(r"[\"'«».:<>\u2026-]|[^\W\d_](?=\u0307)", "", words).split())
    words = re.sub(r" (?=[,;!?)])", "", words)
    text, _ = carried("<p>" + words.replace("&", "&amp;") + "</p>")
    if words:
        assert texts.page(text).text == words


# --------------------------------------------------------------------------- HTML -> Markdown


def cases() -> Iterator[tuple[str, str, str]]:
    parts = (HERE / "texts.txt").read_text(encoding="utf-8").split("\n.\n")
    assert parts.pop().strip() == "", "a case is not closed by a dot"
    yield from zip(parts[::3], parts[1::3], parts[2::3], strict=True)


CASES = list(cases())


@pytest.mark.parametrize(("_title", "html", "expected"), CASES, ids=[case[0] for case in CASES])
def test_html_becomes_this_markdown(_title: str, html: str, expected: str) -> None:
    assert carried(html)[0] == expected


@pytest.mark.parametrize(
    "unit", ["<!-- ", "<pre", "<q", "<b>", "<p>a", "[a ", "[gallery]", "<td>", "a\n", "<?", "<!["]
)
def test_texts_made_to_take_for_ever_do_not(unit: str) -> None:
    html = unit * (300_000 // len(unit))
    started = perf_counter()
    if not unreadable(html):
        carried(html)
    assert perf_counter() - started < 30


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("a" * 300_001, "letters"),
        ("a\n" * 10_001, "lines"),
        ("<b>" * 20_001, "times '<'"),
        ("<div>" * 61, "more than 60"),
        ("<b>" * 4_000, "far too many"),
    ],
)
def test_a_text_that_no_person_wrote_is_not_carried_over(html: str, reason: str) -> None:
    assert reason in unreadable(html)


# --------------------------------------------------------------------------- front matter


def matter(site: Path, folder: Path, *items: str, live: bool = False) -> str:
    run(site, export(folder, *items), live=live)
    return page_of(site).split("---\n")[1]


def test_search_plugins_fill_title_and_description(site: Path, tmp_path: Path) -> None:
    found = matter(
        site,
        tmp_path,
        item(
            x_title="Plain title",
            x_excerpt="A short look at *what* one finds there.",
            rank_math_title="ignored: no meta field",
            _yoast_wpseo_title="%%title%% %%page%% %%sep%% better - Old",
            _yoast_wpseo_metadesc="%%excerpt%% And a bit more.",
            _rank_math_robots='a:1:{i:0;s:7:"noindex";}',
        ).replace("_rank", "rank"),
    )
    assert 'title: "Plain title better"\n' in found.replace("  ", " ")
    assert 'label: "Plain title"\n' in found
    assert 'description: "A short look at *what* one finds there. And a bit more."\n' in found
    assert 'summary: "A short look at \\\\*what\\\\* one finds there."\n' in found
    assert "robots: noindex\n" in found


def test_an_excerpt_is_the_description_when_there_is_no_other(site: Path, tmp_path: Path) -> None:
    found = matter(site, tmp_path, item(x_excerpt="Twenty letters and a few more."))
    assert 'description: "Twenty letters and a few more."\n' in found
    assert "summary" not in found


def test_words_of_a_wrong_length_or_twice_are_told(site: Path, tmp_path: Path) -> None:
    same = "The very same description on two pages of the site."
    outcome = run(
        site,
        export(
            tmp_path,
            item(1, x_title="T" * 20 + " word" * 30, x_excerpt="Description. " * 40),
            item(2, x_title="ab", x_excerpt="Too short."),
            item(3, x_title="Same", x_excerpt=same),
            item(4, x_title="same", x_excerpt=same),
        ),
    )
    assert any("longer than 110" in words for words in notes(outcome, 1))
    assert any("longer than 200" in words for words in notes(outcome, 1))
    assert "the title: it had none, or one of two letters" in notes(outcome, 2)
    assert any("too short: Too short." in words for words in notes(outcome, 2))
    assert any("has the title" in words for words in notes(outcome, 4))
    assert any("another page has the same" in words for words in notes(outcome, 4))
    assert 'title: "same (page-4)"' in page_of(site, "guides/page-4")
    assert errors_in(sites.problems(site, drafts=True)) == ()


@pytest.mark.parametrize(
    ("local", "utc", "expected"),
    [
        ("2027-01-04 09:00:00", "2027-01-04 17:00:00", "publish_at: 2027-01-04 09:00-08:00\n"),
        ("2027-01-04 22:30:00", "2027-01-04 17:00:00", "publish_at: 2027-01-04 22:30+05:30\n"),
        ("", "2027-01-04 17:00:00", "publish_at: 2027-01-04 17:00Z\n"),
        ("2027-01-04 09:00:00", "0000-00-00 00:00:00", "publish_at: 2027-01-04 09:00\n"),
        ("2027-03-14 02:30:00", "", ""),
        ("soon", "", ""),
    ],
)
def test_scheduled_posts_keep_their_moment(
    local: str, utc: str, expected: str, site: Path, tmp_path: Path
) -> None:
    one = item(
        x_excerpt="When the rooms are open in winter.",
        status="future",
        post_date=local,
        post_date_gmt=utc,
        post_modified="2026-02-03 10:00:00",
    )
    found = matter(site, tmp_path, one, live=True)
    assert expected in found
    assert ("publish_at" in found) == bool(expected)
    assert ("draft: true" in found) == (not expected), "without its moment it would be live now"
    assert "updated: 2026-02-03\n" in found
    assert errors_in(sites.problems(site, drafts=True)) == ()


def test_live_leaves_out_the_draft_line_where_nothing_is_missing(
    site: Path, tmp_path: Path
) -> None:
    fine = {"x_excerpt": "Twenty letters and a few more."}
    kinds: tuple[dict[str, str], ...] = (
        {},
        {"post_password": "x"},
        {"status": "private"},
        {"status": "pending"},
    )
    items = [
        item(n, **{**fine, "x_excerpt": f"{fine['x_excerpt']} {n}", **more})
        for n, more in enumerate(kinds, 1)
    ]
    outcome = run(site, export(tmp_path, *items, item(9)), live=True)
    assert [bool(page.draft) for page in outcome.pages] == [False, True, True, True, True]
    assert "draft" not in page_of(site)
    assert errors_in(sites.problems(site)) == ()


def test_categories_find_pages_of_their_name(site: Path, tmp_path: Path) -> None:
    put(site / "content/methods/ice-pack.md", sites.page("Ice packs", sites.SAFE, draft="true"))
    terms = "".join(
        f'<category domain="category" nicename="{slug}">{slug}</category>'
        for slug in ("ice-pack", "news", "ice-pack")
    )
    outcome = run(site, export(tmp_path, item(x_more=terms)))
    assert "methods: [ice-pack]\n" in page_of(site)
    assert "- ice-pack (category), set as methods: page-1" in report(outcome)
    assert "- news (category), no home here: page-1" in report(outcome)


# --------------------------------------------------------------------------- names and addresses


def test_old_addresses_lead_on(site: Path, tmp_path: Path) -> None:
    outcome = run(
        site,
        export(
            tmp_path,
            item(1, x_link="https://o.example/2019/03/page-1/", _wp_old_slug="first-name"),
            item(2, x_link="https://o.example/2019/03/page-1/"),
            item(3, x_link="https://o.example/?p=3"),
            item(4, x_link="https://o.example/guides/page-4/"),
            item(5, x_link="https://o.example/caf%C3%A9/"),
            item(6, x_link="https://o.example/"),
            item(7, x_link="https://o.example/media/x/"),
        ),
    )
    assert "aliases: [/2019/03/page-1/, /2019/03/first-name/]\n" in page_of(site)
    assert [page.named.aliases for page in outcome.pages[1:]] == [()] * 6
    lost = {page.item.id: page.named.lost for page in outcome.pages if page.named.lost}
    assert lost == {2: ("/2019/03/page-1/",), 3: ("/?p=3",), 5: ("/caf%C3%A9/",), 7: ("/media/x/",)}
    assert "/?p=3: content/guides/page-3.md" in report(outcome)
    assert errors_in(sites.problems(site, drafts=True)) == ()


def test_behind_a_base_path_old_addresses_start_there(site: Path, tmp_path: Path) -> None:
    put(site / "site.yaml", sites.SITE_YAML.replace("harbour.example", "harbour.example/spa", 1))
    run(site, export(tmp_path, item(x_link="https://o.example/spa/old/")))
    assert "aliases: [/old/]\n" in page_of(site)


def test_a_name_that_is_taken_gets_another(site: Path, tmp_path: Path) -> None:
    put(site / "content/guides/page-1.md", sites.page("Ours"))
    put(site / "content/pages/hub.md", sites.page("A hub", slug="shop"))
    mine = page_of(site)
    outcome = run(
        site,
        export(
            tmp_path,
            item(1),
            item(2, post_name="page-1"),
            item(3, post_name="page-1"),
            item(4, post_name="shop", post_type="page"),
            item(5, post_name="", x_title="", x_link=""),
            item(6, post_name="index", x_link="https://o.example/index/"),
        ),
    )
    assert page_of(site) == mine
    assert [page.path.rpartition("/")[2] for page in outcome.pages] == [
        "page-1-post.md",
        "page-1-2.md",
        "page-1-3.md",
        "shop-page.md",
        "post-5.md",
        "index-post.md",
    ]
    assert "called 'page-1' in WordPress: another name than its file" in notes(outcome, 2)
    assert errors_in(sites.problems(site, drafts=True)) == ()


def test_links_within_the_old_site_lead_to_files(site: Path, tmp_path: Path) -> None:
    body = "".join(
        f'<p><a href="{url}">x</a></p>'
        for url in (
            "http://www.o.example/page-2/",
            "../page-2?utm_source=a",
            "/?page_id=2#part",
            "https://o.example/first-name/",
            "https://o.example/",
            "https://o.example/tag/none/",
        )
    )
    target = item(2, '<h2 id="part">Part</h2>', post_type="page", _wp_old_slug="first-name")
    outcome = run(site, export(tmp_path, item(1, body), target))
    assert re.findall(r"\]\((.*?)\)", page_of(site)) == [
        *["../pages/page-2.md"] * 2,
        "../pages/page-2.md#at-part",
        "../pages/page-2.md",
        "../pages/index.md",
    ]
    assert "## Part {: #at-part }" in page_of(site, "pages/page-2")
    assert [words for words in notes(outcome) if words.endswith("/tag/none/")]


def test_a_place_that_nothing_leads_to_has_no_name(site: Path, tmp_path: Path) -> None:
    body = '<h2 id="a">A</h2><p><a href="#b">x</a> <a href="/page-1/#c">y</a></p>'
    outcome = run(site, export(tmp_path, item(1, body)))
    assert "{:" not in page_of(site)
    assert page_of(site).endswith("[x](page-1.md) [y](page-1.md)\n")
    assert "a link to a place that is not on the page: #b" in notes(outcome)


# --------------------------------------------------------------------------- pictures


def image(file: str, more: str = "") -> str:
    return (
        f'<p><img src="https://o.example/wp-content/uploads/{file}" alt="What it shows"{more}></p>'
    )


def shown(site: Path, name: str = "guides/page-1") -> list[str]:
    return re.findall(r"!\[.*?\]\((.*?)\)", page_of(site, name))


def test_small_copies_lead_back_to_the_full_picture(site: Path, tmp_path: Path) -> None:
    media = tmp_path / "uploads"
    for name, colour in {
        "a.jpg": 1,
        "a-300x200.jpg": 2,
        "b-scaled.jpg": 3,
        "b.jpg": 4,
        "c-10x10.jpg": 5,
        "d-20x20.png": 6,
        "e.jpg": 7,
        "f.jpg": 8,
        "f-300x200.jpg": 9,
    }.items():
        put(media / name, picture(colour=colour, format="PNG" if "png" in name else "JPEG"))
    body = "".join(
        (
            image("a-300x200.jpg"),
            image("b-1024x768.jpg"),
            image("c-10x10.jpg"),
            image("d-20x20.png"),
            image("none-5x5.jpg", ' class="x wp-image-5"'),
            image("f-300x200.jpg"),
        )
    )
    file = export(
        tmp_path,
        item(1, body),
        attachment(2, "a.jpg"),
        attachment(3, "b-scaled.jpg"),
        attachment(4, "c-10x10.jpg"),
        attachment(5, "e.jpg"),
    )
    outcome = run(site, file, media)
    assert shown(site) == ["a.jpg", "b-scaled.jpg", "c-10x10.jpg", "d-20x20.png", "e.jpg", "f.jpg"]
    for name in shown(site):
        assert (site / "content/guides" / name).read_bytes() == (media / name).read_bytes()
    assert len(outcome.media) == 4, "pictures the export does not list are copied all the same"


def test_one_picture_on_two_pages_is_one_file(site: Path, tmp_path: Path) -> None:
    put(tmp_path / "uploads/a.jpg", picture())
    two = item(2, image("a.jpg"), post_type="page")
    run(site, export(tmp_path, item(1, image("a.jpg")), two), tmp_path / "uploads")
    assert shown(site, "pages/page-2") == ["../guides/a.jpg"]


def test_pictures_of_one_name_stay_apart(site: Path, tmp_path: Path) -> None:
    put(site / "content/guides/a.jpg", picture(colour=250))
    for folder, colour in (("2019", 10), ("2020", 120)):
        put(tmp_path / f"uploads/{folder}/a.jpg", picture(colour=colour))
    file = export(tmp_path, item(1, image("2019/a.jpg") + image("2020/a.jpg")))
    for _ in range(2):
        outcome = run(site, file, tmp_path / "uploads")
        assert shown(site) == ["a-2.jpg", "a-3.jpg"]
    assert outcome.files == {}


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../secret.jpg", "out of the folder"),
        ("/etc/secret.jpg", "out of the folder"),
        ("link.jpg", "out of the folder"),
        ("broken.jpg", "damaged"),
        ("text.jpg", "not a picture"),
        ("drawing.svg", "of the kind .svg"),
        ("none.jpg", "not in the folder uploads"),
        ("a\\b.jpg", "out of the folder"),
    ],
)
def test_what_cannot_be_taken_says_why(name: str, reason: str, site: Path, tmp_path: Path) -> None:
    media = tmp_path / "uploads"
    put(tmp_path / "secret.jpg", picture())
    put(media / "broken.jpg", picture((400, 400))[:300])
    put(media / "text.jpg", b"no picture at all")
    put(media / "drawing.svg", b"<svg/>")
    (media / "link.jpg").symlink_to(tmp_path / "secret.jpg")
    file = export(tmp_path, item(1, image("x.jpg", ' class="wp-image-2"')), attachment(2, name))
    outcome = run(site, file, media)
    [left] = [why for one, why in outcome.left if one.id == 2]
    assert reason in left
    assert "replace this: the picture" in page_of(site)
    assert not list((site / "content").rglob("*.jpg"))


def test_a_picture_of_another_kind_than_its_name_says_gets_the_right_one(
    site: Path, tmp_path: Path
) -> None:
    put(tmp_path / "uploads/A b.JPG", picture(format="WEBP"))
    put(tmp_path / "uploads/c.jpeg", picture())
    body = image("A%20b.JPG") + image("c.jpeg")
    run(site, export(tmp_path, item(1, body)), tmp_path / "uploads")
    assert shown(site) == ["a-b.webp", "c.jpeg"]
    assert errors_in(sites.problems(site, drafts=True)) == ()


def test_a_gallery_without_names_shows_what_was_uploaded(site: Path, tmp_path: Path) -> None:
    put(tmp_path / "uploads/a.jpg", picture())
    file = export(
        tmp_path,
        item(1, "[gallery]\n\n[gallery ids='2,77']", _thumbnail_id="2"),
        attachment(2, "a.jpg", post_parent="1", _wp_attachment_image_alt="A chair"),
    )
    run(site, file, tmp_path / "uploads")
    assert shown(site) == ["a.jpg", "a.jpg"]
    assert "replace this: the picture with the number 77" in page_of(site)
    assert 'image: {src: "a.jpg", alt: "A chair"}\n' in page_of(site)


def test_captions(site: Path, tmp_path: Path) -> None:
    put(tmp_path / "uploads/a.jpg", picture())
    figure = f"<figure>{image('a.jpg')[3:-4]}<figcaption>A <em>chair</em></figcaption></figure>"
    body = (
        f"{figure}<ul><li>in a list {figure}</li></ul>"
        f'[caption id="attachment_2" caption="Old form"]{image("a.jpg")[3:-4]}[/caption]'
        f"<figure><ul><li>{figure}</li></ul></figure>"
    )
    run(site, export(tmp_path, item(1, body)), tmp_path / "uploads")
    found = page_of(site).split("---\n", 2)[2]
    fenced = '::: figure a.jpg "What it shows"\n{}\n:::'
    assert found.count(fenced.format("A _chair_")) == 2
    assert found.count(fenced.format("Old form")) == 1
    assert "- in a list\n\n    ![What it shows](a.jpg)\n\n    A _chair_" in found
    assert errors_in(sites.problems(site, drafts=True)) == ()


def test_without_a_folder_of_pictures_they_are_asked_for(site: Path, tmp_path: Path) -> None:
    file = export(tmp_path, item(1, image("a.jpg"), _thumbnail_id="2"), attachment(2, "b.jpg"))
    outcome = run(site, file)
    assert "no folder was given with --media" in page_of(site)
    assert any(words.startswith("the picture of the page") for words in notes(outcome))
    put(tmp_path / "uploads/a.jpg", picture())
    again = run(site, file, tmp_path / "uploads")
    assert [page.action for page in again.pages] == ["brought up to date"]
    assert shown(site) == ["a.jpg"]


def test_a_folder_of_pictures_that_is_not_there(site: Path, tmp_path: Path) -> None:
    with pytest.raises(OperationError, match="no folder"):
        run(site, export(tmp_path, item()), tmp_path / "none")


# --------------------------------------------------------------------------- again


def test_a_page_changed_here_is_left_alone(site: Path, tmp_path: Path) -> None:
    run(site, export(tmp_path, item(1), item(2)))
    file = site / "content/guides/page-1.md"
    mine = page_of(site).replace("Words.", "My own words.")
    file.write_text(mine, encoding="utf-8", newline="\n")
    outcome = run(site, export(tmp_path, item(1, "New."), item(2, "New.")))
    assert [page.action for page in outcome.pages] == [
        "changed here, left alone",
        "brought up to date",
    ]
    assert page_of(site) == mine
    assert page_of(site, "guides/page-2").endswith("\nNew.\n")
    assert "changed here since; left alone" in report(outcome)


def test_other_line_ends_are_no_change(site: Path, tmp_path: Path) -> None:
    run(site, export(tmp_path, item(1)))
    file = site / "content/guides/page-1.md"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert [page.action for page in run(site, export(tmp_path, item(1))).pages] == ["same"]


def test_a_page_moved_here_is_known_again(site: Path, tmp_path: Path) -> None:
    both = item(1), item(2, '<a href="/page-1/">x</a>')
    run(site, export(tmp_path, *both))
    (site / "content/pages/moved.md").write_text(page_of(site), encoding="utf-8")
    (site / "content/guides/page-1.md").unlink()
    outcome = run(site, export(tmp_path, *both))
    assert outcome.pages[0].path == "content/pages/moved.md"
    assert page_of(site, "guides/page-2").endswith("[x](../pages/moved.md)\n")
    assert not (site / "content/guides/page-1.md").exists()


def test_a_page_deleted_here_comes_again(site: Path, tmp_path: Path) -> None:
    run(site, export(tmp_path, item(1)))
    (site / "content/guides/page-1.md").unlink()
    assert [page.action for page in run(site, export(tmp_path, item(1))).pages] == ["new"]


def test_another_site_with_the_same_numbers_is_another_site(site: Path, tmp_path: Path) -> None:
    run(site, export(tmp_path, item(1)))
    file = export(tmp_path, item(1))
    file.write_text(file.read_text().replace("o.example", "p.example"))
    assert [page.path for page in run(site, file).pages] == ["content/guides/page-1-post.md"]


def test_a_picture_changed_here_is_left_alone(site: Path, tmp_path: Path) -> None:
    put(tmp_path / "uploads/a.jpg", picture())
    file = export(tmp_path, item(1, image("a.jpg")), attachment(2, "a.jpg"))
    run(site, file, tmp_path / "uploads")
    mine = picture(colour=1)
    put(site / "content/guides/a.jpg", mine)
    outcome = run(site, file, tmp_path / "uploads")
    assert (site / "content/guides/a.jpg").read_bytes() == mine
    assert outcome.files == {}
    assert "a.jpg (changed here since; left alone)" in report(outcome)


def test_a_picture_taken_out_here_does_not_come_back(site: Path, tmp_path: Path) -> None:
    put(tmp_path / "uploads/a.jpg", picture())
    file = export(tmp_path, item(1, image("a.jpg")), attachment(2, "a.jpg"))
    run(site, file, tmp_path / "uploads")
    (site / "content/guides/a.jpg").unlink()
    page = site / "content/guides/page-1.md"
    page.write_text(page_of(site).split("\n![")[0], encoding="utf-8")
    outcome = run(site, file, tmp_path / "uploads")
    assert outcome.files == {}
    assert [why for one, why in outcome.left if one.id == 2] == ["the page was changed here since"]


# --------------------------------------------------------------------------- writing, the command


def test_a_folder_that_leads_elsewhere_is_not_written_to(site: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (site / "content/guides").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OperationError, match="outside of the site"):
        write_files(site, {"content/guides/a.md": b"x"})
    assert not list((tmp_path / "elsewhere").iterdir())


def test_a_file_that_cannot_be_written_says_so(site: Path) -> None:
    put(site / "content/guides", "a file")
    with pytest.raises(OperationError, match="cannot be written"):
        write_files(site, {"content/guides/a.md": b"x"})


def test_a_folder_that_is_no_site(tmp_path: Path) -> None:
    with pytest.raises(BuildError) as failed:
        run(tmp_path, HERE / "blocks.xml")
    assert failed.value.problems[0].rule == "missing-site"


def command(site: Path, *words: str) -> int:
    return cli.main(["import", "--source", str(site), *words])


def test_the_command_writes_and_tells(
    site: Path, uploads: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree(site)
    words = [str(HERE / "blocks.xml"), "--media", str(uploads)]
    assert command(site, *words, "--dry-run") == 0
    assert "nothing was written" in capsys.readouterr().out
    assert tree(site) == before
    assert command(site, *words) == 0
    told = capsys.readouterr().out
    assert "15 items in the export" in told
    assert "5 new" in told
    assert (site / FILE_NAME).is_file()
    assert command(site, *words, "--quiet") == 0
    assert capsys.readouterr().out == ""


def test_the_command_says_what_is_wrong_with_a_file(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(tmp_path / "bad.xml", LAUGHS)
    assert command(site, str(tmp_path / "bad.xml")) == 1
    assert "error[unsafe-xml]" in capsys.readouterr().out


def test_the_summary_adds_up(site: Path, uploads: Path) -> None:
    told = summary(run(site, HERE / "classic.xml", uploads))
    total, *parts = (int(n) for n in re.findall(r"^ *(\d+) ", told, re.MULTILINE)[:4])
    assert total == sum(parts) == 7
