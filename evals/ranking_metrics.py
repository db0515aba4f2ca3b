"""Ranking metrics at document level, by ir_measures over trec_eval. The one door to ir_measures."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

CUTOFF = 10
"""Documents of a ranking that are looked at: every metric is a metric at 10 or less."""

METRICS = {"r@1": "R@1", "r@3": "R@3", "r@5": "R@5", "r@10": "R@10", "mrr@10": "RR", "ndcg@10": "nDCG@10"}
"""Our names and ir_measures'. A reciprocal rank over `CUTOFF` documents is one at `CUTOFF`."""


def ranking_metrics(
    rankings: Mapping[str, Sequence[str]], gold: Mapping[str, Collection[str]]
) -> dict[str, dict[str, float]]:
    """For each metric each question's value, 0..1, in the order of `gold`.

    `rankings` are documents best first, `gold` the right ones, under the questions' ids. Where a question has
    several gold documents, r@k is the share of them among the first k. No document may be in a ranking twice.
    """
    import ir_measures  # noqa: PLC0415  it is in the extra 'evals'

    measures = {name: ir_measures.parse_measure(theirs) for name, theirs in METRICS.items()}
    relevant = [ir_measures.Qrel(id_, source, 1) for id_, sources in gold.items() for source in sorted(sources)]
    found = [
        ir_measures.ScoredDoc(id_, source, float(-rank))
        for id_ in gold
        for rank, source in enumerate(rankings.get(id_, ())[:CUTOFF])
    ]
    values = dict.fromkeys([(str(measure), id_) for measure in measures.values() for id_ in gold], 0.0)
    for value in ir_measures.iter_calc(list(measures.values()), relevant, found):
        values[str(value.measure), value.query_id] = float(value.value)
    return {name: {id_: values[str(measure), id_] for id_ in gold} for name, measure in measures.items()}
