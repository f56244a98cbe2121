/* Counts of cards and rows in a fixed table: a line per person and entity, with the last ten minutes in a ring. */
#include "access/viewing.h"

#include "access/access_sql.h"
#include "work/work.h"

#include <pthread.h>
#include <string.h>

#define LINES   4096
#define MINUTES 10
#define STEPS   16 /* places tried from the hashed one */
#define SEEN    16 /* cards of this minute that are remembered, each at the place of its id */

typedef struct {
    int64_t minute;
    int64_t cards, rows;           /* in this minute         */
    int64_t new_cards, new_rows;   /* of them not yet written */
} Minute;

typedef struct {
    int64_t user; /* 0: free */
    char    entity[40];
    Minute  ring[MINUTES];
    int64_t seen[SEEN], seen_minute;
} Line;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static Line            lines[LINES];

static bool is_over(const Line *line, int64_t minute)
{
    for (int i = 0; i < MINUTES; i++) {
        const Minute *m = &line->ring[i];
        if (m->new_cards || m->new_rows || m->minute > minute - MINUTES) return false;
    }
    return true;
}

/* The line of the pair; null when everything around its place is in use, which takes thousands of people. */
static Line *line_of(int64_t user, Str entity, int64_t minute)
{
    uint64_t at   = str_hash(entity, (uint64_t)user);
    Line    *free_line = NULL;
    for (int i = 0; i < STEPS; i++) {
        Line *line = &lines[(at + (uint64_t)i) % LINES];
        if (line->user == user && str_eq(str_of(line->entity), entity)) return line;
        if (!free_line && (line->user == 0 || is_over(line, minute))) free_line = line;
    }
    if (!free_line || entity.n >= (ptrdiff_t)sizeof(free_line->entity)) return NULL;
    *free_line = (Line){ .user = user };
    memcpy(free_line->entity, entity.s, (size_t)entity.n);
    return free_line;
}

static int64_t cards_lately(const Line *line, int64_t minute)
{
    int64_t sum = 0;
    for (int i = 0; i < MINUTES; i++)
        if (line->ring[i].minute > minute - MINUTES) sum += line->ring[i].cards;
    return sum;
}

static void add(Line *line, int64_t minute, int64_t cards, int64_t rows)
{
    Minute *m = &line->ring[minute % MINUTES];
    if (m->minute != minute) *m = (Minute){ .minute = minute };
    m->cards += cards;
    m->rows += rows;
    m->new_cards += cards;
    m->new_rows += rows;
}

/* A record whose parts a screen asks for one by one is one card.  Of two that share a place the later stays: the earlier counts again. */
static bool seen_now(Line *line, int64_t minute, int64_t record)
{
    if (line->seen_minute != minute) memset(line->seen, 0, sizeof line->seen);
    line->seen_minute = minute;
    return line->seen[record % SEEN] == record;
}

/* record 0: the cards are not told apart. */
static Err count(Work *w, const char *entity, int64_t record, int64_t cards, int64_t rows)
{
    if (w->who->user == 0) return OK;
    int64_t minute = w->now / 60000, limit = w->who->view_limit;
    pthread_mutex_lock(&lock);
    Line *line     = line_of(w->who->user, str_of(entity), minute);
    bool  again    = line && record > 0 && seen_now(line, minute, record);
    bool  too_many = line && !again && cards && limit != NONE && cards_lately(line, minute) + cards > limit;
    if (line && !again && !too_many) {
        add(line, minute, cards, rows);
        if (record > 0) line->seen[record % SEEN] = record;
    }
    pthread_mutex_unlock(&lock);
    return too_many ? fail(w, DENIED, NULL, "view.too_many", arg_count("limit", limit)) : OK;
}

Err viewing_count(Work *w, const char *entity, int64_t cards, int64_t rows) { return count(w, entity, 0, cards, rows); }
Err viewing_card(Work *w, const char *entity, int64_t record) { return count(w, entity, record, 1, 0); }

static Viewed viewed_new(Arena *mem)
{
    ptrdiff_t n = (ptrdiff_t)LINES * MINUTES;
    return (Viewed){ .mem = mem, .user = NEW_RAW(mem, int64_t, n), .minute = NEW_RAW(mem, int64_t, n), .cards = NEW_RAW(mem, int64_t, n),
                     .rows = NEW_RAW(mem, int64_t, n), .entity = NEW_RAW(mem, Str, n) };
}

static void take_line(Viewed *to, Line *line)
{
    for (int i = 0; i < MINUTES; i++) {
        Minute *m = &line->ring[i];
        if (!m->new_cards && !m->new_rows) continue;
        to->user[to->count]     = line->user;
        to->entity[to->count]   = str_copy(to->mem, str_of(line->entity));
        to->minute[to->count]   = m->minute;
        to->cards[to->count]    = m->new_cards;
        to->rows[to->count++]   = m->new_rows;
        m->new_cards = m->new_rows = 0;
    }
}

Viewed viewing_take(Arena *mem)
{
    Viewed viewed = viewed_new(mem);
    pthread_mutex_lock(&lock);
    for (int i = 0; i < LINES; i++)
        if (lines[i].user) take_line(&viewed, &lines[i]);
    pthread_mutex_unlock(&lock);
    return viewed;
}

Err viewing_write(Work *w, void *to)
{
    const Viewed *viewed = to;
    Val          *vals   = NEW_N(w->mem, Val, viewed->count * 5);
    for (ptrdiff_t i = 0; i < viewed->count; i++) {
        Val *row = vals + i * 5;
        row[0]   = val_int(viewed->user[i]);
        row[1]   = val_text(viewed->entity[i]);
        row[2]   = val_int(viewed->minute[i]);
        row[3]   = val_int(viewed->cards[i]);
        row[4]   = val_int(viewed->rows[i]);
    }
    if (!viewed->count) return OK;
    return db_many(w->db, SQL_VIEWING_ADD, vals, 5, viewed->count, NULL);
}

void viewing_back(const Viewed *viewed)
{
    pthread_mutex_lock(&lock);
    for (ptrdiff_t i = 0; i < viewed->count; i++) {
        Line *line = line_of(viewed->user[i], viewed->entity[i], viewed->minute[i]);
        if (!line) continue;
        Minute *m = &line->ring[viewed->minute[i] % MINUTES];
        if (m->minute != viewed->minute[i]) continue;
        m->new_cards += viewed->cards[i];
        m->new_rows += viewed->rows[i];
    }
    pthread_mutex_unlock(&lock);
}
