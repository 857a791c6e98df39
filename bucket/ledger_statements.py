"""The table of the ledger and the statements that change it. Keys and URLs are bytes: not all are UTF-8."""

from typing import Final

SCHEMA_VERSION: Final = 1

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS objects (
    bucket         BLOB NOT NULL,
    key            BLOB NOT NULL,
    version        TEXT NOT NULL,
    size           INTEGER NOT NULL,
    modified_at    REAL NOT NULL,
    state          TEXT NOT NULL CHECK (state IN ('seen', 'claimed', 'done', 'refused', 'failed')),
    sha256         TEXT NOT NULL DEFAULT '',
    reason         TEXT NOT NULL DEFAULT '',
    job            TEXT NOT NULL DEFAULT '',
    plan           TEXT NOT NULL DEFAULT '',
    alias_of       BLOB NOT NULL DEFAULT x'',
    attempts       INTEGER NOT NULL DEFAULT 0,
    first_seen_at  REAL NOT NULL,
    changed_at     REAL NOT NULL,
    next_try_at    REAL,
    gone_at        REAL,
    quarantine_key BLOB NOT NULL DEFAULT x'',
    moved_at       REAL,
    claimed_by     TEXT NOT NULL DEFAULT '',
    claimed_until  REAL,
    PRIMARY KEY (bucket, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS objects_by_state ON objects (bucket, state, next_try_at);
CREATE INDEX IF NOT EXISTS objects_by_content ON objects (sha256, plan) WHERE state = 'done';
"""

# A new object, or a new version of one, or one that is due again: done or given up under another plan, or
# lying under its key again after it had been moved into the quarantine. Claimed ones are left to their
# watcher.
SIGHT: Final = """
INSERT INTO objects (bucket, key, version, size, modified_at, state, first_seen_at, changed_at, next_try_at)
VALUES (:bucket, :key, :version, :size, :modified_at, 'seen', :now, :now, :now)
ON CONFLICT (bucket, key) DO UPDATE SET
    version = excluded.version, size = excluded.size, modified_at = excluded.modified_at, state = 'seen',
    sha256 = '', reason = '', job = '', plan = '', alias_of = x'', attempts = 0, changed_at = :now,
    next_try_at = :now, gone_at = NULL, quarantine_key = x'', moved_at = NULL
WHERE state <> 'claimed' AND (
    version <> excluded.version
    OR (plan <> :plan AND (state = 'done' OR (state = 'failed' AND next_try_at IS NULL)))
    OR moved_at < :now
)
"""

FOUND_AGAIN: Final = """
UPDATE objects SET gone_at = NULL WHERE bucket = :bucket AND key = :key AND gone_at IS NOT NULL
"""

GONE: Final = """
UPDATE objects SET gone_at = :now WHERE bucket = :bucket AND key = :key AND gone_at IS NULL
"""

DUE: Final = """
SELECT key, version FROM objects
WHERE bucket = :bucket AND state IN ('seen', 'failed') AND next_try_at <= :now AND gone_at IS NULL
ORDER BY next_try_at, key
"""

CLAIM: Final = """
UPDATE objects SET state = 'claimed', claimed_by = :claimant, claimed_until = :until, attempts = attempts + 1
WHERE bucket = :bucket AND key = :key AND version = :version AND state IN ('seen', 'failed')
RETURNING *
"""

RENEW: Final = """
UPDATE objects SET claimed_until = :until WHERE claimed_by = :claimant AND state = 'claimed'
"""

SETTLE: Final = """
UPDATE objects SET
    state = :state, reason = :reason, sha256 = :sha256, job = :job, plan = :plan, alias_of = :alias_of,
    attempts = attempts - :untried, next_try_at = :next_try_at, quarantine_key = :quarantine_key,
    moved_at = NULL, claimed_by = '', claimed_until = NULL
WHERE bucket = :bucket AND key = :key AND version = :version AND state = 'claimed' AND claimed_by = :claimant
RETURNING *
"""

# Whose claim ended without a word: the attempt counts, since it may be what ended the watcher.
GIVE_BACK: Final = """
UPDATE objects SET state = 'seen', next_try_at = :now, claimed_by = '', claimed_until = NULL
WHERE state = 'claimed' AND (claimed_by = :claimant OR claimed_until < :now)
"""

MOVED: Final = """
UPDATE objects SET moved_at = :moved_at, quarantine_key = :quarantine_key
WHERE bucket = :bucket AND key = :key AND version = :version AND state = 'refused'
"""

RETRY: Final = """
UPDATE objects SET state = 'seen', reason = '', attempts = 0, next_try_at = :now, plan = '', job = '',
    quarantine_key = x'', moved_at = NULL, gone_at = NULL
WHERE bucket = :bucket AND key = :key AND state IN ('refused', 'failed', 'done')
RETURNING *
"""

PRESENT: Final = "SELECT key FROM objects WHERE bucket = :bucket AND gone_at IS NULL"

CLAIMED_KEYS: Final = "SELECT key FROM objects WHERE bucket = :bucket AND state = 'claimed'"

NEXT_TRY: Final = """
SELECT min(next_try_at) AS next_try_at FROM objects
WHERE bucket = :bucket AND state IN ('seen', 'failed') AND next_try_at > :now AND gone_at IS NULL
"""

UNMOVED: Final = """
SELECT * FROM objects
WHERE bucket = :bucket AND state = 'refused' AND quarantine_key <> x'' AND moved_at IS NULL
"""

CLAIMANTS: Final = "SELECT DISTINCT claimed_by FROM objects WHERE state = 'claimed'"

DONE_WITH: Final = """
SELECT * FROM objects
WHERE sha256 = :sha256 AND plan = :plan AND state = 'done' AND alias_of = x'' LIMIT 1
"""

ENTRIES: Final = "SELECT * FROM objects WHERE :state IS NULL OR state = :state ORDER BY bucket, key"
