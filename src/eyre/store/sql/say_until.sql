with standing as (
    update eyre.record r set as_of = %(until)s
    where r.source = %(source)s and not r.deleted and r.as_of < %(until)s
        and exists (select from eyre.run u where u.record = r.id and u.last_at is null)
    returning r.id, r.content_hash
)
update eyre.record_version v set last_as_of = greatest(v.last_as_of, %(until)s)
from standing s where v.record = s.id and v.content_hash = s.content_hash
