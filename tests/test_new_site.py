"""A business in a few answers -> a site of its own that builds, passes `check`, and has nothing of
the first site in it."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from coldpress.asking import Terminal
from coldpress.assets import SHIPPED, build_assets
from coldpress.assets.brand import without_replaced
from coldpress.assets.contrast import contrast
from coldpress.cli import main
from coldpress.newsite import Business, Wish, asked, told, write
from coldpress.newsite.folder import FILES, files, plain
from coldpress.problems import BuildError, OperationError, Problem, errors_in
from coldpress.strings import read
from tests import sites

WISHES = {
    "plain": Wish("Quiet Rooms", "Bergen", "https://calendly.com/quiet", "massage, stretching"),
    "quotes": Wish("Kim's \"Best\" & Co.: #1", "St. John's", "https://book.example/a?b=c#d",
                   'the "slow" hour'),
    "umlauts": Wish("Müller & Söhne Wärmestube", "Nürnberg", "https://buchen.example/müller",
                    "Füße, Rücken, größere Wärme"),
    "Spanish": Wish("Peluquería Niño", "A Coruña", "https://x.as.me/", "corte de pelo, ¿y después?",
                    "https://nino.example/es"),
    "signs": Wish("*Star* [Rooms] <b>_x_</b> {{ 7 }}", "A\\B: c, d", "https://b.example/",
                  "a*b*c, [@key], {% x %}, yes, 1.10"),
    "longest": Wish("n" * 60, "t" * 60, "https://b.example/", ",".join(c * 60 for c in "abcdef")),
}  # fmt: skip
OURS = re.compile(rb"inside ?out|insideout|cryo|los angeles|\bcold|\bice\b|\bicy\b", re.IGNORECASE)
HONEST = {"unconfirmed-fact"}
"""Advice that a new site cannot be without: the owner has to look at two addresses."""


def made(wish: Wish, folder: Path) -> Path:
    write(told(wish), folder)
    return folder


@pytest.mark.parametrize("name", WISHES)
def test_it_passes_check_at_once(name: str, tmp_path: Path) -> None:
    folder = made(WISHES[name], tmp_path / "site")
    built = sites.compose(folder)
    assert errors_in(built.advice) == ()
    if name != "longest":
        assert {one.rule for one in built.advice} == HONEST, built.advice
    facts = built.site.config.facts
    assert (facts.name, facts.organisation.locality) == (WISHES[name].name, WISHES[name].town)
    home = built.made["index.html"].content.decode()
    assert "{{" not in home.replace("{{ 7 }}", "")


@pytest.mark.parametrize("name", ["plain", "umlauts"])
def test_nothing_of_the_first_site_is_in_it(name: str, tmp_path: Path) -> None:
    folder = made(WISHES[name], tmp_path / "site")
    every = {one.as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()}
    every |= {output: one.content for output, one in sites.compose(folder).made.items()}
    found = {
        (name, word)
        for name, content in every.items()
        if ".coldpress" not in name
        for word in OURS.findall(laid_open(name, content))
    }
    assert found == set()


def laid_open(name: str, content: bytes) -> bytes:
    """A font is compressed: what it says of itself is not."""
    if not name.endswith(".woff2"):
        return content
    names = TTFont(io.BytesIO(content))["name"].names
    return "\n".join(record.toUnicode() for record in names).encode()


def test_the_law_can_fail() -> None:
    for words in (
        b"Inside Out",
        b"our ICE pack",
        b"cold-packs",
        b"--ice",
        b"whole-body cryotherapy",
    ):
        assert OURS.search(words), words
    assert not OURS.search(b"a nice device, a notice, scolding")


def test_every_word_about_cold_has_its_own_instead() -> None:
    """Captions and words in drawings of cold belong to what a site has to ask for by name."""
    shipped = read(SHIPPED.parent / "templates" / "strings" / "en.yaml")
    own = read(FILES / "templates" / "strings" / "en.yaml")
    theirs = {name for name, words in shipped.items() if OURS.search(words.encode())}
    assert {one for one in theirs if not one.startswith(("caption_", "drawing_"))} <= set(own)
    assert set(own) <= set(shipped), "a name the templates do not know"


def test_colours_and_logo_are_its_own(tmp_path: Path) -> None:
    folder = made(WISHES["plain"], tmp_path / "site")
    home = sites.compose(folder).made["index.html"].content.decode()
    assert 'content="#32223f"' in home
    assert "#002f40" not in home
    assert re.search(r'<img src="/assets/logo\.\w+\.svg" alt=""', home)
    assert "#1a8aa1" not in home, "the mark of the first site"


def test_it_needs_no_page_of_its_own_to_be_found(tmp_path: Path) -> None:
    made_files = write(told(WISHES["plain"]), tmp_path / "site")
    for path in ("pages/index", "pages/safety", "pages/contact", "pages/privacy",
                 "pages/not-found", "guides/massage", "guides/stretching"):  # fmt: skip
        assert f"content/{path}.md" in made_files


def test_one_topic_gives_two_articles() -> None:
    guides = [p for p in files(told(WISHES["quotes"])) if p.startswith("content/guides/")]
    assert guides == [
        "content/guides/index.md",
        "content/guides/the-slow-hour.md",
        "content/guides/the-slow-hour-visit.md",
    ]


@pytest.mark.parametrize(
    ("booking", "provider"),
    [
        ("https://calendly.com/x", "calendly"),
        ("https://x.as.me/", "acuity"),
        ("https://book.squareup.com/x", "square"),
        ("https://notcalendly.com/x", "other"),
    ],
)
def test_who_runs_the_booking_page(booking: str, provider: str) -> None:
    assert Business("a", "b", booking, ("c",), "https://d.example", True).provider == provider


# --------------------------------------------------------------------------- what will not do


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"name": ""}, "a few words"),
        ({"name": "n" * 61}, "at most 60 signs"),
        ({"town": "Ber\u202egen"}, "hidden sign"),
        ({"booking": "calendly.com/x"}, "starts with https://"),
        ({"booking": "https://["}, "starts with https://"),
        ({"topics": " , "}, "one to 6 topics"),
        ({"topics": "a,b,c,d,e,f,g"}, "one to 6 topics"),
        ({"topics": "a, A"}, "stands there twice"),
        ({"topics": "氷"}, "no address can be made"),
        ({"topics": "index"}, "no address can be made"),
        ({"topics": "!"}, "a few words"),
        ({"base_url": "nowhere"}, "a full address"),
    ],
)
def test_answers_that_will_not_do(changed: dict[str, str], why: str) -> None:
    good = {"name": "Rooms", "town": "Bergen", "booking": "https://b.example/", "topics": "a"}
    with pytest.raises(BuildError) as failed:
        told(Wish(**{**good, **changed}))
    assert why in failed.value.problems[0].message


def test_a_folder_with_anything_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(OperationError, match="not empty"):
        write(told(WISHES["plain"]), tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["mine.txt"]


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OperationError, match="cannot be written"):
        write(told(WISHES["plain"]), tmp_path / "file")
    with pytest.raises(OperationError, match="cannot be written"):
        write(told(WISHES["plain"]), tmp_path / "file" / "below")


def test_half_a_site_is_no_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "site").mkdir()
    full = OSError(28, "No space left on device")

    def fails(self: Path, *_words: object, **_more: object) -> int:
        if self.name == "site.yaml":
            raise full
        return self.write_bytes(b"")

    monkeypatch.setattr(Path, "write_text", fails)
    with pytest.raises(OperationError, match="no space left"):
        write(told(WISHES["plain"]), tmp_path / "site")
    assert list((tmp_path / "site").iterdir()) == []


@pytest.mark.parametrize("words", ["a*b*c", "[@key]", "<b>", "R&D", "1. x", "# x", "a: b", "\\"])
def test_words_stay_words_in_markdown(words: str, tmp_path: Path) -> None:
    body = f"Before {plain(words)} after"
    sites.write(tmp_path, {"content/pages/x.md": sites.page("One", body)})
    html = sites.compose(tmp_path).made["x/index.html"].content.decode()
    shown = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert f"Before {shown} after" in html


# --------------------------------------------------------------------------- the command


def test_questions_on_a_terminal() -> None:
    lines = ["", "Quiet Rooms", "Bergen", "calendly", "https://calendly.com/q", "massage"]
    screen = io.StringIO()
    answers = io.StringIO("\n".join([*lines, ""]))
    business = asked(Wish(), Terminal(answers, screen))
    assert business == told(Wish("Quiet Rooms", "Bergen", "https://calendly.com/q", "massage"))
    assert "a full address that starts with https://, please" in screen.getvalue()
    assert asked(WISHES["plain"], Terminal(io.StringIO(), screen)) == told(WISHES["plain"])


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "site"
    words = ["--name", "Quiet", "--town", "Bergen", "--booking", "https://b.example/"]
    assert main(["new-site", str(folder), *words]) == 2
    assert not folder.exists()
    assert main(["new-site", str(folder), *words, "--topics", "massage"]) == 0
    assert f"next: python3 build.py serve --source {folder}" in capsys.readouterr().out
    assert main(["check", "--source", str(folder)]) == 0
    assert main(["new-site", str(folder), *words, "--topics", "massage"]) == 3


# --------------------------------------------------------------------------- colours


def branded(tmp_path: Path, css: str, name: str = "brand.css") -> tuple[Problem, ...]:
    sites.write(tmp_path, {f"assets/css/{name}": css})
    try:
        build_assets(tmp_path, "", sites.ROOT / ".coldpress" / "fonts")
    except BuildError as failed:
        return failed.problems
    return ()


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "white") == pytest.approx(4.48, abs=0.005)
    assert contrast("rgb(1, 2, 3)", "#010203") == 1


@pytest.mark.parametrize(
    ("css", "messages"),
    [
        (":root { --ink: light-dark(#111, #eee); }", []),
        (
            ":root {\n  --ink-2: light-dark(#999, #c2bacd);\n}",
            [
                ("2:3", "'--ink-2' on '--bg' has a contrast of 2.72", "light"),
                ("2:3", "'--ink-2' on '--sunk' has a contrast of 2.51", "light"),
                ("2:3", "'--ink-2' on '--surface' has a contrast of 2.85", "light"),
            ],
        ),
        (
            ".deep { --cta-ink: #fff; }",
            [
                ("1:9", "'--cta-ink' on '--cta' has a contrast of 1.92", "dark"),
                ("1:9", "'--cta-ink' on '--cta' has a contrast of 1.92", "light"),
                ("1:9", "'--cta-ink' on '--cta-hover' has a contrast of 1.58", "dark"),
                ("1:9", "'--cta-ink' on '--cta-hover' has a contrast of 1.58", "light"),
            ],
        ),
        ("/* :root { --ink: #fff } */", []),
        ("@media print { :root { --ink: #fff; } }", []),
        (
            ":root { --warn: oklch(50% 0.1 80) }",
            [("1:9", "'oklch(50% 0.1 80)' is not a colour we can read", "")],
        ),
    ],
)  # fmt: skip
def test_colours_that_cannot_be_read_are_refused(
    css: str, messages: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    found = branded(tmp_path, css)
    assert {one.rule for one in found} <= {"low-contrast"}
    said = [(one.path, f"{one.line}:{one.column}", one.message) for one in found]
    assert sorted(said) == sorted(
        ("assets/css/brand.css", spot, f"{words} in the {scheme} scheme" if scheme else words)
        for spot, words, scheme in messages
    )


def test_tokens_of_its_own_are_held_to_it_too(tmp_path: Path) -> None:
    shipped = (SHIPPED / "css" / "tokens.css").read_text()
    own = shipped.replace("--bg: light-dark(#f3fbfc", "--bg: light-dark(#335562")
    assert {one.path for one in branded(tmp_path, own, "tokens.css")} == {"assets/css/tokens.css"}


def test_no_page_carries_a_colour_that_it_does_not_show(tmp_path: Path) -> None:
    assert branded(tmp_path, ":root { --ink: light-dark(#111, #eee); }") == ()
    sheets = "".join(s.css for s in build_assets(tmp_path, "", None).sheets)
    assert sheets.count("--ink:light-dark(") == 1
    assert "#072732" not in sheets
    assert "#ebf6f8" in sheets, "the one on deep surfaces stays"
    tokens = ":root {\n--a: 1;\n--b: light-dark(#000, #fff)\n}\n.deep { --a: 2 }"
    assert without_replaced(tokens, ":root { --b: 3; --a: 4 }") == (
        ":root {\n\n\n}\n.deep { --a: 2 }"
    )
