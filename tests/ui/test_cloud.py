"""The word cloud's layout: no two words touch, the same words stand in the same places, the larger are said more."""

from itertools import combinations
from random import Random
from statistics import median

import pytest

from charts.layout import Box, Frame, fitted, place, text_width
from charts.words import DESK, PHONE

_TOLD = """
送餐 味道 送到 难吃 太慢 送来 慢 不好吃 速度 凉了 好吃 少 差 米饭 态度 没给 配送 送餐员 凉 洒了 卷饼 服务 太差
不给 牛肉 菜品 辣 套餐 送错 口味 恶心 delivery refund not-arrived waiting installer app courier parcel
replacement warranty scratches rude wifi promised 扫地机器人 空气净化器 没更新 打不通 次日达 call-back
robot-vacuum 退货 退款 物流 快递 师傅 安装 签收 发票 差价
"""
WORDS = tuple(_TOLD.split())
COUNTS = tuple(sorted(((word, 1000 // (n + 1) + 3) for n, word in enumerate(WORDS)), key=lambda pair: -pair[1]))
FRAMES = pytest.mark.parametrize("frame", [DESK, PHONE], ids=["desk", "phone"])


def apart(one: Box, other: Box) -> bool:
    return (
        abs(one.x - other.x) >= (one.width + other.width) / 2 or abs(one.y - other.y) >= (one.height + other.height) / 2
    )


def layouts(frame: Frame) -> list[tuple[Box, ...]]:
    """Real words, all words equal, one huge word, very many words, and counts drawn by chance."""
    random = Random(3)
    drawn = [tuple(sorted(((word, random.randint(1, 5000)) for word in WORDS), key=lambda p: -p[1])) for _ in range(10)]
    equal = tuple((word, 7) for word in WORDS)
    huge = (("扫地机器人没有送到" * 2, 9000), *COUNTS)
    return [place(words, frame) for words in (COUNTS, equal, huge, COUNTS * 1, *drawn)]


@FRAMES
def test_no_two_words_overlap_and_all_lie_inside(frame: Frame) -> None:
    for boxes in layouts(frame):
        assert all(apart(one, other) for one, other in combinations(boxes, 2))
        for box in boxes:
            assert box.width / 2 <= box.x <= frame.width - box.width / 2
            assert box.height / 2 <= box.y <= frame.height - box.height / 2
            assert box.width >= text_width(box.word, box.size) - 1e-6


@FRAMES
def test_most_words_find_a_place_and_the_most_frequent_is_the_largest(frame: Frame) -> None:
    boxes = place(COUNTS, frame)
    assert len(boxes) >= 0.9 * min(len(COUNTS), frame.words)
    sizes = {box.word: box.size for box in boxes}
    assert sizes[COUNTS[0][0]] == max(sizes.values()) == frame.largest
    told = [sizes[word] for word, _ in COUNTS if word in sizes]
    assert told == sorted(told, reverse=True)


@FRAMES
def test_the_same_words_stand_in_the_same_places(frame: Frame) -> None:
    first = place(COUNTS, frame)
    place.cache_clear()
    assert place(COUNTS, frame) == first


@FRAMES
def test_small_changes_of_counts_leave_most_words_where_they_are(frame: Frame) -> None:
    random = Random(7)
    first = {box.word: box for box in place(COUNTS, frame)}
    for _ in range(5):
        changed = tuple(
            sorted(((word, max(1, round(n * random.uniform(0.97, 1.03)))) for word, n in COUNTS), key=lambda p: -p[1])
        )
        second = {box.word: box for box in place(changed, frame)}
        both = first.keys() & second.keys()
        moved = [abs(first[word].x - second[word].x) + abs(first[word].y - second[word].y) for word in both]
        assert len(both) >= 0.9 * len(first)
        assert median(moved) <= 0.06 * (frame.width + frame.height)


@FRAMES
def test_the_picture_fills_its_frame_in_width_or_height_and_keeps_its_shape(frame: Frame) -> None:
    for boxes in layouts(frame):
        shown = fitted(boxes, frame)
        assert all(apart(one, other) for one, other in combinations(shown, 2))
        sides = [(box.x - box.width / 2, box.x + box.width / 2) for box in shown]
        ends = [(box.y - box.height / 2, box.y + box.height / 2) for box in shown]
        (left, right), (top, bottom) = ((min(a for a, _ in pairs), max(b for _, b in pairs)) for pairs in (sides, ends))
        assert left + right == pytest.approx(frame.width) and top + bottom == pytest.approx(frame.height)
        grown = {round(new.size / old.size, 6) for new, old in zip(shown, boxes, strict=True)}
        assert len(grown) == 1 and 1 <= max(grown) <= 1.4
        assert max((right - left) / frame.width, (bottom - top) / frame.height) <= 1 + 1e-9
        if max(grown) < 1.4:
            assert max((right - left) / frame.width, (bottom - top) / frame.height) == pytest.approx(1)


def test_no_words_and_one_word() -> None:
    assert place((), DESK) == () == fitted((), DESK)
    (box,) = place((("慢", 3),), DESK)
    assert box.word == "慢"


def test_chinese_is_one_em_and_latin_less() -> None:
    assert text_width("太慢", 20) == 40
    assert text_width("il", 20) < text_width("mm", 20) < 40
