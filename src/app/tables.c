/* The tables of contents: every entity, route, event handler and kind of job of the program, written by hand. */
#include "api/lists.h"
#include "api/session_json.h"
#include "app/backup.h"
#include "app/jobs_told.h"
#include "app/program.h"
#include "app/rounds.h"
#include "engine/metric/metric.h"
#include "engine/process/version.h"
#include "entity/kept.h"
#include "entity/mass.h"
#include "files/attachment.h"
#include "sales/activities/activities.h"
#include "sales/activities/activity_close.h"
#include "sales/activities/contact_rhythm.h"
#include "sales/catalog/catalog.h"
#include "sales/deals/deals.h"
#include "sales/example/example_drop.h"
#include "sales/example/example_load.h"
#include "sales/handover/hand_over.h"
#include "sales/import/file_room.h"
#include "sales/import/import.h"
#include "sales/insight/answers.h"
#include "sales/insight/classes.h"
#include "sales/insight/rule.h"
#include "sales/insight/setting.h"
#include "sales/orders/orders.h"
#include "sales/parties/parties.h"
#include "sales/people/people.h"
#include "sales/people/view.h"
#include "sales/requests/requests.h"
#include "sales/standing/standing.h"
#include "sales/today/today.h"
#include "sales/watch/watch.h"
#include "work/jobs.h"

const Entity *const all_entities[] = {
    &user_entity, &unit_entity, &role_entity, &role_right_entity, &absence_entity, &view_entity,
    &client_entity, &client_address_entity, &client_phone_entity, &client_person_entity,
    &person_entity, &person_phone_entity, &source_entity,
    &product_entity, &product_group_entity,
    &channel_entity, &sale_entity, &sale_line_entity,
    &activity_kind_entity, &aim_entity, &activity_entity, &participant_entity,
    &contact_rhythm_entity,
    &process_entity, &stage_entity,
    &process_version_entity, &process_step_entity, &process_gate_entity, &process_outcome_entity,
    &deal_entity, &deal_line_entity, &deal_settlement_entity, &deal_participant_entity, &deal_rival_entity,
    &reason_entity, &need_entity,
    &metric_entity,
    &request_kind_entity, &request_entity,
    &watch_entity, &finding_entity,
    &import_entity,
    &analysis_setting_entity,
    &attachment_entity,
    NULL,
};

const Route *const all_routes[] = {
    session_routes,
    ground_routes,
    meta_routes,
    people_routes,
    view_routes,
    backup_routes,
    job_routes,
    schedule_routes,
    calendar_routes,
    seed_routes,
    given_routes,
    deal_limit_routes,
    deal_funnel_routes,
    metric_routes,
    request_routes,
    deal_way_routes,
    version_routes,
    insight_routes,
    today_routes,
    standing_routes,
    hand_over_routes,
    card_routes,
    product_card_routes,
    setting_routes,
    analysis_rule_routes,
    activity_routes,
    timeline_routes,
    watch_routes,
    contact_routes,
    file_routes,
    share_routes,
    file_room_routes,
    import_routes,
    example_routes,
    example_drop_routes,
    mass_routes,
    entity_routes,
    export_routes,
    NULL,
};

const Handler *const all_handlers[] = {
    people_handlers,
    absence_handlers,
    parties_handlers,
    orders_handlers,
    activities_handlers,
    deals_handlers,
    watch_handlers,
    requests_handlers,
    NULL,
};

const MetricGrain *const all_grains[] = {
    deals_grains,
    NULL,
};

const Check *const all_checks[] = {
    parties_checks,
    deals_checks,
    NULL,
};

const FileUse *const all_file_uses[] = {
    &attachment_file_use,
    &import_file_use,
    NULL,
};

/* Seconds until each next try. */
static const int later_and_later[] = { 60, 300, 1800, 7200, 0 };

const JobKind all_jobs[] = {
    /* from the facts of a server */
    { .name = "classes", .run = classes_run, .resume = classes_run, .sort = JOB_HOUSE, .served = true,
      .again = later_and_later },
    { .name = "backup", .run = backup_run_round, .resume = backup_run_round, .limit_s = 6 * 3600, .sort = JOB_HOUSE,
      .served = true, .again = later_and_later },
    { .name = "clearing", .run = clearing_run, .resume = clearing_run, .sort = JOB_HOUSE, .served = true,
      .again = later_and_later },
    { .name = "teams", .run = teams_run, .resume = teams_run, .sort = JOB_BRIEF, .served = true,
      .again = later_and_later },
    { .name = "contact_rhythms", .run = contact_rhythms_run, .resume = contact_rhythms_run, .sort = JOB_HOUSE,
      .again = later_and_later },
    { .name = "requests", .run = requests_escalate_run, .resume = requests_escalate_run, .sort = JOB_BRIEF,
      .again = later_and_later },
    { .name = "watches", .run = watches_run, .resume = watches_run, .sort = JOB_BRIEF, .again = later_and_later },
    { .name = "import", .run = import_run, .resume = import_run, .limit_s = 6 * 3600, .given_up = import_given_up },
    { .name = "import_undo",
      .run = import_undo_run,
      .resume = import_undo_run,
      .limit_s = 6 * 3600,
      .given_up = import_undo_given_up },
    { .name = "mass", .run = mass_run, .resume = mass_run, .given_up = mass_given_up },
    { .name = "mass_undo", .run = mass_undo_run, .resume = mass_undo_run, .given_up = mass_given_up },
    { .name = "hand_over", .run = hand_over_run, .resume = hand_over_run, .limit_s = 6 * 3600,
      .given_up = hand_over_given_up },
    { .name = "hand_overs", .run = hand_overs_round, .resume = hand_overs_round, .sort = JOB_HOUSE,
      .again = later_and_later },
    { .name = "owners_follow", .run = kept_follow_run, .resume = kept_follow_run, .limit_s = 6 * 3600,
      .again = later_and_later },
    { .name = "example", .run = example_run, .resume = example_run },
    { .name = "example_drop", .run = example_drop_run, .resume = example_drop_run },
    { 0 },
};
