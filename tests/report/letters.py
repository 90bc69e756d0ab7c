"""Letters for the tests of mails, and random Vietnamese as people write it."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from random import Random

from sheetsync.post import Mailbox
from sheetsync.report.mail import Letter

HANOI = timezone(timedelta(hours=7))
WORDS = (
    "đúng tiến độ mục tiêu kết quả then chốt nguy cơ không đạt trở ngại đề xuất doanh thu kênh online Nguyễn Trần Lê "
    "Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Thị Văn Quốc Bảo Hương Thảo Đức Phước Tường Vy Khánh "
    "OKR KPI Q4/2025 tuần 7: 3/5 37% 3,7 tỷ ₫ – (quý IV) … “chốt” khách's e.g. a=b? =? +12 #5"
)


def letter(**changed: object) -> Letter:
    """Give a letter like those of every night, with some fields changed."""
    plain = Letter(
        subject="OKR tuần 7: 3/5 mục tiêu đúng tiến độ, 2 việc cần anh/chị quyết",
        sender=Mailbox("okr@minhlong.vn", "OKR Minh Long"),
        recipient=Mailbox("huong@minhlong.vn", "Lê Thị Hương"),
        html="<p>Tiến độ chung 46 %</p>\n",
        text="Tiến độ chung 46 %\n",
        key="minh-long|company|huong@minhlong.vn|2026-W47|mail|1",
        at=datetime(2026, 11, 22, 7, 5, 9, tzinfo=HANOI),
        kind="company",
        workspace="Minh Long",
        language="vi",
    )
    return plain._replace(**changed)  # type: ignore[arg-type]


def vietnamese(random: Random, most: int) -> str:
    """Give a random text of one to ``most`` Vietnamese words, with the signs and figures of real subjects."""
    words = WORDS.split()
    return " ".join(random.choice(words) for _ in range(random.randint(1, most)))
