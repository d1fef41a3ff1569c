"""An evaluation as one HTML page to browse: every family, every miss, every wrong row with its characters and rule."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from bantin.evaluate import Evaluation, FamilyScore, Key, Miss, Wrong

_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; max-width: 70em; margin: 2em auto; padding: 0 1em }
table { border-collapse: collapse } td, th { border-bottom: 1px solid #ddd; padding: .3em .8em; text-align: left }
td.n, th.n { text-align: right } summary { cursor: pointer; font-weight: bold; margin: .6em 0 }
.miss { border-left: 4px solid #e76f51 } .wrong { border-left: 4px solid #e9c46a }
.miss, .wrong { padding: .2em .8em; margin: .4em 0; background: #fafafa } code { color: #555; font-size: 12px }
mark { background: #ffe08a }
"""
_CONTEXT = 60


def evaluation_html(evaluation: Evaluation, title: str) -> str:
    """A page that stands alone. Text of articles is quoted and escaped."""
    rows = "".join(_score_row(name, score) for name, score in evaluation.families.items())
    attributes = ", ".join(f"{k} {right}/{asked}" for k, (right, asked) in evaluation.attributes.items())
    parts = [_family(name, score, evaluation) for name, score in evaluation.families.items()]
    absent = f"<p>Not in the dataset: {escape(', '.join(evaluation.absent))}</p>" if evaluation.absent else ""
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{escape(title)}</h1>{absent}"
        '<table><tr><th>family</th><th class="n">P</th><th class="n">R</th><th class="n">F1</th>'
        f'<th class="n">95 %</th><th class="n">tp</th><th class="n">fp</th><th class="n">fn</th></tr>{rows}</table>'
        f"<p>Attributes of matched directives: {escape(attributes)}</p>{''.join(parts)}</body></html>\n"
    )


def _score_row(name: str, score: FamilyScore) -> str:
    tp, fp, fn = score.counts()
    low, high = score.interval()
    cells = (f"{score.precision:.3f}", f"{score.recall:.3f}", f"{score.f1:.3f}", f"{low:.3f}-{high:.3f}", tp, fp, fn)
    return f"<tr><td>{name}</td>" + "".join(f'<td class="n">{c}</td>' for c in cells) + "</tr>"


def _family(name: str, score: FamilyScore, evaluation: Evaluation) -> str:
    articles = sorted({m.article for m in score.missed} | {w.article for w in score.wrong})
    body = "".join(
        f"<details open><summary>{escape(a)}</summary>"
        + "".join(_miss(m) for m in score.missed if m.article == a)
        + "".join(_wrong(w, evaluation.texts.get(a, "")) for w in score.wrong if w.article == a)
        + "</details>"
        for a in articles
    )
    return f"<h2>{name}: {len(score.missed)} missed, {len(score.wrong)} wrong</h2>{body}"


def _shown(key: Key) -> str:
    return escape(" | ".join("-" if k is None else str(k) for k in key))


def _miss(miss: Miss) -> str:
    return f'<div class="miss">missed <mark>{escape(miss.text)}</mark> <code>{_shown(miss.value)}</code></div>'


def _wrong(wrong: Wrong, text: str) -> str:
    start, end = wrong.row["char_start"], wrong.row["char_end"]
    before, after = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
    return (
        f'<div class="wrong">wrong …{escape(before)}<mark>{escape(text[start:end])}</mark>{escape(after)}… '
        f"<code>{_shown(wrong.value)} by {escape(str(wrong.row['rule']))} at {start}</code></div>"
    )


def error_lines(score: FamilyScore) -> Iterable[str]:
    """The errors of one family, a line each, for a terminal."""
    for m in score.missed:
        yield f"missed  {m.article}  {m.text!r}  {m.value}"
    for w in score.wrong:
        yield f"wrong   {w.article}  {w.row['text']!r}  {w.value}  {w.row['rule']} at {w.row['char_start']}"
