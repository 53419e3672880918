insert into eyre.source (id, publisher, jurisdiction, terms_ref, manifest_hash, manifest)
select * from unnest(
    %(ids)s::text[], %(publishers)s::text[], %(jurisdictions)s::text[], %(terms)s::text[], %(hashes)s::bytea[],
    %(manifests)s::json[]
)
on conflict (id) do update set
    publisher = excluded.publisher, jurisdiction = excluded.jurisdiction, terms_ref = excluded.terms_ref,
    manifest_hash = excluded.manifest_hash, manifest = excluded.manifest
where (source.publisher, source.jurisdiction, source.terms_ref, source.manifest_hash)
    is distinct from (excluded.publisher, excluded.jurisdiction, excluded.terms_ref, excluded.manifest_hash)
