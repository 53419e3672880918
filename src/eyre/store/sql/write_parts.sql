insert into eyre.record_part (record, grp, class, body)
select record, grp, class, body from incoming_part;
