"""The allocator of columns, for commands that read whole files."""


def give_memory_back() -> None:
    """Have Arrow use the allocator that soonest gives what is freed back to the system, where it was built with it:
    linking a million records then peaks a tenth lower."""
    import pyarrow as pa

    try:
        pool = pa.jemalloc_memory_pool()
    except NotImplementedError:
        return
    pa.set_memory_pool(pool)
    pa.jemalloc_set_decay_ms(0)
