/* The limit of durable creates: the rows that creating a client over HTTP writes (client, change, answer kept under its
 * key), in groups of so many a commit, by one thread, without a server: `commit_limit ADDRESS GROUP [SECONDS]` on a
 * base that has been served once.  Prints creates a second. */
#include "store/db.h"

#include "core/clock.h"

#include <stdio.h>
#include <stdlib.h>

#define TRY_OR_END(call)                                                                                               \
    do {                                                                                                               \
        if ((call) != OK) {                                                                                            \
            fprintf(stderr, "commit_limit: %s\n", db_engine_words(db));                                                \
            exit(1);                                                                                                   \
        }                                                                                                              \
    } while (0)

/* Names and keys come in no order, as they do from people and their browsers. */
static uint32_t mixed(int64_t id)
{
    uint64_t x = (uint64_t)id * UINT64_C(0x9E3779B97F4A7C15);
    x = (x ^ (x >> 32)) * UINT64_C(0xD6E8FEB86659FD93);
    return (uint32_t)(x >> 34);
}

static void create(Db *db, Arena mem, int64_t id)
{
    char digest[32] = { 1 };
    Str  name = str_fmt(&mem, "ООО Новый %u", mixed(id)), folded = str_fmt(&mem, "ооо новый %u", mixed(id));
    Str  key = str_fmt(&mem, "%u-%lld", mixed(id + 1), (long long)id);
    Str  answer = str_fmt(
         &mem,
         "{\"id\":%lld,\"version\":1,\"name\":\"%.*s\",\"kind\":\"organisation\",\"state\":\"potential\","
          "\"state_reason\":null,\"state_since\":\"2026-03-04\",\"parent_id\":null,\"number\":null,\"inn\":null,"
          "\"inn_wrong\":false,\"kpp\":null,\"keeper_id\":7,\"source_id\":null,\"city\":\"Омск\",\"note\":null,"
          "\"addresses\":[],\"phones\":[],\"persons\":[],\"created_at\":\"2026-03-04T09:00:00.000Z\",\"created_by\":7,"
          "\"changed_at\":\"2026-03-04T09:00:00.000Z\",\"changed_by\":7,\"archived_at\":null}",
         (long long)id, (int)name.n, name.s);
    TRY_OR_END(db_run(
        db,
        S("insert into client (id, version, created_at, created_by, changed_at, changed_by, name, name_find, name_sort,"
          " find, kind, state, state_since, inn_wrong, keeper_id, city, city_sort) values ($1, 1, $2, 7, $2, 7, $3, $4,"
          " $4, $4, 1, 1, 20516, 0, 7, 'Омск', 'омск')"),
        VALS(val_int(id), val_int(1700000000000), val_text(name), val_text(folded)), NULL));
    TRY_OR_END(db_run(
        db,
        S("insert into change (id, at, actor, work, entity, record, version, verb, salt, digest) values ($1, $2, 7, $1,"
          " 'client', $1, 1, 'made', $3, $3)"),
        VALS(val_int(id), val_int(1700000000000), val_blob((Str){ digest, 32 })), NULL));
    TRY_OR_END(db_run(
        db, S("insert into idempotency (user_id, key, asked, status, answer, at) values (7, $1, $2, 201, $3, $4)"),
        VALS(val_text(key), val_blob((Str){ digest, 32 }), val_text(answer), val_int(1700000000000)), NULL));
}

int main(int argc, char **argv)
{
    Db     *db;
    DbFault why;
    Arena   mem     = arena_new(1 << 20);
    int     group   = argc > 2 ? atoi(argv[2]) : 12, seconds = argc > 3 ? atoi(argv[3]) : 4;
    int64_t first   = INT64_C(1) << 50, id = first;
    if (argc < 2 || db_open(str_of(argv[1]), DB_WRITE, &db, &why) != OK) return 1;
    int64_t began = clock_ticks(), now;
    while ((now = clock_ticks()) - began < seconds * 1000) {
        TRY_OR_END(db_begin(db, DB_WRITE));
        for (int i = 0; i < group; i++) create(db, mem, id++);
        TRY_OR_END(db_commit(db));
    }
    printf("%lld\n", (long long)((id - first) * 1000 / (now - began)));
    db_close(db);
    return 0;
}
