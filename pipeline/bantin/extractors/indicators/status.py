"""Whether what a number counts is done, planned, registered or only proposed."""

from __future__ import annotations

import re
from typing import cast

from bantin.extractors.indicators.clause import Clauses
from bantin.extractors.indicators.found import Found
from bantin.extractors.indicators.value import Status
from bantin.text import View

_REACH = 240
_LIST = 700
"""How far a plan reaches that opens a list: "đề ra các chỉ tiêu: ...; ..."."""
_TASK = re.compile(r"thực hiện|tập trung|khắc phục|triển khai|tiếp tục|phấn đấu|hoàn thành")
_MEASURED_AGAINST = re.compile(r"(?:%|(?<!\w)(?:so|đạt|vượt|theo|bằng|hoàn thành|trên|của|được|với|và|hay))\s{1,2}\Z")
"""Before "dự toán", "mục tiêu", "yêu cầu": what a result is measured against, no plan."""
_STANDARDS = frozenset({"dự toán", "mục tiêu", "yêu cầu", "chỉ tiêu"})
_CAPITAL = re.compile(r"(?:vốn|tổng vốn|mức|giấy|sổ|đơn)\s{1,2}\Z")
"""Before "đăng ký": a noun ("vốn đăng ký")."""
_TARGET_IS = re.compile(
    r"(?<!\w)chỉ tiêu(?!\s(?:tỉnh|huyện|được))[^.,;:\n%\d]{0,80}(?:là|:)\s{0,2}(?:[^\W\d_]+\s{1,2}){0,2}\Z"
)
_OPENS_CLAUSE = re.compile(r"[,;]\s{0,2}(?:và\s{1,2})?(?:(?:hơn|gần|trên|khoảng|còn)\s{1,2})?\Z")


def status(view: View, f: Found, clauses: Clauses, sentence: int, previous_end: int) -> Status:
    """Done, unless a cue before the number in its sentence, or right behind its unit, says otherwise.

    A cue reaches over a semicolon only as a plan that the sentence began with, and no further than "đã".
    """
    low = view.lower
    behind = low[f.end : min(clauses.block.end, f.end + 24)]
    if "đăng ký" in behind and behind.lstrip().startswith("đăng ký"):
        return "registered"
    start = max(sentence, f.start - _LIST)
    lead = max(sentence, f.start - 110)
    if low.find("chỉ tiêu", lead, f.start) >= 0 and _TARGET_IS.search(low, lead, f.start):
        return "plan"
    for cue, note in clauses.status_cues(start, f.start):
        word = " ".join(low[cue.start : cue.end].split())
        if f.start - cue.start > _REACH and (note != "plan" or ":" not in low[cue.end : cue.end + 12]):
            continue
        before, behind = low[max(sentence, cue.start - 12) : cue.start], low[cue.end : f.start]
        if word in _STANDARDS and _MEASURED_AGAINST.search(before):
            continue
        if (word == "đăng ký" and _CAPITAL.search(before)) or (word == "cần" and behind.startswith(" thơ")):
            continue
        if cue.start >= previous_end > sentence and _OPENS_CLAUSE.search(behind):
            continue  # "16 hồ sơ được đề nghị xét, 4 hồ sơ để lại": the cue belongs to the number before it
        words = behind.replace(",", " ").replace("(", " ").split()
        if "đã" in words or (note == "plan" and "đã" in before.split()):
            return "done"
        if ";" in behind and (note != "plan" or ";" in low[sentence : cue.start]):
            return "done"
        if note == "proposed" and word in ("đề nghị", "yêu cầu") and _TASK.search(behind):
            return "plan"  # "đề nghị ... thực hiện tốt 18 nhiệm vụ" sets a task, it proposes no award
        return cast("Status", note)
    return "done"
