with gone as (
    delete from eyre.tally where beaten_at < clock_timestamp() - %(after)s and worker <> '' returning counts
), added as (
    select name, sum(value::double precision) as total
    from (select counts from gone union all select counts from eyre.tally where worker = '') each_of,
        jsonb_each_text(counts) as told (name, value)
    where exists (select from gone)
    group by name
)
insert into eyre.tally (worker, counts)
select '', jsonb_object_agg(name, total) from added having count(*) > 0
on conflict (worker) do update set counts = excluded.counts
