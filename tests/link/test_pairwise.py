"""Block, score, cluster: the same clusters in any order, vetoes kept, crowded blocks passed over."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hearsay.link.pairwise import Rule, cluster, edges, pairs_in_memory


def rule(**changes: object) -> Rule[str]:
    base: dict[str, object] = {
        "name": "test",
        "keys": lambda row: row.split(),
        "score": lambda a, b: len(set(a.split()) & set(b.split())) / max(len(set(a.split()) | set(b.split())), 1),
        "threshold": 0.5,
    }
    return Rule(**(base | changes))  # type: ignore[arg-type]


rows = st.lists(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=4).map(" ".join), max_size=8).map(
    lambda texts: {f"{i}": text for i, text in enumerate(texts)}
)


@given(rows, st.randoms())
def test_the_order_of_rows_changes_nothing(table: dict[str, str], random: object) -> None:
    shuffled = dict(sorted(table.items(), key=lambda item: random.random()))  # type: ignore[attr-defined]
    assert cluster(table, rule()) == cluster(shuffled, rule())


@given(rows)
def test_every_row_is_in_exactly_one_cluster(table: dict[str, str]) -> None:
    ids = [id for group in cluster(table, rule()) for id in group.ids]
    assert sorted(ids) == sorted(table)


@given(rows)
def test_rows_under_a_veto_never_meet_even_through_others(table: dict[str, str]) -> None:
    def veto(a: str, b: str) -> bool:
        return ("a" in a) != ("a" in b)

    for group in cluster(table, rule(veto=veto)):
        assert len({"a" in table[id] for id in group.ids}) <= 1


def test_the_best_edge_wins_where_a_veto_allows_only_one() -> None:
    table = {"1": "a b c", "2": "a b c", "3": "a b z"}
    apart = rule(threshold=0.4, veto=lambda a, b: "z" in a + b)
    assert [group.ids for group in cluster(table, apart)] == [("1", "2"), ("3",)]


def test_a_block_of_too_many_rows_says_nothing() -> None:
    keyed = [("k", f"{i}") for i in range(6)] + [("rare", "1"), ("rare", "2")]
    assert list(pairs_in_memory(keyed, limit=5)) == [("1", "2")]


def test_edges_come_best_first() -> None:
    table = {"1": "a b c", "2": "a b c", "3": "a b"}
    assert [(a, b) for _, a, b in edges(table, rule())] == [("1", "2"), ("1", "3"), ("2", "3")]


def test_a_cluster_is_as_sure_as_its_weakest_link() -> None:
    table = {"1": "a b c", "2": "a b c", "3": "a b"}
    assert [(group.ids, round(group.score, 2)) for group in cluster(table, rule())] == [(("1", "2", "3"), 0.67)]
