/* The list of fields, told to others: to the browser (/api/meta), to programs (OpenAPI 3.1), to the web client's
 * compiler (TypeScript). */
#ifndef ENTITY_META_H
#define ENTITY_META_H

#include "entity/entity.h"

/* {"entities":[{name,label,title,owner?,order,fields:[{name,type,required,max,min,unique,find,sort,filter:[ops],to,
 * options:[{key,label?}],mask,own,label?,by_rule,at_start,start}],figures:[{name,type,to,counts,shown,sort,total,mask,
 * counted,by,day,options,filter}],children:[{name,entity,fields}],verbs:[…]}]}: what the actor may see, the verbs he
 * has.  Labels of fields, figures and options are in /api/words; own fields bring theirs in the language of the
 * work. */
void meta_json(Work *w, JsonOut *to);

/* Members of `components.schemas`: `condition`, the language of entity/filter.h; for each entity `client` (what is
 * given) and `client_patch` (what is taken), and for each child list; the caller has opened the object. */
void openapi_schemas(JsonOut *to);

/* TypeScript: an interface an entity and child, a union a choice, and the names of entities. */
void types_typescript(Buf *to);

#endif
