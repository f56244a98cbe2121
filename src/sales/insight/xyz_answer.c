/* XYZ, and the nine cells of ABC by XYZ with the reserve of each. */
#include "sales/insight/answers.h"
#include "sales/insight/asking.h"

/* The money of a client's whole months, into room for them and one more; how many they are. */
static int months_of(const Asking *a, uint32_t client, Money *month)
{
    a->a.summary.client_months(&a->a.summary, client, a->report.xyz_months, month, NULL);
    return a->report.xyz_months.count;
}

static void put_classes(Asking *a, Tables *t)
{
    static const Column columns[] = {
        { "class", CELL_CLASS }, { "clients", CELL_COUNT }, { "amount", CELL_MEASURE }, { "amount_share", CELL_SHARE }
    };
    table_begin(t, "classes", columns, COUNT(columns));
    for (int c = 0; c < 3; c++)
        table_row(t,
                  (Datum[]){ d_text((Str){ &"XYZ"[c], 1 }), d_count(a->report.xyz[c].clients),
                             d_wide(a->report.xyz[c].revenue), d_share(a->report.xyz[c].revenue, a->report.positive) });
    table_end(t);
}

static bool is_in_class(const Asking *a, uint32_t place)
{
    return a->cell.n == 1 && a->report.xyz_of[place] && a->report.xyz_of[place] == *a->cell.s;
}

static bool is_in_cell(const Asking *a, uint32_t place)
{
    return a->cell.n == 2 && a->report.abc_of[place] && a->report.abc_of[place] == a->cell.s[0] &&
           a->report.xyz_of[place] == a->cell.s[1];
}

static bool has_class(const Asking *a, uint32_t place)
{
    return a->report.xyz_of[place] != 0;
}

static Str xyz_sentence(Asking *a)
{
    const Group *x = a->report.xyz;
    if (xyz_months(a->q.from, a->judged).count == 0) return asking_say(a, "xyz.no_months");
    if (x[0].clients + x[1].clients + x[2].clients == 0) return asking_say(a, "xyz.no_purchases");
    return asking_say(a, x[0].clients ? "xyz.sentence" : "xyz.nobody", arg_count("n", x[0].clients),
                      arg_text("share", asking_share(a, x[0].revenue, a->report.positive)),
                      arg_count("irregular", x[2].clients),
                      arg_text("rest", asking_share(a, x[2].revenue, a->report.positive)));
}

Err answer_xyz(Request *r)
{
    static const Column columns[] = {
        { "client", CELL_CLIENT }, { "amount", CELL_MEASURE }, { "variation", CELL_SHARE }, { "class", CELL_CLASS }
    };
    Asking  a;
    Tables  t;
    Members m;
    TRY(asking_begin(r, &a));
    a.of_product = false;
    TRY(asking_cell(&a, a.cell.n == 1 && str_find(S("XYZ"), a.cell) >= 0));
    TRY(asking_answer(&a));
    TRY(members_find(&a, a.cell.n ? is_in_class : has_class, &m));
    Str sentence = xyz_sentence(&a);
    asking_open(&a, sentence, "xyz.how", &t);
    put_classes(&a, &t);
    table_begin(&t, "items", columns, COUNT(columns));
    Money *month = NEW_RAW(r->w->mem, Money, a.report.xyz_months.count + 1);
    for (ptrdiff_t i = 0; i < m.n; i++) {
        Ratio v = xyz_variation(month, months_of(&a, m.at[i], month));
        table_row(&t, (Datum[]){ d_named(a.a.client_id[m.at[i]], m.name[i]), d_wide(a.a.summary.money[m.at[i]]),
                                 v == NONE ? d_none() : d_share(v, RATIO_ONE),
                                 d_text((Str){ &a.report.xyz_of[m.at[i]], 1 }) });
    }
    table_end(&t);
    members_total(&t, &m);
    return asking_close(&a, &t);
}

/* ---- the nine cells ---- */

static void put_cells(Asking *a, Tables *t)
{
    static const Column columns[] = { { "abc", CELL_CLASS },
                                      { "xyz", CELL_CLASS },
                                      { "clients", CELL_COUNT },
                                      { "amount", CELL_MEASURE },
                                      { "reserve", CELL_MEASURE } };
    table_begin(t, "cells", columns, COUNT(columns));
    for (int b = 0; b < 3; b++) {
        for (int x = 0; x < 3; x++) {
            table_row(t, (Datum[]){ d_text((Str){ &"ABC"[b], 1 }), d_text((Str){ &"XYZ"[x], 1 }),
                                    d_count(a->report.cell[b][x].clients), d_wide(a->report.cell[b][x].revenue),
                                    d_wide(a->report.cell[b][x].reserve) });
        }
    }
    table_end(t);
}

static void put_member(Asking *a, Tables *t, const Members *m, ptrdiff_t i, Money *month)
{
    uint32_t at = m->at[i];
    int      n  = months_of(a, at, month);
    Money    best = NONE;
    Wide     sum  = 0;
    char     class_[3] = { a->report.abc_of[at], a->report.xyz_of[at], 0 };
    for (int k = 0; k < n; k++) {
        sum += month[k];
        if (best == NONE || month[k] > best) best = month[k];
    }
    Money average = n ? round_div(sum, n) : NONE;
    table_row(t, (Datum[]){ d_named(a->a.client_id[at], m->name[i]), d_wide(a->a.summary.money[at]), d_wide(best),
                            d_wide(average), d_wide(n ? xyz_reserve(month, n) : NONE),
                            d_text(str_copy(a->r->w->mem, str_of(class_))) });
}

static Wide reserve_of_all(const Asking *a)
{
    Wide sum = 0;
    for (int b = 0; b < 3; b++)
        for (int x = 0; x < 3; x++) sum += a->report.cell[b][x].reserve;
    return sum;
}

static Str matrix_sentence(Asking *a)
{
    const Group *x = a->report.xyz;
    if (xyz_months(a->q.from, a->judged).count == 0) return asking_say(a, "xyz.no_months");
    if (x[0].clients + x[1].clients + x[2].clients == 0) return asking_say(a, "xyz.no_purchases");
    return asking_say(a, "matrix.sentence", arg_text("reserve", asking_money(a, reserve_of_all(a))),
                      arg_text("irregular", asking_money(a, a->report.cell[0][2].reserve)),
                      arg_count("n", a->report.cell[0][2].clients));
}

Err answer_matrix(Request *r)
{
    static const Column columns[] = { { "client", CELL_CLIENT },   { "amount", CELL_MEASURE },
                                      { "best", CELL_MEASURE },    { "average", CELL_MEASURE },
                                      { "reserve", CELL_MEASURE }, { "class", CELL_CLASS } };
    Asking  a;
    Tables  t;
    Members m;
    TRY(asking_begin(r, &a));
    a.of_product = false;
    TRY(asking_cell(&a, a.cell.n == 2 && str_find(S("ABC"), str_upto(a.cell, 1)) >= 0 &&
                            str_find(S("XYZ"), str_from(a.cell, 1)) >= 0));
    TRY(asking_answer(&a));
    TRY(members_find(&a, a.cell.n ? is_in_cell : has_class, &m));
    asking_open(&a, matrix_sentence(&a), "matrix.how", &t);
    put_cells(&a, &t);
    Money *month = NEW_RAW(r->w->mem, Money, a.report.xyz_months.count + 1);
    table_begin(&t, "items", columns, COUNT(columns));
    for (ptrdiff_t i = 0; i < m.n; i++) put_member(&a, &t, &m, i, month);
    table_end(&t);
    members_total(&t, &m);
    return asking_close(&a, &t);
}
