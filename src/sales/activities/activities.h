/* Activities: calls, meetings, visits, letters, tasks; planned, done and cancelled ones in one table.
 *
 * A contact (a call, a meeting, a visit, a letter, a message) is with a person, for a task of the sales cycle.  It is
 * closed with what its kind asks for and with the client's next contact, unless the client is archived; so of a client
 * that is worked one always knows when it hears of us again.  What is brought in closed, by an import, has no next one.
 *
 *     at        when it stands in a client's timeline: due while it is open, done afterwards
 *     due_day   the day of due_at where its performer lives; done_day the same of done_at
 *     timed     at this hour; otherwise some time that day, and due_at is the day's last second
 *     next_id   the contact that follows it
 *     step      the step of the process whose work it is, of the deal in `about`: closing it closes that step with the
 *               outcome, where nothing is missing for that */
#ifndef SALES_ACTIVITIES_ACTIVITIES_H
#define SALES_ACTIVITIES_ACTIVITIES_H

#include "entity/entity.h"

enum { ACTIVITY_MINUTES_MOST = 7 * 24 * 60, PARTICIPANTS_MOST = 200, DAY_LAST_SECOND = 24 * 3600 - 1 };

/* The first five are contacts: activity_is_contact. */
#define ACTIVITY_CHANNELS(X)                                                                                           \
    X(ACTIVITY_CALL, call) X(ACTIVITY_MEETING, meeting) X(ACTIVITY_VISIT, visit) X(ACTIVITY_LETTER, letter)            \
    X(ACTIVITY_MESSAGE, message) X(ACTIVITY_WORK, work) X(ACTIVITY_SESSION, session)
#define ACTIVITY_ASKS(X)       X(ASKS_RESULT, result) X(ASKS_OUTCOME, outcome)
#define ACTIVITY_STATES(X)     X(ACTIVITY_OPEN, open) X(ACTIVITY_DONE, done) X(ACTIVITY_CANCELLED, cancelled)
#define ACTIVITY_PRIORITIES(X) X(PRIORITY_HIGH, high) X(PRIORITY_USUAL, usual) X(PRIORITY_LOW, low)
#define ACTIVITY_OUTCOMES(X)                                                                                           \
    X(OUTCOME_AGREED, agreed) X(OUTCOME_INTERESTED, interested) X(OUTCOME_LATER, later) X(OUTCOME_REFUSED, refused)    \
    X(OUTCOME_NOT_REACHED, not_reached) X(OUTCOME_SENT, sent)

CHOICE(ActivityChannel, ACTIVITY_CHANNEL_NONE, ACTIVITY_CHANNELS, activity_channels);
CHOICE(ActivityAsks, ACTIVITY_ASKS_NONE, ACTIVITY_ASKS, activity_asks);
CHOICE(ActivityState, ACTIVITY_STATE_NONE, ACTIVITY_STATES, activity_states);
CHOICE(ActivityPriority, ACTIVITY_PRIORITY_NONE, ACTIVITY_PRIORITIES, activity_priorities);
CHOICE(ActivityOutcome, ACTIVITY_OUTCOME_NONE, ACTIVITY_OUTCOMES, activity_outcomes);

typedef struct {
    Record base;
#define FIELD AS_MEMBER
#include "sales/activities/activity_kind.def"
} ActivityKind;

typedef struct {
    Record base;
#define FIELD AS_MEMBER
#include "sales/activities/aim.def"
} Aim;

typedef struct {
    ChildHead base;
#define FIELD AS_MEMBER
#include "sales/activities/participant.def"
} Participant;

typedef struct {
    Record base;
#define FIELD    AS_MEMBER
#define CHILDREN AS_MEMBERS
#include "sales/activities/activity.def"
} Activity;

extern const Entity activity_kind_entity, aim_entity, activity_entity, participant_entity;

static inline bool activity_is_contact(ActivityChannel channel) { return channel >= 1 && channel <= ACTIVITY_MESSAGE; }

/* The rule of the entity: what an activity must say, and what follows from that. */
Err activity_rule(Work *w, Saving *s);

/* For the list in app/: a client's last and next contact are written down, and whoever is given work about a client out
 * of his sight is lent it.  Ends with an empty row. */
extern const Handler activities_handlers[];

#endif
