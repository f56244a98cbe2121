/* The list of fields, told to others: to the browser (/api/meta), to programs (OpenAPI 3.1), to the web client's compiler (TypeScript). */
#ifndef ENTITY_META_H
#define ENTITY_META_H

#include "entity/entity.h"

/* {"entities":[{name,title,fields:[{name,type,required,max,unique,sort,filter:[ops],to,options:[{key,label}],mask,own,label}],
 * children:[{name,entity,fields}],verbs:[…]}]}: what the actor may see, with labels of own fields; words of the others are in /api/words. */
void meta_json(Work *w, JsonOut *to);

/* Members of `components.schemas`: for each entity `client`, `client_new`, `client_patch`; the caller has opened the object. */
void openapi_schemas(JsonOut *to);

/* Paths of the generic routes for each entity; the caller has opened the object `paths`. */
void openapi_paths(JsonOut *to);

/* TypeScript: one interface an entity, one union a choice, and the constants `entityNames`. */
void types_typescript(Buf *to);

#endif
