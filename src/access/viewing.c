/* Counts of cards and rows in a fixed table: a line per person and entity, with the last ten minutes in a ring; and
 * which records were counted in them, in another fixed table, from which the oldest goes when its neighbourhood is
 * full: it would be counted again. */
#include "access/viewing.h"

#include "access/access_sql.h"
#include "work/work.h"

#include <pthread.h>
#include <string.h>

#define LINES   4096
#define MINUTES 10
#define STEPS   16 /* places tried from the hashed one */
#define SEEN    (1 << 17) /* records remembered, of all people */
#define AROUND  8         /* places one of them can stand at   */

/* Limits go by minutes of a clock that never goes back, what is written by those of the calendar. */
typedef struct {
    int64_t minute, of_day;
    int64_t records;               /* that count for the limit         */
    int64_t new_cards, new_rows;   /* shown and not yet written        */
} Minute;

typedef struct {
    int64_t user; /* 0: free */
    char    entity[40];
    Minute  ring[MINUTES];
} Line;

typedef struct {
    uint64_t key; /* of person, entity and record; 0: free */
    int64_t  minute;
} Seen;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static Line            lines[LINES];
static Seen            seen[SEEN];

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

static int64_t records_lately(const Line *line, int64_t minute)
{
    int64_t sum = 0;
    for (int i = 0; i < MINUTES; i++)
        if (line->ring[i].minute > minute - MINUTES) sum += line->ring[i].records;
    return sum;
}

static Minute *minute_of(Line *line, int64_t minute)
{
    Minute *m = &line->ring[minute % MINUTES];
    if (m->minute != minute) *m = (Minute){ .minute = minute };
    return m;
}

/* What is remembered of a record: that it was counted for the limit, and that it was opened. */
typedef enum { AS_SHOWN, AS_OPENED } SeenAs;

static uint64_t key_of(const Line *line, int64_t record, SeenAs as)
{
    uint64_t of_line = str_hash(str_of(line->entity), (uint64_t)line->user * 2 + as);
    return str_hash((Str){ (const char *)&record, sizeof record }, of_line) | 1;
}

static Seen *around(uint64_t key, uint64_t i) { return &seen[(key / 2 + i) % SEEN]; }

static bool seen_lately(uint64_t key, int64_t minute)
{
    for (uint64_t i = 0; i < AROUND; i++)
        if (around(key, i)->key == key) return around(key, i)->minute > minute - MINUTES;
    return false;
}

/* In its own place, or in that of the oldest around it. */
static void seen_keep(uint64_t key, int64_t minute)
{
    Seen *to = around(key, 0);
    for (uint64_t i = 0; i < AROUND && to->key != key; i++)
        if (around(key, i)->key == key || around(key, i)->minute < to->minute) to = around(key, i);
    *to = (Seen){ key, minute };
}

/* Without a limit records are not told apart.  Nothing is kept of what is refused. */
static bool within_limit(Line *line, int64_t minute, int64_t limit, const int64_t *records, ptrdiff_t n)
{
    int64_t lately = records_lately(line, minute);
    if (limit <= 0) return true;
    for (ptrdiff_t i = 0; i < n; i++) lately += !seen_lately(key_of(line, records[i], AS_SHOWN), minute);
    if (lately > limit) return false;
    for (ptrdiff_t i = 0; i < n; i++) {
        uint64_t key = key_of(line, records[i], AS_SHOWN);
        if (seen_lately(key, minute)) continue;
        seen_keep(key, minute);
        minute_of(line, minute)->records++;
    }
    return true;
}

/* A record whose parts a screen asks for one by one is one card. */
static int64_t newly_opened(Line *line, int64_t minute, const int64_t *records, ptrdiff_t n)
{
    int64_t sum = 0;
    for (ptrdiff_t i = 0; i < n; i++) {
        uint64_t key = key_of(line, records[i], AS_OPENED);
        if (seen_lately(key, minute)) continue;
        seen_keep(key, minute);
        sum++;
    }
    return sum;
}

Err viewing_count(Work *w, const char *entity, ViewedAs as, const int64_t *records, ptrdiff_t n)
{
    if (!w->who || w->who->user == 0 || n == 0) return OK;
    int64_t minute = work_steady(w) / 60000, limit = w->who->view_limit;
    pthread_mutex_lock(&lock);
    Line *line = line_of(w->who->user, str_of(entity), minute);
    bool  good = !line || within_limit(line, minute, limit, records, n);
    if (line && good && as == VIEWED_CARD) minute_of(line, minute)->new_cards += newly_opened(line, minute, records, n);
    if (line && good && as == VIEWED_ROW) minute_of(line, minute)->new_rows += n;
    if (line && good) minute_of(line, minute)->of_day = w->now / 60000;
    pthread_mutex_unlock(&lock);
    return good ? OK : fail(w, DENIED, NULL, "view.too_many", arg_count("limit", limit));
}

Err viewing_card(Work *w, const char *entity, int64_t record)
{
    return viewing_count(w, entity, VIEWED_CARD, &record, 1);
}

static Viewed viewed_new(Arena *mem)
{
    ptrdiff_t n = (ptrdiff_t)LINES * MINUTES;
    return (Viewed){ .mem = mem,
                     .user = NEW_RAW(mem, int64_t, n),
                     .minute = NEW_RAW(mem, int64_t, n),
                     .of_day = NEW_RAW(mem, int64_t, n),
                     .cards = NEW_RAW(mem, int64_t, n),
                     .rows = NEW_RAW(mem, int64_t, n),
                     .entity = NEW_RAW(mem, Str, n) };
}

/* Where a minute of the calendar stands among those of the line from `first` on: two minutes of the counting may begin
 * in one of the calendar. */
static ptrdiff_t place_of_day(Viewed *to, ptrdiff_t first, const Line *line, const Minute *m)
{
    for (ptrdiff_t i = first; i < to->count; i++)
        if (to->of_day[i] == m->of_day) return i;
    to->user[to->count]   = line->user;
    to->entity[to->count] = str_copy(to->mem, str_of(line->entity));
    to->minute[to->count] = m->minute;
    to->of_day[to->count] = m->of_day;
    to->cards[to->count] = to->rows[to->count] = 0;
    return to->count++;
}

static void take_line(Viewed *to, Line *line)
{
    ptrdiff_t first = to->count;
    for (int i = 0; i < MINUTES; i++) {
        Minute *m = &line->ring[i];
        if (!m->new_cards && !m->new_rows) continue;
        ptrdiff_t at = place_of_day(to, first, line, m);
        to->cards[at] += m->new_cards;
        to->rows[at] += m->new_rows;
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
        row[2]   = val_int(viewed->of_day[i]);
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
