/* The client base as entities, and the rules across their fields. */
#include "sales/parties/parties.h"

#include "entity/figure.h"
#include "sales/parties/client_figures.h"
#include "sales/parties/from_cell.h"

#include <string.h>

CHOICE_KEYS(CLIENT_KINDS, client_kinds);
CHOICE_KEYS(CLIENT_STATES, client_states);
CHOICE_KEYS(ADDRESS_KINDS, address_kinds);
CHOICE_KEYS(PURCHASE_ROLES, purchase_roles);

/* ---- rules ---- */

static Str digits_of(Arena *mem, Str typed)
{
    Buf b = buf_new(mem, typed.n + 1);
    for (ptrdiff_t i = 0; i < typed.n; i++)
        if (typed.s[i] >= '0' && typed.s[i] <= '9') buf_char(&b, typed.s[i]);
    return buf_str(&b);
}

Str phone_digits(Arena *mem, Str typed)
{
    Str  d       = digits_of(mem, typed);
    bool foreign = str_starts(str_trim(typed), S("+")) && !str_starts(d, S("7"));
    if (d.n < 5) return (Str){ 0 };
    if (!foreign && d.n == 11 && (*d.s == '8' || *d.s == '7')) return str_fmt(mem, "7%.10s", d.s + 1);
    if (!foreign && d.n == 10) return str_fmt(mem, "7%.10s", d.s);
    return str_upto(d, 20);
}

/* A state changes for a reason, and each time the reason is given anew; the deed of archiving asks for its own. */
static void state_rule(Work *w, Saving *s, ptrdiff_t i, Client *now, const Client *was)
{
    if (was && was->state == now->state) return;
    now->state_since = w->today;
    if (was && w->actor && !s->archive && (now->state_reason.n == 0 || str_eq(now->state_reason, was->state_reason)))
        saving_fail(w, s, i, INVALID, "state_reason", "client.state_needs_reason");
}

static Err client_rule(Work *w, Saving *s)
{
    ptrdiff_t before = w->problems.count;
    for (ptrdiff_t i = 0; i < s->n; i++) {
        Client       *now = s->now[i];
        const Client *was = s->was[i];
        now->inn_wrong    = now->inn.n && inn_verdict(now->inn) != INN_RIGHT;
        for (ptrdiff_t k = 0; k < now->phones.n; k++)
            now->phones.at[k].digits = phone_digits(w->mem, now->phones.at[k].number);
        state_rule(w, s, i, now, was);
    }
    return w->problems.count > before ? INVALID : OK;
}

static Err person_rule(Work *w, Saving *s)
{
    ptrdiff_t before = w->problems.count;
    for (ptrdiff_t i = 0; i < s->n; i++) {
        Person *now = s->now[i];
        if (now->email.n && str_find(now->email, S("@")) < 1)
            saving_fail(w, s, i, INVALID, "email", "field.not_an_email");
        for (ptrdiff_t k = 0; k < now->phones.n; k++)
            now->phones.at[k].digits = phone_digits(w->mem, now->phones.at[k].number);
    }
    return w->problems.count > before ? INVALID : OK;
}

/* ---- what follows a change ---- */

static Err client_removed(Work *w, const Event *event)
{
    const Removed *r = event->what;
    TRY(db_run(w->db, S("delete from client_class where client_id in {ids $1}"), VALS(val_ids(r->ids, r->n)), NULL));
    TRY(db_run(w->db, S("delete from client_class_log where client_id in {ids $1}"), VALS(val_ids(r->ids, r->n)),
               NULL));
    TRY(db_run(w->db, S("delete from client_contact where client_id in {ids $1}"), VALS(val_ids(r->ids, r->n)), NULL));
    return db_run(w->db, S("delete from client_bought where client_id in {ids $1}"), VALS(val_ids(r->ids, r->n)), NULL);
}

const Handler parties_handlers[] = { { .event = "client.removed", .handle = client_removed }, { 0 } };

/* ---- descriptions ---- */

static const Field client_address_fields[] = {
#define FIELD(...) AS_ROW(ClientAddress, __VA_ARGS__)
#include "sales/parties/client_address.def"
};

static const Field client_phone_fields[] = {
#define FIELD(...) AS_ROW(ClientPhone, __VA_ARGS__)
#include "sales/parties/client_phone.def"
};

static const Field client_person_fields[] = {
#define FIELD(...) AS_ROW(ClientPerson, __VA_ARGS__)
#include "sales/parties/client_person.def"
};

static const Field client_fields[] = {
#define FIELD(...) AS_ROW(Client, __VA_ARGS__)
#define CHILDREN(...)
#include "sales/parties/client.def"
};

static const Children client_children[] = {
#define FIELD(...)
#define CHILDREN(...) AS_CHILD_ROW(Client, __VA_ARGS__)
#include "sales/parties/client.def"
};

static const Field person_phone_fields[] = {
#define FIELD(...) AS_ROW(PersonPhone, __VA_ARGS__)
#include "sales/parties/person_phone.def"
};

static const Field person_fields[] = {
#define FIELD(...) AS_ROW(Person, __VA_ARGS__)
#define CHILDREN(...)
#include "sales/parties/person.def"
};

static const Children person_children[] = {
#define FIELD(...)
#define CHILDREN(...) AS_CHILD_ROW(Person, __VA_ARGS__)
#include "sales/parties/person.def"
};

static const Field source_fields[] = {
#define FIELD(...) AS_ROW(Source, __VA_ARGS__)
#include "sales/parties/source.def"
};

const Entity client_address_entity = { .name = "client_address",
                                       .parent = "client_id",
                                       ENTITY_FIELDS(ClientAddress, client_address_fields) };
const Entity client_phone_entity = { .name = "client_phone",
                                     .parent = "client_id",
                                     ENTITY_FIELDS(ClientPhone, client_phone_fields) };
const Entity client_person_entity = { .name = "client_person",
                                      .parent = "client_id",
                                      ENTITY_FIELDS(ClientPerson, client_person_fields) };
const Entity person_phone_entity = { .name = "person_phone",
                                     .parent = "person_id",
                                     ENTITY_FIELDS(PersonPhone, person_phone_fields) };
const Entity source_entity = {
    .name = "source", .title = "name", .order = "name", .known = true, ENTITY_FIELDS(Source, source_fields)
};

static const char *const party_verbs[] = { "give", NULL };

const Entity client_entity = {
    .name = "client",
    .archive_field = "state",
    .archive_value = CLIENT_ARCHIVE,
    .archive_before = "state_before",
    .archive_reason = "state_reason",
    .title = "name",
    .owners = { { "keeper_id" } },
    .tree = "parent_id",
    .order = "name",
    .search_starts = true,
    .verbs = party_verbs,
    .rule = client_rule,
    .figures = client_figures,
    ENTITY_FIELDS(Client, client_fields),
    ENTITY_CHILDREN(client_children),
};

static const Figure person_figures[] = {
    { .name = "client_id", .type = TYPE_ref, .to = "client",
      .where = "exists (select 1 from client_person k where k.person_id = {row}.id and k.client_id = {value})" },
    { 0 },
};

/* Whoever sees one of a person's clients sees the person; who wrote him down himself, until he has a client. */
const Entity person_entity = {
    .name = "person",
    .title = "name",
    .order = "name",
    .search_starts = true,
    .verbs = party_verbs,
    .rule = person_rule,
    .figures = person_figures,
    .seen_by = "client",
    .seen = "select k.person_id from client_person k join client c on c.id = k.client_id where {scope c}"
            " union all select o.id from person o where o.created_by = {me}"
            " and not exists (select 1 from client_person k where k.person_id = o.id)",
    .seen_owners =
        "select k.person_id, c.keeper_id, c.id from client_person k join client c on c.id = k.client_id where"
        " k.person_id in {ids $1} union all select o.id, o.created_by, null from person o where o.id in {ids $1}"
        " and not exists (select 1 from client_person k where k.person_id = o.id)",
    ENTITY_FIELDS(Person, person_fields),
    ENTITY_CHILDREN(person_children),
};
