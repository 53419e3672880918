"""The store's own keys: made once, kept in a table that only the owner reads."""

import secrets

import psycopg

from eyre.errors import StoreError
from eyre.store.view_token import hmac_blocks


def read_keys(owner: psycopg.Connection) -> tuple[bytes, bytes]:
    """The key of record ids (`ids.record_id`) and the key that signs views, made on first use. Call with the database's
    migration lock held or in one transaction: of two that make them at once, the first holds."""
    for name in ("record_key", "view_key"):
        owner.execute("insert into eyre.secret values (%s, %s) on conflict do nothing", [name, secrets.token_bytes(32)])
    view_key = _secret(owner, "view_key")
    for name, block in zip(("view_inner", "view_outer"), hmac_blocks(view_key), strict=True):
        owner.execute("insert into eyre.secret values (%s, %s) on conflict do nothing", [name, block])
    return _secret(owner, "record_key"), view_key


def _secret(owner: psycopg.Connection, name: str) -> bytes:
    row = owner.execute("select value from eyre.secret where name = %s", [name]).fetchone()
    if row is None:
        raise StoreError(f"the secret `{name}` is missing", remedy="restore the table `eyre.secret` from a backup")
    return bytes(row[0])
