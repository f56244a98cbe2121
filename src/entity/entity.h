/* An entity is a list of fields written once.  Each service (JSON, checks, list, save, access, history, import, export,
 * OpenAPI, forms) is one file that reads the list.
 *
 * The list stands in a `.def` file, one aligned line a field, without words (those are `client.inn` in words/), and is
 * included twice:
 *
 *     typedef struct {
 *         Record base;
 *     #define FIELD    AS_MEMBER
 *     #define CHILDREN AS_MEMBERS
 *     #include "sales/parties/client.def"
 *     } Client;
 *
 *     static const Field client_fields[] = {
 *     #define FIELD(...) AS_ROW(Client, __VA_ARGS__)
 *     #define CHILDREN(...)
 *     #include "sales/parties/client.def"
 *     };
 *     static const Children client_children[] = {
 *     #define FIELD(...)
 *     #define CHILDREN(...) AS_CHILD_ROW(Client, __VA_ARGS__)
 *     #include "sales/parties/client.def"
 *     };
 *
 * The table of an entity has `id, version, created_at, created_by, changed_at, changed_by, archived_at, origin, key`
 * and a column a field; a link has two, NAME_of and NAME_id, and an index that begins with NAME_id.  A text field with
 * .sort has a second column NAME_sort, one with .find a column NAME_find, both made in C by the door; an entity with a
 * field to find has a column `find` that holds all of them, also those of its children, for the search of lists.  A
 * child's table has `id`, the column that points at its parent, and its fields (no _sort, _find); children stand in the
 * order of their ids. */
#ifndef ENTITY_ENTITY_H
#define ENTITY_ENTITY_H

#include "entity/value.h"
#include "work/work.h"

typedef struct Entity Entity;
typedef struct Figure Figure; /* entity/figure.h */

typedef enum {
    BY_ANYONE,
    BY_RULE,  /* only C code writes it: absent from patches, imports and forms               */
    AT_START, /* given when the record is made, fixed afterwards                             */
    MADE_OR_RULE, /* by C code, but an import may bring it: the day on which a deal was won  */
} SetBy;

struct Field {
    const char *name;
    TypeId      type;
    ptrdiff_t   offset;          /* of the member; of an own field its slot in Record.own          */
    int64_t     min, max;        /* both 0: the type's range (text: 200 characters)                */
    bool        required, unique; /* unique among the living                                       */
    bool        find;            /* text: found by any part (search, has, starts)                  */
    bool        sort;            /* lists can be ordered by it                                     */
    bool        total;           /* money, qty: lists tell its sum                                 */
    const char *to;              /* ref: the entity it points at; link: those it may, with blanks between, null: every
                                    one that stands alone; filter: whose rows it chooses */
    const char *of;              /* filter: the text that names the entity whose rows it chooses   */
    const char *const *options;  /* choice: keys, ends with null                                   */
    int64_t     start;           /* what a new record begins with: a choice, a bool, a number; 0: empty */
    const char *mask;            /* the group of the mask that hides it; null: never hidden        */
    SetBy       set_by;
    int64_t     own;             /* id of the firm's own field; 0: described by the program        */
    bool        inner;           /* not shown to anybody (digits of a phone)                       */
    /* text: what a cell of a file says, null: what stands in it.  Part 0 is the field itself; each further part, up to
     * `parts`, belongs in `besides`, another field of the record or a further row of its list, and is empty where there
     * is none.  Gives the key of what is wrong with the cell; null: nothing. */
    const char *(*from_cell)(Arena *mem, Str cell, int part, Str *out);
    int         parts;
    const char *besides;
    Str         label_ru, label_en; /* own fields only; the others' are in words/                  */
    const Str  *option_labels;   /* own choices only: ru, en of each option in turn                */
};

/* What one list of children may hold, whoever lengthens it: a patch, a merge, an import (record_save_many).  The lines
 * of an imported document are the only ones that may be more: a day's retail in one.  Their diff stays below what can
 * be read again (entity/diff.c). */
enum { CHILDREN_MOST = 5000, DOCUMENT_LINES_MOST = 100000 };

/* The members of an aggregate: in C `struct { ClientPhone *at; ptrdiff_t n; } phones`. */
typedef struct {
    void     *at;
    ptrdiff_t n; /* -1: not read; a save leaves them alone */
} ChildRows;

typedef struct {
    const char   *name;   /* "phones": the key in JSON */
    const Entity *entity;
    ptrdiff_t     offset; /* of the ChildRows member   */
} Children;

/* What is about to be written, given to a rule after types, limits and references are checked and before anything is
 * written.  A rule may set fields.  It says what is wrong with `saving_fail(w, s, i, INVALID, "day", "sale.day_ahead",
 * …)`. */
typedef struct {
    const Entity      *entity;
    ptrdiff_t          n;
    void *const       *now; /* each as it will be written                           */
    const void *const *was; /* each as it is stored, with its children; null: is new */
    const ptrdiff_t   *place; /* of each in the batch: the row of its problems        */
    bool               many;
    int                archive; /* 1: they are archived by it, -1: restored, 0: neither  */
    int64_t            work; /* of the change rows; 0 in a rule: work_id(w)          */
    bool               trusted, bulk; /* by the program, by an import: nobody is there to be asked (entity/check.h) */
    bool               written; /* it stands in the base: so a handler gets it       */
    bool               back; /* an undo: what had followed it comes back by itself    */
} Saving;

/* The `what` of the event ENTITY.removed. */
typedef struct {
    const Entity  *entity;
    const int64_t *ids;
    ptrdiff_t      n;
} Removed;

#define saving_fail(w, s, i, err_, field_, key_, ...)                                                                  \
    problem_add(&(w)->problems,                                                                                        \
                (Problem){ .err = (err_),                                                                              \
                           .field = (field_),                                                                          \
                           .key = (key_),                                                                              \
                           .row = (s)->many ? (s)->place[i] + 1 : 0,                                                   \
                           .args = { __VA_ARGS__ },                                                                    \
                           .arg_count = ARGS_N(__VA_ARGS__) })

/* By which column a table points at a record. */
typedef struct {
    const char *table, *column;
} HeldBy;

/* One way in which a row is somebody's: `keeper_id`, a user's; `client_id`, the first owner's of that client;
 * `queue_id`, whose who holds that role, as long as nobody stands in the first way. */
enum { OWNER_WAYS = 5 };
typedef struct {
    const char *ref;  /* a reference or link: to a user it is he, to a role whoever holds it (a queue, which the row
                         leaves with its first user), to a record its first owner: whose it is by the first of its own
                         ways */
    const char *kept; /* the column in which the door keeps that first owner; null: looked up each time, which is for
                         one way alone, or a small table */
} OwnerWay;

struct Entity {
    const char     *name;    /* "client": route, words, rights, references         */
    const char     *table;   /* null: the name                                     */
    const char     *title;   /* the field that names a record to people            */
    OwnerWay        owners[OWNER_WAYS + 1]; /* whose row it is, joined by `or`: ends with an empty one; none: nobody's,
                                               seen whole by every scope (entity/owners.h) */
    const char     *doers;   /* of the ways, with blanks between, those that may also change a row: by the others one
                                looks; null: all may */
    bool            alone;   /* its rows are nobody's by standing in for their owner: what one keeps for oneself */
    const char     *fence;   /* what must hold of a row besides, in every scope and for everybody but the program: SQL
                                with {row}, the row's alias, {me}, the actor, and {role}, his role.  "{row}.closed = 0
                                or {row}.role_id = {role}"; null: nothing */
    const char *seen; /* instead of owners, for rows that follow several: a select of the ids in sight, in which
                         {scope c} is the condition on the rows of the entity `seen_by` under alias c and {me} the
                         actor: people follow all their clients */
    const char     *seen_by;
    const char *seen_owners; /* with `seen`: a select of id, owner, and the row of `seen_by` that brings them together
                                (null where none does: the row is {me}'s alone), for the rows in {ids $1}: the same
                                rule, asked for many viewers at once */
    const char     *parent;  /* of a child: the column that points at its parent   */
    const char     *tree;    /* the ref to the record of the same entity that stands above: a holding, groups of goods,
                                units.  Nobody stands above himself, whoever saves it, and filters know `under`; null:
                                none */
    const char     *follows; /* the link to what it hangs on, whose reach it has: `view` there to look, `change` there
                                to write; it is listed only with it (`about is …`).  Instead of an owner; null: it
                                stands for itself */
    const char     *part;    /* of a child: the text by whose values seeds take its list apart (entity/seed.h) */
    const char     *order;   /* of a list when nobody says: "name", "-day"; null: newest first */
    bool            search_starts; /* on PostgreSQL the beginning of the text of a search stands in its indexes: its
                                      table has `find_start` and `find_long` (migrations/0017) */
    const Field    *fields;
    int             field_count;
    const Children *children;
    int             child_count;
    const Figure   *figures; /* names of it that are no fields (entity/figure.h); ends with a row without a name; may be
                                null */
    const char     *export_list; /* the list of children of which an export has a row each; null: a row a record */
    const char     *counted; /* the place that counts its rows and tells of whom it follows: a right there ends where
                                the right here does; may be null */
    bool            known;   /* its titles are shown to everybody who sees a reference to it, whatever his rights:
                                colleagues, channels */
    ptrdiff_t       size;    /* of the struct                                      */
    const HeldBy *held;         /* tables that are no entities and point at its rows, which then stay whoever takes back
                                 what made them; ends with a row without a table; may be null */
    const char *const *verbs; /* beside view add change archive export import; ends with null; may be null */
    const char     *archive_field; /* the choice in which people read that a record is archived, one thing with
                                      archived_at: the door moves both together; null: there is none */
    int64_t         archive_value; /* its value then                                        */
    const char     *archive_before; /* the inner field that keeps what it was before        */
    const char     *archive_reason; /* the text that keeps why a record was archived; null: it is not asked */
    Err           (*rule)(Work *w, Saving *s); /* may be null                      */
    const struct SeedWay *seeds; /* what it has of its own about seeds (entity/seed.h); may be null */
};

/* The head of every struct of an entity that stands alone.  A child's struct begins with `int64_t id` in its place
 * (ChildHead). */
typedef struct {
    int64_t    id;      /* 0: not saved yet                                         */
    int64_t    version; /* the version this was read at                             */
    Moment     created_at, changed_at, archived_at; /* archived_at NONE: living     */
    int64_t    created_by, changed_by;              /* 0: the program               */
    Str        origin, key; /* where it was made elsewhere and what it is called there */
    bool       known;   /* set by a save: it was there under origin and key, and is as it was */
    Value     *own;     /* the firm's own fields by slot; slots beyond own_count are empty */
    int        own_count;
    const Str *titles;  /* by field: what a reference points at, in words; null: not read */
} Record;

typedef struct {
    int64_t    id;     /* 0: not saved yet */
    const Str *titles; /* as in Record     */
} ChildHead;

#define AS_MEMBER(name, type, ...)              C_##type name;
#define AS_MEMBERS(name, entity, Type)          struct { Type *at; ptrdiff_t n; } name;
#define AS_ROW(Struct, name_, type_, ...)                                                                              \
    { .name = #name_, .type = TYPE_##type_, .offset = offsetof(Struct, name_), ##__VA_ARGS__ },
#define AS_CHILD_ROW(Struct, name_, entity_, T)                                                                        \
    { .name = #name_, .entity = &entity_##_entity, .offset = offsetof(Struct, name_) },

#define AS_NOTHING(...)
#define ENTITY_FIELDS(Struct, rows) .fields = (rows), .field_count = (int)COUNT(rows), .size = sizeof(Struct)
#define ENTITY_CHILDREN(rows)       .children = (rows), .child_count = (int)COUNT(rows)

/* A choice is one list: `#define SALE_KINDS(X) X(SALE_GOODS, sale) X(SALE_RETURN, return)`. */
#define CHOICE_ENUM(name, key) name,
#define CHOICE_KEY(name, key)  #key,
#define CHOICE(Type, none, LIST, keys)                                                                                 \
    typedef enum { none, LIST(CHOICE_ENUM) } Type;                                                                     \
    extern const char *const keys[]
#define CHOICE_KEYS(LIST, keys) const char *const keys[] = { LIST(CHOICE_KEY) NULL }

/* ---- the list of entities, handed down once by app/ (and by tests) ---- */

void          entities_set(const Entity *const *list); /* ends with null; also tells access/ whose rows they are */
const Entity *entity_at(ptrdiff_t i);                  /* null behind the last                                  */
ptrdiff_t     entity_count(void);
const Entity *entity_named(Str name);                  /* null: there is none                                   */
const char   *entity_table(const Entity *e);
const Entity *entity_above(const Entity *e);           /* of a child the entity that has it; else itself        */

/* The verbs of every entity, in the order of the matrix: view add change archive export import; ends with null. */
extern const char *const entity_verbs[];

bool entity_finds(const Entity *e);    /* one of its own fields is to be found                          */
bool entity_searched(const Entity *e); /* that, or one of its children's: its table has the column `find` */

/* ---- fields: those of the program and then the firm's own ---- */

/* Of an entity as this work sees it.  The array lives as long as the work.  id, created_at, created_by, changed_at and
 * changed_by are not among them, see field_named. */
typedef struct {
    const Field *const *at;
    int                 n;
} Fields;

Fields        entity_fields(Work *w, const Entity *e);
const Field  *field_named(Work *w, const Entity *e, Str name); /* also id, created_at, created_by, changed_at,
                                                                  changed_by; null */
const Field  *field_of(const Entity *e, const char *name);     /* described ones only */
unsigned      field_ops(const Field *f);                       /* what a filter may say of it: FilterOp bits */

/* A ref or a link: it points at a record.  `field_to` is the entity of that; null: nowhere, as a link to what there is
 * not or to what it may not. */
bool          field_points(const Field *f);
bool          field_may_point(const Field *f, const Entity *to);
const Entity *field_to(const Field *f, Value v);

/* Nobody types it in: it is in no patch and on no form. */
static inline bool field_by_rule(const Field *f) { return f->set_by == BY_RULE || f->set_by == MADE_OR_RULE; }

/* Do its rows belong to somebody? */
bool entity_owned(const Entity *e);

/* The key of the field's label in words/: "client.inn", "record.created_at".  Own fields carry their labels
 * themselves. */
const char *field_label(Arena *mem, const Entity *e, const Field *f);

#endif
