/* People that a file names and nobody knows, made by an import that was told to make them. */
#include "access/sign_in.h"
#include "core/map.h"
#include "core/utf8.h"
#include "sales/import/import_run.h"
#include "sales/import/import_sql.h"
#include "sales/people/people.h"

enum { LOGIN_BYTES = 60 };

/* Letters and digits of the name, a point between words: `Петров И. И.` is петров.и.и. */
static Str login_of(Arena *mem, Str name)
{
    Buf  b    = buf_new(mem, name.n + 1);
    bool gap  = false;
    Str  text = login_fold(mem, name);
    for (ptrdiff_t at = 0, from = 0; at < text.n && b.len < LOGIN_BYTES; from = at) {
        uint32_t rune = utf8_next(text, &at);
        if (!rune_is_letter_or_digit(rune)) {
            gap = b.len > 0;
            continue;
        }
        if (gap) buf_char(&b, '.');
        gap = false;
        buf_put(&b, str_upto(str_from(text, from), at - from));
    }
    return buf_str(&b);
}

/* A login that somebody has, and a second one of these, gets the number of the import and of the place behind it. */
static Err logins_free(Work *w, const ImportRun *run, User *users, ptrdiff_t n)
{
    Rows  rows;
    Map  *taken = NULL;
    Str  *texts = NEW_N(w->mem, Str, n);
    for (ptrdiff_t i = 0; i < n; i++) texts[i] = users[i].login;
    TRY(db_query(w->db, SQL_IMPORT_LOGINS_TAKEN, VALS(val_texts(texts, n)), &rows));
    while (rows_next(&rows)) *map_at(&taken, str_copy(w->mem, row_text(&rows, 0)), w->mem) = 1;
    TRY(rows_end(&rows));
    for (ptrdiff_t i = 0; i < n; i++) {
        int64_t *there = map_at(&taken, texts[i], w->mem);
        if (*there || !texts[i].n)
            users[i].login = str_fmt(w->mem, "%.*s-%lld-%td", (int)texts[i].n, texts[i].s, (long long)run->id, i + 1);
        *there = 1;
    }
    return OK;
}

Err import_people_make(Work *w, ImportRun *run, const Str *names, ptrdiff_t n, int64_t *ids)
{
    User   *users = NEW_N(w->mem, User, n);
    SaveHow how   = { .work = run->id, .bulk = true };
    if (n == 0) return OK;
    for (ptrdiff_t i = 0; i < n; i++) {
        record_empty(w, &user_entity, &users[i]);
        users[i].name    = str_short(names[i], 200);
        users[i].login   = login_of(w->mem, names[i]);
        users[i].role_id = run->plan.people_role;
    }
    TRY(logins_free(w, run, users, n));
    TRY(record_save_many(w, &user_entity, users, n, &how));
    for (ptrdiff_t i = 0; i < n; i++) ids[i] = users[i].base.id;
    return OK;
}
