/* What is done in a working day, and what must be found of it. */
#include "tests/app/day.h"

#include "access/session.h"
#include "entity/own.h"
#include "entity/record.h"
#include "sales/catalog/catalog.h"
#include "sales/orders/orders.h"
#include "sales/parties/parties.h"
#include "store/migrate.h"

#include <dirent.h>
#include <semaphore.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { BROUGHT = 250 };

/* ---- promises ---- */

int day_promise(Day24 *d, int64_t want, const char *format, ...)
{
    char    question[400];
    va_list args;
    va_start(args, format);
    int n = snprintf(question, sizeof question, "select count(*) from ");
    vsnprintf(question + n, sizeof question - (size_t)n, format, args);
    va_end(args);
    pthread_mutex_lock(&d->mutex);
    int at         = d->promises++;
    d->promise[at] = (Promise){ disk_now(), INT64_MAX, str_copy(&d->t->mem, str_of(question)), { 0 }, want };
    pthread_mutex_unlock(&d->mutex);
    return at;
}

void day_promise_over(Day24 *d, int promise)
{
    d->promise[promise].until = disk_now();
}

/* ---- deeds ---- */

/* A record as the API would be sent it. */
typedef struct {
    Day24        *day;
    const Entity *entity;
    int64_t       id, version;
    Str           json, holds; /* holds: what is asked of its row when it has been acknowledged */
    int           promise;
    Err           err;
    sem_t         over;
} Deed;

static Err deed_run(Work *w, void *to)
{
    Deed       *d      = to;
    void       *record = arena_take(w->mem, d->entity->size, 16, 1);
    const Json *json;
    TRY(json_read(w->mem, d->json, (JsonLimits){ 0 }, &w->problems, &json));
    TRY(record_patch(w, d->entity, d->id, d->version, json, record));
    TRY(record_save(w, d->entity, record));
    d->id = ((Record *)record)->id;
    return OK;
}

static void deed_done(void *to, Err err, Work *w)
{
    Deed *d = to;
    (void)w;
    d->err  = err;
    if (!err) d->promise = day_promise(d->day, 1, "%s r where id = %lld and %.*s", entity_table(d->entity),
                                       (long long)d->id, (int)d->holds.n, d->holds.s);
    sem_post(&d->over);
}

static void deed_begin(Deed *d)
{
    LaneWork work = { .run = deed_run, .done = deed_done, .to = d, .who = &actor_program };
    sem_init(&d->over, 0, 0);
    d->err = lanes_submit(d->day->run.program->lanes, LANE_WRITER, &work);
    if (d->err) sem_post(&d->over);
}

static void deed_end(Deed *d)
{
    Test *t = d->day->t;
    sem_wait(&d->over);
    EQUAL(d->err, OK);
}

static int64_t deed(Day24 *day, const Entity *e, int64_t id, int64_t version, Str json, Str holds)
{
    Deed d = { .day = day, .entity = e, .id = id, .version = version, .json = json, .holds = holds };
    deed_begin(&d);
    deed_end(&d);
    return d.id;
}

static void do_write(Day24 *day, Err (*run)(Work *, void *), void *to)
{
    Test *t = day->t;
    EQUAL(program_run(&day->run.call, day->run.program, LANE_WRITER, run, to), OK);
}

/* ---- the morning: people ---- */

typedef struct {
    char    token[TOKEN_SIZE];
    int64_t user;
} Visit;

static Err signed_in(Work *w, void *to)
{
    Visit *v = to;
    return session_begin(w, v->user, (Visitor){ S("10.0.0.1"), S("a browser") }, v->token);
}

static Err user_of(Work *w, void *to)
{
    return db_int(w->db, S("select id from users where login = 'anna'"), NO_VALS, &((Visit *)to)->user);
}

static void people(Day24 *d)
{
    Test *t = d->t;
    Str   said;
    Visit visit = { 0 };
    EQUAL(COMMAND(&d->run, &t->mem, &said, S("a long pass phrase 1\n"), "user", "add", "anna", "--role", "owner"), 0);
    day_promise(d, 1, "users u join credential c on c.user_id = u.id where login = 'anna'");
    do_write(d, user_of, &visit);
    do_write(d, signed_in, &visit);
    day_promise(d, 1, "session where user_id = %lld", (long long)visit.user);
}

/* SQLite does this by itself each thousand pages, which are more than this day has: the log goes into the base, and the
 * next writer begins it anew. */
static void log_taken_in(Day24 *d)
{
    Test   *t = d->t;
    Db     *db;
    DbFault why;
    EQUAL(db_open(d->run.program->address, DB_WRITE, &db, &why), OK);
    EQUAL(db_run(db, S("pragma wal_checkpoint(passive)"), NO_VALS, NULL), OK);
    db_close(db);
}

/* ---- clients, who are changed by two at once, and sales ---- */

enum { AT_ONCE = 4 };

static void clients_added(Day24 *d, int from)
{
    Deed deeds[AT_ONCE];
    for (int i = 0; i < AT_ONCE; i++) {
        deeds[i]       = (Deed){ .day = d, .entity = &client_entity };
        deeds[i].holds = str_fmt(&d->t->mem, "name = 'Клиент %d'", from + i);
        deeds[i].json  = str_fmt(&d->t->mem, "{\"name\":\"Клиент %d\",\"phones\":[{\"number\":\"8 912 000-00-%02d\"}]}",
                                 from + i, from + i);
        deed_begin(&deeds[i]);
    }
    for (int i = 0; i < AT_ONCE; i++) deed_end(&deeds[i]);
}

/* Two who know version 1 change different fields: both stand. */
static void client_merged(Day24 *d)
{
    int64_t id = deed(d, &client_entity, 0, 0, S("{\"name\":\"Слитый\",\"city\":\"Омск\"}"), S("name = 'Слитый'"));
    Deed    a  = { .day = d, .entity = &client_entity, .id = id, .version = 1 }, b = a;
    a.json     = S("{\"city\":\"Пермь\"}");
    a.holds    = S("city = 'Пермь'");
    b.json     = S("{\"note\":\"звонил\"}");
    b.holds    = S("note = 'звонил'");
    deed_begin(&a);
    deed_begin(&b);
    deed_end(&a);
    deed_end(&b);
    day_promise_over(d, a.promise);
    deed(d, &client_entity, id, 3, S("{\"city\":\"Тверь\"}"), S("city = 'Тверь' and note = 'звонил'"));
}

static void sales_made(Day24 *d)
{
    int64_t client  = deed(d, &client_entity, 0, 0, S("{\"name\":\"Покупатель\"}"), S("name = 'Покупатель'"));
    int64_t product = deed(d, &product_entity, 0, 0, S("{\"name\":\"Болт\"}"), S("name = 'Болт'"));
    Str     lines   = str_fmt(&d->t->mem, "{\"product_id\":%lld,\"qty\":\"2\",\"amount\":\"10.00\"},"
                                          "{\"product_id\":%lld,\"qty\":\"1\",\"amount\":\"2.50\"}",
                              (long long)product, (long long)product);
    for (int i = 0; i < 3; i++) {
        const char *form = "{\"day\":\"2026-03-0%d\",\"client_id\":%lld,\"kind\":\"sale\",\"lines\":[%.*s]}";
        Str         json = str_fmt(&d->t->mem, form, i + 1, (long long)client, (int)lines.n, lines.s);
        deed(d, &sale_entity, 0, 0, json,
             S("total = 1250 and (select count(*) from sale_line l where l.sale_id = r.id) = 2"));
    }
}

/* ---- a field of the firm's own ---- */

static Err own_added(Work *w, void *id)
{
    const Json *json;
    Str         text = S("{\"entity\":\"client\",\"type\":\"int\",\"label_ru\":\"Коек\",\"label_en\":\"Beds\"}");
    TRY(json_read(w->mem, text, (JsonLimits){ 0 }, &w->problems, &json));
    return own_add_json(w, json, id);
}

static void own_field(Day24 *d)
{
    int64_t id = 0;
    do_write(d, own_added, &id);
    day_promise(d, 1, "own_field f join pragma_table_info('client') c on c.name = 'x' || f.id where f.id = %lld",
                (long long)id);
    Str json  = str_fmt(&d->t->mem, "{\"name\":\"С полем\",\"x%lld\":12}", (long long)id);
    Str holds = str_fmt(&d->t->mem, "x%lld = 12", (long long)id);
    deed(d, &client_entity, 0, 0, json, holds);
}

/* ---- files ---- */

static const char *file_made(Day24 *d, const char *name, Buf *b)
{
    const char *path = str_c(&d->t->mem, str_fmt(&d->t->mem, "%s/%s", d->files, name));
    FILE       *f    = fopen(path, "w");
    fwrite(b->data, 1, (size_t)b->len, f);
    fclose(f);
    return path;
}

const char *day_sales_file(Day24 *d, const char *name, int rows)
{
    Buf b = buf_new(&d->t->mem, 64 * 1024);
    buf_c(&b, "Дата;Номер документа;Клиент;Товар;Количество;Сумма\n");
    for (int i = 0; i < rows; i++)
        buf_fmt(&b, "%02d.02.2026;РН-%05d;Покупатель %d;Гайка;1;10,00\n", 1 + i % 28, i + 1, i % 40);
    return file_made(d, name, &b);
}

static const char *clients_file(Day24 *d, const char *name)
{
    Buf b = buf_new(&d->t->mem, 64 * 1024);
    buf_c(&b, "Наименование;Город\n");
    for (int i = 0; i < BROUGHT; i++) buf_fmt(&b, "Привезённый %d;Омск\n", i + 1);
    return file_made(d, name, &b);
}

static void import_sales_file(Day24 *d)
{
    Test       *t    = d->t;
    const char *path = day_sales_file(d, "sales.csv", IMPORTED);
    Str         said;
    EQUAL(COMMAND(&d->run, &t->mem, &said, S(""), "import", path, "--source", "1С", "--target", "sale"), 0);
    int brought = day_promise(d, IMPORTED, "sale s where source = '1С' and total = 1000");
    CHECK(running_rests(&d->run)); /* the count of classes that follows */
    day_promise(d, 1, "(select 1 from job where kind = 'classes' and state = %d limit 1) x", JOB_DONE);
    day_promise(d, 1, "(select 1 from client_class limit 1) x");
    d->undone = brought;
}

static void import_clients_file(Day24 *d)
{
    Test       *t    = d->t;
    const char *path = clients_file(d, "clients.csv");
    Str         said;
    EQUAL(COMMAND(&d->run, &t->mem, &said, S(""), "import", path, "--source", "лист", "--target", "client"), 0);
    day_promise(d, BROUGHT, "client where name like 'Привезённый %%'");
}

static Err first_import(Work *w, void *id)
{
    return db_int(w->db, S("select min(id) from import"), NO_VALS, id);
}

static void sales_file_undone(Day24 *d)
{
    Test   *t  = d->t;
    int64_t id = 0;
    Str     said;
    do_write(d, first_import, &id);
    day_promise_over(d, d->undone);
    EQUAL(COMMAND(&d->run, &t->mem, &said, S(""), "undo", str_c(&t->mem, str_fmt(&t->mem, "%lld", (long long)id))), 0);
    day_promise(d, 0, "sale where source = '1С'");
    day_promise(d, 0, "client where name like 'Покупатель %%'");
    CHECK(running_rests(&d->run));
}

/* ---- a copy ---- */

static void copied(Day24 *d)
{
    Test *t = d->t;
    Str   said;
    EQUAL(COMMAND(&d->run, &t->mem, &said, S(""), "backup"), 0);
    d->copy = str_from(str_trim(said), (ptrdiff_t)strlen(d->place));
    d->promise[day_promise(d, 0, "firm")].copy = d->copy;
}

/* ---- the whole ---- */

void day_begin(Day24 *d, Test *t)
{
    *d = (Day24){ .t = t, .mutex = PTHREAD_MUTEX_INITIALIZER };
    disk_place_new(d->place);
    disk_place_new(d->files);
    d->data = str_fmt(&t->mem, "%s/firm", d->place);
}

void day_end(Day24 *d)
{
    disk_forget();
    disk_place_gone(d->place);
    disk_place_gone(d->files);
}

/* A base as a version of three migrations left it. */
void day_make_old(Day24 *d)
{
    Test     *t      = d->t;
    Migration old[4] = { migrations[0], migrations[1], migrations[2], { 0 } };
    Str       unit   = S("insert into unit (id, version, created_at, changed_at, name) values ($1, 1, 0, 0, 'Отдел')");
    Db       *db;
    DbFault   why;
    EQUAL(mkdir(str_c(&t->mem, d->data), 0700), 0);
    EQUAL(db_open(str_fmt(&t->mem, "%.*s/sbyt.db", (int)d->data.n, d->data.s), DB_CREATE, &db, &why), OK);
    EQUAL(migrate(db, old, 0, NULL, &why), OK);
    for (int i = 1; i <= 3; i++) EQUAL(db_run(db, unit, VALS(val_int(i)), NULL), OK);
    EQUAL(db_run(db, S("update id_series set next = 4"), NO_VALS, NULL), OK);
    db_close(db);
}

void day_play_migration(Day24 *d)
{
    Test *t = d->t;
    day_make_old(d);
    disk_begin(d->place);
    day_promise(d, 3, "unit where name = 'Отдел'");
    EQUAL(running_begin(&d->run, d->data), OK);
    day_promise(d, 1, "(select count(*) n from migration) m where n >= 5");
    running_end(&d->run);
    disk_end();
}

void day_open(Day24 *d)
{
    Test *t = d->t;
    disk_begin(d->place);
    EQUAL(running_begin(&d->run, d->data), OK);
}

void day_fill(Day24 *d)
{
    clients_added(d, 0);
    client_merged(d);
    sales_made(d);
}

int day_restore(Day24 *d, Str *said)
{
    Running     nobody = { 0 };
    Arena      *mem    = &d->t->mem;
    const char *copy   = str_c(mem, str_fmt(mem, "%s%.*s", d->place, (int)d->copy.n, d->copy.s));
    return COMMAND(&nobody, mem, said, S(""), "restore", copy, "--data", str_c(mem, d->data), "--lang", "en");
}

void day_copy(Day24 *d)
{
    day_fill(d);
    copied(d);
    int before = d->promises;
    clients_added(d, AT_ONCE);
    running_end(&d->run);
    for (int i = before; i < d->promises; i++) day_promise_over(d, i);
}

/* What a restore has put aside, below place. */
static Str base_kept(Day24 *d)
{
    DIR *dir  = opendir(str_c(&d->t->mem, d->data));
    Str  kept = { 0 };
    for (struct dirent *e = NULL; dir && (e = readdir(dir)) != NULL;)
        if (str_starts(str_of(e->d_name), S("sbyt.db.before-restore")) && !str_ends(str_of(e->d_name), S("-wal")))
            kept = str_fmt(&d->t->mem, "/firm/%s", e->d_name);
    if (dir) closedir(dir);
    return kept;
}

/* Somebody else holds the base open, so that what stands in its log is not taken in. */
static Db *held_open(Day24 *d)
{
    Test   *t = d->t;
    Db     *db;
    DbFault why;
    EQUAL(db_open(str_fmt(&t->mem, "%.*s/sbyt.db", (int)d->data.n, d->data.s), DB_WRITE, &db, &why), OK);
    EQUAL(db_run(db, S("update client set note = 'из журнала' where name = 'Клиент 0'"), NO_VALS, NULL), OK);
    return db;
}

static int64_t noted(Day24 *d, Str kept)
{
    Db     *db;
    DbFault why;
    int64_t n = -1;
    if (db_open(str_fmt(&d->t->mem, "%s%.*s", d->place, (int)kept.n, kept.s), DB_READ, &db, &why) != OK) return -1;
    db_int(db, S("select count(*) from client where note = 'из журнала'"), NO_VALS, &n);
    db_close(db);
    return n;
}

void day_play_restore(Day24 *d, int64_t *from, bool held)
{
    Test *t     = d->t;
    Db   *other = NULL;
    Str   said;
    day_open(d);
    day_copy(d);
    if (held) other = held_open(d);
    *from = disk_now();
    if (held)
        day_promise(d, 1, "(select count(*) n from client where name like 'Клиент %%') c where n = %d or"
                          " exists (select 1 from client where note = 'из журнала')", AT_ONCE);
    else
        day_promise(d, 1, "(select count(*) n from client where name like 'Клиент %%') c where n in (%d, %d)", AT_ONCE,
                    2 * AT_ONCE);
    EQUAL(day_restore(d, &said), 0);
    day_promise(d, AT_ONCE, "client where name like 'Клиент %%'");
    Str kept = base_kept(d);
    CHECK(kept.n > 0);
    d->promise[day_promise(d, 0, "firm")].copy = kept;
    disk_end();
    db_close(other);
    if (held) EQUAL(noted(d, kept), 1);
}

void day_play(Day24 *d)
{
    Test *t = d->t;
    day_open(d);
    people(d);
    log_taken_in(d);
    day_fill(d);
    own_field(d);
    log_taken_in(d);
    import_sales_file(d);
    log_taken_in(d);
    copied(d);
    import_clients_file(d);
    sales_file_undone(d);
    running_end(&d->run);
    EQUAL(running_begin(&d->run, d->data), OK);
    clients_added(d, AT_ONCE);
    running_end(&d->run);
    disk_end();
}
