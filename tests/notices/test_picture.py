"""A picture is the same on a machine with fonts and without: the typeface that ships draws it."""

import json
import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageChops

from notices.picture import png
from notices.typeface import FOLDER, glyph, slices, truetype
from tests.served import ROOT

NO_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{folder}</cachedir></fontconfig>"""
DRAW = "import json, sys; from notices.picture import png; sys.stdout.buffer.write(png(json.load(sys.stdin)))"
# Signs of the states and of document numbers, place names outside GB2312, one outside GBK.
SPECIAL = "〔〕■▲◐○✓◇—−％·Ⅲ垴塅畈埫墕坬窎㙟㐂"


def _chart(text: str) -> dict:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"values": [{"x": "1月", "y": 0.5}, {"x": "2月", "y": 0.7}]},
        "title": {"text": text, "subtitle": "截至2026年10月31日"},
        "mark": "line",
        "encoding": {"x": {"field": "x", "type": "ordinal"}, "y": {"field": "y", "type": "quantitative"}},
    }


def _one(character: str, weight: str) -> dict:
    mark = {"type": "text", "text": character, "fontSize": 40, "fontWeight": weight}
    return {
        "data": {"values": [{}]},
        "mark": mark,
        "width": 60,
        "height": 60,
        "config": {"view": {"stroke": None}},
    }


def test_it_is_drawn_alike_where_no_font_is_installed(tmp_path: Path) -> None:
    config = tmp_path / "fonts.conf"
    config.write_text(NO_FONTS.format(folder=tmp_path))
    chart = _chart(f"石门乡 农村危房改造 {SPECIAL}")
    done = subprocess.run(
        [sys.executable, "-c", DRAW],
        input=json.dumps(chart).encode(),
        env={**os.environ, "FONTCONFIG_FILE": str(config)},
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    bare, here = (Image.open(BytesIO(each)).convert("L") for each in (done.stdout, png(chart)))
    assert bare.size == here.size and bare.width > 400
    assert ImageChops.difference(bare, here).getbbox() is None


def _ink(character: str, weight: str) -> bytes:
    return Image.open(BytesIO(png(_one(character, weight)))).convert("L").tobytes()


def test_characters_are_themselves_and_not_the_missing_sign() -> None:
    # The last is in no slice, so that the missing sign is among them.
    assert len({_ink(each, "normal") for each in "县乡■㐂墕\U0002070e"}) == 6
    assert _ink("县", "normal") != _ink("县", "bold")


@pytest.mark.parametrize("weight", [400, 700])
def test_every_character_of_the_county_can_be_drawn(weight: int) -> None:
    gb2312 = "".join(
        bytes([row, cell]).decode("gb2312", "ignore")
        for row in range(0xB0, 0xF8)
        for cell in range(0xA1, 0xFF)
    )
    declared = {code for each in slices() for first, last in each.ranges for code in range(first, last + 1)}
    assert [each for each in gb2312 + SPECIAL if ord(each) not in declared] == []
    assert [each for each in SPECIAL if glyph(each, weight) is None] == []


def test_a_font_made_for_a_text_has_its_characters_and_no_others() -> None:
    font = TTFont(BytesIO(truetype("县乡a1", 700, "Made")))
    assert {chr(code) for code in font.getBestCmap()} == set("县乡a1 ")
    assert font["hmtx"][font.getBestCmap()[ord("县")]][0] == 1000
    assert font["name"].getDebugName(1) == "Made" and font["OS/2"].usWeightClass == 700


def test_every_slice_is_there_and_licensed() -> None:
    assert {each.file for each in slices()} == {path.name for path in FOLDER.glob("*.woff2")}
    assert "SIL OPEN FONT LICENSE" in (FOLDER / "LICENSE").read_text(encoding="utf-8")
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 5_000_000
