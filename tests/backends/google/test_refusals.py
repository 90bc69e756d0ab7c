"""Google's real error bodies in our words: exit code, sentence, and what they name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.backends.google.refusals import Asked, Told, is_throttled, refused, told_in
from sheetsync.errors import SheetsyncError
from sheetsync.language import Phrases
from sheetsync.locales import load

REAL: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "sheets_server" / "error_shapes.json").read_text("utf-8")
)
LINK = "https://docs.google.com/spreadsheets/d/x/edit"
EMAIL = "robot@acme.iam.gserviceaccount.com"
READING = Asked(LINK, EMAIL)
WRITING = Asked(LINK, EMAIL, writing=True)
FOLDER = Asked("https://drive.google.com/drive/folders/y", EMAIL, folder=True)


def body(code: int, message: str, status: str = "", **more: Any) -> bytes:
    """Give an error's body in Google's form."""
    return json.dumps({"error": {"code": code, "message": message, "status": status, **more}}).encode()


def drive(code: int, reason: str, message: str = "No.") -> bytes:
    """Give an error's body in Drive's older form."""
    return body(code, message, errors=[{"domain": "usageLimits", "reason": reason, "message": message}])


def real(name: str) -> bytes:
    """Give the body of a real error."""
    return json.dumps(REAL[name]).encode()


NO = "The caller does not have permission"
CASES = [
    # key, exit code, HTTP status, body, what was asked
    ("not_found", 4, 404, real("sheets-spreadsheets-get-nonexistent-sheet-id_404"), READING),
    ("no_folder", 4, 404, real("drive-files-get-nonexistent-file-id_404"), FOLDER),
    ("scope", 4, 403, real("fitness-get-wrong-scope_403"), READING),
    ("api_disabled", 4, 403, real("sheets-spreadsheets-get-service-disabled_403"), READING),
    ("api_disabled", 4, 403, real("sheets-spreadsheets-get-api-key-not-enabled_403"), READING),
    ("refused", 3, 400, real("sheets-spreadsheets-get-bad-field-mask_400"), READING),
    ("no_range", 3, 400, real("sheets-spreadsheets-get-nonexistent-range_400"), READING),
    ("not_shared", 4, 403, body(403, NO, "PERMISSION_DENIED"), READING),
    ("view_only", 4, 403, body(403, NO, "PERMISSION_DENIED"), WRITING),
    ("not_shared_folder", 4, 403, drive(403, "insufficientFilePermissions"), FOLDER),
    ("not_shared_user", 4, 403, body(403, NO), Asked(LINK)),
    ("view_only_user", 4, 403, body(403, NO), Asked(LINK, writing=True)),
    ("not_found_user", 4, 404, b"", Asked(LINK)),
    ("no_folder_user", 4, 404, b"", Asked(LINK, folder=True)),
    ("not_shared_folder_user", 4, 403, body(403, NO), Asked(LINK, folder=True)),
    ("storage_full", 3, 403, drive(403, "storageQuotaExceeded"), WRITING),
    ("daily_limit", 5, 403, drive(403, "dailyLimitExceeded"), FOLDER),
    ("api_disabled", 4, 403, drive(403, "accessNotConfigured"), FOLDER),
    ("domain_policy", 4, 403, drive(403, "domainPolicy"), FOLDER),
    ("refused", 4, 403, body(403, "Request is prohibited by organization's policy."), READING),
    ("refused", 4, 403, b"<html>403</html>", READING),
    (
        "not_a_spreadsheet",
        3,
        400,
        body(400, "This operation is not supported for this document", "FAILED_PRECONDITION"),
        READING,
    ),
    (
        "protected",
        3,
        400,
        body(
            400, "Invalid requests[0].updateCells: You are trying to edit a protected cell or object. Please contact..."
        ),
        WRITING,
    ),
    ("protected_user", 3, 400, body(400, "You are trying to edit a protected cell or object."), Asked(LINK)),
    (
        "too_many_cells",
        3,
        400,
        body(400, "This action would increase the number of cells in the workbook above the limit of 10000000 cells."),
        WRITING,
    ),
    ("too_much", 3, 400, body(400, "Request payload size exceeds the limit: 10485760 bytes."), WRITING),
    ("too_much", 3, 413, b"<html>Too large</html>", WRITING),
    ("unauthorized", 4, 401, body(401, "Request had invalid authentication credentials.", "UNAUTHENTICATED"), READING),
    ("unauthorized", 4, 400, body(400, "API key not valid. Please pass a valid API key."), READING),
    ("refused", 3, 302, b"", READING),
    ("refused", 3, 418, b"", WRITING),
]


@pytest.mark.parametrize(("key", "code", "status", "sent", "asked"), CASES)
def test_each_refusal_has_its_sentence_and_exit_code(
    key: str, code: int, status: int, sent: bytes, asked: Asked
) -> None:
    """Shows that each body of Google's leads to its own sentence, complete in both languages, and its exit code."""
    error = refused(status, told_in(sent), asked)
    assert (error.key, error.exit_code) == (f"google.{key}", code)
    for language in ("en", "vi"):
        text = Phrases(load(language)).text(f"error.{error.key}", **error.params)
        assert asked.link in text or key == "api_disabled"
        if "{email}" in said(language, error):
            assert EMAIL in text


def said(language: str, error: SheetsyncError) -> str:
    """Give the text of an error with its braces."""
    named = {name: f"{{{name}}}" for name in error.params}
    return Phrases(load(language)).text(f"error.{error.key}", **named)


def test_a_service_that_is_off_names_the_page_that_switches_it_on() -> None:
    """Shows that the link comes out of Google's answer, from its metadata or, without, from its help."""
    for name, project in (
        ("sheets-spreadsheets-get-service-disabled_403", "1234567890"),
        ("sheets-spreadsheets-get-api-key-not-enabled_403", "977449744253"),
    ):
        params = refused(403, told_in(real(name)), READING).params
        assert params["page"].startswith("https://console.developers.google.com/apis/api/sheets.googleapis.com/")
        assert params["page"].endswith(project)
        assert params["service"] == "sheets.googleapis.com"
    plain = body(
        403,
        "Google Drive API has not been used in project 1 before or it is disabled. Enable it by visiting "
        "https://console.developers.google.com/apis/api/drive.googleapis.com/overview?project=1 then retry.",
    )
    assert refused(403, told_in(plain), FOLDER).params["page"].endswith("drive.googleapis.com/overview?project=1")


ALREADY = "Invalid requests[1].addNamedRange: Cannot add _ss_okr_x, as a named range with that name already exists."
TAKEN = 'Invalid requests[0].addSheet: A sheet with the name "Kết quả 2" already exists. Please enter another name.'
MASK = [
    {"fieldViolations": [{"field": "a", "description": "Unknown name."}, {"field": "b"}, {"description": "Twice."}]}
]


@pytest.mark.parametrize(
    ("status", "sent", "asked", "key", "params"),
    [
        (400, body(400, ALREADY), WRITING, "name_taken", {"reason": ALREADY}),
        (400, body(400, TAKEN), WRITING, "sheet_name_taken", {"sheet": "Kết quả 2"}),
        (400, body(400, "Unable to parse range: 'Q1: plan'!A:Z"), READING, "no_range", {"range": "'Q1: plan'!A:Z"}),
        (400, body(400, "No.", details=MASK), WRITING, "refused", {"reason": "No. Unknown name.  Twice."}),
        (400, body(400, "Something already exists."), WRITING, "refused", {"reason": "Something already exists."}),
        (400, body(400, "A sheet with the name was lost."), WRITING, "refused", {}),
        (418, b"", WRITING, "refused", {"reason": "HTTP 418"}),
        (403, b"", READING, "refused", {"reason": "HTTP 403"}),
        (413, b"", WRITING, "too_much", {}),
        (400, body(400, "Request payload size exceeds the limit: 1 bytes."), WRITING, "too_much", {}),
        (403, body(403, "Request had insufficient authentication scopes."), READING, "scope", {}),
        (418, b'{"error": "teapot"}', READING, "refused", {"reason": "teapot"}),
    ],
)
def test_what_google_names_is_told(status: int, sent: bytes, asked: Asked, key: str, params: dict[str, str]) -> None:
    """Shows that names, ranges and reasons of Google's come through as they are, with the spreadsheet's link."""
    error = refused(status, told_in(sent), asked)
    assert (error.key, error.params["link"]) == (f"google.{key}", LINK)
    assert {name: error.params[name] for name in params} == params


def test_the_page_that_switches_a_service_on_is_that_of_the_metadata() -> None:
    """Shows that the address which Google gives for it comes before all others, and the service by its name."""
    details = [
        {
            "reason": "SERVICE_DISABLED",
            "metadata": {"service": "drive.googleapis.com", "activationUrl": "https://on.example"},
        },
        {"links": [{"url": "https://help.example"}, {}]},
    ]
    params = refused(403, told_in(body(403, "off", details=details)), READING).params
    assert params == {"service": "drive.googleapis.com", "page": "https://on.example"}
    params = refused(
        403, told_in(body(403, "off", details=[{"reason": "SERVICE_DISABLED"}, details[1]])), READING
    ).params
    assert params == {"service": "sheets.googleapis.com", "page": "https://help.example"}
    text = "It is disabled. See (https://console.developers.google.com/x?project=1)., or not."
    params = refused(403, told_in(body(403, text.replace("(", "").replace(")", ""))), READING).params
    assert params["page"] == "https://console.developers.google.com/x?project=1"


def test_a_link_that_google_did_not_make_is_not_told() -> None:
    """Shows that of the links in an answer only those over TLS are passed on."""
    details = [{"reason": "SERVICE_DISABLED", "links": [{"url": "javascript:alert(1)"}, {"url": 7}]}]
    page = refused(403, told_in(body(403, "off", details=details)), READING).params["page"]
    assert page == "https://console.cloud.google.com/apis/library/sheets.googleapis.com"


def test_only_rate_limits_are_throttling() -> None:
    """Shows that 429 in every form and Drive's two reasons wait, and that no other 403 does."""
    quota = real("sheets-spreadsheets-get-quota-exceeded-readgroup_429")
    assert is_throttled(429, told_in(quota))
    assert is_throttled(429, told_in(b"<html>Sorry</html>"))
    for reason, throttled in (
        ("rateLimitExceeded", True),
        ("userRateLimitExceeded", True),
        ("accessNotConfigured", False),
        ("storageQuotaExceeded", False),
        ("dailyLimitExceeded", False),
    ):
        assert is_throttled(403, told_in(drive(403, reason))) is throttled


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["error", "errors", "details", "message", "reason", "metadata", "links", "url", "fieldViolations"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(json_values, st.integers(300, 499), st.booleans())
def test_no_body_whatever_breaks_the_reading(sent: Any, status: int, wrapped: bool) -> None:
    """Shows that a body in any form at all, also one that looks like Google's, gives an error of ours."""
    told = told_in(json.dumps({"error": sent} if wrapped else sent).encode())
    assert isinstance(refused(status, told, READING), SheetsyncError)


@given(st.binary(max_size=60))
def test_no_bytes_break_the_reading(sent: bytes) -> None:
    """Shows that what is not even JSON says nothing, and breaks nothing."""
    assert isinstance(told_in(sent), Told)
