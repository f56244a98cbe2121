/* A table of listeners beside the streams of net/. */
#include "api/live_inside.h"

#include "access/access_sql.h"
#include "access/rights_kept.h"
#include "core/bounds.h"
#include "entity/ids.h"
#include "format/json.h"
#include "work/work.h"

#include <pthread.h>
#include <string.h>

struct Live {
    pthread_mutex_t lock;
    Lanes          *lanes;
    Events         *events;
    int             count;
    Listener        at[LISTENERS]; /* each with room for its scopes */
};

static Listener *listeners_seat(Arena *mem, Listener *at)
{
    ptrdiff_t      entities = entity_count();
    unsigned char *scopes   = NEW_N(mem, unsigned char, LISTENERS * entities);
    for (int i = 0; i < LISTENERS; i++) at[i].scope = scopes + i * entities;
    return at;
}

static void listener_put(Listener *to, const Listener *from)
{
    unsigned char *scope = to->scope;
    *to       = *from;
    to->scope = scope;
    memcpy(scope, from->scope, (size_t)entity_count());
}

Live *live_new(Arena *mem, Lanes *lanes)
{
    Live *live   = NEW(mem, Live);
    live->lanes  = lanes;
    live->events = events_new((EventsOptions){ 0 });
    listeners_seat(mem, live->at);
    if (!live->events) return NULL;
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

static void scopes_take(Listener *l, const Actor *actor)
{
    for (ptrdiff_t i = 0; entity_at(i); i++)
        l->scope[i] = (unsigned char)access_scope(actor, entity_at(i)->name, "view");
}

void live_listener(Work *w, Listener *out)
{
    *out = (Listener){ .user = w->who->user,
                       .session = w->who->session,
                       .role = w->who->role,
                       .edition = w->who->edition,
                       .given = w->who->given,
                       .stands_in = w->who->stands_in,
                       .scope = NEW_RAW(w->mem, unsigned char, entity_count()) };
    scopes_take(out, w->who);
}

static int seat_of(const Live *live, int64_t session)
{
    int i = 0;
    while (i < live->count && live->at[i].session != session) i++;
    return i;
}

typedef struct {
    Events         *events;
    HttpRequest    *http;
    const Listener *listener;
} Opening;

static Err stream_open(void *to)
{
    const Opening *o = to;
    events_open(o->events, o->http, o->listener->user, o->listener->session);
    return OK;
}

bool live_open(Live *live, HttpRequest *http, const Listener *listener)
{
    pthread_mutex_lock(&live->lock);
    bool open = live->events != NULL;
    int  i    = seat_of(live, listener->session);
    if (open && i < LISTENERS) {
        listener_put(&live->at[i], listener);
        if (i == live->count) live->count++;
    }
    Opening o = { live->events, http, listener };
    if (open) open = guarded(stream_open, &o) == OK;
    pthread_mutex_unlock(&live->lock);
    return open;
}

/* ---- who still listens, and with which rights ---- */

/* The listeners as they were when asked for, and then as they are now. */
typedef struct {
    Listener *at; /* session 0: is over */
    int64_t  *session;
    int       n;
} Roll;

static Roll roll_call(Live *live, Arena *mem)
{
    Roll r = { .at      = listeners_seat(mem, NEW_RAW(mem, Listener, LISTENERS)),
               .session = NEW_RAW(mem, int64_t, LISTENERS) };
    pthread_mutex_lock(&live->lock);
    r.n = live->count;
    for (int i = 0; i < r.n; i++) {
        listener_put(&r.at[i], &live->at[i]);
        r.session[i] = r.at[i].session;
    }
    pthread_mutex_unlock(&live->lock);
    return r;
}

static Err rights_anew(Db *db, Arena scratch, Listener *l)
{
    Work  w     = { .db = db, .mem = &scratch };
    Actor actor = { .user = l->user, .role = l->role };
    TRY(rights_kept(&w, &actor, l->edition));
    scopes_take(l, &actor);
    return OK;
}

static void look_take(const Rows *row, Listener *l, bool *anew)
{
    *anew      = l->role != row_int(row, 2) || l->edition != row_int(row, 3);
    l->role    = row_int(row, 2);
    l->edition = row_int(row, 3);
    l->given   = row_int(row, 4) > 0;
    l->stands_in = row_int(row, 5) > 0;
}

/* One statement, and one more for each role that was changed. */
static Err look_up(Db *db, Arena scratch, Moment now, Roll *r)
{
    Rows  row;
    Ids   place = ids_new(&scratch, r->n);
    bool *here = NEW_N(&scratch, bool, r->n), *anew = NEW_N(&scratch, bool, r->n);
    for (int i = 0; i < r->n; i++) ids_put(&place, r->session[i], i);
    TRY(db_query(db, SQL_SESSIONS_ALIVE, VALS(val_ids(r->session, r->n), val_int(now), val_int(now - SESSION_IDLE_MS)),
                 &row));
    while (rows_next(&row)) {
        ptrdiff_t i = ids_at(&place, row_int(&row, 0));
        here[i]     = true;
        look_take(&row, &r->at[i], &anew[i]);
    }
    TRY(rows_end(&row));
    for (int i = 0; i < r->n; i++) {
        if (anew[i]) TRY(rights_anew(db, scratch, &r->at[i]));
        if (!here[i]) r->at[i].session = 0;
    }
    return OK;
}

static void roll_keep(Live *live, const Roll *r)
{
    pthread_mutex_lock(&live->lock);
    for (int k = 0; k < r->n && live->events; k++) {
        int i = seat_of(live, r->session[k]);
        if (i == live->count) continue;
        if (r->at[k].session) {
            listener_put(&live->at[i], &r->at[k]);
            continue;
        }
        events_end(live->events, live->at[i].user, live->at[i].session);
        listener_put(&live->at[i], &live->at[--live->count]);
    }
    pthread_mutex_unlock(&live->lock);
}

/* ---- the beat ---- */

typedef struct {
    Roll  *roll;
    Arena *mem;
} Beat;

static Err beat_look(Work *w, void *to)
{
    Beat *b = to;
    return look_up(w->db, *b->mem, w->now, b->roll);
}

void live_beat(Live *live)
{
    Arena    mem  = arena_new(BOUND_LISTENERS);
    Roll     r    = roll_call(live, &mem);
    LaneWork work = { .run = beat_look, .to = &(Beat){ &r, &mem } };
    if (r.n && lanes_run(live->lanes, LANE_FAST, &work, NULL) == OK) roll_keep(live, &r);
    arena_drop(&mem);
}

/* ---- telling ---- */

void news_send(Live *live, int64_t user, const Entity *e, int64_t id)
{
    char    room[256];
    Buf     line = { .data = room, .cap = sizeof room };
    JsonOut j    = js_to(&line);
    js_object(&j);
    js_key(&j, "topic");  js_c(&j, e->name);
    js_key(&j, "entity"); js_c(&j, e->name);
    if (id) {
        js_key(&j, "id");
        js_i64(&j, id);
    }
    js_end(&j);
    pthread_mutex_lock(&live->lock);
    if (live->events) events_publish(live->events, user, S("message"), buf_str(&line));
    pthread_mutex_unlock(&live->lock);
}

static void viewers_take(Telling *t, const Roll *r)
{
    Ids known = ids_new(t->mem, r->n);
    t->viewer = NEW_RAW(t->mem, Viewer, r->n);
    for (int i = 0; i < r->n; i++)
        if (r->at[i].session && ids_put(&known, r->at[i].user, i))
            t->viewer[t->viewers++] = (Viewer){ r->at[i].user, r->at[i].given, r->at[i].stands_in, r->at[i].scope };
}

/* What is told comes in the order in which it happened. */
static Err all_tell(Telling *t, const Change *changes, ptrdiff_t n)
{
    News     **of = NEW_N(t->mem, News *, n);
    ptrdiff_t *at = NEW_RAW(t->mem, ptrdiff_t, n);
    for (ptrdiff_t place = 0; entity_at(place); place++) {
        const Change **mine = NEW_RAW(t->mem, const Change *, n);
        ptrdiff_t      m    = 0;
        News          *news;
        for (ptrdiff_t i = 0; i < n; i++)
            if (str_eq(changes[i].entity, str_of(entity_at(place)->name))) at[i] = m, mine[m++] = &changes[i];
        if (m == 0) continue;
        TRY(news_read(t, place, mine, m, &news));
        for (ptrdiff_t i = 0; i < n; i++)
            if (str_eq(changes[i].entity, str_of(entity_at(place)->name))) of[i] = news;
    }
    for (ptrdiff_t i = 0; i < n; i++)
        if (of[i]) news_tell(of[i], at[i]);
    return OK;
}

Err live_tell(Live *live, Db *db, const Change *changes, ptrdiff_t n)
{
    Arena   mem = arena_new(BOUND_NEWS);
    Telling t   = { .live = live, .db = db, .mem = &mem, .now = clock_now(&lanes_options(live->lanes)->clock) };
    Roll    r   = roll_call(live, &mem);
    Err     err = r.n ? look_up(db, mem, t.now, &r) : OK;
    if (err == OK) {
        roll_keep(live, &r);
        viewers_take(&t, &r);
        err = t.viewers ? all_tell(&t, changes, n) : OK;
    }
    arena_drop(&mem);
    return err;
}
