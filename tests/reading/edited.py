"""Sheets of goals without ids, and what people do to them between two nights; who is who is known throughout.

``Sheet.known`` gives what a run reads of the sheet, and for each key the number that its item has from its making on.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import NamedTuple

from sheetsync.reading.matching import Known, known_items
from sheetsync.workbook import CellValue, Worksheet
from tests.reading.sheets import read

VERBS = (
    ("Tăng", "Nâng", "Đẩy"), ("Giảm", "Hạ", "Cắt giảm"), ("Hoàn thành", "Hoàn tất", "Xong"), ("Mở", "Khai trương"),
    ("Triển khai", "Áp dụng", "Đưa vào dùng"), ("Đào tạo", "Huấn luyện"), ("Xây dựng", "Thiết lập", "Soạn"),
    ("Increase", "Grow", "Raise"), ("Reduce", "Cut", "Lower"), ("Launch", "Ship", "Release"), ("Hire", "Recruit"),
)  # fmt: skip
NOUNS = (
    ("doanh thu", "doanh số"), ("chi phí vận hành", "chi phí hoạt động"), ("số khách hàng mới", "lượng khách mới"),
    ("tỷ lệ giao hàng đúng hẹn", "tỷ lệ giao đúng hạn"), ("điểm hài lòng", "mức hài lòng"), ("hàng tồn kho", "tồn kho"),
    ("quy trình tuyển dụng", "quy trình tuyển người"), ("nhân viên bán hàng", "nhân viên kinh doanh"),
    ("số đơn hàng", "lượng đơn"), ("tỷ lệ nghỉ việc", "tỷ lệ thôi việc"), ("lỗi sản phẩm", "sản phẩm lỗi"),
    ("recurring revenue", "repeat revenue"), ("churn", "customer loss"), ("mobile app", "phone app"),
    ("engineers", "developers"),
)  # fmt: skip
WHERE = (
    "kênh online", "đại lý miền Bắc", "đại lý miền Nam", "cửa hàng Hà Nội", "thị trường Lào", "nhà máy 1", "nhà máy 2",
    "khối văn phòng", "sàn thương mại điện tử", "phòng kinh doanh", "in Europe", "for small firms", "in the US", "",
)  # fmt: skip
PEOPLE = ("An", "Bình", "Chi", "Dung", "Hà", "Minh", "Nguyễn Văn Nam")
UNITS = ("%", "tỷ", "triệu", "người", "đơn", "điểm", "cái")
AIMS = ("Tăng trưởng bền vững", "Khách hàng quay lại", "Vận hành tinh gọn", "Đội ngũ mạnh", "Dẫn đầu thị trường")
KINDS = ("objective", "key_result", "kpi")
FIRST_ROW = 2


class Item(NamedTuple):
    """One row as somebody typed it. ``number`` says for ever which goal it is, ``above`` the objective's number."""

    number: int
    title: str
    owner: str
    unit: str
    baseline: int
    target: int
    above: int = 0


class Sheet:
    """One worksheet: ``flat`` with the objective beside each key result, ``tree`` with rows for both, or ``kpi``."""

    def __init__(self, form: str, size: int, random: Random) -> None:
        """Make a sheet of about ``size`` rows."""
        self.form, self.name, self.random = form, "KPI" if form == "kpi" else "OKR", random
        self.bare = random.random() < 0.3
        """Whether the sheet has neither owners nor units nor baselines."""
        self._made = 0
        self.aims: dict[int, str] = {}
        for text in AIMS[: max(1, min(len(AIMS), size // 4))]:
            self._made += 1
            self.aims[self._made] = text
        self.items = [self.new() for _ in range(size)]
        self.gather()

    def new(self) -> Item:
        """Make a goal."""
        pick = self.random.choice
        self._made += 1
        words = (pick(pick(VERBS)), pick(pick(NOUNS)), pick(WHERE), pick(("", "", f"lên {self.random.randint(2, 99)}")))
        above = pick(list(self.aims)) if self.form != "kpi" else 0
        numbers = self.random.choice((0, 0, 10)), self.random.choice((1, 2, 5, 10, 15, 20, 40, 60, 95, 120, 300))
        return Item(self._made, " ".join(filter(None, words)), pick(PEOPLE), pick(UNITS), *numbers, above)

    def gather(self) -> None:
        """Put the key results below their objectives, in the order of these."""
        if self.form != "kpi":
            order = list(self.aims)
            self.items.sort(key=lambda item: order.index(item.above))

    def change(self, place: int, **values: object) -> None:
        """Edit one row."""
        self.items[place] = self.items[place]._replace(**values)  # type: ignore[arg-type]

    def known(self) -> tuple[tuple[Known, ...], dict[str, int]]:
        """Read the sheet as it stands: what a run knows of it, and the number of each key."""
        rows, numbers = self._rows()
        items = known_items(read(**{self.name.replace(" ", "_"): Worksheet(self.name, rows)}))  # type: ignore[arg-type]
        titles = {text: number for number, text in self.aims.items()}
        truth = {}
        for item in items:
            named = titles[item.title] if item.kind == "objective" and self.form == "flat" else numbers[item.row]
            truth[item.key] = named
        return items, truth

    def _rows(self) -> tuple[list[list[CellValue]], dict[int, int]]:
        head: list[CellValue] = ["Người phụ trách", "Đơn vị tính", "Giá trị đầu kỳ", "Chỉ tiêu", "Thực hiện"]
        titles: list[CellValue] = ["Tên KPI"] if self.form == "kpi" else ["Mục tiêu", "Kết quả then chốt"]
        rows: list[list[CellValue]] = [[*titles, *head]]
        numbers: dict[int, int] = {}
        written = 0
        for item in self.items:
            if self.form == "tree" and item.above != written:
                written = item.above
                rows.append([self.aims[written], None])
                numbers[len(rows)] = written
            named: list[CellValue] = [item.title] if self.form == "kpi" else [None, item.title]
            if self.form == "flat":
                named[0] = self.aims[item.above]
            more: list[CellValue] = [None] * 3 if self.bare else [item.owner, item.unit, item.baseline]
            rows.append([*named, *more, item.target, 1])
            numbers[len(rows)] = item.number
        return rows, numbers


def _somewhere(sheet: Sheet) -> int:
    return sheet.random.randrange(len(sheet.items))


def insert(sheet: Sheet) -> None:
    """Add a goal somewhere."""
    sheet.items.insert(sheet.random.randint(0, len(sheet.items)), sheet.new())
    sheet.gather()


def delete(sheet: Sheet) -> None:
    """Take one away."""
    if len(sheet.items) > 1:
        del sheet.items[_somewhere(sheet)]


def replace(sheet: Sheet) -> None:
    """Write another goal over one: same row, same objective, mostly the same owner, and yet something else."""
    place = _somewhere(sheet)
    old, new = sheet.items[place], sheet.new()
    owner = sheet.random.choice((old.owner, old.owner, new.owner))
    sheet.items[place] = new._replace(above=old.above, owner=owner)


def sort(sheet: Sheet) -> None:
    """Sort the rows by something."""
    name = sheet.random.choice(("title", "owner", "target"))
    sheet.items.sort(key=lambda item: (getattr(item, name), item.number))
    sheet.gather()


def retarget(sheet: Sheet) -> None:
    """Change a target."""
    place = _somewhere(sheet)
    sheet.change(place, target=sheet.items[place].target + sheet.random.choice((1, 5, 50)))


def reassign(sheet: Sheet) -> None:
    """Give a goal to somebody else."""
    sheet.change(_somewhere(sheet), owner=sheet.random.choice(PEOPLE))


def move(sheet: Sheet) -> None:
    """Put a key result below another objective."""
    if sheet.form != "kpi":
        sheet.change(_somewhere(sheet), above=sheet.random.choice(list(sheet.aims)))
        sheet.gather()


def reword(sheet: Sheet) -> None:
    """Say one title in other words."""
    place = _somewhere(sheet)
    sheet.change(place, title=reworded(sheet.items[place].title, sheet.random))


def reworded(title: str, random: Random) -> str:
    """Give a title that says the same: another word for one, a word more or less, a slip of the fingers, a number."""
    change = random.choice((_synonym, _synonym, _longer, _shorter, _slip, _renumbered))
    found = change(title, random)
    return found if found.strip() and found != title else f"{title} {random.choice(('quý này', 'năm nay', 'in Q4'))}"


def _synonym(title: str, random: Random) -> str:
    for words in random.sample([*VERBS, *NOUNS], len(VERBS) + len(NOUNS)):
        for word in words:
            if word in title:
                return title.replace(word, random.choice([other for other in words if other != word]), 1)
    return title


def _longer(title: str, random: Random) -> str:
    return f"{title} {random.choice(('so với cùng kỳ', 'theo kế hoạch', 'trong quý', 'by year end', '(đã duyệt)'))}"


def _shorter(title: str, random: Random) -> str:
    words = title.split()
    del words[random.randrange(len(words))]
    return " ".join(words)


def _slip(title: str, random: Random) -> str:
    place = random.randrange(len(title))
    return title[:place] + random.choice("aeiotn") + title[place + 1 :]


def _renumbered(title: str, random: Random) -> str:
    words = [str(random.randint(2, 99)) if word.isdigit() else word for word in title.split()]
    return " ".join(words)


def rephrase_objective(sheet: Sheet) -> None:
    """Reword an objective."""
    if sheet.form != "kpi":
        number = sheet.random.choice(list(sheet.aims))
        text = f"{sheet.aims[number]} {sheet.random.choice(('hơn', 'năm 2025', 'toàn công ty'))}"
        sheet.aims[number] = text


def rename(sheet: Sheet) -> None:
    """Give the worksheet another name."""
    sheet.name = f"{sheet.name[:3]} Q{sheet.random.randint(1, 4)}"


EDITS: tuple[tuple[Callable[[Sheet], None], int], ...] = (
    (insert, 6), (delete, 5), (replace, 4), (sort, 2), (retarget, 6), (reassign, 4), (move, 4), (reword, 12),
    (rephrase_objective, 3), (rename, 1),
)  # fmt: skip
"""What people do, and how often in relation."""


def edit(sheet: Sheet, count: int) -> list[str]:
    """Edit a sheet so many times; give the names of what was done."""
    chosen = sheet.random.choices([one for one, _ in EDITS], [often for _, often in EDITS], k=count)
    for change in chosen:
        change(sheet)
    return [change.__name__ for change in chosen]
