"""The bytes of a mail: one header each, one recipient, Vietnamese whole, and nothing that a cell could add."""

from __future__ import annotations

import email
import email.policy
from datetime import UTC, datetime
from email.header import decode_header, make_header
from pathlib import Path
from random import Random

import pytest
from fast_mail_parser import parse_email, parse_email_tree, walk
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.errors import DeliveryRefused
from sheetsync.post import Image, Mailbox, valid_address
from sheetsync.report.mail import compose
from sheetsync.report.mail_headers import clean, clean_name, label
from tests.report.letters import letter, vietnamese
from tests.report.rfc_reader import decoded, fields, mailboxes

GOLDEN = Path(__file__).parent / "golden" / "letter.eml"
HEADERS = [
    "Date",
    "From",
    "To",
    "Subject",
    "Message-ID",
    "List-Id",
    "List-Unsubscribe",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "Content-Language",
    "MIME-Version",
    "Content-Type",
]
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452") + bytes(range(256)) * 3
HOSTILE = (
    "x\r\nBcc: evil@example.com",
    "x\nBcc: evil@example.com\n\n<script>",
    "x\r\n\r\nbody",
    "x =?utf-8?q?=0d=0aBcc:_evil@example.com?=",
    "=?utf-8?b?DQpCY2M6IGVAZS5l?=",
    "=?utf-8?q?x=2C_?=evil@example.com",
    "=\u200b?utf-8?q?x=2C?=",
    "A, evil@example.com",
    "A; evil@example.com",
    'A" <evil@example.com>, "B',
    "A <evil@example.com>",
    "A (comment",
    "A\\",
    '"',
    "\u202eevil\u202c",
    "\u2066a\u2069\u2028Bcc: e@e.e\u2029\x85Bcc: e@e.e\x0bBcc: e@e.e\x0c",
    "\x00\x1b[31m\ud83d",
    "group: a@b.c, d@e.f;",
    "\U000e0001\U000e0042",
    "ố" * 400,
    "A" * 400,
    'Lê, Hương; Trần: Bảo "sếp" <x@y.z>',
)


def read(data: bytes) -> tuple[list[tuple[str, str]], dict[str, list[str]]]:
    """Read the header by our own reader of the RFCs and by Rust's mailparse."""
    return fields(data), parse_email(data).headers


def test_three_thousand_subjects_and_names_survive_three_parsers() -> None:
    """Shows that random Vietnamese subjects and names come back letter by letter from three independent parsers."""
    random = Random(20261122)  # noqa: S311 - drawn for a test
    longest = 0
    for count in range(3000):
        subject = vietnamese(random, 24)
        name, sender = vietnamese(random, 8), vietnamese(random, 14)
        made = compose(
            letter(
                subject=subject, sender=Mailbox("okr@a.vn", sender), recipient=Mailbox("b@a.vn", name), key=str(count)
            )
        )
        wanted = (clean(subject), clean_name(sender), clean_name(name))
        own = dict(fields(made.data))
        assert wanted == (decoded(own["Subject"]), mailboxes(own["From"])[0][0], mailboxes(own["To"])[0][0])
        rust = parse_email(made.data)
        assert wanted == (rust.subject, rust.from_ and rust.from_.display_name, rust.to[0].display_name)
        parsed = email.message_from_bytes(made.data)
        assert str(make_header(decode_header(parsed["Subject"]))) == wanted[0]
        longest = max(longest, *(len(line) for line in made.data.split(b"\r\n")))
    assert longest <= 78


def test_cleaning_keeps_what_people_write() -> None:
    """Shows that real subjects pass unchanged, a no-break space before the currency too."""
    for text in ("Còn 3 ô OKR cần cập nhật trước 17:00 thứ Sáu", "Đạt 12 tỷ\u00a0₫ (31 %)", "👩‍💻 Lê's R&D: 5 < 7?"):
        assert clean(text) == text


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_from_a_sheet_adds_a_header_or_recipient(value: str) -> None:
    """Shows that hostile subjects, names and keys yield the usual headers and one recipient, in three parsers."""
    hostile = letter(
        subject=value,
        sender=Mailbox("okr@minhlong.vn", value),
        recipient=Mailbox("huong@minhlong.vn", value),
        kind=value,
        workspace=value,
        language=value,
        key=value.encode("utf-8", "replace").decode(),
        html=f"<p>{value}</p>",
        text=value,
    )
    data = compose(hostile).data
    own, rust = read(data)
    assert [name for name, _ in own] == HEADERS
    assert set(rust) == set(HEADERS)
    assert [address for _, address in _boxes(own, "To")] == ["huong@minhlong.vn"]
    assert [box.address for box in parse_email(data).to] == ["huong@minhlong.vn"]
    parsed = email.message_from_bytes(data, policy=email.policy.default)
    assert parsed.keys() == HEADERS
    assert [one.addr_spec for one in parsed["To"].addresses] == ["huong@minhlong.vn"]
    assert [one.addr_spec for one in parsed["From"].addresses] == ["okr@minhlong.vn"]


PIECES: tuple[str, ...] = (
    "\r\n",
    "\n",
    "\r",
    "Bcc: e@e.e",
    "=?utf-8?q?",
    "=0d=0a",
    "?=",
    "=?utf-8?b?DQpCY2M6IGVAZS5l?=",
    ",",
    ";",
    ":",
)
PIECES += (
    "<",
    ">",
    "@",
    '"',
    "\\",
    "(",
    ")",
    "\u202e",
    "\u2028",
    "\x85",
    "\x00",
    "a",
    "đ",
    " ",
    "\t",
    "e@e.e",
    "\u200b",
)


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_no_mixture_of_signs_adds_a_header_or_recipient(value: str) -> None:
    """Shows the same for any mixture of the signs that headers and addresses are made of."""
    box = Mailbox("huong@minhlong.vn", value)
    data = compose(letter(subject=value, recipient=box, reply_to=box, workspace=value)).data
    own = fields(data)
    assert [name for name, _ in own] == [*HEADERS[:3], "Reply-To", *HEADERS[3:]]
    assert [box.address for box in parse_email(data).to] == ["huong@minhlong.vn"]
    parsed = email.message_from_bytes(data, policy=email.policy.default)
    assert [one.addr_spec for one in parsed["To"].addresses] == ["huong@minhlong.vn"]
    assert [one.addr_spec for one in parsed["Reply-To"].addresses] == ["huong@minhlong.vn"]
    assert [address for _, address in _boxes(own, "To")] == ["huong@minhlong.vn"]


def _boxes(own: list[tuple[str, str]], header: str) -> list[tuple[str, str]]:
    value = dict(own)[header]
    return mailboxes(value) if "<" in value else [("", value.strip())]


def test_a_name_decoded_too_early_is_still_one_recipient() -> None:
    """Shows that a program which decodes names first, and looks for addresses afterwards, finds one alone."""
    for value in HOSTILE:
        told = f"{clean_name(value)} <huong@minhlong.vn>"
        assert not set(clean_name(value)) & set('",;:<>@()[]\\\r\n')
        assert told.count("@") == 1


@given(st.text(max_size=300))
def test_any_text_is_read_back_as_it_was_cleaned(value: str) -> None:
    """Shows that any text at all, once cleaned, is stable, and is what a parser reads from Subject and To."""
    assert clean(clean(value)) == clean(value)
    own = dict(fields(compose(letter(subject=value, recipient=Mailbox("b@a.vn", value))).data))
    assert decoded(own["Subject"]) == clean(value)
    assert (mailboxes(own["To"])[0][0] if "<" in own["To"] else "") == clean_name(value)


@given(st.text(max_size=2000))
def test_any_body_is_read_back(value: str) -> None:
    """Shows that any text comes back from both parts, its line ends aside, in lines that every server takes."""
    made = compose(letter(html=value, text=value)).data
    assert made.isascii()
    assert max(map(len, made.split(b"\r\n"))) <= 78
    assert b"\r" not in made.replace(b"\r\n", b"")
    assert b"\n" not in made.replace(b"\r\n", b"")
    parsed = email.message_from_bytes(made, policy=email.policy.default)
    wanted = value.encode("utf-8", "replace").decode().replace("\r\n", "\n").replace("\r", "\n") + "\n"
    parts = [part.get_payload(decode=True) for part in parsed.iter_parts()]
    assert len(parts) == 2
    for payload in parts:
        assert isinstance(payload, bytes)
        assert payload.decode().replace("\r\n", "\n").rstrip("\n") == wanted.rstrip("\n")


def test_the_bytes_are_frozen() -> None:
    """Shows that the same letter gives the same bytes for ever (golden file), and another key another Message-ID."""
    made = compose(letter())
    assert made.data == GOLDEN.read_bytes()
    assert compose(letter()) == made
    assert compose(letter(key="other")).message_id != made.message_id
    assert made.message_id.endswith("@minhlong.vn>")


def test_the_date_is_the_company_s() -> None:
    """Shows that Date holds the moment in the zone that it was handed in, and that one without a zone is refused."""
    own = dict(fields(compose(letter()).data))
    assert own["Date"] == " Sun, 22 Nov 2026 07:05:09 +0700"
    utc = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert dict(fields(compose(letter(at=utc)).data))["Date"] == " Fri, 02 Jan 2026 03:04:05 +0000"
    with pytest.raises(ValueError, match="time zone"):
        compose(letter(at=utc.replace(tzinfo=None)))


def test_answers_and_lists_are_named() -> None:
    """Shows Reply-To, List-Id, List-Unsubscribe by mail to whom answers go, and the marks of automatic mail."""
    own = dict(fields(compose(letter(reply_to=Mailbox("bao+okr@minhlong.vn", "Trần Bảo"))).data))
    assert mailboxes(own["Reply-To"]) == [("Trần Bảo", "bao+okr@minhlong.vn")]
    assert own["List-Id"] == " <company.minh-long.sheetsync.minhlong.vn>"
    assert own["List-Unsubscribe"] == " <mailto:bao%2Bokr@minhlong.vn?subject=STOP%20company>"
    assert own["Auto-Submitted"] == " auto-generated"
    assert own["X-Auto-Response-Suppress"] == " All"


def test_pictures_stand_beside_the_html() -> None:
    """Shows that a picture is whole, and that it belongs to the HTML part which names it."""
    made = compose(letter(images=(Image("logo", "png", PNG),), html='<img src="cid:logo">')).data
    kinds = [part.content_type for part in walk(parse_email_tree(made))]
    assert kinds == ["multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png"]
    parsed = email.message_from_bytes(made)
    picture = next(part for part in parsed.walk() if part.get_content_type() == "image/png")
    assert picture["Content-ID"] == "<logo>"
    assert picture.get_payload(decode=True) == PNG


@pytest.mark.parametrize("name", ["", "a b", "a\r\nX: y", 'a"b'])
def test_a_picture_needs_a_plain_name(name: str) -> None:
    """Shows that a picture's name cannot break out of its header."""
    with pytest.raises(ValueError, match="picture"):
        compose(letter(images=(Image(name, "png", PNG),)))


@pytest.mark.parametrize(
    "address",
    [
        "",
        "huong",
        "@a.vn",
        "a@",
        "hương@a.vn",
        "a@đ.vn",
        "a@b.vn, c@d.vn",
        "a b@c.vn",
        "a@b.vn\r\nBcc: x@y.z",
        '"a"@b.vn',
        "a..b@c.vn",
        ".a@b.vn",
        "a@b..vn",
        "a@-b.vn",
        "=?utf-8?q?x?=@b.vn",
        f"{'a' * 65}@b.vn",
        "<a@b.vn>",
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    """Shows that no mail is made for an address that a server would refuse, or read as two."""
    assert not valid_address(address)
    with pytest.raises(DeliveryRefused) as caught:
        compose(letter(recipient=Mailbox(address, "Hương")))
    assert caught.value.key == "mail.address"
    assert "\n" not in caught.value.params["address"]


def test_labels_are_plain() -> None:
    """Shows that a Vietnamese name becomes letters, digits and hyphens, and nothing becomes a letter too."""
    assert label("Đội Kinh doanh (Hà Nội)") == "doi-kinh-doanh-ha-noi"
    assert label("…") == "x"
