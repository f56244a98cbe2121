/* Every file of claims, by hand. */
#ifndef TESTS_ALL_H
#define TESTS_ALL_H

#include "tests/test.h"

void test_str(Test *t);
void test_number(Test *t);
void test_day(Test *t);
void test_utf8(Test *t);
void test_core_rest(Test *t);
void test_words(Test *t);
void test_zone(Test *t);
void test_calendar(Test *t);
void test_charset(Test *t);
void test_content(Test *t);
void test_csv(Test *t);
void test_tally(Test *t);
void test_sales_row(Test *t);
void test_sales_file(Test *t);
void test_recognise(Test *t);
void test_out(Test *t);
void test_xlsx(Test *t);
void test_merged(Test *t);
void test_sheets(Test *t);
void test_xls(Test *t);
void test_dbf(Test *t);
void test_unpack(Test *t);
void test_cell_number(Test *t);
void test_cell_day(Test *t);
void test_columns(Test *t);
void test_import_said(Test *t);
void test_from_cell(Test *t);
void test_texts(Test *t);
void test_record_columns(Test *t);
void test_example(Test *t);
void test_today_order(Test *t);
void test_hand_over_sharing(Test *t);
void test_facts(Test *t);
void test_facts_file(Test *t);
void test_facts_view(Test *t);
void test_facts_series(Test *t);
void test_facts_group(Test *t);
void test_json(Test *t);
void test_http(Test *t);
void test_http_limits(Test *t);
void test_events(Test *t);
void test_assets(Test *t);
void test_zip(Test *t);
void test_soak(Test *t);
void test_order(Test *t);
void test_abc(Test *t);
void test_lorenz(Test *t);
void test_concentration(Test *t);
void test_xyz(Test *t);
void test_rfm(Test *t);
void test_status(Test *t);
void test_dynamics(Test *t);
void test_variance(Test *t);
void test_falling(Test *t);
void test_growth(Test *t);
void test_joining(Test *t);
void test_danger(Test *t);
void test_misleads(Test *t);
void test_report(Test *t);
void test_changes(Test *t);
void test_findings(Test *t);
void test_finding_prices(Test *t);
void test_finding_bounds(Test *t);
void test_options(Test *t);
void test_plan(Test *t);
void test_text_table(Test *t);
void test_access(Test *t);
void test_match(Test *t);
void test_known(Test *t);
void test_full(Test *t);
void test_copies(Test *t);
void test_power(Test *t);
void test_routes(Test *t);
void test_index(Test *t);
void test_scopes(Test *t);
void test_password(Test *t);
void test_throttle(Test *t);
void test_db(Test *t);
void test_shape(Test *t);
void test_disk(Test *t);
void test_lanes(Test *t);
void test_jobs(Test *t);
void test_schedule(Test *t);
void test_kill(Test *t);

void test_change(Test *t);
void test_checks(Test *t);
void test_export(Test *t);
void test_figure(Test *t);
void test_group(Test *t);
void test_filter(Test *t);
void test_list(Test *t);
void test_kept(Test *t);
void test_link(Test *t);
void test_mass(Test *t);
void test_uses(Test *t);
void test_owners(Test *t);
void test_queue(Test *t);
void test_process(Test *t);
void test_watch(Test *t);
void test_tree(Test *t);
void test_own(Test *t);
void test_value(Test *t);
void test_reach(Test *t);
void test_record(Test *t);
void test_seed(Test *t);
void test_undo(Test *t);
void test_rights_many(Test *t);
void test_roles_grow(Test *t);

static void (*const all_tests[])(Test *) = {
    test_str,
    test_number,
    test_day,
    test_utf8,
    test_core_rest,
    test_words,
    test_zone,
    test_calendar,
    test_charset,
    test_content,
    test_csv,
    test_tally,
    test_sales_row,
    test_sales_file,
    test_recognise,
    test_out,
    test_xlsx,
    test_merged,
    test_sheets,
    test_xls,
    test_dbf,
    test_unpack,
    test_cell_number,
    test_cell_day,
    test_columns,
    test_import_said,
    test_from_cell,
    test_texts,
    test_record_columns,
    test_example,
    test_today_order,
    test_hand_over_sharing,
    test_facts,
    test_facts_file,
    test_facts_view,
    test_facts_series,
    test_facts_group,
    test_json,
    test_http,
    test_http_limits,
    test_events,
    test_assets,
    test_zip,
    test_soak,
    test_order,
    test_abc,
    test_lorenz,
    test_concentration,
    test_xyz,
    test_rfm,
    test_status,
    test_dynamics,
    test_variance,
    test_falling,
    test_growth,
    test_joining,
    test_danger,
    test_misleads,
    test_report,
    test_changes,
    test_findings,
    test_finding_prices,
    test_finding_bounds,
    test_options,
    test_plan,
    test_text_table,
    test_access,
    test_match,
    test_known,
    test_full,
    test_copies,
    test_power,
    test_routes,
    test_index,
    test_scopes,
    test_password,
    test_throttle,
    test_db,
    test_shape,
    test_disk,
    test_lanes,
    test_jobs,
    test_schedule,
    test_kill,
    test_change,
    test_checks,
    test_export,
    test_figure,
    test_group,
    test_filter,
    test_list,
    test_kept,
    test_link,
    test_mass,
    test_uses,
    test_owners,
    test_queue,
    test_process,
    test_watch,
    test_tree,
    test_own,
    test_value,
    test_reach,
    test_record,
    test_seed,
    test_undo,
    test_rights_many,
    test_roles_grow,
    NULL,
};

#endif
