"""Adopted tables in other languages are read with the words of their language, and no other table is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from sheetsync.locales import word_lists
from sheetsync.mapping import ColumnMapping, TableMapping
from sheetsync.model import Bounds, Direction, Done, Frequency, Goals, KeyResult, Quantity
from sheetsync.reading.adopted.languages import languages_of
from sheetsync.reading.targets import Texts
from sheetsync.reading.titles import TitleNumbers
from sheetsync.reading.understanding.outcome import Column, Reason, Table
from sheetsync.reading.words import Words
from tests.reading.adopted.adopting import adopted, by, vocabulary
from tests.reading.sheets import LEXICON, read, workbook

HEADERS = {
    "pt": ["Objetivo", "Resultado-chave", "Responsável", "Valor inicial", "Meta", "Realizado", "Prazo", "Confiança"],
    "es": ["Objetivo", "Resultado clave", "Responsable", "Línea base", "Meta", "Actual", "Fecha límite", "Confianza"],
    "fr": ["Objectif", "Résultat clé", "Responsable", "Valeur initiale", "Cible", "Réalisé", "Échéance", "Confiance"],
    "ru": ["Цель", "Ключевой результат", "Ответственный", "Начальное значение", "Целевое значение", "Факт", "Срок",
           "Уверенность"],
    "vi": ["Mục tiêu", "Kết quả then chốt", "Người phụ trách", "Giá trị đầu kỳ", "Chỉ tiêu", "Thực hiện", "Hạn",
           "Độ tự tin"],
    "zh": ["目标", "关键结果", "负责人", "基线值", "目标值", "实际值", "截止日期", "信心指数"],
    "ja": ["目標", "主要な結果", "担当者", "基準値", "目標値", "実績", "期限", "自信度"],
    "ko": ["목표", "핵심 결과", "담당자", "기준값", "목표값", "실적", "마감일", "자신감"],
}  # fmt: skip
CONCEPTS = ("objective", "key_result", "owner", "baseline", "target", "current", "due", "confidence")
NUMBERS: list[tuple[str, int, int, int]] = [("NPS", 10, 20, 15), ("Clientes", 5, 9, 7), ("Visitas", 1, 2, 1)]
TABLE = Table("Sheet", "okr", "flat", (1,), 2, 9, ())


def sheet(language: str, *firsts: Sequence[Any]) -> list[Sequence[Any]]:
    """Give the rows of a worksheet in a language; behind those that are given come some of plain numbers."""
    plain = [["Crescer", title, "Ana", *told, date(2026, 3, 31), None] for title, *told in NUMBERS]
    return [HEADERS[language], *firsts, *plain]


def mapping(name: str, language: str) -> TableMapping:
    """Give the mapping of such a worksheet."""
    columns = [ColumnMapping(*told) for told in zip(CONCEPTS, range(1, 9), HEADERS[language], strict=True)]
    return TableMapping((name,), "okr", "flat", (1,), tuple(columns))


def table(language: str, baseline: Any, current: Any, due: Any, confidence: Any) -> Goals:
    """Read an adopted table in a language whose first row has these values."""
    rows = sheet(language, ["Crescer", "Receita", "Ana", baseline, 20, current, due, confidence])
    return by([mapping("Sheet", language)], workbook(Sheet=rows))


def first(*given: Any) -> KeyResult:
    """Give the first key result of such a table."""
    return table(*given).key_results[0]


@pytest.mark.parametrize(
    ("language", "amount", "number", "due", "day", "sure", "share"),
    [
        ("pt", "R$ 1,2 milhões", 1.2e6, "1º trimestre de 2026", date(2026, 3, 31), "alta", 0.8),
        ("pt", "93 dias", 93, "T1/2026", date(2026, 3, 31), "média", 0.5),
        ("es", "1,5 millones", 1.5e6, "5 de enero de 2026", date(2026, 1, 5), "baja", 0.2),
        ("fr", "1,2 M€", 1.2e6, "1er janvier 2026", date(2026, 1, 1), "moyenne", 0.5),
        ("ru", "1,2 млн руб.", 1.2e6, "I квартал 2026", date(2026, 3, 31), "высокая", 0.8),
        ("ru", "5 тыс.", 5e3, "5 января 2026 г.", date(2026, 1, 5), "низкая", 0.2),
        ("zh", "150万元", 1.5e6, "2026年1月5日", date(2026, 1, 5), "高", 0.8),
        ("zh", "3万人", 3e4, "第一季度", date(2026, 3, 31), "中", 0.5),
        ("zh", "5亿", 5e8, "1月", date(2026, 1, 31), "🙂", 0.8),
        ("ja", "2億円", 2e8, "上期", date(2026, 6, 30), "低い", 0.2),
        ("ko", "100만원", 1e6, "2026년 1월 5일", date(2026, 1, 5), "높음", 0.8),
    ],
)
def test_values_are_read_in_the_language_of_the_headers(
    language: str, amount: str, number: float, due: str, day: date, sure: str, share: float
) -> None:
    """Shows that sizes, units, periods, dates and words of confidence of a language are read in a table of it."""
    found = first(language, amount, 15, due, sure)
    assert found.baseline.value is not None
    assert found.baseline.value.number == pytest.approx(number)
    assert found.baseline.raw == amount
    assert found.due.value == day
    assert found.confidence.value == Quantity(share, percent=True)


@pytest.mark.parametrize(
    ("language", "yes", "no"),
    [
        ("pt", "sim", "não"),
        ("es", "Sí", "no hecho"),
        ("ru", "да", "нет"),
        ("zh", "完成", "未完成"),
        ("ja", "はい", "未完了"),
    ],
)
def test_yes_and_no_are_read(language: str, yes: str, no: str) -> None:
    """Shows that the answers of a language are answers in a table of it."""
    assert first(language, 1, yes, None, None).current.value == Done(True)
    assert first(language, 1, no, None, None).current.value == Done(False)


def test_kpis_say_how_often_and_which_way() -> None:
    """Shows that words of direction and frequency are read."""
    header = ["Indicador", "Unidade", "Meta", "Realizado", "Sentido", "Frequência"]
    rows = [["Churn", "%", 5, 4, "menor é melhor", "trimestral"], ["NPS", "", 9, 8, "maior melhor", "mensal"]]
    kpi = adopted(Sheet=[header, *rows]).kpis[0]
    assert (kpi.direction.value, kpi.frequency.value) == (Direction.LOWER, Frequency.QUARTER)


def test_the_same_letter_means_what_it_means_in_the_language_of_its_table() -> None:
    """Shows that T1 is a quarter in a Portuguese table and a month in a Vietnamese one of the same workbook."""
    row = ["Crescer", "Receita", "Ana", 1, 20, 5, "T1/2026", None]
    book = workbook(A=sheet("vi", row), B=sheet("pt", row))
    goals = by([mapping("A", "vi"), mapping("B", "pt")], book)
    ends = [item.due.value for item in goals.key_results if item.title.value == "Receita"]
    assert ends == [date(2026, 1, 31), date(2026, 3, 31)]


def test_doubts_and_keys_of_all_languages_come_together() -> None:
    """Shows that what is doubted in a table of another language is told, and that no two rows have one key."""
    unclear, rough = (["Crescer", "Receita", "Ana", 1, told, 5, None, None] for told in ("1.234", "~5"))
    book = workbook(A=sheet("pt", unclear), B=sheet("fr", rough))
    goals = by([mapping("A", "pt"), mapping("B", "fr")], book)
    assert [(doubt.cell.sheet, doubt.kind) for doubt in goals.doubts] == [("A", "number"), ("B", "rough")]
    assert len({item.key for item in goals.key_results}) == len(goals.key_results) == 8


def test_a_table_of_ours_knows_no_foreign_words() -> None:
    """Shows that templates are read as ever: a foreign word there is reported, not understood."""
    found = read(
        OKR=[["Key result", "Owner", "Target", "Current", "Confidence"], ["A", "An", "93 dias", "sim", "alta"]]
    )
    (item,) = found.key_results
    assert item.target.unreadable
    assert item.current.unreadable
    assert item.confidence.unreadable


@pytest.mark.parametrize(
    ("headers", "languages"),
    [
        (HEADERS["pt"], ("pt",)),
        (HEADERS["ru"], ("ru",)),
        (HEADERS["vi"], ()),
        (["Objective", "Key result", "Owner", "Baseline", "Target", "Actual", "Due date", "Confidence"], ()),
        (["目标 Objective", "关键结果 Key Result", "负责人 Owner", "基线值", "目标值 Target", "Actual"], ("zh",)),
        (["KPI", "Status", "Total", "Target", "Actual", "Unit", "Weight", "Notes"], ()),
    ],
)
def test_the_language_is_that_of_most_headers(headers: list[str], languages: tuple[str, ...]) -> None:
    """Shows that English and Vietnamese need no further words, and that signs with English beside them do."""
    told = enumerate(zip(CONCEPTS, headers, strict=False), 1)
    columns = tuple(Column(concept, place, header, 1.0, Reason("header")) for place, (concept, header) in told)
    assert languages_of(vocabulary(), TABLE._replace(columns=columns)) == languages


@pytest.mark.parametrize(
    ("language", "text", "target"),
    [
        ("pt", "mais 10%", 0.1),
        ("pt", "-10% e +10%", Bounds(-0.1, 0.1, percent=True)),
        ("pt", "SIM/NÃO", Done(True)),
        ("es", "SI/NO", Done(True)),
        ("es", "al menos 5", Bounds(5, None)),
        ("es", "10 a 20", Bounds(10, 20)),
        ("de", "mindestens 2 Mio. €", Bounds(2e6, None)),
        ("fr", "jusqu'à 3", Bounds(None, 3)),
        ("ru", "не менее 5", Bounds(5, None)),
        ("ru", "от 10 до 20", Bounds(10, 20)),
        ("tr", "en az %5", Bounds(0.05, None, percent=True)),
        ("zh", "不低于80%", Bounds(0.8, None, percent=True)),
        ("zh", "80以上", Bounds(80, None)),
        ("ja", "3件以下", Bounds(None, 3)),
        ("ko", "80% 이상", Bounds(0.8, None, percent=True)),
    ],
)
def test_targets_are_read_with_the_words_of_a_language(language: str, text: str, target: Any) -> None:
    """Shows that bounds, ranges, changes and questions of yes or no are read in each language."""
    found = Texts(words(language)).target(text)
    assert (getattr(found, "change", None) or found) == target


@pytest.mark.parametrize(
    ("language", "title", "ends"),
    [
        ("pt", "Aumentar o número de clientes de 30 para 50", (30, 50)),
        ("es", "Aumentar las ventas de 30 a 50", (30, 50)),
        ("fr", "Faire passer le NPS de 30 à 50", (30, 50)),
        ("de", "Steigerung des NPS von 30 auf 50", (30, 50)),
        ("ru", "Увеличить выручку с 10 млн до 20 млн", (1e7, 2e7)),
    ],
)
def test_texts_of_goals_tell_their_targets(language: str, title: str, ends: tuple[float, float]) -> None:
    """Shows that a pair of numbers in the text of a key result is found in other languages."""
    found = TitleNumbers(words(language), Texts(words(language))).read(title)
    assert found is not None
    assert (found.start.number, found.target.number) == ends  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "headers",
    [
        ["ID", "KPI", "Owner", "Target", "Actual", "Unit"],
        ["Código", "Indicador", "Responsável", "Meta", "Realizado", "Unidade"],
    ],
)
def test_an_id_that_people_share_is_parted_in_every_language(headers: list[str]) -> None:
    """Shows that KPIs with one id and two owners have keys by their owners, and not by their places."""
    rows: list[list[Any]] = [headers, ["K1", "Receita", "Ana", 10, 5, "un"], ["K1", "Receita", "Bruno", 20, 7, "un"]]
    concepts = ("id", "kpi", "owner", "target", "current", "unit")
    columns = tuple(ColumnMapping(*told) for told in zip(concepts, range(1, 7), headers, strict=True))
    goals = by([TableMapping(("Sheet",), "kpi", "flat", (1,), columns)], workbook(Sheet=rows))
    assert [kpi.key for kpi in goals.kpis] == ["K1-ana", "K1-bruno"]


def words(language: str) -> Words:
    """Give the words of a language before those that every run knows."""
    return Words(LEXICON.before(*(data for data in word_lists() if data["language"] == language)))
