/* A loan, and the row of the record's history that tells of it. */
#include "entity/lend.h"

#include "entity/change_row.h"
#include "entity/confirm.h"

/* The last day on which it is lent. */
static Problem told(Work *w, const Loan *loan)
{
    const char *key  = loan->level == LENT_TO_WORK ? "given.told_work" : "given.told_look";
    Arg         user = arg_title("user", "user", loan->user, (Str){ 0 });
    if (loan->until <= w->now) return (Problem){ .key = "given.told_back", .args = { user }, .arg_count = 1 };
    return (Problem){ .key = key, .args = { user, arg_day("until", zone_day(w->zone, loan->until - 1)) },
                      .arg_count = 2 };
}

Err record_lend(Work *w, const Entity *e, const Loan *loan)
{
    Problem   said = told(w, loan);
    ChangeRow row  = { .record = loan->record, .verb = loan->until > w->now ? LENT_VERB : TAKEN_BACK_VERB };
    Str       sql  = str_fmt(w->mem, "select version from %s where id = $1", entity_table(e));
    TRY(access_give(w, loan));
    TRY(db_int(w->db, sql, VALS(val_int(loan->record)), &row.version));
    row.diff = sentence_diff(w->mem, &said, loan->why);
    return change_rows(w, e, 0, &row, 1);
}
