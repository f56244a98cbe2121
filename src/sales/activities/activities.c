/* Activities as entities. */
#include "sales/activities/activities_inside.h"

CHOICE_KEYS(ACTIVITY_CHANNELS, activity_channels);
CHOICE_KEYS(ACTIVITY_ASKS, activity_asks);
CHOICE_KEYS(ACTIVITY_STATES, activity_states);
CHOICE_KEYS(ACTIVITY_PRIORITIES, activity_priorities);
CHOICE_KEYS(ACTIVITY_OUTCOMES, activity_outcomes);

static const Field activity_kind_fields[] = {
#define FIELD(...) AS_ROW(ActivityKind, __VA_ARGS__)
#include "sales/activities/activity_kind.def"
};

static const Field aim_fields[] = {
#define FIELD(...) AS_ROW(Aim, __VA_ARGS__)
#include "sales/activities/aim.def"
};

static const Field participant_fields[] = {
#define FIELD(...) AS_ROW(Participant, __VA_ARGS__)
#include "sales/activities/participant.def"
};

static const Field activity_fields[] = {
#define FIELD(...) AS_ROW(Activity, __VA_ARGS__)
#define CHILDREN(...)
#include "sales/activities/activity.def"
};

static const Children activity_children[] = {
#define FIELD(...)
#define CHILDREN(...) AS_CHILD_ROW(Activity, __VA_ARGS__)
#include "sales/activities/activity.def"
};

const Entity activity_kind_entity = {
    .name = "activity_kind",
    .title = "name",
    .order = "name",
    .known = true,
    ENTITY_FIELDS(ActivityKind, activity_kind_fields),
};

const Entity aim_entity = {
    .name = "aim", .title = "name", .order = "name", .known = true, ENTITY_FIELDS(Aim, aim_fields)
};

const Entity participant_entity = { .name = "participant",
                                    .parent = "activity_id",
                                    ENTITY_FIELDS(Participant, participant_fields) };

static const char *const activity_verbs[] = { "give", NULL };

/* It is his who is to do it, or theirs who hold the role for which it waits, and his who has set it; those whose the
 * client is, or what it is about, look at it. */
const Entity activity_entity = {
    .name = "activity",
    .title = "subject",
    .owners = { { "performer_id" },
                { "queue_id" },
                { "client_id", "client_keeper" },
                { "about", "about_keeper" },
                { "created_by" },
    },
    .doers = "performer_id queue_id created_by",
    .order = "-at",
    .verbs = activity_verbs,
    .rule = activity_rule,
    ENTITY_FIELDS(Activity, activity_fields),
    ENTITY_CHILDREN(activity_children),
};

const Handler activities_handlers[] = {
    { .event = "activity.saved", .handle = contacts_saved },
    { .event = "activity.saved", .handle = activities_lend },
    { .event = "activity.saved", .handle = activities_close_steps },
    { .event = "activity.archived", .handle = contacts_saved },
    { .event = "activity.archived", .handle = activities_lend },
    { .event = "activity.restored", .handle = contacts_saved },
    { .event = "activity.restored", .handle = activities_lend },
    { .event = "activity.removed", .handle = contacts_removed },
    { .event = "activity.removed", .handle = activities_unlend },
    { .event = "client.saved", .handle = activities_follow },
    { 0 },
};
