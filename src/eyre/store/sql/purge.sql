-- Every trace of one record, what was refused of it and what was judged about it included.
with versions as (
    delete from eyre.record_version where record = %(record)s returning delivery, place
), issues as (
    delete from eyre.issue i using versions v where i.delivery = v.delivery and i.place = v.place
), refused as (
    delete from eyre.quarantined where record = %(record)s
), judged as (
    delete from eyre.judgement where left_record = %(record)s or right_record = %(record)s
), parts as (
    delete from eyre.record_part where record = %(record)s returning record, keys
), keys as (
    delete from eyre.record_key k using parts p, eyre.keys_in(p.keys) as own (key)
    where k.key = own.key and k.record = p.record
)
delete from eyre.record where id = %(record)s
