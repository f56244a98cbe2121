/* The routes that the program has without any area. */
#ifndef API_LISTS_H
#define API_LISTS_H

#include "api/route.h"
#include "entity/export.h"
#include "entity/list.h"

extern const Route ground_routes[]; /* health, words, events               */

extern const Route meta_routes[];   /* meta, openapi.json, own fields      */
extern const Route export_routes[]; /* /api/{entity}/export                */
extern const Route file_routes[];   /* /api/file, /api/attachment/…        */
extern const Route share_routes[];  /* links for somebody outside, /s/…    */
extern const Route seed_routes[];   /* /api/seed…                          */
extern const Route given_routes[];  /* /api/given…                         */
extern const Route mass_routes[];   /* /api/{entity}/mass…                 */
extern const Route entity_routes[]; /* /api/{entity}…                      */

#define WHICH_TAKES "search: text?, filter: condition?, archived: bool?, figures: text?"
#define LIST_TAKES  WHICH_TAKES ", sort: text?, after: text?, limit: int?"

/* The entity that the path names; NOT_FOUND for a child, which has no address of its own. */
Err asked_entity(Request *r, const Entity **e);

/* The same for what is only read: of children the rights are those on the record they belong to. */
Err asked_rows(Request *r, const Entity **e);

/* The question of a list as every list route takes it: search, filter, sort, after, limit, archived, figures. */
Err ask_take(Request *r, Ask *ask);

/* A table as a file: `form` as `format` asks for it (CSV if it does not); a path to write it to; and what has been
 * written there is handed out as NAME and gone from the disk, `err` being what came of the writing. */
Err         asked_form(Request *r, ExportForm *form);
const char *written_path(Request *r);
Err         answer_written(Request *r, Err err, const char *path, ExportForm form, Str name);

/* The answer is this record, as the actor may see it, and what he may do with it: a struct of e, with the titles of its
 * references where they have been read.  `by` is a verb by which the record, as it stands, is known to be in his reach;
 * null: none is known. */
Err answer_record(Request *r, const Entity *e, const void *record, const char *by);

#endif
