/* Which sheet of a workbook holds the sales. */
#include "format/kind.h"
#include "sales/exchange/columns.h"

enum { SHEETS_TRIED = 50, LIKE_SALES = 12 };

/* What a sheet has of what sales need.  Sales that are hidden come behind all that are in sight. */
static int likeness(const SalesColumns *c, bool hidden)
{
    bool money = c->at[COL_AMOUNT] >= 0 || (c->at[COL_QUANTITY] >= 0 && c->at[COL_PRICE] >= 0);
    int  like  = 4 * (c->at[COL_CLIENT] >= 0) + 4 * (c->at[COL_DATE] >= 0) + 4 * money + (c->at[COL_DOCUMENT] >= 0) + (c->at[COL_PRODUCT] >= 0);
    return like + (like >= LIKE_SALES && !hidden ? LIKE_SALES : 0);
}

/* -1: no table. */
static int sheet_likeness(Arena scratch, Xlsx *x, FormWish wish)
{
    Problems     quiet = { .mem = &scratch, .limit = 1 };
    Recognised   r;
    SalesColumns columns;
    if (book_recognise(&scratch, x, wish, &r, &quiet) != OK) return -1;
    sales_columns_find(&scratch, &r, S(""), &columns, &quiet);
    return likeness(&columns, xlsx_sheet_hidden(x, wish.sheet));
}

/* like[SHEETS_TRIED]; returns the first of the likest, -1 where there is no table at all. */
static int sheet_most_like_sales(Arena scratch, Xlsx *x, FormWish wish, int *like)
{
    int best = -1, most = -1;
    for (wish.sheet = 0; wish.sheet < xlsx_sheets(x) && wish.sheet < SHEETS_TRIED; wish.sheet++) {
        like[wish.sheet] = sheet_likeness(scratch, x, wish);
        if (like[wish.sheet] > most) best = wish.sheet, most = like[wish.sheet];
    }
    return best;
}

/* Those in sight that are sales as well. */
static Str other_sheets(Arena *mem, const Xlsx *x, const int *like, int chosen)
{
    Buf names = buf_new(mem, 256);
    for (int i = 0; i < xlsx_sheets(x) && i < SHEETS_TRIED; i++) {
        if (i == chosen || like[i] < 2 * LIKE_SALES) continue;
        if (names.len) buf_c(&names, ", ");
        buf_put(&names, xlsx_sheet_name(x, i));
    }
    return buf_str(&names);
}

static Err sheets_recognise(Arena *mem, Xlsx *x, FormWish wish, Recognised *r, Problems *problems)
{
    int like[SHEETS_TRIED];
    wish.sheet = sheet_most_like_sales(*mem, x, wish, like);
    TRY(book_recognise(mem, x, wish, r, problems));
    r->other_sheets = other_sheets(mem, x, like, wish.sheet);
    return OK;
}

static Err book_of_sales(Arena *mem, Str file, FormWish wish, Recognised *r, Problems *problems)
{
    Xlsx *x;
    TRY(xlsx_open(file, &x, problems));
    bool any = wish.sheet < 0 && xlsx_sheets(x) > 1;
    Err  err = any ? sheets_recognise(mem, x, wish, r, problems) : book_recognise(mem, x, wish, r, problems);
    xlsx_close(x);
    return err;
}

Err sales_table_recognise(Arena *mem, Str file, FormWish wish, Recognised *r, Problems *problems)
{
    FileKind kind;
    TRY(file_kind(file, &kind, problems));
    return kind == FILE_XLSX ? book_of_sales(mem, file, wish, r, problems) : table_recognise(mem, file, wish, r, problems);
}
