-- Rows that may not be taken: of a purged record, or of one whose id is already that of another record.
select i.ordinal, p.record is not null as purged
from incoming i
left join eyre.purged p on p.record = i.record
left join eyre.record r on r.id = i.record
where p.record is not null or (r.source, r.source_key) <> (%(source)s, i.source_key);
