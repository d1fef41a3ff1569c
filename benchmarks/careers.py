"""A generated corpus for linking: people with careers, and bulletins that name them, with who is who known.

Composed against the linker, not with it: namesakes in one province, in one district, on one post after the other, a man
and a woman; districts of one name in several provinces; bodies by their relative names; names in capitals, with other
tone marks, doubled spaces and lost honorifics; posts left out; moves that no bulletin tells. Same seed, same corpus.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path


def _listed(text: str) -> list[str]:
    return text.split(", ")


PROVINCES = {
    "Bắc Giang": "bacgiang", "Thanh Hóa": "thanhhoa", "Nghệ An": "nghean", "Quảng Trị": "quangtri",
    "Gia Lai": "gialai", "Tiền Giang": "tiengiang", "Hà Giang": "hagiang", "Phú Thọ": "phutho",
    "Bình Định": "binhdinh", "Đồng Tháp": "dongthap", "Lạng Sơn": "langson", "Ninh Bình": "ninhbinh",
}  # fmt: skip
SURNAMES = _listed(
    "Nguyễn, Trần, Lê, Phạm, Hoàng, Phan, Vũ, Đặng, Bùi, Đỗ, Hồ, Ngô, Dương, Lý, Đinh, Trịnh, Đoàn, Mai, Tạ, Lương"
)
MEN = _listed(
    "Văn, Đức, Quang, Minh, Hữu, Xuân, Ngọc, Thanh, Công, Đình, Trọng, Bá, Quốc, Tiến, Mạnh, Duy, Viết, Huy, Tuấn, Hồng"
)
WOMEN = _listed("Thị, Thị Thanh, Thị Kim, Thị Thu, Thị Ngọc, Thị Hồng, Thị Bích, Thị Minh, Thị Xuân, Thị Mỹ")
GIVEN_MEN = _listed(
    "Hùng, Dũng, Cường, Sơn, Hải, Nam, Long, Thắng, Tuấn, Hòa, Bình, Khoa, Lâm, Phúc, Quý, Thành, Toàn, Vinh, "
    "Khánh, Hiếu, Tùng, Đạt"
)
GIVEN_WOMEN = _listed(
    "Hoa, Lan, Hương, Thúy, Hà, Nga, Mai, Yến, Hằng, Thủy, Loan, Oanh, Nhung, Hòa, Hạnh, Liên, Phượng, Trang, "
    "Vân, Xuyến"
)
UNISEX = _listed("Thanh, Minh, Bình, Hà, Tâm, Anh, Giang")
DISTRICTS = _listed(
    "Châu Thành, Phú Tân, Yên Lâm, Đông Sơn, Tân Phước, Mỹ Hòa, Quỳnh Lưu, Thạch Bình, Ia Krêl, Sơn Lập, "
    "Vĩnh Trung, Kỳ Phong, Nam Đài, Hương Khê Hạ, Cẩm Giàng, An Lộc, Bảo Yên, Thuận Bắc"
)
COMMUNES = _listed(
    "Hòa An, Tân Lập, Quang Trung, Phú Mỹ, Đồng Tiến, Bình Minh, Thanh Sơn, An Thạnh, Xuân Hòa, Long Hưng, "
    "Minh Tân, Đại Đồng"
)
OFFICES = _listed(
    "Nội vụ, Tài chính, Y tế, Xây dựng, Tư pháp, Công Thương, Giáo dục và Đào tạo, Văn hóa và Thể thao, "
    "Thông tin và Truyền thông"
)
BOARDS = _listed("Ban Tổ chức Tỉnh ủy, Ban Tuyên giáo Tỉnh ủy, Ban Dân vận Tỉnh ủy, Ban Nội chính Tỉnh ủy")
UNIONS = _listed("Hội Nông dân tỉnh, Hội Cựu chiến binh tỉnh, Liên đoàn Lao động tỉnh, Hội Liên hiệp Phụ nữ tỉnh")
TITLES_OF_POSTS = ("Phó Giám đốc", "Giám đốc", "Phó Chủ tịch", "Chủ tịch", "Bí thư")
TONES = {"òa": "oà", "óa": "oá", "ủy": "uỷ", "úy": "uý", "ùy": "uỳ", "óe": "oé"}
FIRST, LAST = date(2010, 1, 4), date(2022, 12, 20)


@dataclass(frozen=True)
class Post:
    """A post: its words in a provincial bulletin, and what a central newspaper adds to them."""

    words: str
    abroad: str
    level: str

    @property
    def title(self) -> str:
        """The post without its body, as a table has it."""
        if self.level == "board":
            return "Trưởng ban" if self.words.startswith("Trưởng") else "Phó Trưởng ban"
        return next(t for t in TITLES_OF_POSTS if self.words.startswith(t + " "))

    @property
    def body(self) -> str:
        """The beginning of the body's name in full."""
        if self.level == "board":
            return "Ban " + self.words.split("Ban ", 1)[1]
        return self.words.removeprefix(self.title + " ").replace("UBND", "Ủy ban nhân dân")


@dataclass
class Stage:
    """A post held from `start` to before `end`; `told` says how the move into it can be known."""

    post: Post
    start: date
    end: date
    told: str = "first"


@dataclass
class Person:
    """One person of the corpus, with the truth about them."""

    number: int
    name: str
    woman: bool
    province: str
    stages: list[Stage] = field(default_factory=list)

    def at(self, day: date) -> Stage | None:
        """What the person holds on a day."""
        return next((s for s in self.stages if s.start <= day < s.end), None)


class World:
    """People with careers: `people` of them, of whom the share `namesakes` bears the name of somebody else."""

    def __init__(self, seed: int, people: int, namesakes: float) -> None:
        self.random = random.Random(seed)
        self.people: list[Person] = []
        self._names: set[str] = set()
        pairs = int(people * namesakes / 2)
        for _ in range(people - pairs):
            province = self.random.choice(list(PROVINCES))
            woman = self.random.random() < 0.3
            self._add(self._name(woman), woman, province)
        for n, other in enumerate(self.random.sample(self.people, pairs)):
            self._namesake(n % 5, other)

    def _name(self, woman: bool) -> str:
        r = self.random
        while True:
            middle = r.choice(WOMEN if woman else MEN)
            given = r.choice((GIVEN_WOMEN if woman else GIVEN_MEN) + UNISEX)
            name = f"{r.choice(SURNAMES)} {middle} {given}"
            if r.random() < 0.5 and not woman:
                name = f"{r.choice(SURNAMES)} {middle} {r.choice(MEN)} {given}"
            if name not in self._names and len(set(name.split())) == len(name.split()):
                self._names.add(name)
                return name

    def _add(self, name: str, woman: bool, province: str, first: Stage | None = None) -> Person:
        person = Person(len(self.people), name, woman, province)
        self.people.append(person)
        self._career(person, first)
        return person

    def _namesake(self, kind: int, other: Person) -> None:
        """Somebody else of the same name: elsewhere, near by, as successor, or of the other sex."""
        elsewhere = [p for p in PROVINCES if p != other.province]
        if kind == 0:  # another province
            self._add(other.name, other.woman, self.random.choice(elsewhere))
        elif kind in (1, 2):  # the same province, other bodies
            taken = {s.post.words.split(" ", 2)[-1] for s in other.stages}
            while True:
                before = len(self.people)
                person = self._add(other.name, other.woman, other.province)
                if not taken & {s.post.words.split(" ", 2)[-1] for s in person.stages} and not _neighbours(
                    person, other
                ):
                    return
                del self.people[before:]
        elif kind == 3 and len(other.stages) > 1 and other.stages[1].told == "moved":  # the post that the other left
            left = other.stages[0]
            start = left.end + timedelta(days=self.random.randint(40, 300))
            person = Person(len(self.people), other.name, other.woman, other.province)
            self.people.append(person)
            origin = self._post(other.province, "board")
            person.stages = [
                Stage(origin, max(FIRST, start - timedelta(days=900)), start),
                Stage(left.post, start, LAST, "moved"),
            ]
        else:  # a man and a woman
            words = other.name.split()
            if "Thị" in words:
                self._add(other.name, other.woman, self.random.choice(elsewhere))
            else:
                self._add(other.name, not other.woman, self.random.choice([*elsewhere, other.province]))

    def _post(self, province: str, kind: str, body: str = "", high: bool = False) -> Post:
        r = self.random
        if kind == "office":
            body = body or f"Sở {r.choice(OFFICES)}"
            return Post(f"{'Giám đốc' if high else 'Phó Giám đốc'} {body}", f"{{}} tỉnh {province}", kind)
        if kind == "board":
            body = body or r.choice(BOARDS)
            rest = body.removeprefix("Ban ")
            return Post(f"{'Trưởng Ban' if high else 'Phó Trưởng Ban'} {rest}", f"{{}} {province}", kind)
        if kind == "union":
            body = body or r.choice(UNIONS)
            return Post(f"{'Chủ tịch' if high else 'Phó Chủ tịch'} {body}", f"{{}} {province}", kind)
        if kind == "commune":
            body = body or f"xã {r.choice(COMMUNES)}"
            title = "Bí thư Đảng ủy" if high else "Chủ tịch UBND"
            return Post(f"{title} {body}", f"{{}}, tỉnh {province}", kind)
        district = body or f"huyện {r.choice(DISTRICTS)}"
        name = district.removeprefix("huyện ")
        title = f"Bí thư Huyện ủy {name}" if high else f"{r.choice(['Phó Chủ tịch', 'Chủ tịch'])} UBND {district}"
        return Post(title, f"{{}}, tỉnh {province}", kind)

    def _career(self, person: Person, first: Stage | None) -> None:
        r = self.random
        start = FIRST + timedelta(days=r.randint(0, 2200))
        kind = r.choice(["office", "board", "union", "commune", "district", "district", "commune"])
        post, high, told = self._post(person.province, kind), False, "first"
        for _ in range(r.choice([1, 2, 2, 3, 4])):
            end = min(LAST, start + timedelta(days=r.randint(500, 1700)))
            person.stages.append(Stage(post, start, end, told))
            if end >= LAST - timedelta(days=200):
                break
            start = end
            if not high and r.random() < 0.65:  # promoted where one is
                post, high, told = self._raised(person.province, post), True, "raised"
            else:
                kind = r.choice([k for k in ("office", "board", "union", "district") if k != post.level])
                post, high = self._post(person.province, kind), False
                told = r.choices(["moved", "former", "untold"], [0.9, 0.08, 0.02])[0]
        person.stages[-1].end = max(person.stages[-1].end, person.stages[-1].start + timedelta(days=400))

    def _raised(self, province: str, post: Post) -> Post:
        words = post.words
        for low, body in (("Phó Giám đốc ", ""), ("Phó Trưởng Ban ", "Ban "), ("Phó Chủ tịch ", ""), ("Chủ tịch ", "")):
            if words.startswith(low):
                rest = words.removeprefix(low).removeprefix("UBND ")
                return self._post(province, post.level, body + rest, high=True)
        return post


def _neighbours(a: Person, b: Person) -> bool:
    """Whether two careers touch one district or commune, where nobody could tell them apart."""

    def places(p: Person) -> set[str]:
        return {s.post.words.split("huyện ")[-1].split("ủy ")[-1].split("xã ")[-1] for s in p.stages}

    return bool(places(a) & places(b))


@dataclass
class Bulletin:
    """A row of the input, and who is named in it: printed full name -> number of the person."""

    row: dict[str, str]
    truth: dict[str, int]


class Writer:
    """Writes bulletins about the people of a world."""

    def __init__(self, world: World, seed: int) -> None:
        self.world = world
        self.random = random.Random(seed)
        self._of: dict[str, list[Person]] = {}
        for p in world.people:
            self._of.setdefault(p.province, []).append(p)

    def bulletins(self, count: int) -> Iterator[Bulletin]:
        """`count` bulletins: first what moves must be told, then daily ones."""
        told = list(self._moves())
        self.random.shuffle(told)
        yield from told[:count]
        for _ in range(count - len(told)):
            yield self._daily()

    def _moves(self) -> Iterator[Bulletin]:
        for person in self.world.people:
            for before, after in zip(person.stages, person.stages[1:], strict=False):
                if after.told == "moved":
                    for lag in (0, self.random.randint(1, 20)):
                        yield self._appointment(person, before, after, lag)
                elif after.told == "former":
                    yield self._former(person, before, after)

    def _row(self, province: str, day: date, title: str, lines: list[str]) -> dict[str, str]:
        r = self.random
        host = PROVINCES[province] + r.choice([".gov.vn", ".example.vn"])
        number = r.randrange(10**9)
        row = {"text": f"{title}\n\n" + "\n\n".join(lines), "url": f"https://{host}/tin/{number}", "title": title}
        if r.random() > 0.01:
            row["published"] = day.isoformat()
        return row

    def _called(self, person: Person, post: Post | None, province: str | None = None) -> tuple[str, str]:
        """How a bulletin names a person, with the post; and the name as it is printed."""
        r = self.random
        name = person.name
        if r.random() < 0.1:
            name = r.choice([str.upper, self._other_tones, lambda n: n.replace(" ", "  ", 1)])(name)
        honour = "đồng chí" if r.random() < 0.75 else ("bà" if person.woman else "ông")
        lead = "" if r.random() < 0.06 and post else f"{honour} "
        if post is None:
            return f"{lead}{name}", name
        words = post.words if province is None else post.abroad.format(post.words)
        if r.random() < 0.15:
            words = words.replace("UBND", "Ủy ban nhân dân")
        if r.random() < 0.1:
            words = self._other_tones(words)
        style = r.random()
        if style < 0.7:
            return f"{lead}{name}, {words}", name
        if style < 0.85:
            return f"{lead}{name} - {words}", name
        return f"{lead}{words} {name}" if lead != "bà " and lead != "ông " else f"{lead}{name} ({words})", name

    def _other_tones(self, text: str) -> str:
        for new, old in TONES.items():
            text = text.replace(new, old)
        return text

    def _appointment(self, person: Person, before: Stage, after: Stage, lag: int) -> Bulletin:
        r = self.random
        day = after.start
        said, _ = self._called(person, before.post)
        if said.endswith(person.name) or said.endswith(person.name.upper()):
            said = f"đồng chí {person.name}, {before.post.words}"
        body = r.choice(["Ban Thường vụ Tỉnh ủy", "Tỉnh ủy", "UBND tỉnh"])
        verb = r.choice(["điều động", "điều động, bổ nhiệm", "luân chuyển", "điều động, phân công"])
        line = r.choice(
            [
                f"Ngày {day.day}/{day.month}/{day.year}, {body} tổ chức công bố quyết định về công tác cán bộ. "
                f"Theo đó, {body} {verb} {said} giữ chức {after.post.words}.",
                f"Sáng {day.day}/{day.month}, tại hội nghị, {body} đã trao quyết định {verb} {said}, "
                f"giữ chức vụ {after.post.words}.",
            ]
        )
        closing = f"Phát biểu nhận nhiệm vụ, đồng chí {person.name} hứa nỗ lực hoàn thành nhiệm vụ được giao."
        appeared = day + timedelta(days=lag)
        row = self._row(person.province, appeared, "Công bố quyết định về công tác cán bộ", [line, closing])
        return Bulletin(row, {person.name: person.number})

    def _former(self, person: Person, before: Stage, after: Stage) -> Bulletin:
        day = after.start + timedelta(days=self.random.randint(20, 200))
        line = f"Dự buổi gặp mặt có đồng chí {person.name}, nguyên {before.post.words}, {after.post.words}."
        row = self._row(person.province, day, "Gặp mặt cán bộ qua các thời kỳ", [line])
        return Bulletin(row, {person.name: person.number})

    def _daily(self) -> Bulletin:
        r = self.random
        day = FIRST + timedelta(days=r.randint(0, (LAST - FIRST).days))
        central = r.random() < 0.08
        province = r.choice(list(PROVINCES))
        pool = self.world.people if central else self._of[province]
        chosen: list[tuple[Person, Post]] = []
        for person in r.sample(pool, min(len(pool), 40)):
            stage = person.at(day)
            if stage and person.name not in {p.name for p, _ in chosen}:
                chosen.append((person, stage.post))
            if len(chosen) == r.choice([1, 2, 3, 4]):
                break
        truth = {p.name: p.number for p, _ in chosen}
        said = [
            self._called(p, q if r.random() > 0.07 else None, p.province if central else None)[0] for p, q in chosen
        ]
        lines = self._lines(said, [p for p, _ in chosen], day)
        row = self._row(province, day, r.choice(TITLES), lines)
        if central:
            row["url"] = f"https://baotrunguong.example.vn/{r.randrange(10**9)}"
        return Bulletin(row, truth)

    def _lines(self, said: list[str], people: list[Person], day: date) -> list[str]:
        r = self.random
        lines = [r.choice(OPENINGS).format(d=day.day, m=day.month, y=day.year)]
        if not said:
            return [*lines, r.choice(FILLING)]
        lines[0] += (
            " " + r.choice(["Dự hội nghị có ", "Tham dự buổi làm việc có ", "Cùng dự có "]) + "; ".join(said) + "."
        )
        lines += r.sample(FILLING, 2)
        speaker = r.choice(people)
        given = speaker.name.split()[-1]
        others = [p.name.split()[-1] for p in people if p is not speaker]
        if given not in others and r.random() < 0.3:
            lines.append(f"Đồng chí {given} đề nghị các đơn vị rút kinh nghiệm những tồn tại đã nêu.")
        elif r.random() < 0.5:
            lines.append(f"Kết luận hội nghị, đồng chí {speaker.name} biểu dương kết quả đạt được của các cấp.")
        return lines


TITLES = [
    "Hội nghị sơ kết công tác sáu tháng", "Kiểm tra tiến độ công trình trọng điểm", "Thăm hỏi gia đình chính sách",
    "Giao ban công tác quý", "Tập huấn nghiệp vụ cho cán bộ cơ sở", "Phát động phong trào thi đua",
    "Tiếp xúc, đối thoại với Nhân dân",
]  # fmt: skip
OPENINGS = [
    "Ngày {d}/{m}/{y}, tại hội trường lớn của tỉnh đã diễn ra hội nghị sơ kết.",
    "Sáng ngày {d}/{m}, đoàn công tác đi kiểm tra thực tế tại cơ sở.",
    "Chiều {d}/{m}/{y}, hội nghị giao ban được tổ chức theo hình thức trực tuyến.",
    "Vừa qua, lớp tập huấn nghiệp vụ đã khai mạc.",
]
FILLING = [
    "Theo báo cáo, các chỉ tiêu chủ yếu đều đạt và vượt so với cùng kỳ; công tác an sinh được quan tâm.",
    "Các đại biểu thảo luận về những khó khăn trong giải phóng mặt bằng và nguồn vốn.",
    "Đoàn đã tặng quà cho các hộ có hoàn cảnh khó khăn nhân dịp đầu năm.",
    "Hội nghị thống nhất giao các phòng chuyên môn theo dõi, đôn đốc việc thực hiện.",
    "Thời gian tới, các đơn vị tiếp tục học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh.",
    "Nhiều mô hình sản xuất được nhân rộng, góp phần nâng cao thu nhập cho người dân.",
]


def write_corpus(
    file: Path, seed: int, people: int, bulletins: int, namesakes: float = 0.05, *, sites: bool = True
) -> tuple[World, list[dict[str, int]]]:
    """Writes the bulletins as JSON lines, without their addresses if not `sites`.

    Gives the world, and the truth of each bulletin: name -> number of the person.
    """
    truth = []
    world = World(seed, people, namesakes)
    with file.open("w", encoding="utf-8") as out:
        for one in Writer(world, seed + 1).bulletins(bulletins):
            if not sites:
                del one.row["url"]
            out.write(json.dumps(one.row, ensure_ascii=False) + "\n")
            truth.append(one.truth)
    return world, truth
