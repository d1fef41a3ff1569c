"""Documents of a batch told apart or together, and articles that repeat one another."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import pytest
from msgspec.structs import replace

from bantin.dataset.directives import Directives
from bantin.dataset.schema import TABLE
from bantin.resolve.across import Reference, Referrer

LAW = Reference("Luật Đất đai", "named", "Luật", title="Luật Đất đai")
PLAN = Reference("Kế hoạch số 15-KH/TU", "symbol", "Kế hoạch", "15", "15-KH/TU")
DECREE = Reference("Nghị định số 30/2020/NĐ-CP", "symbol", "Nghị định", "30", "30/2020/NĐ-CP")
CENTRAL = Reference("Chỉ thị số 20-CT/TW", "symbol", "Chỉ thị", "20", "20-CT/TW")
ISSUED = Reference("Quy định 19", "number", "Quy định", "19", issuer="Ban Bí thư", issued="2022")
YEARLY = Reference("Nghị quyết số 01/NQ-CP", "symbol", "Nghị quyết", "01", "01/NQ-CP")
NUMBER = Reference("Nghị quyết 42", "number", "Nghị quyết", "42")


def referrer(name: str, scope: str = "s1", published: str | None = "2020-05-01") -> Referrer:
    return Referrer(name, scope, published)


def identified(*articles: tuple[Referrer, list[Reference]]) -> tuple[list[list[str | None]], list[dict[str, Any]]]:
    """The ids of every article's references and the documents of the batch; each article is a part of its own."""
    with closing(Directives(":memory:")) as batch:
        for who, references in articles:
            batch.note(who, references)
            batch.flush()
        ids = []
        for who, references in articles:
            ids.append(batch.identify(who, references))
            batch.flush()
        columns = [c.name for c in TABLE["directives"].columns]
        return ids, [dict(zip(columns, row, strict=True)) for row in batch.rows()]


def same(a: tuple[Referrer, Reference], b: tuple[Referrer, Reference]) -> bool:
    ((first,), (second,)), _ = identified((a[0], [a[1]]), (b[0], [b[1]]))
    assert first is not None
    assert second is not None
    return first == second


def dated(reference: Reference, issued: str) -> Reference:
    return replace(reference, issued=issued)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ((referrer("a"), DECREE), (referrer("b", "s2"), DECREE), True),  # the State has one of it
        ((referrer("a"), LAW), (referrer("b", "s2"), LAW), True),
        ((referrer("a"), PLAN), (referrer("b"), PLAN), True),  # one site, no year
        ((referrer("a"), PLAN), (referrer("b", "s2"), PLAN), False),  # another province
        ((referrer("a"), dated(PLAN, "2019-03-02")), (referrer("b"), dated(PLAN, "2019")), True),
        ((referrer("a"), dated(PLAN, "2014")), (referrer("b"), dated(PLAN, "2019")), False),  # numbers restart
        ((referrer("a"), dated(PLAN, "2019")), (referrer("b"), PLAN), True),  # the only dated one it can mean
        ((referrer("a"), dated(PLAN, "2009")), (referrer("b"), PLAN), False),  # too long ago
        ((referrer("a"), dated(PLAN, "2021")), (referrer("b"), PLAN), False),  # not issued yet
        ((referrer("a"), dated(YEARLY, "2019")), (referrer("b", "s2"), YEARLY), True),
        ((referrer("a"), dated(YEARLY, "2018")), (referrer("b"), YEARLY), False),  # begins again every year
        ((referrer("a"), CENTRAL), (referrer("b", "s2"), replace(CENTRAL, issuer="Bộ Chính trị")), True),
        ((referrer("a"), replace(CENTRAL, term="XII")), (referrer("b"), replace(CENTRAL, term="XIII")), False),
        (
            (referrer("a"), replace(CENTRAL, term="XIII", issued="2018-02")),
            (referrer("b"), dated(CENTRAL, "2018")),
            True,
        ),
        ((referrer("a"), ISSUED), (referrer("b", "s2"), replace(ISSUED, issuer="Ban Bí thư Trung ương")), True),
        (
            (referrer("a"), replace(ISSUED, issuer="Tỉnh ủy")),
            (referrer("b", "s2"), replace(ISSUED, issuer="Tỉnh ủy")),
            False,
        ),
    ],
)
def test_same_document(a: tuple[Referrer, Reference], b: tuple[Referrer, Reference], expected: bool) -> None:
    assert same(a, b) is expected


def test_an_undated_mention_between_two_dated_ones_is_neither() -> None:
    ids, _ = identified(
        (referrer("a"), [dated(PLAN, "2018")]), (referrer("b"), [dated(PLAN, "2019")]), (referrer("c"), [PLAN])
    )
    assert len({i for (i,) in ids}) == 3


def test_an_id_can_be_read() -> None:
    ((law,), (plan,)), _ = identified((referrer("a"), [LAW]), (referrer("b"), [PLAN]))
    assert str(law).startswith("batch:luat-dat-dai:")
    assert str(plan).startswith("batch:15-kh-tu:")


def test_a_number_alone_names_no_document() -> None:
    ids, documents = identified((referrer("a"), [NUMBER]))
    assert ids == [[None]]
    assert documents == []


def test_attributes_are_shared_within_the_article() -> None:
    full = Reference("Nghị quyết 42", "number", "Nghị quyết", "42", issuer="Quốc hội", issued="2017-06-21")
    ((a, b),), (document,) = identified((referrer("a"), [NUMBER, full]))
    assert a == b == document["directive_id"]
    assert (document["mentions"], document["articles"]) == (2, 1)
    assert document["issuer"] == "Quốc hội"


def test_ambiguous_mentions_keep_no_id() -> None:
    ids, _ = identified((referrer("a"), [replace(PLAN, resolution="ambiguous")]))
    assert ids == [[None]]


def test_known_documents_keep_their_id_and_are_counted() -> None:
    known = replace(DECREE, directive_id="vn:nn:cp:2020:nd:9999", resolution="exact")
    _, (document,) = identified(
        (referrer("a", published="2021-02-03T07:00+07:00"), [known, known]),
        (referrer("b", published="2020-12-30"), [known]),
        (referrer("c", published=None), [known]),
    )
    assert not document["registered"]
    assert (document["mentions"], document["articles"]) == (4, 3)
    assert (document["first_published"], document["last_published"]) == ("2020-12-30", "2021-02-03")


def test_what_the_registry_says_goes_before_what_mentions_say() -> None:
    known = replace(NUMBER, directive_id="vn:dang:tw:xi:qd:101", number="1o1", resolution="exact")
    _, (document,) = identified((referrer("a"), [known]))
    assert document["registered"]
    assert document["number"] == "101"
    assert document["symbol"] == "101-QĐ/TW"
    assert document["issued"] == "2012-06-07"
    assert str(document["issuer"]).startswith("Ban Bí thư")
    assert document["session"] is None


def test_of_equals_the_first_of_the_batch_describes_a_document() -> None:
    known = replace(DECREE, directive_id="vn:nn:cp:2020:nd:9999", resolution="exact")
    other = replace(known, type="Nghị định của Chính phủ")
    _, (document,) = identified((referrer("a"), [other]), (referrer("b"), [known]))
    assert document["type"] == other.type
    _, (document,) = identified((referrer("a"), [other]), (referrer("b"), [known, known]))
    assert document["type"] == known.type
