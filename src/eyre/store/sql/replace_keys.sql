insert into eyre.record_key (key, class, groups, record)
select i.key, r.class, i.groups, i.record
from incoming_key i join eyre.record r on r.id = i.record and not r.deleted
