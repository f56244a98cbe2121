/* A small firm on both databases. */
#include "tests/entity/firm.h"

#include "entity/check.h"
#include "sales/catalog/catalog.h"
#include "sales/orders/orders.h"
#include "sales/parties/parties.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <string.h>

const Entity *const firm_entities[] = {
    &client_entity,
    &client_address_entity,
    &client_phone_entity,
    &client_person_entity,
    &person_entity,
    &person_phone_entity,
    &source_entity,
    &product_entity,
    &product_group_entity,
    &sale_entity,
    &sale_line_entity,
    &channel_entity,
    NULL,
};

static Err sale_saved(Work *w, const Event *event) { return orders_handlers[0].handle(w, event); }
static Err client_removed(Work *w, const Event *event) { return parties_handlers[0].handle(w, event); }

Err (*firm_client_saved)(Work *w, const Event *event);
const JobKind *firm_jobs;

static Err client_saved(Work *w, const Event *event)
{
    return firm_client_saved ? firm_client_saved(w, event) : OK;
}

static const Handler handlers[] = {
    { .event = "sale.saved", .handle = sale_saved },
    { .event = "client.removed", .handle = client_removed },
    { .event = "client.saved", .handle = client_saved },
    { 0 },
};

struct Held {
    sem_t begun, over, answered;
    Work *work;
    Err   say, became;
};

Firm firm_open(Base *base, Test *t)
{
    Firm         firm = { .base = base, .t = t, .who = &actor_program };
    DbFault      why;
    LanesOptions options = {
        .handlers = handlers, .jobs = firm_jobs, .address = base->address, .threads = { 1, 1, 2 }
    };
    base_migrate(base, t);
    entities_set(firm_entities);
    checks_set(NULL);
    CHECK(lanes_start(&options, &firm.lanes, &why) == OK);
    return firm;
}

void firm_close(Firm *firm) { lanes_stop(firm->lanes); }

/* On the lane's thread: hands the work over and waits for it to come back. */
static Err hand_over(Work *w, void *to)
{
    Held *held = to;
    held->work = w;
    sem_post(&held->begun);
    sem_wait(&held->over);
    return held->say;
}

static void answered(void *to, Err err, Work *w)
{
    Held *held   = to;
    (void)w;
    held->became = err;
    sem_post(&held->answered);
}

Work *deed(Firm *firm)
{
    Held *held = NEW(&firm->t->mem, Held);
    sem_init(&held->begun, 0, 0);
    sem_init(&held->over, 0, 0);
    sem_init(&held->answered, 0, 0);
    LaneWork work = {
        .run = hand_over, .done = answered, .to = held, .actor = firm->who->user, .who = firm->who, .language = "ru"
    };
    Test *t = firm->t;
    CHECK(lanes_submit(firm->lanes, LANE_WRITER, &work) == OK);
    sem_wait(&held->begun);
    firm->held = held;
    return held->work;
}

Err deed_end(Firm *firm, Err err)
{
    Held *held = firm->held;
    held->say  = err;
    sem_post(&held->over);
    sem_wait(&held->answered);
    return held->became;
}

static Scope scope_named(Str name)
{
    return str_eq(name, S("all")) ? SCOPE_ALL : str_eq(name, S("team")) ? SCOPE_TEAM : SCOPE_OWN;
}

static int right_cmp(const void *a, const void *b)
{
    const Right *x = a, *y = b;
    int          c = strcmp(x->entity, y->entity);
    return c ? c : strcmp(x->verb, y->verb);
}

const Actor *somebody(Test *t, int64_t user, const char *rights)
{
    Actor *actor  = NEW(&t->mem, Actor);
    Right *right  = NEW_N(&t->mem, Right, 64);
    Str    rest   = str_of(rights);
    *actor        = (Actor){ .user = user, .rights = right };
    while (rest.n) {
        Str one = str_cut(&rest, ' '), entity = str_cut(&one, ':'), verb = str_cut(&one, ':'),
            scope = str_cut(&one, ':');
        right[actor->right_count++] = (Right){ str_c(&t->mem, entity), str_c(&t->mem, verb), scope_named(scope),
                                               str_c(&t->mem, one) };
    }
    qsort(right, (size_t)actor->right_count, sizeof *right, right_cmp);
    return actor;
}

Str first_problem(Work *w)
{
    const Problem *p = w->problems.first;
    return p ? str_fmt(w->mem, "%s %s", p->field ? p->field : "-", p->key) : S("");
}
