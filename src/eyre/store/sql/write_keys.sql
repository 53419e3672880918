insert into eyre.record_key (key, class, groups, record)
select key, class, groups, record from incoming_key;
