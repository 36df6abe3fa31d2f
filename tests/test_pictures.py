"""One picture in, light ones out: upright, in every size, and silent about where it was taken."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from coldpress import baking
from coldpress.model import Media
from coldpress.pictures import widths_of
from coldpress.pipeline import Built
from coldpress.problems import BuildError
from coldpress.variants import AIM, TURNS
from coldpress.views.pictures import crop
from tests import drawings, sites
from tests.conftest import Make
from tests.drawings import opened, saved, scene

GUIDE = "content/guides/room.md"
SHOWN = '::: figure room.jpg "A room"\nWith *two* seats.\n:::\n'


def with_picture(content: bytes, name: str = "room.jpg", **fields: str) -> dict[str, str | bytes]:
    body = SHOWN.replace("room.jpg", name)
    return {GUIDE: sites.page("The room", body, **fields), f"content/guides/{name}": content}


def is_card(output: str) -> bool:
    """Drawn for where pages are shared: no picture of an author's."""
    return output.startswith("media/cards/")


def files(built: Built, suffix: str = "") -> dict[str, bytes]:
    return {
        output: one.content
        for output, one in built.made.items()
        if output.startswith("media/") and output.endswith(suffix) and not is_card(output)
    }


def sizes(built: Built, suffix: str) -> list[tuple[int, int]]:
    return sorted(opened(content).size for content in files(built, suffix).values())


def html(built: Built) -> str:
    return built.made["guides/room/index.html"].content.decode()


# ---- sizes and formats


def test_every_size_in_two_modern_formats_and_one_for_all(site: Make) -> None:
    built = site(with_picture(saved(scene(2400, 1200))))
    wanted = [(480, 240), (800, 400), (1200, 600), (1600, 800)]
    assert sizes(built, ".avif") == wanted
    assert sizes(built, ".webp") == wanted
    assert sizes(built, ".jpg") == [(800, 400)]
    assert {opened(c).format for c in files(built, ".avif").values()} == {"AVIF"}
    assert {opened(c).format for c in files(built, ".webp").values()} == {"WEBP"}


@pytest.mark.parametrize(
    ("width", "height", "wanted"),
    [
        (300, 200, (300,)),
        (480, 200, (480,)),
        (640, 200, (480, 640)),
        (900, 600, (480, 900)),
        (1600, 900, (480, 800, 1200, 1600)),
        (9000, 5000, (480, 800, 1200, 1600)),
        (1, 1, (1,)),
        (100, 200_000, (3,)),
    ],
)
def test_no_file_is_wider_than_the_picture(
    width: int, height: int, wanted: tuple[int, ...]
) -> None:
    assert widths_of(width, height) == wanted


def test_a_heavy_picture_is_made_lighter_until_it_fits(site: Make) -> None:
    heavy = saved(drawings.noisy(700, 500), quality=95)
    built = site(with_picture(heavy))
    assert max(map(len, files(built, ".avif").values())) <= AIM
    assert len(heavy) > 4 * AIM


def test_a_picture_nobody_shows_is_not_made(site: Make) -> None:
    built = site({GUIDE: sites.page("The room"), "content/guides/room.jpg": saved(scene())})
    assert not files(built)


# ---- what is taken out


@pytest.mark.parametrize("name", ["room.jpg", "room.png", "room.webp", "room.avif"])
def test_no_place_camera_name_or_comment_is_left(site: Make, name: str) -> None:
    photo = drawings.from_a_phone()
    original = opened(photo)
    if not name.endswith("jpg"):
        format = name.rpartition(".")[2].upper()
        photo = saved(original, format, exif=original.getexif())
    assert opened(photo).getexif().get_ifd(0x8825), "the place is there before"
    built = site(with_picture(photo, name))
    assert len(files(built)) == 7
    for content in files(built).values():
        assert not opened(content).getexif()
        assert "exif" not in opened(content).info
        for word in (b"PhoneMaker", b"Owner Name", b"SecretComment", b"Exif"):
            assert word not in content


@pytest.mark.parametrize("turn", [1, *TURNS])
def test_a_picture_taken_sideways_stands_upright(site: Make, turn: int) -> None:
    """Written as a camera held that way would: turned back, with the note how to turn it."""
    undo = {6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
    upright = scene(900, 600)
    lying = upright.transpose(undo.get(turn, TURNS[turn])) if turn in TURNS else upright
    built = site(with_picture(drawings.from_a_phone(turn, lying)))
    for content in files(built).values():
        shown = opened(content).convert("RGB")
        assert shown.width * 600 == shown.height * 900
        across, down = shown.width // 10, shown.height // 10
        assert shown.getpixel((5 * across, down))[2] > 200, "the bright bar is on top"  # type: ignore[index]
        assert shown.getpixel((2 * across, 7 * down))[0] > 150  # type: ignore[index]
        assert shown.getpixel((8 * across, 7 * down))[2] > 150  # type: ignore[index]
    assert 'width="900" height="600"' in html(built)


# ---- colours


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_can_be_seen_through_stays_so(site: Make, mode: str) -> None:
    picture = scene(600, 400).convert("RGBA")
    picture.paste((0, 0, 0, 0), (0, 0, 300, 400))
    if mode == "P":
        picture = picture.quantize(32)
    elif mode == "LA":
        picture = picture.convert("LA")
    built = site(with_picture(saved(picture, "PNG"), "room.png"))
    assert not files(built, ".jpg")
    for content in files(built).values():
        shown = opened(content).convert("RGBA")
        alphas = shown.getpixel((20, 20)), shown.getpixel((shown.width - 20, 20))
        assert [pixel[3] for pixel in alphas] == [0, 255]  # type: ignore[index]


def test_printing_colours_become_screen_colours(site: Make) -> None:
    built = site(with_picture(saved(scene(600, 400, "CMYK"))))
    for content in files(built).values():
        shown = opened(content)
        assert shown.mode == "RGB"
        red, _, blue = shown.getpixel((60, shown.height - 60))  # type: ignore[misc]
        assert red > 150 > blue


def test_sixteen_bits_of_grey_are_not_a_white_sheet(site: Make) -> None:
    grey = Image.new("I;16", (600, 400), 0x4000)
    built = site(with_picture(saved(grey, "PNG"), "room.png"))
    for content in files(built).values():
        assert opened(content).convert("L").getpixel((50, 50)) == pytest.approx(64, abs=3)


def test_colours_of_another_profile_are_converted(site: Make) -> None:
    """In XYZ-like colours the numbers differ; without its profile a picture would look wrong."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    plain = saved(scene(600, 400), icc_profile=profile.tobytes())
    broken = saved(scene(600, 400), icc_profile=b"no profile at all")
    for number, content in enumerate((plain, broken)):
        built = site(with_picture(content, f"room{number}.jpg"))
        for made in files(built).values():
            assert "icc_profile" not in opened(made).info


def test_of_a_moving_picture_the_first_frame_is_shown(site: Make) -> None:
    frames = [scene(600, 400), Image.new("RGB", (600, 400), (0, 0, 0))]
    moving = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    built = site(with_picture(moving, "room.gif"))
    (advice,) = [one for one in built.advice if one.rule == "moving-picture"]
    assert advice.path == "content/guides/room.gif"
    for content in files(built).values():
        assert not getattr(opened(content), "is_animated", False)
        assert opened(content).convert("RGB").getpixel((40, 20))[0] > 200  # type: ignore[index]


# ---- the page


class Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.found if name == tag]


def test_the_page_offers_every_file_and_nothing_else(site: Make) -> None:
    built = site(with_picture(saved(scene(2400, 1200))), base_url="https://x.example/spa")
    tags = Tags(html(built))
    (image,) = tags.of("img")
    assert (image["width"], image["height"]) == ("2400", "1200")
    assert (image["alt"], image["loading"], image["decoding"]) == ("A room", "lazy", "async")
    assert [source["type"] for source in tags.of("source")] == ["image/avif", "image/webp"]
    offered = [part.split() for source in tags.of("source") for part in source["srcset"].split(",")]  # type: ignore[union-attr]
    urls = {url for url, _ in offered} | {image["src"]}
    assert urls == {f"/spa/{output}" for output in files(built)}
    for url, width in offered:
        assert url.endswith(f"-{width.removesuffix('w')}.{url.rpartition('.')[2]}")
    assert "style=" not in html(built).partition("<body")[2]
    assert "<figcaption><p>With <em>two</em> seats.</p></figcaption>" in html(built)


def test_the_picture_of_the_front_matter_stands_below_the_first_view(site: Make) -> None:
    page = sites.page(
        "The room",
        "Before.\n\n## One\n\nIn one.\n\n## Two\n\nAfter.",
        image='{src: room.jpg, alt: "A bench & a lamp", focal: "100% 10%"}',
    )
    built = site({GUIDE: page, "content/guides/room.jpg": saved(scene())})
    text = html(built)
    assert text.index("In one.") < text.index("<picture>") < text.index('id="two"')
    assert 'class="crop fx4 fy0"' in text
    assert 'alt="A bench &amp; a lamp"' in text
    sheets = [one.content for name, one in built.made.items() if name.endswith(".css")]
    assert b".fx4{" in b"".join(sheets), "with the styles below the first view"


@pytest.mark.parametrize(
    ("focal", "classes"),
    [
        ("", ""),
        ("50% 50%", "crop fx2 fy2"),
        ("0% 100%", "crop fx0 fy4"),
        ("37% 38%", "crop fx1 fy2"),
        ("999% 0%", "crop fx4 fy0"),
    ],
)
def test_the_point_that_stays_in_sight_is_a_pair_of_classes(focal: str, classes: str) -> None:
    assert crop(focal) == classes


def test_a_page_of_heavy_pictures_gets_advice(site: Make) -> None:
    names = [f"g{number}.jpg" for number in range(6)]
    body = "\n\n".join(f"![Gravel]({name})" for name in names)
    pictures = {
        f"content/guides/{name}": saved(drawings.noisy(480 + n, 420), quality=95)
        for n, name in enumerate(names)
    }
    built = site({GUIDE: sites.page("The room", body), **pictures})
    found = [one for one in built.advice if one.rule == "pictures-too-heavy"]
    assert found[-1].path == GUIDE
    assert re.fullmatch(
        r"the pictures of this page are 1\d\d,\d{3} bytes, aim: 120,000", found[-1].message
    )
    assert found[-1].hint.count(".jpg") == 3


# ---- again


def test_making_a_picture_again_gives_the_same_bytes(tmp_path: Path) -> None:
    photo = drawings.from_a_phone(6, drawings.noisy(700, 500))
    builds = [
        sites.compose(sites.write(tmp_path / name, with_picture(photo))) for name in ("a", "b")
    ]
    assert files(builds[0]) == files(builds[1])
    assert sizes(builds[0], ".avif") == [(500, 700)]


def test_an_unchanged_picture_is_not_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even when a template or a text changes: a picture is slow to make."""
    source = sites.write(tmp_path, with_picture(saved(scene())))
    first = sites.compose(source)
    made: list[str] = []
    cook = baking.cook

    def watched(*given: object) -> object:
        made.append(given[-1].output)  # type: ignore[attr-defined]
        return cook(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(baking, "cook", watched)
    assert files(sites.compose(source)) == files(first)
    assert made == []
    sites.write(
        tmp_path, {GUIDE: sites.page("The room", SHOWN + "\nMore."), "templates/x.html": ""}
    )
    assert files(sites.compose(source)) == files(first)
    assert made
    assert not [o for o in made if o.startswith("media/") and not is_card(o)]


def test_another_picture_of_the_same_name_has_other_names(tmp_path: Path) -> None:
    before = files(sites.compose(sites.write(tmp_path, with_picture(saved(scene())))))
    after = files(sites.compose(sites.write(tmp_path, with_picture(saved(scene(), quality=60)))))
    assert not before.keys() & after.keys()


def test_a_picture_damaged_behind_its_header_is_named(site: Make) -> None:
    whole = saved(drawings.noisy(300, 200), "PNG")
    at = whole.index(b"IDAT") + 8
    with pytest.raises(BuildError) as failed:
        site(with_picture(whole[:at] + bytes(400) + whole[at + 400 :], "room.png"))
    assert "broken-picture" in {one.rule for one in failed.value.problems}


def test_a_picture_with_strange_notes_is_read(site: Make) -> None:
    photo = bytearray(drawings.from_a_phone(6))
    start = photo.index(b"Exif") + 6
    photo[start + 8 : start + 60] = b"\xff" * 52
    built = site(with_picture(bytes(photo)))
    assert sizes(built, ".avif") == [(480, 288), (800, 480), (1000, 600)]


def test_the_file_every_browser_can_show_is_the_pictures_address() -> None:
    assert Media("content/guides/a.b.JPG", "0123456789", 4, 3).output == "media/a.b.01234567.jpg"


def test_several_workers_make_the_same_pictures(tmp_path: Path) -> None:
    pictures = {f"content/guides/p{n}.png": saved(scene(500 + n, 300), "PNG") for n in range(3)}
    body = "\n\n".join(f"![A room](p{n}.png)" for n in range(3))
    source = sites.write(tmp_path, {GUIDE: sites.page("The room", body), **pictures})
    alone = files(sites.compose(source))
    (source / ".coldpress" / "store.sqlite").unlink()
    assert files(sites.compose(source, jobs=2)) == alone
