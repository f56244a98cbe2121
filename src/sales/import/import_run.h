/* What the two ways of importing share: the rows, the count, the problems of rows, chunks that are written or only
 * tried. */
#ifndef SALES_IMPORT_IMPORT_RUN_H
#define SALES_IMPORT_IMPORT_RUN_H

#include "sales/import/import.h"
#include "sales/reading/table_rows.h"

enum { BAD_ROWS_MAX = 100000 }; /* kept with their reasons; more are counted */

typedef struct {
    int64_t rows, made, changed, known, bad, warned;
    int64_t sales, clients, new_clients; /* of sales: those that got lines, to whom they went, who was made for them */
    Wide    amount;                      /* of the new lines, minor units                                            */
} ImportCount;

typedef struct RowFault RowFault;

struct RowFault {
    RowFault   *next;
    int64_t     row;
    int         place;
    bool        warning;
    const char *key;
    Str         field, text, args; /* args: of its sentence, as they are kept */
};

typedef struct ImportRun ImportRun;

struct ImportRun {
    Work       *w;      /* of the job, in the slow lane            */
    Job        *job;
    int64_t     id;
    ImportPlan  plan;
    Str         bytes;  /* of the file, mapped                     */
    TableRows   rows;
    ImportCount count;
    Arena       memory; /* of the chunk in hand: emptied after it  */
    RowFault   *fault_first, *fault_last; /* found since the last chunk, in its memory */
    int64_t     fault_row;
    int         fault_place;
    int64_t     bad_row; /* counted last */
    bool        taking_back; /* what is said is what an undo left */
    bool        writing; /* rows that were read once are looked at again: their problems stand behind those of the
                            reading */
    int64_t     kept;   /* faults written so far                   */
    int64_t     chunks; /* written so far                          */
};

/* Something is wrong with a row: it is not taken.  A warning lets it pass.  `field` is the column's name, `text` what
 * stood there. */
void row_problem(ImportRun *run, int64_t row, Str field, const char *key, Str text);
void row_warning(ImportRun *run, int64_t row, Str field, const char *key, Str text);

/* A cell that cannot be read: where the plan lets its field stay empty a warning, and true; else a problem. */
bool row_odd(ImportRun *run, int64_t row, Str field, const char *key, Str text);

/* Makes people of these names (each once, nobody has them) in the role of the plan, without passwords.  The door asks
 * for the right, and for whether the role is within reach. */
Err import_people_make(Work *w, ImportRun *run, const Str *names, ptrdiff_t n, int64_t *ids);

/* The same of a problem that has been found already, with all that its sentence names. */
void row_told(ImportRun *run, int64_t row, const Problem *p, bool warning);

/* What was noted of a save (entity/check.h): warnings of the rows that its records stand in. */
void notes_told(Work *w, ImportRun *run, const int64_t *row_of, ptrdiff_t n);
void notes_forget(Work *w);

/* Runs `write` in the writer lane; in a dry run everything is rolled back afterwards.  Then keeps the faults found so
 * far and empties the chunk's memory. */
Err import_chunk(ImportRun *run, Err (*write)(Work *w, void *to), void *to);

/* The same without what follows: the faults and the chunk's memory stay.  *refused: the rows were written, and what
 * follows such a change (a handler) refused them together; the first of w's problems says why. */
Err import_try(ImportRun *run, Err (*write)(Work *w, void *to), void *to, bool *refused);

/* What was said has been taken up. */
void problems_forget(Work *w);

/* Keeps the faults found so far. */
Err import_faults(ImportRun *run);

/* The next row of the file, counted; NOT_FOUND behind the last.  What is odd about it and does not keep it from being
 * read becomes a warning. */
Err import_row(ImportRun *run, TableRow *row);

/* Takes back all that the import did.  What stays is listed among its rows. */
Err import_take_back(ImportRun *run);

/* The two ways. */
Err import_records(ImportRun *run);
Err import_sales(ImportRun *run);

#endif
