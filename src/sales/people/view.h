/* Lists kept under a name, and who else gets them.
 *
 * A view is its owner's to see and to change, as any record follows whoever it belongs to.  Shared with a unit (and
 * those below it), a role or the whole firm it is offered to colleagues, who read it under their own rights: what it
 * names that such a reader may not see is left out and counted, so that neither its columns nor its conditions tell of
 * it (view_read.h).
 *
 * Whoever has `share` of views in scope `all` shares with any unit, any role and the firm; in a narrower one with his
 * own unit.  A view that is shared is changed only by who could share it so. */
#ifndef SALES_PEOPLE_VIEW_H
#define SALES_PEOPLE_VIEW_H

#include "api/route.h"
#include "entity/entity.h"

#define VIEW_SHARES(X) X(VIEW_MINE, mine) X(VIEW_UNIT, unit) X(VIEW_ROLE, role) X(VIEW_ALL, all)
CHOICE(ViewShare, VIEW_SHARE_NONE, VIEW_SHARES, view_shares);

/* How the rows are shown.  `shape_by` names what by: of a board the field that parts its columns, of a calendar the day
 * or moment at which a record stands, and after a blank the one at which it ends; of groups what they are by and their
 * sums ("client_id.city day:month sum:total"). */
#define VIEW_SHAPES(X)                                                                                                 \
    X(VIEW_AS_LIST, list)                                                                                              \
    X(VIEW_AS_BOARD, board)                                                                                            \
    X(VIEW_AS_TREE, tree)                                                                                              \
    X(VIEW_AS_CALENDAR, calendar)                                                                                      \
    X(VIEW_AS_GROUPS, groups)
CHOICE(ViewShape, VIEW_SHAPE_NONE, VIEW_SHAPES, view_shapes);

enum { VIEWS_MOST = 200, VIEWS_SHOWN = 200 }; /* that one person keeps; that one list is offered */

typedef struct {
    Record base;
#define FIELD AS_MEMBER
#include "sales/people/view.def"
} View;

extern const Entity view_entity;
extern const Route  view_routes[];

#endif
