/* Standing claim: what points at a record is found by an index, since whoever takes an import back asks of each column
 * what still points at its records, a statement a column and chunk. */
#include "app/program.h"
#include "entity/owners.h"
#include "tests/store/base.h"

#include <string.h>

/* What an import makes by the thousand.  Users, groups, sources and channels come with it by the dozen: what points at
 * them is looked for by going through a table once. */
static const char *const by_the_thousand[] = { "client", "person", "product", "sale", "activity" };

static bool is_many(const char *to)
{
    for (ptrdiff_t i = 0; to && i < COUNT(by_the_thousand); i++)
        if (strcmp(to, by_the_thousand[i]) == 0) return true;
    return false;
}

/* Of an index of some rows alone those where the column of a queue's first way is empty are all that wait in it. */
static bool holds_all(Arena scratch, Str only, const char *column, const char *unless)
{
    if (unless) return str_eq(only, str_fmt(&scratch, "%s is null", unless)) ||
                       str_eq(only, str_fmt(&scratch, "(%s IS NULL)", unless));
    return str_eq(only, str_fmt(&scratch, "%s is not null", column)) ||
           str_eq(only, str_fmt(&scratch, "(%s IS NOT NULL)", column));
}

/* `create index x on client (parent_id, id) where parent_id is not null`, as either database tells it. */
static bool begins_with(Arena scratch, Str index, const char *column, const char *unless)
{
    Str       head = str_fmt(&scratch, "(%s", column);
    ptrdiff_t at   = str_find(index, S("("));
    Str       rest = at < 0 ? (Str){ 0 } : str_from(index, at);
    if (!str_starts(rest, head) || (rest.s[head.n] != ',' && rest.s[head.n] != ')')) return false;
    ptrdiff_t part = str_find(rest, S("where "));
    if (part < 0) part = str_find(rest, S("WHERE "));
    return part < 0 ? !unless : holds_all(scratch, str_from(rest, part + 6), column, unless);
}

static bool is_indexed(Base *base, Test *t, const char *table, const char *column, const char *unless)
{
    static const char *const sql[] = {
        [DB_SQLITE]   = "select sql from sqlite_master where type = 'index' and sql is not null and tbl_name = $1",
        [DB_POSTGRES] = "select indexdef from pg_indexes where tablename = $1",
    };
    bool any = false;
    Rows rows;
    EQUAL(db_query(base->db, str_of(sql[base->engine]), VALS(val_text(str_of(table))), &rows), OK);
    while (rows_next(&rows)) any |= begins_with(t->scratch, row_text(&rows, 0), column, unless);
    EQUAL(rows_end(&rows), OK);
    return any;
}

/* By a way that keeps the owner those who follow are looked for at each hand-over. */
static bool is_kept_way(const Entity *e, const Field *f)
{
    for (const OwnerWay *way = e->owners; way->ref; way++)
        if (way->kept && strcmp(way->ref, f->name) == 0) return true;
    return false;
}

/* The column of the field that has to begin an index; null: none. */
static const char *to_index(Arena *mem, const Entity *e, const Field *f)
{
    if (f->type == TYPE_ref && is_kept_way(e, f)) return f->name;
    if (f->type == TYPE_link) return str_c(mem, str_fmt(mem, "%s_id", f->name));
    return f->type == TYPE_ref && is_many(f->to) ? f->name : NULL;
}

/* A queue is listed, and taken from, along an index of those that wait. */
static void queues_look(Base *base, Test *t, const Entity *e, Buf *out)
{
    Way way[OWNER_WAYS];
    int n = owner_ways(&t->mem, e, way);
    for (int k = 0; k < n; k++)
        if (way[k].unless && !is_indexed(base, t, entity_table(e), way[k].owner, way[k].unless))
            buf_fmt(out, "%s.%s ", entity_table(e), way[k].owner);
}

static Str unindexed(Base *base, Test *t, const Entity *const *list)
{
    Buf out = buf_new(&t->mem, 200);
    entities_set(list);
    for (; *list; list++) {
        const Entity *e = *list;
        for (int f = -1; f < e->field_count; f++) { /* -1: the column of a child that points at its parent */
            const char *column = f < 0 ? e->parent : to_index(&t->mem, e, &e->fields[f]);
            if (column && !is_indexed(base, t, entity_table(e), column, NULL))
                buf_fmt(&out, "%s.%s ", entity_table(e), column);
        }
        queues_look(base, t, e, &out);
    }
    return buf_str(&out);
}

TESTS(test_index)
{
    CASE("every link, every child, every queue, every reference to what imports make by the thousand, and every one by"
         " which an owner is kept begins an index") {
        ON_BOTH(base) {
            base_migrate(&base, t);
            STR(unindexed(&base, t, all_entities), S(""));
        }
    }
    CASE("a link without an index of its own is found out: one of its other column, or of some of its rows, is none") {
        ON_BOTH(base) {
            static const Field  fields[] = { { .name = "about", .type = TYPE_link },
                                             { .name = "client_id", .type = TYPE_ref, .to = "client" },
                                             { .name = "unit_id", .type = TYPE_ref, .to = "unit" } };
            static const Entity note     = { .name = "note", .fields = fields, .field_count = 3,
                                             .owners = { { "unit_id", "unit_head" } } };
            static const Field  call_fields[] = { { .name = "doer_id", .type = TYPE_ref, .to = "user" },
                                                  { .name = "queue_id", .type = TYPE_ref, .to = "role" } };
            static const Entity call     = { .name = "call", .fields = call_fields, .field_count = 2,
                                             .owners = { { "doer_id" }, { "queue_id" } } };
            const Entity *const list[]   = { &note, &call, NULL };
            base_migrate(&base, t);
            EQUAL(db_ddl(base.db, S("create table note (id id primary key, archived_at int, about_of text, about_id id,"
                                    " client_id id, unit_id id);"
                                    "create index note_of on note (about_of, about_id);"
                                    "create index note_live on note (about_id) where about_id is not null and"
                                    " archived_at is null;"
                                    "create table call (id id primary key, doer_id id, queue_id id);"
                                    "create index call_queue_all on call (queue_id);"
                                    "create index call_queue_some on call (queue_id)"
                                    " where queue_id is not null;")), OK);
            STR(unindexed(&base, t, list), S("note.about_id note.client_id note.unit_id call.queue_id "));
            EQUAL(db_ddl(base.db, S("create index note_about on note (about_id) where about_id is not null;"
                                    "create index note_client on note (client_id, id);"
                                    "create index note_unit on note (unit_id);"
                                    "create index call_queue on call (queue_id, id) where doer_id is null;")), OK);
            STR(unindexed(&base, t, list), S(""));
        }
    }
}
