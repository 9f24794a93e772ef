"""Drawn photos: a place with what lies about in it and the same place put in order, each labelled 示例."""

from __future__ import annotations

import io
from random import Random

from PIL import Image, ImageDraw

from tests.demo import SEED

SIZE = (240, 180)
_LABEL = ("00000000 00001006 3ffc3fc6 3ffc37f6 00003316 00007616 7ffe77d6 7ffef7d6 018076d6 11887cd6 19983f96 399c3396 "
          "318c3196 718e3306 61863706 0f80361e")  # 示例 in 32 by 16 dots
_WALLS = ("#d9c7a8", "#b8c4cc", "#c9a58c", "#a9b79a", "#d6d1c4", "#8f9aa6", "#c2b2c6")
_GROUNDS = ("#8c8a86", "#a39a8c", "#6f7471", "#b3aa9b", "#7d858f")
_TINTS = ("#7a4b2a", "#3f4f63", "#5d6f52", "#8a2f2f", "#31506e", "#6b5b7b", "#2f2f33")
_LITTER = ("#4f3b2a", "#e8e4da", "#2c2c30", "#b5402f", "#3d6db0", "#cfa93a")


def photo(name: str, dirty: bool, quality: int = 85) -> bytes:
    """A JPEG of the place of that name, always the same; dirty: with what lies about."""
    chance = Random(f"{SEED}/{name}")
    picture = Image.new("RGB", SIZE)
    draw = ImageDraw.Draw(picture)
    horizon = _background(draw, chance)
    for _number in range(4):
        _thing(draw, chance, horizon)
    if dirty:
        _litter(draw, chance)
    _label(picture)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


def again(content: bytes) -> bytes:
    """The same photo saved once more as phones do when they pass it on: a little smaller and coarser."""
    out = io.BytesIO()
    Image.open(io.BytesIO(content)).resize((220, 165)).save(out, "JPEG", quality=60)
    return out.getvalue()


def _background(draw: ImageDraw.ImageDraw, chance: Random) -> int:
    """Wall and ground; returns where they meet."""
    horizon = int(70 + 70 * chance.random())
    draw.rectangle((0, 0, SIZE[0], horizon), fill=_one_of(_WALLS, chance))
    draw.rectangle((0, horizon, *SIZE), fill=_one_of(_GROUNDS, chance))
    lean = int(120 * chance.random()) - 60
    for left in range(-60, 320, 40 + int(40 * chance.random())):
        draw.line((left, horizon, left + lean, SIZE[1]), fill="#5a5a58", width=2)
    return horizon


def _thing(draw: ImageDraw.ImageDraw, chance: Random, horizon: int) -> None:
    """A door, a window, a tree or a post somewhere along the wall."""
    left, width = int(210 * chance.random()), int(18 + 50 * chance.random())
    top, tint = int((horizon - 30) * chance.random()), _one_of(_TINTS, chance)
    kind = int(4 * chance.random())
    if kind == 0:
        draw.rectangle((left, top, left + width, horizon), fill=tint)
    elif kind == 1:
        draw.rectangle((left, top, left + width, top + width // 2 + 8), fill="#cfe3ee", outline=tint, width=4)
    elif kind == 2:
        draw.rectangle((left + width // 2 - 3, top + width // 2, left + width // 2 + 3, horizon + 14), fill="#5b4636")
        draw.ellipse((left, top, left + width, top + width), fill="#4f7a45")
    else:
        draw.rectangle((left, 0, left + 7, horizon + 30), fill=tint)


def _litter(draw: ImageDraw.ImageDraw, chance: Random) -> None:
    middle, ground = 50 + 120 * chance.random(), 130 + 20 * chance.random()
    for _number in range(26):
        left, top = middle + 70 * (chance.random() - 0.5), ground + 50 * (chance.random() - 0.5)
        size = 5 + 17 * chance.random()
        shape = draw.ellipse if chance.random() < 0.4 else draw.rectangle
        shape((left, top, left + size, top + size * 0.7), fill=_one_of(_LITTER, chance))


def _label(picture: Image.Image) -> None:
    dots = Image.frombytes("1", (32, 16), bytes.fromhex(_LABEL.replace(" ", "")))
    plate = Image.new("RGB", (36, 20), "white")
    plate.paste("#b00020", (2, 2), dots)
    picture.paste(plate, (SIZE[0] - 40, SIZE[1] - 24))


def _one_of(options: tuple[str, ...], chance: Random) -> str:
    return options[int(len(options) * chance.random())]
