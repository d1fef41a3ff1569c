"""Duplicates told from siblings: every kind planted in hundreds of composed bulletins, and the cases one by one."""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from datetime import datetime
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bantin.resolve.duplicates import (
    CROWD,
    Edition,
    Links,
    Signature,
    agreement,
    body,
    candidates,
    copies,
    earliest_first,
    figures,
    paired,
    relation,
    settle,
    signatures,
)
from bantin.run import run
from bantin.text import fold
from bantin.types import DUPLICATE_KINDS, Article, Block

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "dataset")]
import bulletins  # noqa: E402
import stand_in  # noqa: E402

QUARTER = (
    "Trong quý {q}, Đảng bộ xã đã tổ chức {a} hội nghị với {b} lượt đảng viên dự, đạt {c} phần trăm. Các chi "
    "bộ kết nạp {d} đảng viên mới, trao huy hiệu cho {e} đồng chí. Ủy ban Kiểm tra đã kiểm tra {f} tổ chức "
    "đảng, giám sát {g} đảng viên và không phát hiện vi phạm phải thi hành kỷ luật. Quỹ vì người nghèo nhận "
    "{h} triệu đồng, hỗ trợ làm {i} căn nhà cho hộ khó khăn; công tác dân vận có {j} mô hình mới được nhân "
    "rộng ra các thôn trong toàn xã."
)
SECOND = QUARTER.format(q="II", a=12, b=640, c=96, d=7, e=15, f=4, g=9, h=118, i=3, j=6)
THIRD = QUARTER.format(q="III", a=14, b=702, c=97, d=5, e=11, f=6, g=8, h=131, i=2, j=9)
MONTHLY = (
    "Thường trực Đảng ủy xã thông báo lịch tiếp công dân định kỳ tháng {m} tại phòng tiếp dân của trụ sở. Công"
    " dân đến làm việc mang theo giấy tờ tùy thân và đơn có chữ ký, ngồi chờ theo số thứ tự, giữ gìn trật tự "
    "chung. Văn phòng bố trí cán bộ ghi chép đầy đủ, trả lời bằng văn bản trong 10 ngày làm việc theo Luật "
    "Tiếp công dân và quy chế của cơ quan."
)
OTHER = (
    "Sáng nay hội cựu chiến binh ra quân dọn vệ sinh tuyến đường hoa dài hơn hai cây số, trồng thêm cây xanh "
    "và lắp đèn chiếu sáng bằng nguồn đóng góp của hội viên; buổi chiều các tổ đến thăm gia đình chính sách và"
    " tặng quà người có công."
)


def signed(text: str) -> Signature:
    article = Article("a", text, (Block("paragraph", 0, len(text)),))
    return next(signatures([body(article, fold(text))]))


def at(day: str, **known: int) -> Edition:
    moment = datetime.fromisoformat(day)
    return Edition(moment.toordinal() * 1440 + moment.hour * 60, **known)


def kind(one: str, other: str, a: Edition | None = None, b: Edition | None = None) -> str | None:
    first, second = a or at("2019-07-02", site=1), b or at("2019-07-04", site=2)
    told = relation(first, signed(one), second, signed(other))
    assert relation(second, signed(other), first, signed(one)) == told, "a relation has no direction"
    return told


def test_every_kind_is_found_in_hundreds_of_bulletins(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    right, planted, found = Counter[str](), Counter[str](), Counter[str]()
    for seed in (1, 2):
        made = bulletins.write(tmp_path / f"{seed}.jsonl", 110, seed)
        run(tmp_path / f"{seed}.jsonl", tmp_path / str(seed), extract=stand_in.extract)
        links = linked(tmp_path / str(seed))
        for number, bulletin in enumerate(made):
            told, of = links.get(number, ("none", None))
            planted[bulletin.kind or "none"] += 1
            found[told] += 1
            right[told] += told == (bulletin.kind or "none") and of == bulletin.of
    lines = [
        f"{name}: P {right[name] / found[name]:.3f}, R {right[name] / planted[name]:.3f} of {planted[name]}"
        for name in (*DUPLICATE_KINDS, "none")
    ]
    with capsys.disabled():
        print("", *lines, sep="\n  ")
    for name in (*DUPLICATE_KINDS, "none"):
        assert planted[name] >= 80
        assert right[name] >= 0.98 * found[name], lines
        assert right[name] >= 0.98 * planted[name], lines


def linked(out: Path) -> dict[int, tuple[str, int | None]]:
    import pyarrow.parquet as pq

    columns = ["article_id", "source_record", "duplicate_of", "duplicate_kind"]
    rows = pq.read_table(out / "articles.parquet", columns=columns).to_pylist()
    number = {r["article_id"]: int(r["source_record"]) - 1 for r in rows}
    return {
        number[r["article_id"]]: (r["duplicate_kind"], number[r["duplicate_of"]]) for r in rows if r["duplicate_of"]
    }


def test_links_are_the_same_for_any_number_of_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bantin.run.BYTES_A_CHUNK", 20_000)
    archive = tmp_path / "archive"
    archive.mkdir()
    for seed in range(4):
        bulletins.write(archive / f"{seed}.jsonl", 6, seed)
    digests = []
    for name, workers in (("one", 1), ("two", 2)):
        run(archive, tmp_path / name, workers, extract=stand_in.extract)
        digests.append(hashlib.sha256((tmp_path / name / "articles.parquet").read_bytes()).hexdigest())
    assert digests[0] == digests[1]
    assert len(linked(tmp_path / "one")) > 20


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        (SECOND, THIRD, "template_sibling"),
        (SECOND, SECOND.replace("xã", "phường", 1), "reprint"),
        (SECOND, "Theo tin từ cơ sở. " + SECOND, "reprint"),
        (SECOND, SECOND.upper(), "reprint"),
        (SECOND, SECOND[:260], "abridged"),
        (SECOND + " " + OTHER, SECOND, "abridged"),
        (SECOND, THIRD[:260], None),  # the beginning of another report
        (SECOND, OTHER, None),
        (SECOND[:60], SECOND[:60] + " thêm", None),  # too short to tell
        ("", "", None),
        ("!!!", SECOND, None),
    ],
)
def test_two_texts(one: str, other: str, told: str | None) -> None:
    assert kind(one, other) == told


def test_the_sibling_of_the_study_has_a_jaccard_that_hides_it() -> None:
    """Nine tenths of the runs of words agree: a measure of overlap alone would merge the two months."""
    may, june = signed(MONTHLY.format(m=5)), signed(MONTHLY.format(m=6))
    assert agreement(may.plain, june.plain).jaccard > 0.85
    assert figures(may.places, june.places)[1] == 1


@pytest.mark.parametrize(
    ("a", "b", "told"),
    [
        (at("2019-05-02", site=1), at("2019-06-03", site=1), "template_sibling"),
        (at("2019-05-02", site=1), at("2019-06-03", site=2), "template_sibling"),
        (Edition(None), Edition(None), "template_sibling"),
        (at("2019-05-02", site=1, url=5), at("2019-06-03", site=1, url=5), "revision"),  # one address
    ],
)
def test_one_number_may_tell_two_months_apart(a: Edition, b: Edition, told: str) -> None:
    assert kind(MONTHLY.format(m=5), MONTHLY.format(m=6), a, b) == told


def test_a_correction_on_the_same_site_is_a_revision() -> None:
    corrected = SECOND.replace("640", "646").replace("118", "181")
    same = at("2019-07-02", site=1, title=9), at("2019-07-03", site=1, title=9)
    assert kind(SECOND, corrected, *same) == "revision"
    assert (
        kind(SECOND, SECOND + " Tin đã được bổ sung.", at("2019-07-02", site=1), at("2019-07-03", site=1)) == "revision"
    )


def ranked(*times: int | None) -> Any:
    return earliest_first(np.array([-1 if time is None else time for time in times], np.int64))


def test_copies_name_the_earliest() -> None:
    ranks = ranked(None, 9, 4, None, None)
    assert ranks.tolist() == [2, 1, 0, 3, 4]
    assert copies(np.array([7, 7, 7, 8, 8], np.uint64), ranks).tolist() == [2, 2, 2, 3, 3]
    assert copies(np.empty(0, np.uint64), ranked()).tolist() == []


def told(links: Links) -> dict[int, tuple[int, str]]:
    repeating = np.flatnonzero(links.repeating).tolist()
    return {i: (int(links.of[i]), DUPLICATE_KINDS[links.kinds[i]]) for i in repeating}


def test_chains_are_followed_to_the_text_that_repeats_none() -> None:
    words = np.array([300, 300, 100, 100, 290, 300])
    related = [(0, 1, "reprint"), (1, 2, "abridged"), (4, 5, "template_sibling"), (1, 4, "template_sibling")]
    links = settle(np.array([0, 1, 2, 2, 4, 5], np.uint32), related, words, ranked(*range(6)))  # type: ignore[arg-type]
    assert told(links) == {
        1: (0, "reprint"),
        2: (0, "abridged"),
        3: (0, "abridged"),
        4: (0, "template_sibling"),
        5: (0, "template_sibling"),
    }


@given(st.data())
@settings(max_examples=60)
def test_links_never_chain_and_never_turn_in_a_ring(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 8))
    ranks = ranked(*data.draw(st.lists(st.none() | st.integers(0, 3), min_size=size, max_size=size)))
    words = np.array(data.draw(st.lists(st.integers(1, 9), min_size=size, max_size=size)))
    pairs = data.draw(st.lists(st.sampled_from(list(combinations(range(size), 2))), unique=True))
    kinds = data.draw(st.lists(st.sampled_from(DUPLICATE_KINDS[1:]), min_size=len(pairs), max_size=len(pairs)))
    related = [(a, b, kind) for (a, b), kind in zip(pairs, kinds, strict=True)]
    own = np.arange(size, dtype=np.uint32)
    links = told(settle(own, related, words, ranks))
    for index, (of, kind) in links.items():
        assert index != of
        if kind != "template_sibling":
            assert of not in links or links[of][1] == "template_sibling"
        else:
            assert of not in links
    assert links == told(settle(own, related[::-1], words, ranks))


@given(st.text(max_size=400), st.text(max_size=400))
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    a, b = signed(one), signed(other)
    for share in (agreement(a.plain, b.plain), agreement(a.masked, b.masked)):
        assert 0 <= share.jaccard <= share.contained <= 1
    assert relation(Edition(None), a, Edition(None), b) in (None, *DUPLICATE_KINDS)
    assert all(np.array_equal(x, y) for x, y in zip(parts(a), parts(signed(one)), strict=True))


def parts(one: Signature) -> tuple[object, ...]:
    return one.keys, one.plain, one.masked, one.places


@given(st.lists(st.text("aĐđ12 Ab,._\n", max_size=80)))
def test_bodies_that_are_sketched_together_are_told_apart(bodies: list[str]) -> None:
    together = [(s.words, *map(np.ndarray.tolist, parts(s))) for s in signatures(bodies)]
    alone = [(s.words, *map(np.ndarray.tolist, parts(s))) for one in bodies for s in signatures([one])]
    assert together == alone


def test_a_sketch_estimates_what_the_whole_sets_say() -> None:
    words = [f"tiếng{i}" for i in range(6000)]
    for share in (0.9, 0.5, 0.2):
        cut = int(len(words) * share)
        told = agreement(signed(" ".join(words)).plain, signed(" ".join(words[:cut])).plain)
        assert told.contained > 0.97
        assert abs(told.jaccard - share) < 0.1


def compared(owners: Any, keys: Any) -> list[tuple[int, int]]:
    return list(candidates(np.concatenate([np.empty(0, np.uint64), *paired(owners, keys)])))


def test_a_crowd_of_a_thousand_makes_no_million_pairs() -> None:
    """A form that every office uses: pairs in proportion, and all hang together."""
    size = 1000
    owners = np.repeat(np.arange(size, dtype=np.uint32), 3)
    keys = np.tile(np.array([5, 6, 7], np.uint64), size)
    pairs = compared(owners, keys)
    assert len(pairs) < 6 * size
    assert {j for _, j in pairs} == set(range(1, size))
    few = compared(owners[: 3 * CROWD], keys[: 3 * CROWD])
    assert len(few) == CROWD * (CROWD - 1) // 2
    assert compared(owners[:3], keys[:3]) == []
    assert compared(np.empty(0, np.uint32), np.empty(0, np.uint64)) == []
