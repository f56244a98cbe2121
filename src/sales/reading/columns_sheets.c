/* Which sheet of a workbook holds the sales. */
#include "core/pulse.h"
#include "format/kind.h"
#include "sales/reading/columns.h"
#include "sales/reading/columns_inside.h"
#include "sales/reading/report.h"
#include "sales/reading/sheets_joined.h"

enum { SHEETS_TRIED = 50, LIKE_SALES = 12 };

/* What a sheet has of what sales need.  Sales that are hidden come behind all that are in sight. */
static int likeness(const SalesColumns *c, bool hidden)
{
    bool money = c->at[COL_AMOUNT] >= 0 || (c->at[COL_QUANTITY] >= 0 && c->at[COL_PRICE] >= 0);
    int  like = 4 * (c->at[COL_CLIENT] >= 0) + 4 * (c->at[COL_DATE] >= 0) + 4 * money + (c->at[COL_DOCUMENT] >= 0) +
               (c->at[COL_PRODUCT] >= 0);
    return like + (like >= LIKE_SALES && !hidden ? LIKE_SALES : 0);
}

bool sheet_is_sales(Arena scratch, const Recognised *r)
{
    Problems     quiet = { .mem = &scratch, .limit = 1 };
    Recognised   again = *r;
    SalesColumns columns;
    sales_columns_find(&scratch, &again, S(""), &columns, &quiet);
    return likeness(&columns, true) >= LIKE_SALES;
}

/* -1: no table. */
static int sheet_likeness(Arena scratch, Sheets *w, FormWish wish)
{
    Problems     quiet = { .mem = &scratch, .limit = 1 };
    Recognised   r;
    SalesColumns columns;
    if (book_recognise(&scratch, w, wish, &r, &quiet) != OK) return -1;
    sales_columns_find(&scratch, &r, S(""), &columns, &quiet);
    return likeness(&columns, sheets_hidden(w, wish.sheet));
}

/* like[SHEETS_TRIED]; returns the first of the likest, -1 where there is no table at all. */
static int sheet_most_like_sales(Arena scratch, Sheets *w, FormWish wish, int *like)
{
    int best = -1, most = -1;
    for (wish.sheet = 0; wish.sheet < sheets_count(w) && wish.sheet < SHEETS_TRIED; wish.sheet++) {
        if (pulse(&(Problems){ 0 }) != OK) return -1; /* the reading that follows says why */
        like[wish.sheet] = sheet_likeness(scratch, w, wish);
        if (like[wish.sheet] > most) best = wish.sheet, most = like[wish.sheet];
    }
    return best;
}

/* Those in sight that are sales as well. */
static Str other_sheets(Arena *mem, const Sheets *w, const int *like, int chosen)
{
    Buf names = buf_new(mem, 256);
    for (int i = 0; i < sheets_count(w) && i < SHEETS_TRIED; i++) {
        if (i == chosen || like[i] < 2 * LIKE_SALES) continue;
        if (names.len) buf_c(&names, ", ");
        buf_put(&names, sheets_name(w, i));
    }
    return buf_str(&names);
}

static Err sheets_recognise(Arena *mem, Sheets *w, FormWish wish, Recognised *r, Problems *problems)
{
    int like[SHEETS_TRIED] = { 0 };
    wish.sheet = sheet_most_like_sales(*mem, w, wish, like);
    TRY(book_recognise(mem, w, wish, r, problems));
    r->other_sheets = other_sheets(mem, w, like, wish.sheet);
    return OK;
}

static Err book_of_sales(Arena *mem, Str file, FormWish wish, Recognised *r, Problems *problems)
{
    Sheets *w;
    TRY(sheets_open(file, &w, problems));
    bool any = wish.sheet < 0 && sheets_count(w) > 1;
    Err  err = any ? sheets_recognise(mem, w, wish, r, problems) : book_recognise(mem, w, wish, r, problems);
    sheets_close(w);
    return err;
}

Err sales_table_recognise(Arena *mem, Str file, FormWish wish, Recognised *r, Problems *problems)
{
    FileKind kind;
    TRY(file_kind(file, &kind, problems));
    TRY(kind != FILE_CSV ? book_of_sales(mem, file, wish, r, problems)
                          : table_recognise(mem, file, wish, r, problems));
    TRY(report_recognise(mem, file, &wish.report, r, problems));
    return kind != FILE_CSV ? joined_recognise(mem, file, wish, r, problems) : OK;
}
