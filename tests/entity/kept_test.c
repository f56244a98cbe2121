/* Kept owners: each is what a join from the row to the user says, whatever was saved, handed over, archived, imported,
 * undone.  The joins below know nothing of how the columns are kept. */
#include "entity/kept.h"
#include "entity/owners.h"
#include "entity/undo.h"
#include "tests/entity/owned.h"

#include <pthread.h>
#include <string.h>
#include <unistd.h>

static const char *const wrong_rows[] = {
    "select count(*) from route r left join client c on c.id = r.client_id where r.client_keeper is distinct from"
    " c.keeper_id",
    "select count(*) from stop s left join route r on r.id = s.route_id left join client c on c.id = r.client_id"
    " where s.route_owner is distinct from c.keeper_id",
    "select count(*) from photo p left join stop s on s.id = p.stop_id left join route r on r.id = s.route_id"
    " left join client c on c.id = r.client_id where p.stop_owner is distinct from c.keeper_id",
    "select count(*) from visit v left join client c on c.id = v.client_id where v.client_keeper is distinct from"
    " c.keeper_id",
    "select count(*) from visit v left join stop s on s.id = v.stop_id left join route r on r.id = s.route_id"
    " left join client c on c.id = r.client_id where v.stop_owner is distinct from c.keeper_id",
    "select count(*) from visit v left join client c on v.about_of = 'client' and c.id = v.about_id"
    " left join route r on v.about_of = 'route' and r.id = v.about_id left join client o on o.id = r.client_id"
    " where v.about_owner is distinct from coalesce(c.keeper_id, o.keeper_id)",
};

static int64_t counted(Work *w, const char *sql)
{
    int64_t n = -1;
    db_int(w->db, str_of(sql), NO_VALS, &n);
    return n;
}

/* How many columns hold wrong rows.  kept_count, which looks one step far, tells of one at least when there are any. */
static int wrong_columns(Work *w, Test *t)
{
    KeptWrong told[10];
    int       n = -1, wrong = 0;
    for (int i = 0; i < COUNT(wrong_rows); i++) wrong += counted(w, wrong_rows[i]) != 0;
    EQUAL(kept_count(w, told, COUNT(told), &n), OK);
    EQUAL(n > 0, wrong > 0);
    return wrong;
}

/* ---- random deeds ---- */

enum { MOST = 4000, DEEDS = 10000, A_WORK = 40, WORKS = 64 };

typedef struct {
    const Entity *e;
    int64_t       id[MOST];
    int           n;
} Known;

typedef struct {
    Test    *t;
    Lanes   *lanes;
    uint64_t seed;
    Known    client, route, stop, photo, visit;
    int64_t  work[WORKS]; /* works that may be taken back */
    int      works;
    int64_t  product;
    const char *why;
} World;

static int64_t dice(World *at, int64_t n)
{
    at->seed = at->seed * 6364136223846793005u + 1442695040888963407u;
    return (int64_t)((at->seed >> 33) % (uint64_t)n);
}

static int64_t any_of(World *at, const Known *known) { return known->n ? known->id[dice(at, known->n)] : 0; }
static int64_t any_user(World *at) { return dice(at, 5) ? 11 + dice(at, 4) : 0; }

static void now_known(World *at, Known *known, int64_t id)
{
    known->id[known->n < MOST ? known->n++ : dice(at, MOST)] = id;
}

static void visit_fill(World *at, Work *w, Visit *v)
{
    v->day       = w->today - (Day)dice(at, 100);
    v->doer_id   = any_user(at);
    v->helper_id = any_user(at);
    v->client_id = any_of(at, &at->client);
    v->stop_id   = any_of(at, &at->stop);
    switch (dice(at, 4)) {
    case 0:  v->about = (Link){ 0 }; break;
    case 1:  v->about = (Link){ .entity = S("product"), .id = at->product }; break;
    case 2:  v->about = (Link){ .entity = S("client"), .id = any_of(at, &at->client) }; break;
    default: v->about = (Link){ .entity = S("route"), .id = any_of(at, &at->route) }; break;
    }
    if (!v->about.id) v->about = (Link){ 0 };
}

/* Handed over, and now and then into the archive or out of it. */
static void client_fill(World *at, Client *c)
{
    c->keeper_id = any_user(at);
    c->name      = S("Клиент");
    if (dice(at, 10)) return;
    c->state        = c->state == CLIENT_ARCHIVE ? CLIENT_EXISTING : CLIENT_ARCHIVE;
    c->state_reason = str_fmt(&at->t->mem, "причина %lld", (long long)dice(at, 1000000));
}

static void fill(World *at, Work *w, const Entity *e, void *record)
{
    if (e == &client_entity) client_fill(at, record);
    if (e == &route_entity) ((Route_ *)record)->client_id = any_of(at, &at->client);
    if (e == &stop_entity) ((Stop *)record)->route_id = any_of(at, &at->route);
    if (e == &photo_entity) ((Photo *)record)->stop_id = any_of(at, &at->stop);
    if (e == &visit_entity) visit_fill(at, w, record);
}

static Known *some_kind(World *at)
{
    Known *const kind[] = { &at->client, &at->client, &at->route, &at->stop, &at->photo, &at->visit, &at->visit };
    return kind[dice(at, COUNT(kind))];
}

/* Up to five new ones, and as many that are there, in one call: some of them as an import brings them. */
static Err save_some(World *at, Work *w, Known *kind)
{
    ptrdiff_t n       = 1 + dice(at, 5);
    char     *records = arena_take(w->mem, kind->e->size, 16, n);
    SaveHow   how     = { .trusted = true, .bulk = dice(at, 3) == 0 };
    TRY(work_id(w, &how.work));
    for (ptrdiff_t i = 0; i < n; i++) {
        int64_t id    = dice(at, 2) ? any_of(at, kind) : 0;
        void   *r     = records + i * kind->e->size;
        bool    found = false;
        for (ptrdiff_t k = 0; k < i; k++)
            if (((Record *)(void *)(records + k * kind->e->size))->id == id) id = 0;
        if (id) TRY(record_fetch(w, kind->e, &id, 1, true, r, &found));
        if (!found) record_empty(w, kind->e, r);
        fill(at, w, kind->e, r);
    }
    TRY(record_save_many(w, kind->e, records, n, &how));
    for (ptrdiff_t i = 0; i < n; i++) now_known(at, kind, ((Record *)(void *)(records + i * kind->e->size))->id);
    return OK;
}

static Err archive_some(World *at, Work *w, Known *kind)
{
    int64_t id = any_of(at, kind), archived = 0;
    if (kind == &at->client) return OK; /* that takes a reason: client_fill */
    Str     sql = str_fmt(w->mem, "select count(*) from %s where id = $1 and archived_at is not null",
                          entity_table(kind->e));
    TRY(db_int(w->db, sql, VALS(val_int(id)), &archived));
    return archived ? record_restore(w, kind->e, id, 0) : record_archive(w, kind->e, id, 0);
}

static Err deeds_of_a_work(Work *w, void *to)
{
    World *at = to;
    for (int i = 0; i < A_WORK; i++) {
        Known *kind = some_kind(at);
        TRY(dice(at, 8) || !kind->n ? save_some(at, w, kind) : archive_some(at, w, kind));
    }
    return work_id(w, &at->work[at->works++ % WORKS]);
}

/* What is there now: an undo takes records away. */
static Err know_anew(Work *w, void *to)
{
    World *at     = to;
    Known *kind[] = { &at->client, &at->route, &at->stop, &at->photo, &at->visit };
    for (int i = 0; i < COUNT(kind); i++) {
        Rows rows;
        Str  sql = str_fmt(w->mem, "select id from %s order by id desc limit %d", entity_table(kind[i]->e), MOST);
        TRY(db_query(w->db, sql, NO_VALS, &rows));
        for (kind[i]->n = 0; rows_next(&rows); kind[i]->n++) kind[i]->id[kind[i]->n] = row_int(&rows, 0);
        TRY(rows_end(&rows));
    }
    return OK;
}

static Err take_back(Work *w, void *to)
{
    World   *at   = to;
    UndoDone done = { .mem = w->mem };
    int64_t  work = at->work[dice(at, at->works < WORKS ? at->works : WORKS)];
    do TRY(undo_chunk(w, work, done.below, 500, NULL, NULL, &done));
    while (done.below.id);
    return know_anew(w, at);
}

static Err sound(Work *w, void *to)
{
    World *at = to;
    Test  *t  = at->t;
    EQUAL(wrong_columns(w, t), 0);
    return OK;
}

static Err in_writer(World *at, Err (*run)(Work *w, void *to))
{
    LaneWork work = { .run = run, .to = at, .who = &actor_program, .language = "ru" };
    Problems why  = { .mem = &at->t->mem };
    Err      err  = lanes_run(at->lanes, LANE_WRITER, &work, &why);
    at->why       = why.first ? why.first->key : "";
    return err;
}

static Err product_make(Work *w, void *to)
{
    Product p;
    record_empty(w, &product_entity, &p);
    p.name = S("Кабель");
    TRY(record_save(w, &product_entity, &p));
    ((World *)to)->product = p.base.id;
    return OK;
}

static World *world_new(Firm *firm, uint64_t seed)
{
    World *at = NEW(&firm->t->mem, World);
    *at = (World){ .t = firm->t, .lanes = firm->lanes, .seed = seed, .client.e = &client_entity,
                   .route.e = &route_entity, .stop.e = &stop_entity, .photo.e = &photo_entity,
                   .visit.e = &visit_entity };
    return at;
}

/* A work that meets another is done again by its lane, with other dice. */
static void *days_of_one(void *to)
{
    World *at = to;
    Test  *t  = at->t;
    for (int done = 0; done < DEEDS / 4; done += A_WORK) {
        Err err = in_writer(at, dice(at, 6) || !at->works ? deeds_of_a_work : take_back);
        bool met = err == BUSY || err == INVALID || err == NOT_FOUND; /* another has taken away what this one knew */
        test_check(t, err == OK || met, __FILE__, __LINE__, "a work ends with %d", err);
        EQUAL(in_writer(at, know_anew), OK);
    }
    return NULL;
}

/* ---- one hand-over ---- */

typedef struct {
    int64_t route, stop, photo, visit;
} Chain;

static Err chain_make(Work *w, int64_t client, Chain *c)
{
    Route_ route;
    Stop   stop;
    Photo  photo;
    Visit  visit;
    record_empty(w, &route_entity, &route);
    record_empty(w, &stop_entity, &stop);
    record_empty(w, &photo_entity, &photo);
    record_empty(w, &visit_entity, &visit);
    route.client_id = client;
    TRY(record_save(w, &route_entity, &route));
    stop.route_id = route.base.id;
    TRY(record_save(w, &stop_entity, &stop));
    photo.stop_id = visit.stop_id = stop.base.id;
    visit.day     = w->today;
    visit.about   = (Link){ .entity = S("route"), .id = route.base.id };
    TRY(record_save(w, &photo_entity, &photo));
    TRY(record_save(w, &visit_entity, &visit));
    *c = (Chain){ route.base.id, stop.base.id, photo.base.id, visit.base.id };
    return OK;
}

static Err keeper_put(Work *w, int64_t client, int64_t keeper)
{
    Client c;
    bool   found;
    TRY(record_fetch(w, &client_entity, &client, 1, true, &c, &found));
    c.keeper_id = keeper;
    return record_save_many(w, &client_entity, &c, 1, &(SaveHow){ .trusted = true });
}

static Str owners_of(Work *w)
{
    Rows row;
    Buf  out = buf_new(w->mem, 200);
    if (db_query(w->db,
                 S("select r.client_keeper, s.route_owner, p.stop_owner, v.stop_owner, v.about_owner, v.client_keeper,"
                   " v.version from route r, stop s, photo p, visit v"),
                 NO_VALS, &row) != OK)
        return S("no answer");
    while (rows_next(&row))
        for (int c = 0; c < 7; c++)
            buf_fmt(&out, "%s%lld", c ? " " : "", row_null(&row, c) ? 0 : (long long)row_int(&row, c));
    return rows_end(&row) == OK ? buf_str(&out) : S("no end");
}

/* ---- very many ---- */

enum { MANY = KEPT_AT_ONCE + 2500 };

static bool job_is_done(Firm *firm, int64_t jobs)
{
    int64_t n = 0;
    for (int i = 0; i < 600; i++, usleep(50000)) {
        Work *w = deed(firm);
        n       = counted(w, "select count(*) from job where kind = 'owners_follow' and state = 2");
        deed_end(firm, OK);
        if (n == jobs) return true;
    }
    return false;
}

TESTS(test_kept)
{
    CASE("whoever follows keeps the owner of what it follows, over three steps, without a version of its own") {
        ON_BOTH(base) {
            Firm    firm = owned_open(&base, t);
            int64_t mine = owned_client(&firm, 11), other = owned_client(&firm, 12);
            Chain   chain;
            Work   *w = deed(&firm);
            EQUAL(chain_make(w, mine, &chain), OK);
            STR(owners_of(w), S("11 11 11 11 11 0 1"));
            EQUAL(keeper_put(w, mine, 13), OK);
            STR(owners_of(w), S("13 13 13 13 13 0 1"));
            Route_ route;
            bool   found;
            EQUAL(record_fetch(w, &route_entity, &chain.route, 1, true, &route, &found), OK);
            route.client_id = other; /* it points elsewhere */
            EQUAL(record_save(w, &route_entity, &route), OK);
            STR(owners_of(w), S("12 12 12 12 12 0 1"));
            EQUAL(keeper_put(w, mine, 14), OK); /* whom nobody follows any more */
            EQUAL(keeper_put(w, other, 0), OK);
            STR(owners_of(w), S("0 0 0 0 0 0 1"));
            EQUAL(wrong_columns(w, t), 0);
            EQUAL(db_run(w->db, S("update stop set route_owner = 14"), NO_VALS, NULL), OK);
            EQUAL(wrong_columns(w, t), 1); /* the others lead past it, to the user */
            EQUAL(deed_end(&firm, INVALID), INVALID);
            firm_close(&firm);
        }
    }
    CASE("kept owners are right after thousands of saves, hand-overs, archives, imports and undos") {
        ON_BOTH(base) {
            Firm   firm = owned_open(&base, t);
            World *at   = world_new(&firm, 20261130);
            EQUAL(in_writer(at, product_make), OK);
            for (int done = 0; done < DEEDS; done += A_WORK) {
                EQUAL(in_writer(at, deeds_of_a_work), OK);
                if (dice(at, 6) == 0) EQUAL(in_writer(at, take_back), OK);
                if (done % 2000 == 0) EQUAL(in_writer(at, sound), OK);
            }
            EQUAL(in_writer(at, sound), OK);
            CHECK(at->visit.n > 1000);
            firm_close(&firm);
        }
    }
    CASE("and after those of four who work at once") {
        ON_BOTH(base) {
            Firm      firm = owned_open(&base, t);
            pthread_t thread[4];
            World    *at[4];
            Test      mine[4] = { *t, *t, *t, *t };
            World    *first   = world_new(&firm, 1);
            EQUAL(in_writer(first, product_make), OK);
            EQUAL(in_writer(first, deeds_of_a_work), OK);
            for (int i = 0; i < 4; i++) {
                mine[i].mem = arena_new(64 << 20);
                at[i]       = NEW(&t->mem, World);
                memcpy(at[i], first, sizeof *first); /* what they know first is the same */
                at[i]->seed = (uint64_t)i + 7;
                at[i]->t    = &mine[i];
                pthread_create(&thread[i], NULL, days_of_one, at[i]);
            }
            for (int i = 0; i < 4; i++) {
                pthread_join(thread[i], NULL);
                t->failed += mine[i].failed - t->failed > 0;
            }
            EQUAL(in_writer(first, sound), OK);
            firm_close(&firm);
        }
    }
    CASE("more than go at once follow by a job, each owner as it stands then") {
        ON_BOTH(base) {
            static const JobKind kinds[] = { { .name = "owners_follow", .run = kept_follow_run,
                                               .resume = kept_follow_run }, { 0 } };
            firm_jobs    = kinds;
            Firm    firm = owned_open(&base, t);
            int64_t mine = owned_client(&firm, 11);
            Work   *w    = deed(&firm);
            EQUAL(db_run(w->db,
                         S("with recursive n (i) as (select 1 union all select i + 1 from n where i < 7500)"
                           " insert into route (id, version, created_at, client_id, client_keeper)"
                           " select 10000 + i, 1, 0, $1, 11 from n"),
                         VALS(val_int(mine)), NULL),
                  OK);
            EQUAL(db_run(w->db,
                         S("insert into stop (id, version, created_at, route_id, route_owner)"
                           " select id + 10000, 1, 0, id, 11 from route"),
                         NO_VALS, NULL),
                  OK);
            EQUAL(counted(w, "select count(*) from stop"), MANY);
            EQUAL(keeper_put(w, mine, 12), OK);
            EQUAL(counted(w, "select count(*) from client where keeper_id = 12"), 1);
            EQUAL(counted(w, "select count(*) from route where client_keeper = 11"), MANY);
            EQUAL(wrong_columns(w, t), 2);
            EQUAL(keeper_put(w, mine, 13), OK); /* before the first has run */
            EQUAL(deed_end(&firm, OK), OK);
            CHECK(job_is_done(&firm, 2));
            w = deed(&firm);
            EQUAL(counted(w, "select count(*) from stop where route_owner = 13"), MANY);
            EQUAL(wrong_columns(w, t), 0);
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
            firm_jobs = NULL;
        }
    }
}
