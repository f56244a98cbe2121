/* A table of listeners beside the streams of net/. */
#include "api/live.h"

#include "access/access_sql.h"
#include "entity/entity.h"
#include "format/json.h"
#include "work/work.h"

#include <pthread.h>
#include <string.h>

#define LISTENERS 2048

struct Live {
    pthread_mutex_t lock;
    Lanes          *lanes;
    Events         *events;
    int             count;
    Listener        at[LISTENERS];
};

Live *live_new(Arena *mem, Lanes *lanes)
{
    Live *live   = NEW(mem, Live);
    live->lanes  = lanes;
    live->events = events_new((EventsOptions){ 0 });
    pthread_mutex_init(&live->lock, NULL);
    return live;
}

void live_drop(Live *live)
{
    pthread_mutex_lock(&live->lock);
    Events *events = live->events;
    live->events   = NULL; /* a request that is still in a lane finds that it comes too late */
    live->count    = 0;
    pthread_mutex_unlock(&live->lock);
    events_drop(events);
}

Err live_listener(Work *w, Listener *out)
{
    *out = (Listener){ .user = w->who->user, .session = w->who->session };
    for (ptrdiff_t i = 0; entity_at(i) && i < 256; i++)
        if (access_scope(w->who, entity_at(i)->name, "view") != SCOPE_NONE) out->may[i / 64] |= UINT64_C(1) << (i % 64);
    return db_int(w->db, SQL_RIGHTS_EDITION_READ, NO_VALS, &out->edition);
}

static void seat(Live *live, const Listener *listener)
{
    int i = 0;
    while (i < live->count && live->at[i].session != listener->session) i++;
    if (i == LISTENERS) return;
    live->at[i] = *listener;
    if (i == live->count) live->count++;
}

bool live_open(Live *live, HttpRequest *http, const Listener *listener)
{
    pthread_mutex_lock(&live->lock);
    bool open = live->events != NULL;
    if (open) {
        seat(live, listener);
        events_open(live->events, http, listener->user, listener->session);
    }
    pthread_mutex_unlock(&live->lock);
    return open;
}

static ptrdiff_t place_of(const char *entity)
{
    for (ptrdiff_t i = 0; entity_at(i); i++)
        if (strcmp(entity_at(i)->name, entity) == 0) return i;
    return -1;
}

static bool told_already(const Live *live, int upto)
{
    for (int i = 0; i < upto; i++)
        if (live->at[i].user == live->at[upto].user) return true;
    return false;
}

void live_tell(Live *live, const char *topic, const char *entity, int64_t id)
{
    Arena     mem   = arena_new(64 * 1024);
    Buf       line  = buf_new(&mem, 200);
    JsonOut   j     = js_to(&line);
    ptrdiff_t place = place_of(entity);
    js_object(&j);
    js_key(&j, "topic");  js_c(&j, topic);
    js_key(&j, "entity"); js_c(&j, entity);
    if (id) {
        js_key(&j, "id");
        js_i64(&j, id);
    }
    js_end(&j);
    pthread_mutex_lock(&live->lock);
    for (int i = 0; i < live->count && place >= 0; i++) {
        bool may = live->at[i].may[place / 64] >> (place % 64) & 1;
        if (may && !told_already(live, i)) events_publish(live->events, live->at[i].user, S("message"), buf_str(&line));
    }
    pthread_mutex_unlock(&live->lock);
    arena_drop(&mem);
}

/* ---- the beat ---- */

typedef struct {
    int64_t session[LISTENERS], edition[LISTENERS];
    int     count;
} Alive;

typedef struct {
    const int64_t *ids;
    int            n;
    Alive         *alive;
} Beat;

static Err look_up(Work *w, void *to)
{
    Beat *b = to;
    Rows  row;
    b->alive->count = 0;
    TRY(db_query(w->db, SQL_SESSIONS_ALIVE, VALS(val_ids(b->ids, b->n), val_int(w->now), val_int(w->now - SESSION_IDLE_MS)), &row));
    while (rows_next(&row)) {
        int i = b->alive->count++;
        b->alive->session[i] = row_int(&row, 0);
        b->alive->edition[i] = row_int(&row, 1);
    }
    return rows_end(&row);
}

static bool is_alive(const Alive *alive, const Listener *l)
{
    for (int i = 0; i < alive->count; i++)
        if (alive->session[i] == l->session) return alive->edition[i] == l->edition;
    return false;
}

static int sessions_of(Live *live, int64_t *ids)
{
    pthread_mutex_lock(&live->lock);
    int n = live->count;
    for (int i = 0; i < n; i++) ids[i] = live->at[i].session;
    pthread_mutex_unlock(&live->lock);
    return n;
}

static void end_the_dead(Live *live, const Alive *alive, const int64_t *asked, int n)
{
    pthread_mutex_lock(&live->lock);
    for (int k = 0; k < n; k++) {
        int i = 0;
        while (i < live->count && live->at[i].session != asked[k]) i++;
        if (i == live->count || is_alive(alive, &live->at[i])) continue;
        events_end(live->events, live->at[i].user, live->at[i].session);
        live->at[i] = live->at[--live->count];
    }
    pthread_mutex_unlock(&live->lock);
}

void live_beat(Live *live)
{
    Arena    mem = arena_new(1 << 20);
    int64_t *ids = NEW_RAW(&mem, int64_t, LISTENERS);
    Beat     b   = { .ids = ids, .n = sessions_of(live, ids), .alive = NEW_RAW(&mem, Alive, 1) };
    LaneWork work = { .run = look_up, .to = &b };
    if (b.n && lanes_run(live->lanes, LANE_FAST, &work, NULL) == OK) end_the_dead(live, b.alive, ids, b.n);
    arena_drop(&mem);
}
