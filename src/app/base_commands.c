/* `sbyt migrate`, `check`, `schema`, `types`: the base and what is known of it. */
#include "app/facts_keep.h"
#include "app/jobs_told.h"
#include "app/options.h"
#include "app/program.h"
#include "entity/change.h"
#include "entity/kept.h"
#include "entity/meta.h"
#include "store/ddl.h"
#include "store/migrate.h"

#include <string.h>

static const OptionRow rows[] = { PROGRAM_OPTIONS };

static Err say(Call *call, Buf *b) { return buf_to_fd(&call->out, buf_str(b)) ? OK : BROKEN; }

/* ---- migrate: opening the base does it ---- */

static Err migrated(Call *call, Program *p, const Options *options)
{
    (void)p;
    (void)options;
    Buf b    = buf_new(call->mem, 200);
    int last = 0;
    while (migrations[last].number) last++;
    SAY(&b, call->voice, "migrate.done", arg_count("number", last));
    buf_c(&b, "\n");
    return say(call, &b);
}

Err migrate_run(Call *call)
{
    Options options;
    TRY(options_alone(call, rows, (int)COUNT(rows), &options));
    return program_do(call, &options, migrated);
}

/* ---- check ---- */

typedef struct {
    Buf          out;
    Voice        voice;
    Program     *program;
    JournalState journal;
    bool         bad;
} BaseCheck;

static Err check_engine(Work *w, BaseCheck *c)
{
    Rows row;
    if (db_engine(w->db) != DB_SQLITE) return OK;
    TRY(db_query(w->db, S("pragma integrity_check"), NO_VALS, &row));
    while (rows_next(&row)) {
        if (str_eq(row_text(&row, 0), S("ok"))) continue;
        c->bad = true;
        buf_put(&c->out, row_text(&row, 0));
        buf_c(&c->out, "\n");
    }
    TRY(rows_end(&row));
    TRY(db_query(w->db, S("pragma foreign_key_check"), NO_VALS, &row));
    while (rows_next(&row)) {
        Str table = row_text(&row, 0);
        c->bad    = true;
        buf_fmt(&c->out, "%.*s %lld\n", (int)table.n, table.s, (long long)row_int(&row, 1));
    }
    return rows_end(&row);
}

static Err count_rows(Work *w, BaseCheck *c)
{
    for (ptrdiff_t i = 0; entity_at(i); i++) {
        const Entity *e = entity_at(i);
        int64_t       n = 0;
        TRY(db_int(w->db, str_fmt(w->mem, "select count(*) from %s", entity_table(e)), NO_VALS, &n));
        buf_fmt(&c->out, "%-20s %lld\n", e->name, (long long)n);
    }
    return OK;
}

enum { WRONG_TOLD = 50 };

static Err check_kept(Work *w, BaseCheck *c)
{
    KeptWrong wrong[WRONG_TOLD];
    int       n;
    TRY(kept_count(w, wrong, WRONG_TOLD, &n));
    for (int i = 0; i < n; i++) {
        c->bad = true;
        SAY(&c->out, c->voice, "check.kept_bad", arg_text("table", str_of(wrong[i].table)),
            arg_text("column", str_of(wrong[i].column)), arg_count("n", wrong[i].rows));
        buf_c(&c->out, "\n");
    }
    return OK;
}

static Err check_facts(Work *w, BaseCheck *c)
{
    Err err = facts_keep_check(w, c->program);
    if (err == NOT_FOUND) return OK;
    if (err != OK && err != CONFLICT) return err;
    if (err == CONFLICT) c->bad = true;
    SAY(&c->out, c->voice, err == OK ? "check.facts" : "check.facts_bad");
    buf_c(&c->out, "\n");
    return OK;
}

static void file_bad(void *to, Str name, const char *key)
{
    BaseCheck *c = to;
    c->bad       = true;
    SAY(&c->out, c->voice, key, arg_text("name", name));
    buf_c(&c->out, "\n");
}

static Err check_files(Work *w, BaseCheck *c)
{
    int64_t n;
    TRY(files_check(w, &n, file_bad, c));
    SAY(&c->out, c->voice, "check.files", arg_count("n", n));
    buf_c(&c->out, "\n");
    return OK;
}

static Err check(Work *w, void *to)
{
    BaseCheck *c = to;
    TRY(check_engine(w, c));
    TRY(count_rows(w, c));
    TRY(check_kept(w, c));
    TRY(journal_verify(w->db, &c->journal));
    const JournalState *j = &c->journal;
    if (j->bad_block) c->bad = true;
    SAY(&c->out, c->voice, j->bad_block ? "check.journal_bad" : "check.journal", arg_count("blocks", j->blocks),
        arg_count("rows", j->rows), arg_count("open", j->open), arg_count("block", j->bad_block));
    buf_c(&c->out, "\n");
    TRY(check_files(w, c));
    TRY(jobs_told(w, &c->out, c->voice));
    return check_facts(w, c);
}

static Err check_do(Call *call, Program *p, const Options *options)
{
    (void)options;
    BaseCheck c = { .out = buf_new(call->mem, 4096), .voice = call->voice, .program = p };
    TRY(program_run(call, p, LANE_SLOW, check, &c));
    TRY(risks_say(call, p, &c.out));
    TRY(say(call, &c.out));
    return c.bad ? PROBLEM(&call->problems, BROKEN, NULL, "check.bad") : OK;
}

Err check_run(Call *call)
{
    Options options;
    TRY(options_alone(call, rows, (int)COUNT(rows), &options));
    return program_there(call, &options, check_do);
}

/* ---- schema: the tables as a database would get them ---- */

Err schema_run(Call *call)
{
    static const OptionRow own[] = { { "postgres", true } };
    Options  options;
    TRY(options_alone(call, own, (int)COUNT(own), &options));
    DbEngine engine = options.value[0] ? DB_POSTGRES : DB_SQLITE;
    Buf      b      = buf_new(call->mem, 64 * 1024);
    for (const Migration *m = migrations; m->number; m++) {
        buf_fmt(&b, "-- %04d %s\n", m->number, m->name);
        buf_put(&b, ddl_translate(call->mem, engine, dialect_parts(call->mem, engine, m->text)));
        buf_c(&b, "\n");
    }
    return say(call, &b);
}

/* ---- types: what the web client is compiled against ---- */

Err types_run(Call *call)
{
    Options options;
    TRY(options_alone(call, NULL, 0, &options));
    entities_set(all_entities);
    Buf b = buf_new(call->mem, 64 * 1024);
    types_typescript(&b);
    return say(call, &b);
}
