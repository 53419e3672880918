select r.id, r.source, coalesce((select n.source_key from eyre.record_name n where n.record = r.id), ''), r.class,
    r.first_said_at, r.as_of, r.delivery, r.place,
    (select case %(groups)s::integer when 1023 then s.parts else eyre.parts_among(s.parts, %(groups)s::integer) end
        from eyre.said s where s.record = r.id)
from eyre.record r
order by r.id
