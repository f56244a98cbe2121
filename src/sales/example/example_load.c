/* The example firm put into the base, a chunk a writing work. */
#include "sales/example/example_load.h"

#include "access/firm.h"
#include "entity/record.h"
#include "entity/seed.h"
#include "sales/catalog/catalog.h"
#include "sales/example/example_requests.h"
#include "sales/example/example_work.h"
#include "sales/example/example_load_sql.h"
#include "sales/insight/classes.h"
#include "sales/orders/orders.h"
#include "sales/parties/parties.h"
#include "sales/people/people.h"

enum { CHUNK_LINES = 600, CHUNK_CLIENTS = 100, CHUNK_ACTIVITIES = 200 };

static const Str origin = { "example", 7 };

typedef struct {
    ExampleFirm firm;
    int64_t unit[16], user[EXAMPLE_USERS], group[EXAMPLE_GROUPS], product[EXAMPLE_PRODUCTS], client[EXAMPLE_CLIENTS],
        person[EXAMPLE_CLIENTS],
        channel[3], source[6], client_source[EXAMPLE_CLIENTS];
    int         from, to; /* of the chunk: clients or lines */
} Loading;

/* Where a record came from makes a second try find the first. */
static void keyed(Work *w, Record *base, const char *kind, int n)
{
    base->origin = origin;
    base->key    = str_fmt(w->mem, "%s %d", kind, n);
}

static Err save(Work *w, const Entity *e, void *records, ptrdiff_t n)
{
    SaveHow how = { .trusted = true, .bulk = true };
    return record_save_many(w, e, records, n, &how);
}

/* ---- the firm's people ---- */

static Err units_write(Work *w, Loading *l)
{
    for (int i = 0; i < example_unit_count; i++) { /* a parent comes before its parts */
        Unit unit;
        record_empty(w, &unit_entity, &unit);
        keyed(w, &unit.base, "unit", i);
        unit.name      = str_of(example_units[i].name);
        unit.parent_id = example_units[i].parent >= 0 ? l->unit[example_units[i].parent] : 0;
        TRY(save(w, &unit_entity, &unit, 1));
        l->unit[i] = unit.base.id;
    }
    return OK;
}

/* They have no password: nobody can sign in as one of them until an administrator gives one. */
static Err people_write(Work *w, void *to)
{
    Loading *l     = to;
    User    *users = NEW_N(w->mem, User, EXAMPLE_USERS);
    Firm     firm;
    Lang     lang = LANG_RU;
    TRY(firm_read(w, &firm));
    lang_read(firm.language, &lang);
    TRY(seeds_load(w, lang, NULL));
    TRY(units_write(w, l));
    for (int i = 0; i < EXAMPLE_USERS; i++) {
        const ExampleUser *from = &l->firm.user[i];
        record_empty(w, &user_entity, &users[i]);
        keyed(w, &users[i].base, "user", i);
        users[i].login   = from->login;
        users[i].name    = from->name;
        users[i].email   = from->email;
        users[i].unit_id = l->unit[from->unit];
        TRY(role_by_key(w, str_c(w->mem, str_fmt(w->mem, "role.%s", from->role)), &users[i].role_id));
    }
    TRY(save(w, &user_entity, users, EXAMPLE_USERS));
    for (int i = 0; i < EXAMPLE_USERS; i++) l->user[i] = users[i].base.id;
    for (int i = 0; i < example_unit_count; i++) {
        Unit unit;
        bool found;
        if (example_units[i].head < 0) continue;
        TRY(record_fetch(w, &unit_entity, &l->unit[i], 1, false, &unit, &found));
        unit.head_id = l->user[example_units[i].head];
        TRY(save(w, &unit_entity, &unit, 1));
    }
    return OK;
}

/* Somebody of the same unit who is not at its head. */
static int colleague_of(const Loading *l, int user)
{
    for (int i = 0; i < EXAMPLE_USERS; i++)
        if (i != user && l->firm.user[i].unit == l->firm.user[user].unit &&
            i != example_units[l->firm.user[i].unit].head)
            return i;
    return -1;
}

/* A leave to come, with somebody who stands in, and an illness that is over. */
static Err absences_write(Work *w, void *to)
{
    enum { AWAY = 2 };
    const Loading *l = to;
    Absence       *a = NEW_N(w->mem, Absence, AWAY); /* whoever hears of them does so later */
    int            n = 0;
    for (int i = EXAMPLE_USERS - 1; i >= 0 && n < AWAY; i--) {
        int other = colleague_of(l, i);
        if (other < 0) continue;
        record_empty(w, &absence_entity, &a[n]);
        keyed(w, &a[n].base, "absence", n);
        a[n].user_id     = l->user[i];
        a[n].why         = n ? ABSENCE_ILLNESS : ABSENCE_LEAVE;
        a[n].from_day    = n ? l->firm.to - 20 : l->firm.to + 10;
        a[n].until_day   = n ? l->firm.to - 16 : l->firm.to + 23;
        a[n].stand_in_id = n ? 0 : l->user[other];
        n++;
    }
    return save(w, &absence_entity, a, n);
}

/* ---- goods, channels, sources ---- */

static Err goods_write(Work *w, void *to)
{
    Loading      *l        = to;
    ProductGroup *groups   = NEW_N(w->mem, ProductGroup, EXAMPLE_GROUPS);
    Product      *products = NEW_N(w->mem, Product, EXAMPLE_PRODUCTS);
    for (int i = 0; i < EXAMPLE_GROUPS; i++) {
        record_empty(w, &product_group_entity, &groups[i]);
        keyed(w, &groups[i].base, "group", i);
        groups[i].name = str_of(example_groups[i]);
    }
    TRY(save(w, &product_group_entity, groups, EXAMPLE_GROUPS));
    for (int i = 0; i < EXAMPLE_GROUPS; i++) l->group[i] = groups[i].base.id;
    for (int i = 0; i < EXAMPLE_PRODUCTS; i++) {
        const ExampleProduct *from = &l->firm.product[i];
        record_empty(w, &product_entity, &products[i]);
        keyed(w, &products[i].base, "product", i);
        products[i].name     = from->name;
        products[i].number   = from->number;
        products[i].group_id = l->group[from->group];
        products[i].unit     = str_of(from->unit);
        products[i].price    = from->price;
        products[i].cost     = from->cost;
    }
    TRY(save(w, &product_entity, products, EXAMPLE_PRODUCTS));
    for (int i = 0; i < EXAMPLE_PRODUCTS; i++) l->product[i] = products[i].base.id;
    return OK;
}

static Err lists_write(Work *w, void *to)
{
    Loading *l = to;
    Channel  channels[COUNT(l->channel)];
    Source   sources[COUNT(l->source)];
    for (int i = 0; i < (int)COUNT(channels); i++) {
        record_empty(w, &channel_entity, &channels[i]);
        keyed(w, &channels[i].base, "channel", i);
        channels[i].name = str_of(example_channels[i]);
    }
    TRY(save(w, &channel_entity, channels, COUNT(channels)));
    for (int i = 0; i < (int)COUNT(sources); i++) {
        record_empty(w, &source_entity, &sources[i]);
        keyed(w, &sources[i].base, "source", i);
        sources[i].name = str_of(example_sources[i]);
    }
    TRY(save(w, &source_entity, sources, COUNT(sources)));
    for (int i = 0; i < (int)COUNT(channels); i++) l->channel[i] = channels[i].base.id;
    for (int i = 0; i < (int)COUNT(sources); i++) l->source[i] = sources[i].base.id;
    return OK;
}

/* ---- clients ---- */

static int64_t source_of(const Loading *l, const char *name)
{
    for (int i = 0; i < (int)COUNT(l->source); i++)
        if (str_eq(str_of(name), str_of(example_sources[i]))) return l->source[i];
    return 0;
}

static void client_fill(Work *w, const Loading *l, int i, int64_t person, Client *c)
{
    const ExampleClient *from = &l->firm.client[i];
    record_empty(w, &client_entity, c);
    keyed(w, &c->base, "client", i);
    c->name      = from->name;
    c->kind      = from->entrepreneur ? CLIENT_ENTREPRENEUR : CLIENT_ORGANISATION;
    c->state     = from->story == STORY_NEVER ? CLIENT_POTENTIAL : CLIENT_EXISTING;
    c->number    = from->number;
    c->inn       = from->inn;
    c->kpp       = from->kpp;
    c->city      = from->city;
    c->keeper_id = l->user[from->keeper];
    c->source_id = source_of(l, from->source);
    c->addresses.at = NEW(w->mem, ClientAddress);
    c->phones.at    = NEW(w->mem, ClientPhone);
    c->persons.at   = NEW(w->mem, ClientPerson);
    c->addresses.n = c->phones.n = c->persons.n = 1;
    c->addresses.at[0] = (ClientAddress){
        .kind = ADDRESS_ACTUAL, .text = from->street, .city = from->city, .latitude = NONE, .longitude = NONE
    };
    c->phones.at[0]    = (ClientPhone){ .number = from->phone };
    c->persons.at[0] = (ClientPerson){
        .person_id = person, .role = ROLE_DECIDES, .post = from->post, .since = DAY_NONE, .until = DAY_NONE
    };
}

static Err clients_write(Work *w, void *to)
{
    Loading *l       = to;
    int      n       = l->to - l->from;
    Person  *persons = NEW_N(w->mem, Person, n);
    Client  *clients = NEW_N(w->mem, Client, n);
    for (int i = 0; i < n; i++) {
        const ExampleClient *from = &l->firm.client[l->from + i];
        record_empty(w, &person_entity, &persons[i]);
        keyed(w, &persons[i].base, "person", l->from + i);
        persons[i].name   = from->person;
        persons[i].post   = from->post;
        persons[i].email  = from->email;
        persons[i].phones.at = NEW(w->mem, PersonPhone);
        persons[i].phones.n  = 1;
        persons[i].phones.at[0].number = from->person_phone;
    }
    TRY(save(w, &person_entity, persons, n));
    for (int i = 0; i < n; i++) client_fill(w, l, l->from + i, persons[i].base.id, &clients[i]);
    TRY(save(w, &client_entity, clients, n));
    for (int i = 0; i < n; i++) l->client[l->from + i] = clients[i].base.id;
    for (int i = 0; i < n; i++) l->person[l->from + i] = persons[i].base.id;
    for (int i = 0; i < n; i++) l->client_source[l->from + i] = clients[i].source_id;
    return OK;
}

/* ---- sales ---- */

static int document_end(const Loading *l, int line)
{
    int document = l->firm.line[line].document;
    while (line < EXAMPLE_LINES && l->firm.line[line].document == document) line++;
    return line;
}

static void sale_fill(Work *w, const Loading *l, int from, int end, Sale *s)
{
    const ExampleLine *head = &l->firm.line[from];
    record_empty(w, &sale_entity, s);
    keyed(w, &s->base, "sale", head->document);
    s->number     = str_fmt(w->mem, "%s-%06d", head->is_return ? "ВЗ" : "РН", head->document);
    s->day        = head->day;
    s->client_id  = l->client[head->client];
    s->seller_id  = l->user[head->seller];
    s->channel_id = l->channel[head->channel];
    s->kind       = head->is_return ? SALE_RETURN : SALE_GOODS;
    s->source     = S("1С");
    s->lines.at   = NEW_N(w->mem, SaleLine, end - from);
    s->lines.n    = end - from;
    for (int i = from; i < end; i++) {
        const ExampleLine *x    = &l->firm.line[i];
        int                sign = x->is_return ? -1 : 1;
        s->lines.at[i - from] = (SaleLine){ .product_id = l->product[x->product],
                                            .qty = sign * x->qty,
                                            .price = x->price * 10000,
                                            .amount = sign * x->amount,
                                            .cost = sign * x->cost };
    }
}

static Err sales_write(Work *w, void *to)
{
    Loading  *l     = to;
    Sale     *sales = NEW_N(w->mem, Sale, l->to - l->from);
    ptrdiff_t n     = 0;
    for (int from = l->from, end; from < l->to; from = end) {
        end = document_end(l, from);
        sale_fill(w, l, from, end, &sales[n++]);
    }
    return save(w, &sale_entity, sales, n);
}

/* ---- all of it ---- */

/* As it will be written, when the deals are known. */
static ExampleDealing *deals_begin(Work *w, const Loading *l)
{
    ExampleDealing *x = NEW(w->mem, ExampleDealing);
    *x = (ExampleDealing){ .list = example_deals(w->mem, &l->firm),
                           .firm = &l->firm,
                           .user = l->user,
                           .client = l->client,
                           .person = l->person,
                           .product = l->product,
                           .channel = l->channel,
                           .source = l->client_source };
    x->id = NEW_N(w->mem, int64_t, x->list.n);
    return x;
}

/* But for what an earlier attempt of the same job has written, whose `origin` is given. */
static Err is_empty(Work *w, Str but_for)
{
    int64_t one;
    Err     err = db_int(w->db, SQL_EXAMPLE_CLIENT, VALS(val_text(but_for)), &one);
    return err == NOT_FOUND ? OK : err ? err : fail(w, CONFLICT, NULL, "example.not_empty");
}

static Err load(Work *w, Day to, Err (*tick)(void *ctx, int64_t done, int64_t total), void *ctx)
{
    Loading     *l    = NEW(w->mem, Loading);
    ExampleWork *work = NEW(w->mem, ExampleWork);
    TRY(is_empty(w, origin));
    l->firm    = example_make(w->mem, to, w->scratch);
    ExampleDealing *deals = deals_begin(w, l);
    work->list = example_activities(w->mem, &l->firm, &deals->list);
    work->user = l->user, work->client = l->client, work->person = l->person, work->deal = deals->id;
    ExampleAsking *asking = NEW(w->mem, ExampleAsking);
    *asking = (ExampleAsking){ example_requests(w->mem, &l->firm), l->user, l->client, l->firm.user };
    const int64_t total = EXAMPLE_CLIENTS + EXAMPLE_LINES + work->list.n;
    TRY(work_write(w, people_write, l));
    TRY(work_write(w, absences_write, l));
    TRY(work_write(w, goods_write, l));
    TRY(work_write(w, lists_write, l));
    for (; l->from < EXAMPLE_CLIENTS; l->from = l->to) {
        l->to = l->from + CHUNK_CLIENTS < EXAMPLE_CLIENTS ? l->from + CHUNK_CLIENTS : EXAMPLE_CLIENTS;
        TRY(work_write(w, clients_write, l));
        if (tick) TRY(tick(ctx, l->to, total));
    }
    for (l->from = l->to = 0; l->from < EXAMPLE_LINES; l->from = l->to) {
        do l->to = document_end(l, l->to);
        while (l->to < EXAMPLE_LINES && l->to - l->from < CHUNK_LINES);
        TRY(work_write(w, sales_write, l));
        if (tick) TRY(tick(ctx, EXAMPLE_CLIENTS + l->to, total));
    }
    TRY(work_write(w, example_deals_write, deals));
    for (; work->from < work->list.n; work->from = work->to) {
        work->to = work->from + CHUNK_ACTIVITIES < work->list.n ? work->from + CHUNK_ACTIVITIES : work->list.n;
        TRY(work_write(w, example_work_write, work));
        if (tick) TRY(tick(ctx, EXAMPLE_CLIENTS + EXAMPLE_LINES + work->to, total));
    }
    TRY(work_write(w, example_requests_write, asking));
    TRY(db_grown(w->db,
                 "client, client_address, client_phone, client_person, person, product, sale, sale_line, deal,"
                 " deal_line, deal_settlement, deal_participant, need, request, activity, change"));
    return work_write(w, classes_wanted, NULL);
}

Err example_load(Work *w, Day to)
{
    TRY(is_empty(w, S("")));
    return load(w, to, NULL, NULL);
}

static Err job_tick(void *w, int64_t done, int64_t total)
{
    return job_step(w, done, total);
}

Err example_run(Work *w, Job *job)
{
    (void)job;
    w->who = &actor_program;
    return load(w, w->today - 1, job_tick, w);
}

/* ---- the address ---- */

static Err begin(Request *r)
{
    int64_t id;
    TRY(is_empty(r->w, S("")));
    TRY(job_add(r->w, "example", S(""), &id));
    js_object(&r->out);
    js_key(&r->out, "job");
    js_i64(&r->out, id);
    js_end(&r->out);
    return OK;
}

static Err progress(Request *r)
{
    Rows rows;
    TRY(db_query(r->w->db, SQL_EXAMPLE_JOB, NO_VALS, &rows));
    js_object(&r->out);
    bool there = rows_next(&rows);
    js_key(&r->out, "state");
    static const char *const states[] = { "waiting", "running", "done", "failed", "stopped" };
    js_c(&r->out, there ? states[row_int(&rows, 0)] : "none");
    js_key(&r->out, "done");
    js_i64(&r->out, there ? row_int(&rows, 1) : 0);
    js_key(&r->out, "total");
    js_i64(&r->out, there ? row_int(&rows, 2) : 0);
    js_key(&r->out, "goes");
    js_bool(&r->out, there && row_int(&rows, 3));
    js_end(&r->out);
    return rows_end(&rows);
}

const Route example_routes[] = {
    { .method = POST,
      .path = "/api/example",
      .run = begin,
      .needs = { "firm", "change" },
      .writes = true,
      .later = true,
      .gives = "job: int",
      .says = "route.example.begin" },
    { .method = GET,
      .path = "/api/example",
      .run = progress,
      .needs = { "firm", "change" },
      .gives = "state: text, done: int, total: int, goes: bool",
      .says = "route.example.progress" },
    { 0 },
};
