"""Identifiers, telephones, e-mail addresses and sexes as numbers: each text is parsed once, or at least fast."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from eyre.normalise.email import parse_email
from eyre.normalise.identifier import parse_identifier, parse_ssn
from eyre.normalise.phone import parse_phone
from eyre.normalise.sex import parse_sex
from eyre.normalise.text import fold
from eyre.resolve.gather import gathered
from eyre.resolve.kernel import kernel
from eyre.resolve.layout import Int8, Int32, Int64, UInt64
from eyre.resolve.said import IdentifierColumns, SaidColumns, TextColumn
from eyre.resolve.text_hash import hash_texts
from eyre.resolve.texts.distinct import Values, coded_values, distinct
from eyre.resolve.texts.parse_emails import hashes_of_emails, parse_emails
from eyre.resolve.texts.parse_numbers import hashes_of_numbers, parse_identifiers, parse_ssns
from eyre.resolve.texts.parse_phones import parse_phones

NUMBER_KINDS = ("ssn", "sid", "fbi", "driver_licence", "doc", "subject", "party", "supervision", "person")
_SSN = NUMBER_KINDS.index("ssn")


class CodedNumbers(NamedTuple):
    """Kind, scope, hash (0 for a placeholder) and digits (of a social security number) of each identifier."""

    kind: Int8
    scope: UInt64
    hash: UInt64
    digits: Int64


def code_numbers(said: IdentifierColumns) -> CodedNumbers:
    """What identifiers say."""
    type_codes, types = distinct(said.type)
    issuer_codes, issuers = distinct(said.issuer)
    kind = gathered(np.array([NUMBER_KINDS.index(each) for each in types], dtype=np.int8), type_codes)
    scope = _scopes((type_codes, types), (issuer_codes, issuers))
    hashes, digits = _parsed_numbers(said, kind == _SSN)
    known = hashes != 0
    hashes[known] ^= scope[known]
    return CodedNumbers(kind, scope, hashes, digits)


def code_phones(said: TextColumn) -> Int64:
    """Telephone numbers in E.164, 0 for none."""
    codes, values = coded_values(said.text)
    if isinstance(values, list):
        numbers = np.array([parse_phone(value) for value in values], dtype=np.int64)
    else:
        numbers = parse_phones(values)
    return numbers if codes is None else gathered(numbers, codes)


def code_emails(said: TextColumn) -> UInt64:
    """Hashes of e-mail addresses, 0 for none."""
    codes, values = coded_values(said.text)
    if isinstance(values, list):
        hashes = hashes_of_emails([parse_email(value) for value in values])
    else:
        hashes = parse_emails(values)
    return hashes if codes is None else gathered(hashes, codes)


def code_sexes(said: SaidColumns) -> Int8:
    """All that is said of each record's sex, in bits."""
    codes, values = distinct(said.sexes.text)
    sex = np.zeros(said.count, dtype=np.int8)
    _add_bits(codes, np.array([parse_sex(value) for value in values], dtype=np.int8), said.sexes.row, sex)
    return sex


@kernel
def _add_bits(codes: Int32, bits: Int8, row: Int32, sex: Int8) -> None:
    for i in range(len(row)):
        sex[row[i]] |= bits[codes[i]]


def _scopes(types: tuple[Int32, list[str]], issuers: tuple[Int32, list[str]]) -> UInt64:
    """A hash for each pair of type and issuer."""
    type_codes, type_names = types
    issuer_codes, issuer_names = issuers
    if len(type_names) == len(issuer_names) == 1:
        return np.full(len(type_codes), hash_texts([f"{type_names[0]}:{fold(issuer_names[0])}"])[0], dtype=np.uint64)
    many = len(issuer_names) + 1
    pairs, row = np.unique(type_codes.astype(np.int64) * many + issuer_codes, return_inverse=True)
    return hash_texts([f"{type_names[each // many]}:{fold(issuer_names[each % many])}" for each in pairs])[row]


def _parsed_numbers(said: IdentifierColumns, as_ssn: NDArray[np.bool_]) -> tuple[UInt64, Int64]:
    """Hash and digits of each value, read as a social security number or as any other; 0 for a placeholder."""
    codes, values = coded_values(said.value)
    row = np.arange(len(as_ssn), dtype=np.int32) if codes is None else codes
    ssn_hashes, digits = _ssns(values)
    if as_ssn.all():
        return gathered(ssn_hashes, row), gathered(digits, row)
    others = _identifiers(values)
    return np.where(as_ssn, ssn_hashes[row], others[row]), np.where(as_ssn, digits[row], 0)


def _ssns(values: Values) -> tuple[UInt64, Int64]:
    if not isinstance(values, list):
        return parse_ssns(values)
    parsed = [parse_ssn(value) for value in values]
    return hashes_of_numbers(parsed), np.array([int(value or 0) for value in parsed], dtype=np.int64)


def _identifiers(values: Values) -> UInt64:
    if not isinstance(values, list):
        return parse_identifiers(values)
    return hashes_of_numbers([parse_identifier(value) for value in values])
