/* Inside of importing records: the rows in hand. */
#ifndef SALES_IMPORT_IMPORT_BATCH_H
#define SALES_IMPORT_IMPORT_BATCH_H

#include "core/map.h"
#include "entity/reach.h"
#include "sales/import/record_cells.h"

enum { BATCH = 200 };

typedef struct {
    int64_t number;
    Str     key;
    Value  *value; /* [columns]; a reference or a link is its text, and the record that was found for it */
    bool    bad;
    bool    done;  /* in this try it has been written                           */
    bool    apart; /* in this try it is not written together with others of its key */
    bool    moves; /* it changes the record that rows before it made or found     */
    int64_t who;   /* its record: the id, or minus the number of the row that makes it */
} Draft;

/* A dry run takes each batch back: what rows of the batches before would have made. */
typedef struct {
    Arena mem;
    Map  *key;    /* the record of a key, as in Draft.who; only those that are new */
    Map  *said;   /* of such a key: a hash of what its last row says               */
    Map  *unique; /* who has a value that there can be only once                   */
} Foreseen;

typedef struct {
    ImportRun    *run;
    const Entity *entity;
    RecordColumn  column[IMPORT_COLUMNS_MAX * PARTS_MOST];
    int           columns, key_at; /* key_at: place in column; -1: every row is new */
    Draft         draft[BATCH];
    int           n, from, end;    /* from, end: those that are being written        */
    ImportCount   count;           /* of these                                       */
    ImportCount   counted;         /* of them, what the run has counted already      */
    Foreseen      seen;
} Batch;

/* The records that the references of these rows name; one that nobody knows is made where a title is all it needs. */
Err batch_resolve(Work *w, Batch *b);

/* How the key of a row is compared: the column, and *folded, the text in it. */
Str batch_key(Arena *mem, const Batch *b, Str *folded, Str key);
/* Ids under the keys of these rows; -1: two records have it. */
Err batch_keys(Work *w, Batch *b, Map **known);

/* Whose row it is, where its key (folded; may be empty) finds no stored record. */
int64_t foreseen_who(Batch *b, const Draft *d, Str key);
/* Has a row of an earlier batch taken a value that there can be only once?  Says so. */
bool foreseen_taken(Arena mem, Batch *b, Draft *d);
/* Does the row say anything else of its record than the last one of an earlier batch? */
bool foreseen_moves(Arena mem, Batch *b, const Draft *d);
/* The batch has been tried: what it would have made is kept. */
void foreseen_keep(Arena mem, Batch *b);

/* The lists of a record while rows are added to it: what they hold by column, and room for so many more. */
typedef struct Lists Lists;
Lists *lists_new(Work *w, ptrdiff_t more);

/* Is there room in them for what the row says?  Else that is its problem: a list that is full is not written and
 * refused again for each row that finds it so. */
bool row_fits(Work *w, Batch *b, Draft *d, Lists *l, void *record);
/* Does it change anything? */
bool row_apply(Work *w, const Batch *b, const Draft *d, Lists *lists, void *record);

#endif
