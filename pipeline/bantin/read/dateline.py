"""The line that says when a page was published: "Thứ Năm, 29/12/2011|15:28", "Cập nhật lúc: 14h30 ngày 3/2/2021".

A line is a dateline only if nothing but a date, a time and the words around them stands in it. Times are Vietnamese
(+07:00). Days come before months. A time of 00:00 means that only the day is known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from typing import Literal

from bantin.read.furniture import furniture
from bantin.text import fold, lower

ZONE = timezone(timedelta(hours=7))
FIRST_YEAR, LAST_YEAR = 1990, 2100  # the committees' pages begin in the 1990s
LONGEST = 140  # characters; a longer line is a sentence
_BESIDE = 25  # characters between a day and its time

_QUICK = re.compile(r"(?:19|20)\d\d|\d\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d\d")
_WEEKDAY = r"(?:thứ\s*(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ\s*nhật|t\.?\s?(?:hai|ba|tư|năm|sáu|bảy|[2-7])|cn)\b\.?"
_TOKENS = re.compile(
    r"(?P<time>(?P<hour>\d{1,2})\s*(?:[:hg]|giờ)\s*(?P<minute>\d{2})(?:\s*[:']\s*\d{2}(?:\.\d+)?)?(?:\s*phút|')?"
    r"(?:\s*(?P<half>am|pm|sa|ch|sáng|chiều|tối)\b)?(?![\d/]))"
    r"|(?P<iso>(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})t?(?!\d))"
    r"|(?P<date>(?P<day>\d{1,2})\s*[/.\-]\s*(?P<month>\d{1,2})\s*[/.\-]\s*(?P<year>\d{4}|\d{2})(?![\d/]))"
    r"|(?P<words>(?P<day2>\d{1,2})\s+tháng\s+(?P<month2>\d{1,2}|"
    r"[^\W\d]{2,5}(?: [^\W\d]{3})?)\s*,?\s*(?:năm\s+)?(?P<year2>\d{4})\b)"
    rf"|(?P<weekday>{_WEEKDAY})"
    r"|(?P<update>(?:cập nhật|sửa đổi|chỉnh sửa)(?:\s+(?:lúc|ngày|lần cuối))*\b)"
    r"|(?P<by>(?:người (?:đăng|viết|gửi)(?: bài(?: viết)?)?|tác giả|(?:viết |đăng )?bởi|by)\b\s*:?.{0,60}$)"
    r"|(?P<posted>(?:(?:ngày\s+)?(?:đăng|xuất bản|đưa|tạo|gửi|viết)(?:\s+(?:tin|bài|lúc|ngày|vào))*|đã đăng|thời gian"
    r"|posted(?: on)?|published(?: on)?|date)\b)"
    r"|(?P<link>ngày|lúc|vào|tin|bài|hồi)\b"
    r"|(?P<zone>[\[(]?\s*(?:gmt|utc)\s*\+?\s*0?7(?::00)?\s*[\])]?|\+07:?00\b|z\b)"
    r"|(?P<seen>(?:số\s+)?(?:lượt\s+)?(?:xem|đọc|truy cập|bình luận|views?)\b\s*:?\s*[\d.,]*|[\d.,]+\s*(?:lượt\s+)?"
    r"(?:xem|đọc|lượt|bình luận|views?)\b)"
    r"|(?P<place>[^\W\d_][^\W\d]*(?:\s[^\W\d_][^\W\d]*){0,3}\s*,\s*(?=ngày\b))"
    r"|(?P<mark>[\s,;:|/()\[\]•·.\-'…]+)"
)
_SENT_BY = re.compile(
    r"(?:được\s+)?(?:gửi|đăng|viết|tạo|posted|submitted)\s+(?:bởi|by)\s*:?\s*(?P<who>\S.{0,40}?)\s*[,|-]?\s+"
    r"(?:vào|lúc|ngày|on)\b"
)
_MONTH_FIRST = re.compile(r"\b(\d{1,2})\s*/\s*(\d{1,2})\s*/\s*(\d{4})")
_FIRST_DIGIT = re.compile(r"[^\d:.]{4,60}(?=\d)")
_MONTHS = dict(
    zip(
        ("một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai"),
        range(1, 13),
        strict=True,
    )
)
_RESIDUE = re.compile(r"(?:[\s|,;-]*\d{1,7}\b)+\s*$|[\s|,;-]*(?:in (?:bài|trang|tin)|bản in|gửi email|a[+-]|a)\b.*$")


@dataclass(frozen=True, slots=True)
class Dateline:
    """When: ISO day or minute with +07:00, None where the printed date does not exist. `label` is what the line says
    of itself, `timed` whether the hour is known, `weekday` whether a day of the week is named."""

    published: str | None
    modified: str | None
    label: Literal["posted", "updated", "none"]
    timed: bool
    weekday: bool


def parse_dateline(text: str) -> Dateline | None:
    """The dateline that `text` is, or None if it is anything else."""
    if len(text) > LONGEST or not _QUICK.search(text):
        return None
    line = lower(fold(text)).strip()
    at = 0
    label: Literal["posted", "updated", "none"] = "none"
    weekday = False
    stamps: list[_Stamp] = []
    pending: str | None = None
    clock: tuple[int, int] | None = None
    while at < len(line):
        m = _TOKENS.match(line, at)
        if m is None or m.end() == at:
            if stamps and (_RESIDUE.match(line, at) or furniture(line[at:])):
                break
            return None
        if m["time"]:
            clock = _clock(m)
            if stamps and stamps[-1].clock is None and not stamps[-1].closed:
                stamps[-1].clock, clock = clock, None
        elif m["iso"] or m["date"] or m["words"]:
            stamps.append(_Stamp(_stamped(m), clock, pending))
            clock = pending = None
        elif m["update"]:
            pending = "updated"
            if stamps:
                stamps[-1].closed = True
        elif m["posted"]:
            pending = "posted"
            if stamps:
                stamps[-1].closed = True
        elif m["weekday"]:
            weekday = True
        elif (m["place"] and stamps) or (m["by"] and not stamps):
            return None
        at = m.end()
    if not stamps or len(stamps) > 2:
        return None
    main = next((s for s in stamps if s.label != "updated"), stamps[0])
    other = next((s for s in stamps if s is not main), None)
    label = "posted" if main.label == "posted" else "updated" if main.label == "updated" else "none"
    return Dateline(main.iso, other.iso if other else None, label, main.timed, weekday)


def split_dateline(text: str) -> tuple[str, Dateline] | None:
    """A dateline and what stands before it on its line ("Minh Anh 30/04/2016 11:39"), "" where nothing does."""
    if (found := parse_dateline(text)) is not None:
        return "", found
    if (sent := _SENT_BY.match(lower(fold(text)))) and (found := parse_dateline(text[sent.end() :])) is not None:
        return text[sent.start("who") : sent.end("who")], replace(found, label="posted")
    m = _FIRST_DIGIT.match(text) if len(text) <= LONGEST else None
    if m is None or (found := parse_dateline(text[m.end() :])) is None:
        return None
    return m.group().strip(" -–|,/"), found


def dateline_end(text: str) -> int:
    """Where in a dateline its last date, time or weekday ends; what stands behind (views, the editor's login) goes."""
    line = lower(fold(text))
    at, end = 0, len(text)
    last = 0
    while m := _TOKENS.search(line, at):
        at = m.end() if m["by"] is None and m.end() > m.start() else m.start() + 1
        if m["time"] or m["iso"] or m["date"] or m["words"] or m["zone"] or (m["weekday"] and not last):
            last = m.end()
    closing = text[last : last + 1] if text[last : last + 1] in (")", "]") else ""
    return last + len(closing) if last else end


def dateline_in(text: str, days: Literal["dmy", "mdy"] = "dmy") -> Dateline | None:
    """The date in an element that a profile names, whatever else stands there: the first day, and the time beside it.

    ISO times of markup are taken too. `days` says which number of a date comes first.
    """
    if not text or len(text) > 1000:
        return None
    if (known := parse_published(text)) is not None and days == "dmy":
        return parse_dateline(text) or Dateline(known[0], None, "none", known[1] == "minute", False)
    line = lower(fold(text))
    if days == "mdy":
        line = _MONTH_FIRST.sub(r"\2/\1/\3", line)
    if (found := parse_dateline(line)) is not None:
        return found
    day: tuple[int, int, date | None] | None = None
    clocks: list[tuple[int, int, tuple[int, int] | None]] = []
    at = 0
    while m := _TOKENS.search(line, at):
        at = m.end() if m["by"] is None and m.end() > m.start() else m.start() + 1  # behind a name the date may stand
        if m["time"]:
            clocks.append((m.start(), m.end(), _clock(m)))
        elif day is None and (m["iso"] or m["date"] or m["words"]):
            day = (m.start(), m.end(), _stamped(m))
    if day is None or day[2] is None:
        return None
    beside = [(max(day[0] - end, start - day[1]), clock) for start, end, clock in clocks]
    nearest = min((b for b in beside if b[0] <= _BESIDE), default=None, key=lambda b: b[0])
    stamp = _Stamp(day[2], nearest[1] if nearest else None, None)
    return Dateline(stamp.iso, None, "none", stamp.timed, False)


def _stamped(m: re.Match[str]) -> date | None:
    if m["iso"]:
        return _day(m["y"], m["m"], m["d"])
    if m["date"]:
        return _day(m["year"], m["month"], m["day"])
    return _day(m["year2"], m["month2"], m["day2"])


@dataclass(slots=True)
class _Stamp:
    day: date | None
    clock: tuple[int, int] | None
    label: str | None
    closed: bool = False

    @property
    def timed(self) -> bool:
        return self.clock not in (None, (0, 0))

    @property
    def iso(self) -> str | None:
        if self.day is None:
            return None
        if self.clock is None or not self.timed:
            return self.day.isoformat()
        return f"{self.day.isoformat()}T{self.clock[0]:02d}:{self.clock[1]:02d}+07:00"


def _day(year: str, month: str, day: str) -> date | None:
    number = int(year) + (2000 if len(year) == 2 and int(year) < 70 else 1900 if len(year) == 2 else 0)
    if not FIRST_YEAR <= number <= LAST_YEAR:
        return None
    try:
        return date(number, int(month) if month.isdigit() else _MONTHS[month], int(day))
    except (ValueError, KeyError):  # no such day; a month of the moon
        return None


def _clock(m: re.Match[str]) -> tuple[int, int] | None:
    hour, minute = int(m["hour"]), int(m["minute"])
    half = m["half"]
    if half in ("pm", "ch", "chiều", "tối") and hour < 12:
        hour += 12
    elif half in ("am", "sa", "sáng") and hour == 12:
        hour = 0
    return (hour, minute) if hour < 24 and minute < 60 else None


def parse_published(value: object) -> tuple[str, Literal["minute", "day"]] | None:
    """A field `published` or a time in markup as (ISO, precision), None where it is not a date.

    Takes ISO days and minutes with or without a zone (without: Việt Nam's), `d/m/yyyy` and what `parse_dateline` takes.
    """
    if not isinstance(value, str) or not (text := value.strip()) or len(text) > LONGEST:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        line = parse_dateline(text)
        if line is None or line.published is None:
            return None
        return line.published, "minute" if line.timed else "day"
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        return None
    if not re.search(r"\d[T ]\d", text, re.I):
        return moment.date().isoformat(), "day"
    local = moment.replace(tzinfo=ZONE) if moment.tzinfo is None else moment.astimezone(ZONE)
    if moment.hour == moment.minute == moment.second == 0:
        return local.date().isoformat() if moment.tzinfo is None else moment.date().isoformat(), "day"
    return local.isoformat(timespec="minutes"), "minute"
