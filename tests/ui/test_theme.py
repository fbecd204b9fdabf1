"""The table of tokens keeps its promises about contrast and colour-blindness, and the window follows the
scheme."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFontInfo, QFontMetrics, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QLabel

from app.ui.canvas.glass import DEEPEST, NOBODY, words_ink
from app.ui.icons import icon, icon_names
from app.ui.shell import Shell
from app.ui.theme import (
    DARK,
    LIGHT,
    PAPER,
    RECIPIENT_COLOURS,
    STRONG_DARK,
    STRONG_LIGHT,
    RecipientColour,
    Scheme,
    Theme,
    Tokens,
    TypeSize,
    face,
    font_of,
    mix,
    recipient_colour,
    tokens_of,
)
from app.ui.theme.sheet import make_sheet
from tests.support.colour import contrast, difference, seen_by

RESOURCES = Path(__file__).parents[2] / "resources"
SCHEMES = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
STRONG = pytest.mark.parametrize("tokens", [STRONG_LIGHT, STRONG_DARK], ids=["light", "dark"])


@SCHEMES
def test_every_text_can_be_read_on_every_ground_it_stands_on(tokens: Tokens) -> None:
    faint = [pair for pair in tokens.text_pairs() if contrast(*pair) < 4.5]
    assert faint == []


@STRONG
def test_in_high_contrast_text_stands_out_by_seven_to_one(tokens: Tokens) -> None:
    faint = [pair for pair in tokens.text_pairs() if contrast(*pair) < 7]
    assert faint == []
    assert min(contrast(tokens.edge, ground) for ground in (tokens.window, tokens.surface)) >= 7


def test_every_table_is_found_again_by_the_palette_made_from_it(theme: Theme) -> None:
    for dark, strong, table in (
        (Scheme.LIGHT, False, LIGHT),
        (Scheme.DARK, False, DARK),
        (Scheme.LIGHT, True, STRONG_LIGHT),
        (Scheme.DARK, True, STRONG_DARK),
    ):
        theme.choose(dark)
        theme.suit(strong=strong)
        assert tokens_of(QApplication.palette()) is table


@SCHEMES
def test_the_outline_of_an_empty_control_can_be_seen(tokens: Tokens) -> None:
    assert min(contrast(tokens.edge, ground) for ground in (tokens.window, tokens.surface)) >= 3
    assert min(contrast(tokens.focus, ground) for ground in (tokens.window, tokens.surface)) >= 3


@SCHEMES
def test_links_focus_and_scroll_bars_can_be_seen_on_everything_they_stand_on(tokens: Tokens) -> None:
    soft = (tokens.accent_soft, tokens.good_soft, tokens.warn_soft, tokens.bad_soft)
    assert min(contrast(ink, ground) for ink in (tokens.accent, tokens.muted) for ground in soft) >= 4.5
    grounds = (tokens.window, tokens.rail, tokens.desk, tokens.surface, tokens.raised, tokens.selected, *soft)
    assert min(contrast(tokens.focus, ground) for ground in grounds) >= 3
    under = (tokens.window, tokens.desk, tokens.surface)
    assert min(contrast(tokens.thumb, ground) for ground in under) >= 3


@pytest.mark.parametrize("colour", [*RECIPIENT_COLOURS, NOBODY], ids=lambda colour: colour.name)
def test_words_can_be_read_on_the_deepest_glass_and_icons_be_seen(colour: RecipientColour) -> None:
    glass = mix(PAPER, colour.fill, DEEPEST).name()
    assert contrast(words_ink(colour).name(), glass) >= 4.5
    assert contrast(colour.line, glass) >= 3


@SCHEMES
def test_paper_is_the_brightest_thing_on_the_desk(tokens: Tokens) -> None:
    grounds = (tokens.window, tokens.rail, tokens.desk, tokens.surface, tokens.raised)
    assert all(QColor(ground).lightness() < QColor(PAPER).lightness() for ground in grounds)
    assert QColor(tokens.desk).lightness() <= QColor(tokens.window).lightness()


@pytest.mark.parametrize("colour", RECIPIENT_COLOURS, ids=lambda colour: colour.name)
def test_a_recipients_initials_and_lines_can_be_read(colour: RecipientColour) -> None:
    assert contrast(colour.on_fill, colour.fill) >= 4.5
    assert contrast(colour.line, PAPER) >= 3


@pytest.mark.parametrize("eyes", ["normal", "protanopia", "deuteranopia", "tritanopia"])
def test_recipients_are_told_apart_by_all_eyes(eyes: str) -> None:
    apart = {
        (one.name, other.name): difference(seen_by(eyes, one.fill), seen_by(eyes, other.fill))
        for one, other in itertools.combinations(RECIPIENT_COLOURS, 2)
    }
    assert {pair: round(far) for pair, far in apart.items() if far < 10} == {}


def test_no_two_recipients_share_a_pattern_and_the_ninth_begins_again() -> None:
    assert len({colour.pattern for colour in RECIPIENT_COLOURS}) == len(RECIPIENT_COLOURS) == 8
    assert recipient_colour(8) is recipient_colour(0)


def test_a_forced_scheme_changes_the_palette_live(theme: Theme, qapp: QApplication) -> None:
    heard: list[str] = []
    theme.changed.connect(lambda: heard.append(theme.tokens.name))
    label = QLabel("text")
    theme.choose(Scheme.DARK)
    assert heard == ["dark"]
    assert tokens_of(qapp.palette()) is DARK
    assert tokens_of(label.palette()) is DARK
    theme.choose(Scheme.LIGHT)
    assert tokens_of(label.palette()) is LIGHT


def test_larger_text_scales_every_size(theme: Theme) -> None:
    assert face(TypeSize.TITLE).pixelSize() == 20
    theme.choose(Scheme.LIGHT, text_scale=1.5)
    assert face(TypeSize.TITLE).pixelSize() == 30
    theme.choose(Scheme.LIGHT, text_scale=1.0)


def test_the_windows_face_is_the_bundled_one_in_three_scripts(theme: Theme) -> None:
    font = face(TypeSize.BODY)
    assert QFontInfo(font).family() == "Inter"
    assert all(QFontMetrics(font).inFontUcs4(ord(letter)) for letter in "Příliš Østergård Ωδή Жыї".replace(" ", ""))


@pytest.mark.parametrize("file", sorted((RESOURCES / "fonts").glob("*/*.ttf")), ids=lambda file: file.stem)
def test_each_bundled_face_is_loaded_when_it_is_asked_for(theme: Theme, file: Path) -> None:
    font = font_of(file, 40)
    assert QFontInfo(font).family().replace(" ", "") == file.stem.partition("-")[0]


def test_every_hand_writes_accented_latin(theme: Theme) -> None:
    for file in (RESOURCES / "fonts" / "signature").glob("*.ttf"):
        metrics = QFontMetrics(font_of(file, 40))
        assert all(metrics.inFontUcs4(ord(letter)) for letter in "AnnPříliš-Østergård"), file.stem


def test_an_icon_takes_the_colour_of_the_scheme_it_is_drawn_in(theme: Theme) -> None:
    send = icon("send")

    def strongest() -> QColor:
        image = send.pixmap(40, 40).toImage()
        seen = (image.pixelColor(x, y) for x in range(40) for y in range(40))
        return max(seen, key=lambda colour: colour.alpha())

    assert strongest().name() == LIGHT.text
    theme.choose(Scheme.DARK)
    assert strongest().name() == DARK.text


def test_a_grey_action_has_a_grey_icon(theme: Theme) -> None:
    image = icon("check", "accent").pixmap(40, 40, QIcon.Mode.Disabled).toImage()
    seen = {
        image.pixelColor(x, y).name() for x in range(40) for y in range(40) if image.pixelColor(x, y).alpha() == 255
    }
    assert seen == {LIGHT.disabled}


def test_icons_are_drawn_sharp_at_twice_the_pixels(theme: Theme) -> None:
    pixmap = icon("send").pixmap(QSize(20, 20), 2.0)
    assert pixmap.devicePixelRatio() == 2.0
    assert pixmap.width() == 40


def test_every_icon_that_is_named_in_the_window_is_there(theme: Theme) -> None:
    named = set()
    for file in (RESOURCES.parent / "app" / "ui").rglob("*.py"):
        named |= set(re.findall(r"""\bicon\(\s*"([a-z0-9-]+)\"""", file.read_text(encoding="utf-8")))
    assert named - icon_names() == set()


def test_the_palette_names_no_colour_qt_would_have_to_guess(theme: Theme, qapp: QApplication) -> None:
    palette = qapp.palette()
    assert palette.color(QPalette.ColorRole.ToolTipBase).name() == LIGHT.raised
    assert palette.color(QPalette.ColorRole.PlaceholderText).name() == LIGHT.muted


def test_larger_type_widens_the_navigation_instead_of_cutting_its_words(shell: Shell, theme: Theme) -> None:
    narrow = shell.rail.width()
    theme.choose(Scheme.LIGHT, text_scale=2.0)
    shell.ensurePolished()
    QApplication.sendPostedEvents()
    wide = shell.rail.width()
    theme.choose(Scheme.LIGHT, text_scale=1.0)
    assert wide > narrow


def test_every_picture_the_style_sheet_names_is_there() -> None:
    icons = Path(__file__).parents[2] / "resources" / "icons"
    sheets = make_sheet(LIGHT) + make_sheet(DARK)
    named = set(re.findall(r"url\(icons:([^)]+)\)", sheets))
    assert {name for name in named if not (icons / name).is_file()} == set()
    assert "QTabBar::close-button" in sheets, "else Qt draws its own, in colours of its own"
