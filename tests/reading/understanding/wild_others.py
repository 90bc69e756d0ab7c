"""Makes workbooks that hold no goals: attendance, invoices, pay, contacts, stock, minutes, tasks, risks, marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random

from sheetsync.workbook import CellValue, Workbook, Worksheet
from tests.reading.understanding.wild_words import GOALS, MEASURES, PEOPLE, TEAMS, UNITS

# What stands in a column: n counts, p a person, e an address, d a day, m money, q an amount, u a unit, t a text,
# g a thing, s a status, i a code, h hours, x a mark of attendance
OTHERS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "attendance": {
        "vi": ("STT|Họ và tên|Bộ phận|1|2|3|4|5|6|7|Tổng công", "n p g x x x x x x x q"),
        "en": ("No|Employee name|Department|Mon|Tue|Wed|Thu|Fri|Total hours", "n p g x x x x x q"),
        "zh": ("序号|姓名|部门|1|2|3|4|5|出勤天数", "n p g x x x x x q"),
        "es": ("Nº|Nombre|Área|Lunes|Martes|Miércoles|Jueves|Viernes|Total", "n p g x x x x x q"),
        "fr": ("N°|Nom et prénom|Service|Lundi|Mardi|Mercredi|Jeudi|Présences", "n p g x x x x q"),
        "de": ("Nr.|Name|Abteilung|Datum|Kommt|Geht|Stunden", "n p g d t t h"),
        "ru": ("№|ФИО|Отдел|Дата|Приход|Уход|Часы", "n p g d t t h"),
        "ja": ("番号|氏名|部署|日付|出勤|退勤|備考", "n p g d t t t"),
    },
    "invoice": {
        "vi": ("STT|Tên hàng hóa, dịch vụ|Đơn vị tính|Số lượng|Đơn giá|Thành tiền", "n g u q m m"),
        "en": ("#|Item description|Unit|Quantity|Unit price|Tax|Amount", "n g u q m q m"),
        "zh": ("序号|商品名称|单位|数量|单价|金额", "n g u q m m"),
        "pt": ("Item|Descrição|Unidade|Quantidade|Preço unitário|Valor total", "n g u q m m"),
        "es": ("Ítem|Descripción|Unidad|Cantidad|Precio unitario|Importe", "n g u q m m"),
        "fr": ("Réf.|Désignation|Unité|Quantité|Prix unitaire|Montant", "i g u q m m"),
        "de": ("Pos.|Bezeichnung|Einheit|Menge|Einzelpreis|Gesamtpreis", "n g u q m m"),
        "ru": ("№|Наименование товара|Ед. изм.|Количество|Цена|Сумма", "n g u q m m"),
        "tr": ("Sıra|Ürün|Birim|Miktar|Birim Fiyat|Tutar", "n g u q m m"),
        "ja": ("番号|商品名|単位|数量|単価|金額", "n g u q m m"),
        "ko": ("번호|품명|단위|수량|단가|금액", "n g u q m m"),
    },
    "price list": {
        "vi": ("Mã hàng|Tên sản phẩm|ĐVT|Giá bán lẻ|Giá bán buôn|Ghi chú", "i g u m m t"),
        "en": ("SKU|Product name|Unit|Price|Discount|Notes", "i g u m q t"),
        "es": ("Código|Producto|Unidad|Precio|Descuento", "i g u m q"),
        "de": ("Artikelnummer|Produkt|Einheit|Preis|Rabatt", "i g u m q"),
        "ru": ("Артикул|Товар|Ед. изм.|Цена|Скидка", "i g u m q"),
    },
    "pay": {
        "vi": ("STT|Họ và tên|Chức vụ|Lương cơ bản|Phụ cấp|Thưởng|Thực lĩnh|Ký nhận", "n p t m m m m t"),
        "en": ("Employee ID|Name|Position|Base salary|Bonus|Deductions|Net pay", "i p t m m m m"),
        "pt": ("Matrícula|Nome|Cargo|Salário|Descontos|Líquido", "i p t m m m"),
        "zh": ("工号|姓名|岗位|基本工资|奖金|实发工资", "i p t m m m"),
        "ru": ("Табельный номер|ФИО|Должность|Оклад|Премия|К выплате", "i p t m m m"),
    },
    "contacts": {
        "vi": ("STT|Họ và tên|Chức vụ|Phòng ban|Số điện thoại|Email", "n p t g i e"),
        "en": ("First name|Last name|Company|Phone|Email|Notes", "p p g i e t"),
        "fr": ("Nom|Prénom|Société|Téléphone|Courriel", "p p g i e"),
        "de": ("Name|Firma|Telefon|E-Mail|Adresse", "p g i e t"),
        "ko": ("이름|부서|직급|전화번호|이메일", "p g t i e"),
    },
    "stock": {
        "vi": ("Mã VT|Tên vật tư|ĐVT|Tồn đầu kỳ|Nhập|Xuất|Tồn cuối kỳ", "i g u q q q q"),
        "en": ("SKU|Item|Location|Opening stock|Received|Issued|Closing stock|Reorder level", "i g t q q q q q"),
        "zh": ("编码|物料名称|单位|期初库存|入库|出库|期末库存", "i g u q q q q"),
        "es": ("Código|Artículo|Unidad|Stock inicial|Entradas|Salidas|Stock final", "i g u q q q q"),
        "ja": ("品番|品名|単位|前月在庫|入庫|出庫|在庫数", "i g u q q q q"),
    },
    "minutes": {
        "vi": ("STT|Nội dung họp|Ý kiến|Người phát biểu|Kết luận", "n t t p t"),
        "en": ("Topic|Discussion|Decision|Raised by", "t t t p"),
        "de": ("TOP|Thema|Beschluss|Verantwortlich|Termin", "n t t p d"),
        "ja": ("議題|内容|決定事項|担当者|期限", "t t t p d"),
    },
    "tasks": {
        "vi": ("STT|Công việc|Người thực hiện|Ngày bắt đầu|Hạn chót|Trạng thái|Ghi chú", "n t p d d s t"),
        "en": ("ID|Task|Assignee|Start date|Due date|Status|Priority|Notes", "i t p d d s t t"),
        "zh": ("序号|任务|负责人|开始日期|截止日期|状态", "n t p d d s"),
        "pt": ("Tarefa|Responsável|Início|Prazo|Status", "t p d d s"),
        "es": ("Tarea|Responsable|Fecha inicio|Fecha fin|Estado", "t p d d s"),
        "fr": ("Tâche|Responsable|Date de début|Échéance|Statut", "t p d d s"),
        "de": ("Aufgabe|Verantwortlich|Beginn|Fällig am|Status", "t p d d s"),
        "ru": ("№|Задача|Исполнитель|Дата начала|Срок|Статус", "n t p d d s"),
        "tr": ("Görev|Sorumlu|Başlangıç Tarihi|Bitiş Tarihi|Durum", "t p d d s"),
        "ko": ("업무|담당자|시작일|마감일|상태", "t p d d s"),
    },
    "schedule": {
        "en": ("WBS|Task name|Start|Finish|Duration|% Complete|Predecessors|Resource", "i t d d q q i p"),
        "vi": ("STT|Hạng mục công việc|Bắt đầu|Kết thúc|Số ngày|% Hoàn thành|Phụ trách", "n t d d q q p"),
        "de": ("Nr.|Vorgang|Anfang|Ende|Dauer|% abgeschlossen", "n t d d q q"),
    },
    "risks": {
        "en": ("ID|Risk|Likelihood|Impact|Mitigation|Owner|Status", "i t q q t p s"),
        "vi": ("STT|Rủi ro|Khả năng xảy ra|Mức độ ảnh hưởng|Biện pháp|Người phụ trách", "n t q q t p"),
        "fr": ("N°|Risque|Probabilité|Impact|Actions|Responsable", "n t q q t p"),
    },
    "marks": {
        "vi": ("STT|Họ và tên|Toán|Văn|Tiếng Anh|Điểm trung bình|Xếp loại", "n p q q q q t"),
        "en": ("Student|Maths|Physics|English|Average|Grade", "p q q q q t"),
        "es": ("Alumno|Matemáticas|Lengua|Inglés|Promedio|Nota", "p q q q q q"),
    },
    "leads": {
        "en": ("Customer|Product|Amount|Stage|Probability|Close date|Salesperson", "g t m s q d p"),
        "vi": ("Khách hàng|Sản phẩm|Giá trị hợp đồng|Giai đoạn|Ngày ký|Nhân viên kinh doanh", "g t m s d p"),
        "pt": ("Cliente|Produto|Valor|Etapa|Data de fechamento|Vendedor", "g t m s d p"),
    },
    "expenses": {
        "en": ("Date|Description|Category|Amount|Paid by", "d t g m p"),
        "vi": ("Ngày|Nội dung chi|Số tiền|Người chi|Ghi chú", "d t m p t"),
        "ja": ("日付|内容|金額|支払者", "d t m p"),
    },
    "defects": {
        "en": ("Bug ID|Title|Severity|Status|Assigned to|Reported by|Created", "i t s s p p d"),
        "vi": ("Mã lỗi|Mô tả|Mức độ|Trạng thái|Người xử lý|Ngày tạo", "i t s s p d"),
        "zh": ("编号|标题|严重程度|状态|负责人|创建日期", "i t s s p d"),
    },
    "answers": {
        "en": ("Timestamp|Email address|How satisfied are you?|What should we improve?", "d e q t"),
        "vi": ("Dấu thời gian|Họ và tên|Bạn hài lòng ở mức nào?|Góp ý", "d p q t"),
    },
    "sprint": {
        "en": ("Key|Summary|Story points|Sprint|Assignee|Status", "i t q t p s"),
        "fr": ("Clé|Résumé|Points|Sprint|Assigné à|Statut", "i t q t p s"),
    },
    "burndown": {
        "en": ("Day|Ideal remaining|Remaining points|Completed points", "d q q q"),
        "vi": ("Ngày|Còn lại lý tưởng|Còn lại thực tế|Điểm hoàn thành", "d q q q"),
    },
}
_TITLES = ("", "", "2025", "Q3/2025")


def other(random: Random, family: str, language: str) -> Workbook:
    """Make a workbook without goals."""
    names, kinds = OTHERS[family][language]
    rows: list[list[CellValue]] = []
    title = random.choice(_TITLES)
    if title:
        rows += [[f"{names.split('|')[1]} {title}"], []]
    rows.append([int(name) if name.isdigit() else name for name in names.split("|")])
    rows += [[_cell(random, language, kind, row) for kind in kinds.split()] for row in range(random.randint(4, 12))]
    return Workbook(f"{family} {language}.xlsx", "memory", (Worksheet("Sheet1", rows),), "1")


def _cell(random: Random, language: str, kind: str, row: int) -> CellValue:
    things: Mapping[str, Sequence[CellValue]] = {
        "p": PEOPLE.get(language, PEOPLE["en"]), "u": UNITS.get(language, UNITS["en"]),
        "g": TEAMS.get(language, TEAMS["en"]),
        "t": [*MEASURES[language], *GOALS[language]], "x": ["x", "x", "P", "v", None], "s": ["Done", "Open", "OK"],
    }  # fmt: skip
    if kind in things:
        return random.choice(things[kind])
    if kind == "d":
        return date(2025, 3, 1) + timedelta(days=row)
    made: Mapping[str, CellValue] = {
        "n": row + 1,
        "e": f"a{row}@example.com",
        "m": random.randint(1, 900) * 1000,
        "q": random.randint(1, 90),
        "h": 8,
        "i": f"A{100 + row}",
    }
    return made[kind]
