/* Table definitions: our words for types become the engine's, and SQLite's tables become strict.
 *
 * A machine with four states walks the tokens: outside, in `create table` before its bracket, at the first word of a
 * column, at its type.  Everything else is copied as it stands. */
#include "store/ddl.h"

#include <strings.h>

typedef enum { OUTSIDE, TABLE_HEAD, COLUMN_NAME, COLUMN_TYPE, COLUMN_REST } Place;

typedef struct {
    DbEngine engine;
    Buf      out;
    Place    place;
    int      depth;         /* of brackets inside a table                   */
    bool     alone;         /* one column of `alter table … add column`     */
    Str      last[2];       /* the words before this one, the latest first  */
} Ddl;

static bool word_is(Str token, const char *word)
{
    Str w = str_of(word);
    return token.n == w.n && strncasecmp(token.s, w.s, (size_t)w.n) == 0;
}

static Str type_of_engine(DbEngine engine, Str own)
{
    static const struct {
        const char *own, *engine[2];
    } types[] = {
        { "id", { "integer", "bigint" } },     { "int", { "integer", "bigint" } },
        { "bool", { "integer", "smallint" } }, { "text", { "text", "text" } },
        { "bytes", { "blob", "bytea" } },      { "real", { "real", "double precision" } },
    };
    for (ptrdiff_t i = 0; i < COUNT(types); i++)
        if (word_is(own, types[i].own)) return str_of(types[i].engine[engine]);
    return own;
}

static bool begins_constraint(Str word)
{
    static const char *const words[] = { "primary", "unique", "foreign", "check", "constraint" };
    for (ptrdiff_t i = 0; i < COUNT(words); i++)
        if (word_is(word, words[i])) return true;
    return false;
}

static void ddl_bracket(Ddl *d, Str token)
{
    d->depth += token.s[0] == '(' ? 1 : -1;
    buf_put(&d->out, token);
    if (d->depth > 0) return;
    d->place = OUTSIDE;
    if (d->engine == DB_SQLITE) buf_c(&d->out, " strict");
}

static void ddl_in_table(Ddl *d, Str token)
{
    if (token.s[0] == '(' || token.s[0] == ')') {
        ddl_bracket(d, token);
        return;
    }
    if (d->place == COLUMN_TYPE) token = type_of_engine(d->engine, token);
    buf_put(&d->out, token);
    if (token.s[0] == ',' && d->depth == 1) d->place = COLUMN_NAME;
    else if (d->place == COLUMN_NAME) d->place = begins_constraint(token) ? COLUMN_REST : COLUMN_TYPE;
    else d->place = COLUMN_REST;
}

/* Outside of a table: does this word lead into one, or to the one column of an `add column`? */
static void ddl_outside(Ddl *d, Str token)
{
    buf_put(&d->out, token);
    if (word_is(token, "table") && word_is(d->last[0], "create")) d->place = TABLE_HEAD;
    if (word_is(d->last[0], "column") && word_is(d->last[1], "add")) {
        d->place = COLUMN_TYPE;
        d->alone = true;
    }
}

static void ddl_token(Ddl *d, Str token)
{
    if (sql_token_is_gap(token)) {
        buf_put(&d->out, token);
        return;
    }
    if (d->place == OUTSIDE) {
        ddl_outside(d, token);
    } else if (d->alone) {
        buf_put(&d->out, type_of_engine(d->engine, token));
        d->place = OUTSIDE;
        d->alone = false;
    } else if (d->place == TABLE_HEAD) {
        buf_put(&d->out, token);
        if (token.s[0] == '(') {
            d->place = COLUMN_NAME;
            d->depth = 1;
        }
    } else {
        ddl_in_table(d, token);
    }
    d->last[1] = d->last[0];
    d->last[0] = token;
}

Str ddl_translate(Arena *mem, DbEngine engine, Str script)
{
    script = dialect_parts(mem, engine, script);
    Ddl d  = { .engine = engine, .out = buf_new(mem, script.n * 2 + 64) };
    for (ptrdiff_t at = 0, end; at < script.n; at = end) {
        end = sql_token_end(script, at);
        ddl_token(&d, (Str){ script.s + at, end - at });
    }
    return buf_str(&d.out);
}
