/* What is asked before a client is saved: whether it is one that the base has already.  To whoever saves it a number
 * of a client out of his sight is a number that nobody has. */
#include "core/map.h"
#include "entity/check.h"
#include "sales/parties/parties.h"
#include "sales/parties/parties_sql.h"

#include "access/access.h"

enum { ALIKE_MOST = 2000 };

/* The ИНН is new here: of a client that is made or comes back from the archive, or it has become another. */
static bool inn_is_new(const Saving *s, ptrdiff_t i)
{
    const Client *now = s->now[i], *was = s->was[i];
    bool          away = s->archive > 0 || (!s->archive && now->base.archived_at != NONE);
    if (!now->inn.n || away) return false;
    return !was || was->base.archived_at != NONE || !str_eq(now->inn, was->inn) || !str_eq(now->kpp, was->kpp);
}

/* Branches of one organisation share its ИНН and are told apart by the КПП. */
static bool is_branch(Str kpp, Str other) { return kpp.n && other.n && !str_eq(kpp, other); }

static Err inn_found(Work *w, const Saving *s, ptrdiff_t i, const Rows *row)
{
    const Client *now = s->now[i];
    Arg           inn = arg_text("inn", now->inn);
    if (s->bulk) return saving_note(w, s, i, "inn", "client.inn_twice", inn);
    return saving_confirm_why(w, s, i, "inn", "client.inn_taken", inn,
                              arg_title("client", "client", row_int(row, 0), row_text(row, 3)));
}

/* A client of the batch, by ИНН; each is told of the first that is like it. */
typedef struct {
    Map       *first;
    ptrdiff_t *next; /* of the same ИНН, plus one; 0: none */
    bool      *told;
} Asked;

static Err row_meets(Work *w, const Saving *s, Asked *a, const Rows *row)
{
    const int64_t *at = map_at(&a->first, row_text(row, 1), NULL);
    for (ptrdiff_t i = at ? *at - 1 : -1; i >= 0; i = a->next[i] - 1) {
        const Client *now = s->now[i];
        if (a->told[i] || now->base.id == row_int(row, 0) || is_branch(now->kpp, row_text(row, 2))) continue;
        a->told[i] = true;
        Err err    = inn_found(w, s, i, row);
        if (err != OK && err != CONFLICT) return err;
    }
    return OK;
}

/* Rows of one batch of an import that would be one client twice. */
static void mates_note(Work *w, const Saving *s, Asked *a)
{
    for (ptrdiff_t i = 0; i < s->n; i++) {
        const Client *now = s->now[i], *mate = a->next[i] ? s->now[a->next[i] - 1] : NULL;
        if (!mate || is_branch(now->kpp, mate->kpp)) continue;
        a->told[i] = true;
        saving_note(w, s, i, "inn", "client.inn_twice", arg_text("inn", now->inn));
    }
}

static Err inn_ask(Work *w, Saving *s)
{
    Str      *inn = NEW_RAW(w->mem, Str, s->n);
    Asked     a   = { .next = NEW_N(w->mem, ptrdiff_t, s->n), .told = NEW_N(w->mem, bool, s->n) };
    ptrdiff_t n   = 0;
    Rows      rows;
    for (ptrdiff_t i = 0; i < s->n; i++) {
        const Client *now = s->now[i];
        if (!inn_is_new(s, i)) continue;
        int64_t *at = map_at(&a.first, now->inn, w->mem);
        if (!*at) inn[n++] = now->inn;
        a.next[i] = *at;
        *at       = i + 1;
    }
    if (n == 0) return OK;
    if (s->bulk) mates_note(w, s, &a);
    TRY(scope_query(w, SQL_CLIENTS_OF_INN, VALS(val_texts(inn, n), val_int(ALIKE_MOST)), &rows));
    while (rows_next(&rows)) TRY(row_meets(w, s, &a, &rows));
    return rows_end(&rows);
}

const Check parties_checks[] = { { "client", inn_ask }, { 0 } };
