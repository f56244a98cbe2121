"""On which bases a test goes through its claims."""
import os


def bases():
    """None is SQLite, an address is PostgreSQL's: where SBYT_TEST_PG names a database that may be emptied
    (tests/with_postgres). SBYT_TEST_BASES, `sqlite` or `postgres`, chooses one of them (tests/on_both)."""
    chosen, address = os.environ.get("SBYT_TEST_BASES", ""), os.environ.get("SBYT_TEST_PG")
    if chosen == "postgres" and not address:
        raise SystemExit("SBYT_TEST_PG names no PostgreSQL")
    return [None] * (chosen != "postgres") + [address] * (bool(address) and chosen != "sqlite")
