/* The tables of an answer: written once, read as JSON by a screen, which draws its charts from them, and as sheets by a
 * spreadsheet.
 *
 *     static const Column columns[] = { { "class", CELL_CLASS }, { "clients", CELL_COUNT }, { "amount", CELL_MEASURE }
 *     }; table_begin(t, "classes", columns, COUNT(columns));
 *     table_row(t, (Datum[]){ d_c("A"), d_count(12), d_wide(sum) });
 *     table_end(t);
 *
 * A column's heading is the word `head.KEY`, a table's title the word `table.NAME`. */
#ifndef SALES_INSIGHT_TABLE_H
#define SALES_INSIGHT_TABLE_H

#include "core/words.h"
#include "facts/view.h"
#include "format/json.h"
#include "format/xlsx_out.h"

typedef enum {
    CELL_TEXT,    /* as it is                                                    */
    CELL_CLASS,   /* A, Z, 545, or the key of a status: `class.KEY` says it in words */
    CELL_COUNT, CELL_DAYS,
    CELL_MEASURE, /* money, or quantity where the question is about quantity     */
    CELL_MONEY,
    CELL_COST_MONEY, CELL_COST_COUNT, /* known from what goods cost: empty for whoever may not know that */
    CELL_SHARE,   /* percent                                                     */
    CELL_FACTOR,  /* parts per million as a plain factor: 1.25                   */
    CELL_DAY, CELL_MONTH,
    CELL_CLIENT, CELL_PRODUCT,
    CELL_LIST,    /* the name of another table of the answer: `table.NAME` says it in words */
    CELL_TYPES
} CellType;

typedef struct {
    const char *key;
    CellType    type;
} Column;

typedef struct {
    Wide    number, of; /* of: the whole of a share */
    int64_t id;
    Str     text;
    bool    none;
} Datum;

Datum d_none(void);
Datum d_text(Str s);
Datum d_c(const char *s);
Datum d_count(int64_t n);
Datum d_wide(Wide v);                 /* measure, money, factor; NONE is empty */
Datum d_share(Wide part, Wide whole); /* empty when the whole is 0             */
Datum d_day(Day d);
Datum d_month(Month m);
Datum d_named(int64_t id, Str name);

typedef struct TableOrder TableOrder;

typedef struct {
    JsonOut      *json;
    XlsxOut      *book; /* null: JSON */
    Voice         voice;
    Measure       measure;
    bool          no_cost;
    Arena         scratch;
    const Column *columns;
    int           count;
    TableOrder   *order; /* of one of the tables (sales/insight/table_order.h); null: none */
} Tables;

/* Opens the object "tables"; or, where there is a book, each table becomes a sheet of it and nothing is written as
 * JSON.  With no_cost columns of cost stay empty. */
void tables_begin(Tables *t, JsonOut *json, XlsxOut *book, Voice voice, Measure measure, bool no_cost, Arena scratch);
void tables_end(Tables *t);
void table_begin(Tables *t, const char *name, const Column *columns, int count);
void table_row(Tables *t, const Datum *data);
void table_end(Tables *t);

/* Does the reader see nothing there?  And a share in millionths of a percent, as the screen gets it. */
bool table_is_empty(const Tables *t, CellType type, const Datum *d);
Wide table_share(const Datum *d);

#endif
