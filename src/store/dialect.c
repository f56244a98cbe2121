/* One SQL text for both databases: numbers of parameters, lists, and parts for one of them. */
#include "store/dialect.h"

#include <string.h>

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (unsigned char)c >= 0x80;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* A quote inside is doubled, so that 'it''s' is two tokens that touch. */
static ptrdiff_t quoted_end(Str sql, ptrdiff_t at)
{
    const char *end = memchr(sql.s + at + 1, sql.s[at], (size_t)(sql.n - at - 1));
    return end ? end - sql.s + 1 : sql.n;
}

ptrdiff_t sql_token_end(Str sql, ptrdiff_t at)
{
    char      c = sql.s[at], next = at + 1 < sql.n ? sql.s[at + 1] : 0;
    ptrdiff_t i = at + 1;
    if (c == '\'' || c == '"') return quoted_end(sql, at);
    if (c == '-' && next == '-') {
        while (i < sql.n && sql.s[i] != '\n') i++;
    } else if (is_word(c)) {
        while (i < sql.n && is_word(sql.s[i])) i++;
    } else if (c == '$' && next >= '0' && next <= '9') {
        while (i < sql.n && sql.s[i] >= '0' && sql.s[i] <= '9') i++;
    } else if (is_blank(c)) {
        while (i < sql.n && is_blank(sql.s[i])) i++;
    }
    return i;
}

bool sql_token_is_gap(Str token)
{
    return token.n > 0 && (is_blank(token.s[0]) || str_starts(token, S("--")));
}

Str dialect_parts(Arena *mem, DbEngine engine, Str sql)
{
    Buf  out  = buf_new(mem, sql.n + 1);
    bool mine = true;
    while (sql.n) {
        Str line = str_cut(&sql, '\n'), bare = str_trim(line);
        if (str_eq(bare, S("-- sqlite"))) mine = engine == DB_SQLITE;
        else if (str_eq(bare, S("-- postgres"))) mine = engine == DB_POSTGRES;
        else if (str_eq(bare, S("-- both"))) mine = true;
        else if (mine) {
            buf_put(&out, line);
            buf_char(&out, '\n');
        }
    }
    return str_trim(buf_str(&out));
}

/* Takes a trailing `word` off what is written; false when something else stands there. */
static bool take_off(Buf *out, Str word)
{
    Str text = str_trim(buf_str(out));
    if (!str_ends(text, word) || text.n <= word.n || !is_blank(text.s[text.n - word.n - 1])) return false;
    out->len = text.s + text.n - word.n - out->data;
    return true;
}

/* PostgreSQL finds rows by an array from the index itself; a sub-select it would join, and where its statistics are of
 * an hour ago, when the table was small, it reads the table whole. */
static void postgres_list(Buf *out, Str number, Str type)
{
    bool in = take_off(out, S("in")), not_in = in && take_off(out, S("not"));
    buf_c(out, not_in ? "<> all($" : in ? "= any($" : "(select unnest($");
    buf_put(out, number);
    buf_put(out, type);
    buf_c(out, in ? ")" : "))");
}

/* `{ids $1}` at the head of the text: writes its form and gives its length, or 0. */
static ptrdiff_t list_marker(Buf *out, DbEngine engine, Str sql)
{
    static const Str heads[] = { { "{ids $", 6 }, { "{texts $", 8 } },
                     types[] = { { "::bigint[]", 10 }, { "::text[]", 8 } };
    for (int i = 0; i < 2; i++) {
        ptrdiff_t end = str_starts(sql, heads[i]) ? str_find(sql, S("}")) : -1;
        if (end < 0) continue;
        Str number = { sql.s + heads[i].n, end - heads[i].n };
        if (engine == DB_POSTGRES) postgres_list(out, number, types[i]);
        else buf_fmt(out, "(select value from json_each(?%.*s))", (int)number.n, number.s);
        return end + 1;
    }
    return 0;
}

Str dialect_sql(Arena *mem, DbEngine engine, Str sql)
{
    if (str_find(sql, S("-- ")) >= 0) sql = dialect_parts(mem, engine, sql);
    Buf out = buf_new(mem, sql.n + 64);
    for (ptrdiff_t at = 0, end; at < sql.n; at = end) {
        ptrdiff_t marker = sql.s[at] == '{' ? list_marker(&out, engine, str_from(sql, at)) : 0;
        end = marker ? at + marker : sql_token_end(sql, at);
        if (marker) continue;
        Str token = { sql.s + at, end - at };
        if (token.s[0] == '$' && token.n > 1 && engine == DB_SQLITE) {
            buf_char(&out, '?');
            token = str_from(token, 1);
        }
        buf_put(&out, token);
    }
    return buf_str(&out);
}
