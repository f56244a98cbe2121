/* The firm's own fields: real nullable columns x<id> that the program adds, known to every service because they come
 * out of entity_fields like the others.
 *
 * A field is a row of `own_field`; adding one runs `alter table` in the same transaction, which is the only DDL outside
 * migrations.  Slots are given in the order of ids and never change; an archived field keeps slot and column and is
 * shown nowhere.  A work reads the rows when it first asks, so a second server knows a new field with its next work. */
#ifndef ENTITY_OWN_H
#define ENTITY_OWN_H

#include "entity/entity.h"

#define OWN_MOST         100  /* fields of one entity */
#define OWN_OPTIONS      200  /* of one choice */
#define OWN_OPTIONS_MOST 4000 /* of the whole firm, archived fields too: each work that asks reads them all, and
                                 /api/meta tells them all at once */

typedef struct {
    Field field;   /* .name is "x71", .own 71, .offset the slot */
    bool  archived;
} OwnField;

typedef struct {
    const OwnField *at; /* by slot */
    int             n;
} OwnList;

/* Those of an entity as this work sees them, archived ones too.  Ends the work's chances with no fields when the base
 * cannot be read: the statement that follows says why. */
OwnList own_fields(Work *w, const Entity *e);

typedef struct {
    Str         entity;
    TypeId      type;   /* any but link             */
    Str         label_ru, label_en;
    Str         to;     /* of a ref                 */
    const Str  *options; /* of a choice: ru, en of each in turn */
    int         option_count;
    bool        required, find, sort;
} OwnAsk;

Err own_add(Work *w, const OwnAsk *ask, int64_t *id);
Err own_archive(Work *w, int64_t id);
Err own_list_json(Work *w, JsonOut *to);
/* {entity,type,label_ru,label_en,to,options:[[ru,en]…],required,find,sort} */
Err own_add_json(Work *w, const Json *body, int64_t *id);

#endif
