/* Loans, and the rows of the records' histories that tell of them. */
#include "entity/lend.h"

#include "entity/change_row.h"
#include "entity/confirm.h"
#include "entity/ids.h"

/* The last day on which it is lent. */
static Problem told(Work *w, const Loan *loan)
{
    const char *key = loan->level == LENT_TO_WORK ? "given.told_work" : "given.told_look";
    Arg         user = arg_title("user", "user", loan->user, (Str){ 0 });
    if (loan->until <= w->now) key = "given.told_back";
    else if (loan->until == LENT_WHILE_OPEN) key = "given.told_open";
    else
        return (Problem){ .key = key,
                          .args = { user, arg_day("until", zone_day(w->zone, loan->until - 1)) },
                          .arg_count = 2 };
    return (Problem){ .key = key, .args = { user }, .arg_count = 1 };
}

/* The versions at which the records stand: record -> place in *version. */
static Err versions_read(Work *w, const Entity *e, const Loan *loans, ptrdiff_t n, Ids *place, int64_t **version)
{
    Ids       ids = ids_new(w->mem, n);
    ptrdiff_t count;
    Rows      rows;
    for (ptrdiff_t i = 0; i < n; i++) ids_put(&ids, loans[i].record, 0);
    int64_t *all = ids_all(w->mem, &ids, &count);
    *place = ids_new(w->mem, count);
    *version = NEW_RAW(w->mem, int64_t, count);
    TRY(db_query(w->db, str_fmt(w->mem, "select id, version from %s where id in {ids $1}", entity_table(e)),
                 VALS(val_ids(all, count)), &rows));
    while (rows_next(&rows)) {
        (*version)[place->n] = row_int(&rows, 1);
        ids_put(place, row_int(&rows, 0), place->n);
    }
    return rows_end(&rows);
}

Err record_lend(Work *w, const Entity *e, const Loan *loans, ptrdiff_t n)
{
    ChangeRow *row = NEW_N(w->mem, ChangeRow, n);
    ptrdiff_t  count = 0;
    Ids        place;
    int64_t   *version;
    if (n == 0) return OK;
    TRY(access_give(w, loans, n));
    TRY(versions_read(w, e, loans, n, &place, &version));
    for (ptrdiff_t i = 0; i < n; i++) {
        ptrdiff_t at = ids_at(&place, loans[i].record);
        Problem   said = told(w, &loans[i]);
        if (at < 0) continue;
        row[count++] = (ChangeRow){ .record = loans[i].record,
                                    .version = version[at],
                                    .verb = loans[i].until > w->now ? LENT_VERB : TAKEN_BACK_VERB,
                                    .diff = sentence_diff(w->mem, &said, loans[i].why) };
    }
    return change_rows(w, e, 0, row, count);
}
