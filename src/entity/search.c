/* What a search of a list looks for: words, and numbers as people write them. */
#include "entity/search.h"

#include "core/utf8.h"

#include <string.h>

#define SEARCH_WORDS 6

typedef struct {
    Work         *w;
    Arena        *mem;
    const Entity *e;
    const char   *alias;
    Buf          *sql;
    Binds        *binds;
} Search;

static int bound(Search *s, Str folded) { return bind_val(s->mem, s->binds, val_text(folded)); }

/* In the text of the search.  Where the indexes of PostgreSQL hold its beginning they are walked alone; the few rows
 * with more, and with the part in it, are looked for once.  They come as an array, by which the planner expects no more
 * rows than it would without them. */
static void put_found(Search *s, Str folded)
{
    if (!s->e->search_starts || db_engine(s->w->db) != DB_POSTGRES) {
        buf_fmt(s->sql, "strpos(%s.find, $%d) > 0", s->alias, bound(s, folded));
        return;
    }
    const char *a    = s->alias;
    int         part = bound(s, folded);
    buf_fmt(s->sql, "(strpos(%s.find_start, $%d) > 0 or %s.id = any(array(select l.id from %s l"
            " where l.find_long is not null and strpos(l.find_start, $%d) = 0 and strpos(l.find_long, $%d) > 0)))",
            a, part, a, entity_table(s->e), part, part);
}

/* `8 (343) 200-00-00`: nothing but digits and what people put between them, three digits at least. */
static bool phone_like(Arena *mem, Str search, Str *digits)
{
    Buf b = buf_new(mem, search.n + 1);
    for (ptrdiff_t i = 0; i < search.n; i++) {
        if (search.s[i] >= '0' && search.s[i] <= '9') buf_char(&b, search.s[i]);
        else if (!strchr(" +()-.", search.s[i])) return false;
    }
    *digits = buf_str(&b);
    return digits->n >= 3;
}

/* As typed, or as digits; an eight in front may be the way out of town, which the base does not hold. */
static void search_digits(Search *s, Str typed, Str digits)
{
    buf_c(s->sql, " and (");
    put_found(s, name_find(s->mem, typed));
    if (!str_eq(typed, digits)) {
        buf_c(s->sql, " or ");
        put_found(s, digits);
    }
    if (digits.n > 3 && *digits.s == '8') {
        buf_c(s->sql, " or ");
        put_found(s, str_from(digits, 1));
    }
    buf_c(s->sql, ")");
}

void search_write(Work *w, Arena *mem, const Entity *e, Str search, const char *alias, Buf *sql, Binds *binds)
{
    Search all = { w, mem, e, alias, sql, binds }, *s = &all;
    Str digits, rest = name_find(s->mem, search);
    if (phone_like(s->mem, str_trim(search), &digits)) {
        search_digits(s, str_trim(search), digits);
        return;
    }
    for (int words = 0; rest.n && words < SEARCH_WORDS; words++) {
        Str word = words == SEARCH_WORDS - 1 ? rest : str_cut(&rest, ' ');
        buf_c(s->sql, " and ");
        put_found(s, word);
        if (words == SEARCH_WORDS - 1) break;
    }
}
