/* What an engine must know how to do, and what a connection is inside store/.  Nobody outside includes this. */
#ifndef STORE_ENGINE_H
#define STORE_ENGINE_H

#include "store/dialect.h"

typedef struct Prepared Prepared;
typedef struct Open     Open;

/* A statement of one connection, kept by its text. */
struct Prepared {
    Prepared *next;      /* in its bucket */
    uint64_t  hash;
    Str       sql;       /* as it was given; owned */
    uint64_t  used;      /* when last, in uses of this connection */
    bool      busy;      /* its rows are being read */
    void     *statement; /* SQLite: sqlite3_stmt */
    char      name[24];  /* PostgreSQL */
    Str       many;      /* PostgreSQL: its form over arrays (store/postgres_many.c); owned */
    int       many_known;/* 0 not looked at, 1 there is one, -1 there is none */
};

/* Rows that are being read. */
struct Open {
    Open     *next;
    Prepared *prepared; /* null: a cursor */
    void     *result;   /* PostgreSQL: PGresult */
    bool      kept_out; /* the statement is not in the cache: a second use of a busy text */
    bool      cursor_tx;/* the cursor opened the transaction */
    int       cursor;
    bool      ended;
};

typedef struct {
    Err  (*prepare)(Db *db, Prepared *p);
    void (*forget)(Db *db, Prepared *p);
    Err  (*run)(Db *db, Prepared *p, const Val *vals, int n, int64_t *changed);
    Err  (*many)(Db *db, Prepared *p, const Val *vals, int per_row, ptrdiff_t rows, int64_t *changed);
    Err  (*query)(Db *db, Prepared *p, const Val *vals, int n, Rows *rows);
    Err  (*stream)(Db *db, Str sql, const Val *vals, int n, Rows *rows); /* null: query streams */
    bool (*next)(Rows *rows);
    void (*end)(Db *db, Open *open);
    Err  (*script)(Db *db, const char *sql);
    Err  (*fit)(Db *db);
    Err  (*copy)(Db *db, const char *path); /* null: there are no files to copy */
    bool (*gone)(Db *db);   /* null: never */
    Err  (*again)(Db *db);
    void (*stop)(Db *db);
    bool (*lost)(Db *db); /* a transaction is open by our book, but the engine has ended it */
    void (*close)(Db *db);
    ValKind (*kind)(const Rows *rows, int column);
    int64_t (*number)(const Rows *rows, int column);
    Wide    (*wide)(const Rows *rows, int column);
    double  (*real)(const Rows *rows, int column);
    Str     (*bytes)(const Rows *rows, int column);
    const char *(*name)(const Rows *rows, int column);
    const char *begin[3]; /* by DbMode */
} Engine;

enum { CACHE_BUCKETS = 256, CACHE_MOST = 160 };

struct Db {
    const Engine *engine;
    DbEngine      which;
    DbMode        mode;
    void         *at;         /* sqlite3 or PGconn           */
    void         *canceller;  /* PGcancel                    */
    Arena         scratch;    /* for one call; borrowed by value */
    DbFault       fault;
    char          words[512];
    bool          in_transaction, spoiled, in_script;
    int           depth;      /* savepoints                  */
    atomic_bool   stopped;
    Open         *open;
    Prepared     *cache[CACHE_BUCKETS];
    int           cached;
    uint64_t      uses, names;
    int           cursors, settled;
};

Err  sqlite_open(Db *db, Str address);
Err  postgres_open(Db *db, Str address);

/* The fault's kind decides its Err and key; `words` go to the log (BROKEN kinds) and to db_engine_words. */
Err  db_blame(Db *db, DbFaultKind kind, const char *words);

/* Refuses before the engine is asked: stopped, spoiled, a NUL in a text. */
Err  db_may(Db *db, const Val *vals, ptrdiff_t n);

/* The statement of a text.  kept_out: the kept one is being read just now, this one is to be forgotten after use. */
Err  prepared_find(Db *db, Str sql, Prepared **out, bool *kept_out);
void prepared_forget(Db *db, Prepared *p);
void prepared_forget_all(Db *db);

/* sqlite_sum.c: sum(…) of whole numbers in 128 bits, in the place of SQLite's own, which fails beyond 64; a text where
 * it does not fit in 64. */
void sqlite_sum_add(void *at);
Wide sqlite_sum_read(Str text);

Open *db_open_rows(Db *db, Prepared *p, Rows *rows);

/* A list as SQLite's JSON or PostgreSQL's array literal, NUL-terminated. */
Str  list_text(Arena *mem, DbEngine engine, const Val *list);
void list_quoted(Buf *b, DbEngine engine, Str text);

#endif
