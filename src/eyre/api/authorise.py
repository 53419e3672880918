"""Who may send for a source: whoever has one of its tokens."""

import hashlib
import hmac

from eyre.api.door import Tokens

_NOBODY = (bytes(32),)
"""What a token is compared with where the source has none, so that it takes as long and tells nothing."""


def may_send_for(tokens: Tokens, source: str, authorization: str) -> bool:
    """Whether the header `Authorization: Bearer TOKEN` has a token of `source`. Compared by hash, in constant time: a
    source that is not known and a token that is wrong cannot be told apart."""
    scheme, _, token = authorization.partition(" ")
    given = hashlib.sha256(token.strip().encode()).digest()
    same = [hmac.compare_digest(given, each) for each in tokens.get(source, _NOBODY)]
    return scheme.lower() == "bearer" and source in tokens and any(same)
