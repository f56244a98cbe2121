/* Vessels that empty within a day, in a fixed table: one a person, and one of the firm; behind them their rows in the
 * base, by the clock of the calendar. */
#include "access/changing.h"

#include "access/access_sql.h"
#include "core/bounds.h"
#include "work/work.h"

#include <pthread.h>

#define LINES  4096
#define STEPS  16 /* places tried from the hashed one */
#define DAY_MS (INT64_C(24) * 3600 * 1000)

typedef struct {
    int64_t user, bytes, at; /* what it held at that moment; bytes 0: free */
    int64_t unwritten;       /* of them what the base does not hold yet    */
} Line;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static Line            lines[LINES], firm;

static int64_t most_of(int64_t user) { return user ? BOUND_CHANGED_BY_ONE : BOUND_CHANGED_BY_ALL; }

static int64_t level(const Line *line, int64_t most, int64_t ms)
{
    int64_t since = ms > line->at ? ms - line->at : 0;
    int64_t gone  = since < DAY_MS ? (int64_t)((Wide)most * since / DAY_MS) : most;
    return line->bytes > gone ? line->bytes - gone : 0;
}

/* The line of the person; null when all around its place are in use, which takes thousands of people. */
static Line *line_of(int64_t user, int64_t ms)
{
    Line *empty = NULL;
    if (!user) return &firm;
    for (int64_t i = 0; i < STEPS; i++) {
        Line *line = &lines[(user + i) % LINES];
        if (line->user == user) return line;
        if (!empty && !line->unwritten && level(line, most_of(1), ms) == 0) empty = line;
    }
    if (empty) *empty = (Line){ .user = user };
    return empty;
}

int64_t changing_level(int64_t user, int64_t ms)
{
    pthread_mutex_lock(&lock);
    const Line *line = line_of(user, ms);
    int64_t     now  = line ? level(line, most_of(user), ms) : 0;
    pthread_mutex_unlock(&lock);
    return now;
}

void changing_add(int64_t user, int64_t bytes, int64_t ms)
{
    pthread_mutex_lock(&lock);
    Line *line = line_of(user, ms);
    if (line) *line = (Line){ user, level(line, most_of(user), ms) + bytes, ms, line->unwritten + bytes };
    pthread_mutex_unlock(&lock);
}

/* 0: there is room.  Otherwise how long until there is. */
static int64_t wait_of(int64_t user, int64_t bytes, int64_t ms)
{
    int64_t most = most_of(user), over = changing_level(user, ms) + bytes - most;
    return over <= 0 ? 0 : (int64_t)((Wide)over * DAY_MS / most) + 1;
}

Err changing_need(Work *w, int64_t bytes, int64_t *wait_ms)
{
    *wait_ms = 0;
    if (!w->actor) return OK;
    int64_t own = wait_of(w->actor, bytes, work_steady(w)), all = wait_of(0, bytes, work_steady(w));
    *wait_ms = own > all ? own : all;
    if (!*wait_ms) return OK;
    return fail(w, DENIED, NULL, own ? "change.too_much" : "change.too_much_firm",
                arg_count("megabytes", (own ? BOUND_CHANGED_BY_ONE : BOUND_CHANGED_BY_ALL) / MIB));
}

void changing_count(Work *w, int64_t bytes)
{
    if (!w->actor) return;
    changing_add(w->actor, bytes, work_steady(w));
    changing_add(0, bytes, work_steady(w));
}

/* ---- what the base holds ---- */

static void take(Changed *to, Line *line, int64_t least)
{
    if (!line->unwritten || line->unwritten < least) return;
    to->user[to->count]    = line->user;
    to->bytes[to->count++] = line->unwritten;
    line->unwritten        = 0;
}

Changed changing_take(Arena *mem, int64_t least)
{
    Changed changed = { .user = NEW_RAW(mem, int64_t, LINES + 1),
                        .bytes = NEW_RAW(mem, int64_t, LINES + 1),
                        .level = NEW_RAW(mem, int64_t, LINES + 1) };
    pthread_mutex_lock(&lock);
    for (int i = 0; i < LINES; i++) take(&changed, &lines[i], least);
    take(&changed, &firm, least);
    pthread_mutex_unlock(&lock);
    return changed;
}

static int64_t level_of_row(const Rows *row, Moment now)
{
    Line line = { .user = row_int(row, 0), .bytes = row_int(row, 1), .at = row_int(row, 2) };
    return level(&line, most_of(line.user), now);
}

/* Other servers have written there too. */
static Err levels_read(Work *w, Changed *c)
{
    Rows rows;
    for (ptrdiff_t i = 0; i < c->count; i++) c->level[i] = 0;
    TRY(db_query(w->db, SQL_CHANGING_OF, VALS(val_ids(c->user, c->count)), &rows));
    while (rows_next(&rows))
        for (ptrdiff_t i = 0; i < c->count; i++)
            if (c->user[i] == row_int(&rows, 0)) c->level[i] = level_of_row(&rows, w->now);
    return rows_end(&rows);
}

Err changing_write(Work *w, void *to)
{
    Changed *c    = to;
    Val     *vals = NEW_N(w->mem, Val, c->count * 3);
    if (!c->count) return OK;
    TRY(levels_read(w, c));
    for (ptrdiff_t i = 0; i < c->count; i++) {
        c->level[i] += c->bytes[i];
        vals[i * 3]     = val_int(c->user[i]);
        vals[i * 3 + 1] = val_int(c->level[i]);
        vals[i * 3 + 2] = val_int(w->now);
    }
    c->at = work_steady(w);
    return db_many(w->db, SQL_CHANGING_PUT, vals, 3, c->count, NULL);
}

/* The base never says less than this server knows by itself, unless a clock was put forward. */
static void learn(int64_t user, int64_t told, int64_t ms)
{
    Line   *line = line_of(user, ms);
    int64_t own  = line ? level(line, most_of(user), ms) : 0;
    if (!line) return;
    told += line->unwritten;
    *line = (Line){ user, told > own ? told : own, ms, line->unwritten };
}

void changing_written(const Changed *c, bool good)
{
    pthread_mutex_lock(&lock);
    for (ptrdiff_t i = 0; i < c->count; i++) {
        Line *line = good ? NULL : line_of(c->user[i], c->at);
        if (good) learn(c->user[i], c->level[i], c->at);
        if (line) line->unwritten += c->bytes[i];
    }
    pthread_mutex_unlock(&lock);
}

Err changing_read(Work *w, void *to)
{
    Rows rows;
    (void)to;
    TRY(db_query(w->db, SQL_CHANGING_LATELY, VALS(val_int(w->now - DAY_MS)), &rows));
    while (rows_next(&rows)) {
        pthread_mutex_lock(&lock);
        learn(row_int(&rows, 0), level_of_row(&rows, w->now), work_steady(w));
        pthread_mutex_unlock(&lock);
    }
    return rows_end(&rows);
}
