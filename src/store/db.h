/* One way to talk to both databases.
 *
 * A Db is one connection, used by one thread at a time, to a SQLite file or to PostgreSQL; the address says which.  The
 * SQL text is the same for both.  What little differs is written down in the text (store/dialect.h) and resolved once,
 * when a statement is first seen by the connection: a statement is prepared once and kept by its text, so dynamic SQL
 * must bind its values and never paste them.
 *
 *     Rows rows;
 *     TRY(db_query(db, SQL_CLIENT_BY_OWNER, VALS(val_int(owner), val_int(limit)), &rows));
 *     while (rows_next(&rows)) take(row_int(&rows, 0), row_text(&rows, 1));
 *     TRY(rows_end(&rows));
 *
 * Leaving before rows_end is safe: the end of the transaction or db_settle closes what is still open.
 *
 * The two engines are held to one behaviour: NULL and NONE are the same thing; a text never holds a NUL byte (INVALID);
 * after an error inside a transaction nothing works until it, or its savepoint, is rolled back; a text that is no
 * number is not taken into a column of numbers.  PostgreSQL guesses the type of a parameter from its surroundings:
 * where it stands alone or beside a small literal, write cast($1 as bigint) or cast($1 as text). */
#ifndef STORE_DB_H
#define STORE_DB_H

#include "core/day.h"
#include "core/number.h"

#include <stdatomic.h>

typedef struct Db Db;

typedef enum { DB_SQLITE, DB_POSTGRES } DbEngine;
typedef enum { DB_READ, DB_WRITE, DB_CREATE } DbMode; /* CREATE: WRITE, and a missing SQLite file is made */

/* ---- values ---- */

typedef enum { VAL_NULL, VAL_INT, VAL_REAL, VAL_TEXT, VAL_BLOB, VAL_IDS, VAL_TEXTS } ValKind;

typedef struct {
    ValKind kind;
    union {
        int64_t        number;
        double         real;
        Str            text; /* and the bytes of a blob */
        const int64_t *ids;
        const Str     *texts;
    };
    ptrdiff_t count; /* of ids or texts */
} Val;

/* Bytes are borrowed until the call returns. */
Val val_null(void);
Val val_int(int64_t v);                          /* NONE gives NULL                                           */
Val val_day(Day d);                              /* DAY_NONE gives NULL                                       */
Val val_real(double v);
Val val_text(Str s);                             /* s.s null gives NULL; an empty text that points somewhere is '' */
Val val_blob(Str bytes);                         /* the same                                                  */
Val val_ids(const int64_t *ids, ptrdiff_t n);    /* for `where c.id in {ids $1}`: any number, one statement   */
Val val_texts(const Str *texts, ptrdiff_t n);    /* for `where c.inn in {texts $1}`                           */

#define VALS(...) (const Val[]){ __VA_ARGS__ }, (int)(sizeof((Val[]){ __VA_ARGS__ }) / sizeof(Val))
#define NO_VALS   NULL, 0

/* ---- what went wrong ---- */

typedef enum {
    FAULT_NONE,
    FAULT_UNIQUE,    /* CONFLICT: there is one already; table and columns say of what                          */
    FAULT_REFERENCE, /* CONFLICT: points at nothing, or is pointed at                                          */
    FAULT_EMPTY,     /* CONFLICT: a column that must have a value has none                                     */
    FAULT_CHECK,     /* CONFLICT: a check of the table                                                         */
    FAULT_TEXT,      /* INVALID: a NUL byte in a text                                                          */
    FAULT_BUSY,      /* BUSY: locked, a serialization failure or a deadlock; the whole transaction again       */
    FAULT_STOPPED,   /* CONFLICT: db_stop was called                                                           */
    FAULT_FULL,      /* BROKEN: the disk, or the room given to the database, is used up                        */
    FAULT_LOST,      /* BUSY: the connection to PostgreSQL went away before a commit                            */
    FAULT_UNSURE,    /* BROKEN: it went away during one: what was written may be kept or not                   */
    FAULT_BROKEN,    /* BROKEN: anything else; the engine's words are in the log                               */
} DbFaultKind;

typedef struct {
    DbFaultKind kind;
    Err         err;
    const char *key;         /* of words/: `store.taken`, `store.disk_full` …; never null after an error   */
    char        table[64];   /* "" where the engine does not say (SQLite: references)                      */
    char        columns[160]; /* of a unique or empty fault, in the order of the index: "origin, key"       */
    char        name[64];    /* of the index or the check, where the engine says                            */
} DbFault;

const char    *db_fault_key(DbFaultKind kind);
const DbFault *db_fault(const Db *db); /* of the last error on this connection */

/* ---- connections ---- */

/* `address` is the path of a SQLite file or `postgresql://…`.  On an error *db is null and *why says what is wrong. */
Err      db_open(Str address, DbMode mode, Db **db, DbFault *why);
void     db_close(Db *db); /* null is allowed */
DbEngine db_engine(const Db *db);
DbEngine db_engine_of(Str address);

/* Free bytes of the disk a SQLite base lies on; false for a base that is not ours to know the disk of. */
bool     db_room(Db *db, int64_t *bytes);

/* Is this database fit to be served?  PostgreSQL must keep text in UTF-8 and compare it by bytes (collation C or
 * C.UTF-8), or lists would sort and page differently from SQLite: INVALID with `store.collation` or `store.encoding`
 * otherwise. */
Err db_fit(Db *db);

/* The settings of the server with which a loss of power can lose or ruin what was acknowledged: "fsync,
 * full_page_writes"; empty where there is none, as with SQLite, which is told at each opening to sync. */
Err db_risks(Db *db, Arena *mem, Str *settings);

/* SQLite: writes what this connection sees, with what still stands in the log, as a base of its own at `path`, where
 * there is nothing yet, unsynced (core/durable.h gives it its name).  The base itself is not changed. */
Err db_copy(Db *db, const char *path);

/* From any thread: what runs now ends soon with FAULT_STOPPED and so does everything after it, until db_go. */
void db_stop(Db *db);
void db_go(Db *db);

/* Connects again when PostgreSQL has gone away; OK at once when it has not. */
Err db_heal(Db *db);

/* Closes rows left open and gives back large buffers.  Called between two works. */
void db_settle(Db *db);

/* ---- statements ---- */

/* Runs a statement to its end.  `changed` (may be null) is the number of rows inserted, updated or deleted. */
Err db_run(Db *db, Str sql, const Val *vals, int n, int64_t *changed);

/* One statement for many rows: vals holds rows x per_row values.  A loop on SQLite; on PostgreSQL one statement over
 * arrays where the text is `insert into … values (…) [on conflict …]`, `update … set … where …` or `delete from … where
 * …`, else a pipeline. The rows must not meet each other (no id twice): the order in which they are applied is not
 * promised.  `changed` is the total. No `returning`. */
Err db_many(Db *db, Str sql, const Val *vals, int per_row, ptrdiff_t rows, int64_t *changed);

/* The first value of the first row as a number; NOT_FOUND (no fault) when there is no row. */
Err db_int(Db *db, Str sql, const Val *vals, int n, int64_t *out);

typedef struct {
    Db       *db;
    void     *open; /* null: at the end         */
    Err       err;
    int       columns;
    ptrdiff_t row;  /* PostgreSQL: in this portion */
} Rows;

/* Rows of a page: SQLite steps, PostgreSQL brings them all, so ask for no more than fits in memory.  Other statements
 * may run between two rows. */
Err db_query(Db *db, Str sql, const Val *vals, int n, Rows *rows);

/* Rows without end, for backup and facts: brought in portions of 4,096.  On PostgreSQL opens a read transaction of its
 * own when there is none, which stays open until rows_end; on SQLite the file cannot be checkpointed past it for as
 * long. */
Err db_stream(Db *db, Str sql, const Val *vals, int n, Rows *rows);

bool    rows_next(Rows *rows);             /* false at the end and on an error                       */
Err     rows_end(Rows *rows);              /* the error that ended it, or OK; may be called twice     */
bool    row_null(const Rows *rows, int column);
int64_t row_int(const Rows *rows, int column);  /* NULL gives NONE; a sum(…) of few whole numbers is one */
Wide    row_wide(const Rows *rows, int column); /* a sum(…) of whole numbers, exact on both engines however large;
                                                   NULL gives 0 */
Day     row_day(const Rows *rows, int column);  /* NULL gives DAY_NONE                                 */
double  row_real(const Rows *rows, int column); /* NULL gives 0                                        */
Str     row_text(const Rows *rows, int column); /* lives until the next rows_next; NULL gives s = null  */
Str     row_blob(const Rows *rows, int column); /* the same                                            */
ValKind row_kind(const Rows *rows, int column); /* NULL, INT, REAL, TEXT or BLOB: for tools that copy whole tables */
const char *row_name(const Rows *rows, int column);

/* ---- transactions: only work/ and the commands that stand alone call these ---- */

/* READ is one snapshot; WRITE takes SQLite's write lock at once and is serializable on PostgreSQL. */
Err db_begin(Db *db, DbMode mode);
Err db_commit(Db *db);    /* on an error the transaction is rolled back */
void db_rollback(Db *db); /* also outside of a transaction */
bool db_in_transaction(const Db *db);

/* A savepoint inside a transaction; they nest.  `keep` ends the innermost one with its changes, `undo` without. */
Err db_savepoint(Db *db);
Err db_savepoint_keep(Db *db);
Err db_savepoint_undo(Db *db);

/* ---- the shape of the base ---- */

/* Statements in the project's own types (store/ddl.h), separated by semicolons. */
Err db_ddl(Db *db, Str script);

/* Tables, separated by commas, have grown from little to much in a moment: plans made for small ones are made anew, and
 * what indexes hold is believed without a look at the rows.  PostgreSQL would see to it by itself a minute or more
 * later; SQLite needs neither.  Outside of a transaction. */
Err db_grown(Db *db, const char *tables);

/* Does it prepare?  For the standing test; leaves nothing behind. */
Err db_prepares(Db *db, Str sql);

/* What the engine said about the last error, for logs and tests; never for users. */
const char *db_engine_words(const Db *db);

#endif
