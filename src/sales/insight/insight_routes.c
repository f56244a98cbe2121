/* The addresses of the analyses. */
#include "sales/insight/answers.h"

#define ASKS "from: day?, to: day?, as_of: day?, channel: int?, seller: int?, class: A|B|C?, measure: revenue|margin|quantity?, cuts: text?, xyz: text?, cell: text?, skip: int?, limit: int?, format: json|xlsx?"
#define ANALYSIS(name, takes_, says_) { .method = GET, .path = "/api/analysis/" #name, .run = answer_##name, .needs = { "analysis", "view" }, .slow = true, .snapshot = true, .takes = takes_, .gives = "settings: object, sentence: text, tables: object", .says = says_ }

const Route insight_routes[] = {
    ANALYSIS(abc, ASKS ", of: client|product?", "route.analysis.abc"),
    ANALYSIS(xyz, ASKS, "route.analysis.xyz"),
    ANALYSIS(matrix, ASKS, "route.analysis.matrix"),
    ANALYSIS(rfm, ASKS ", before: day?", "route.analysis.rfm"),
    ANALYSIS(status, ASKS, "route.analysis.status"),
    ANALYSIS(falling, ASKS, "route.analysis.falling"),
    ANALYSIS(concentration, ASKS ", without: int?", "route.analysis.concentration"),
    ANALYSIS(growth, ASKS, "route.analysis.growth"),
    ANALYSIS(dynamics, ASKS ", grain: month|week|year?", "route.analysis.dynamics"),
    ANALYSIS(why, ASKS ", before_from: day?, before_to: day?", "route.analysis.why"),
    ANALYSIS(misleads, ASKS, "route.analysis.misleads"),
    ANALYSIS(findings, ASKS, "route.analysis.findings"),
    ANALYSIS(working_base, ASKS, "route.analysis.working_base"),
    { 0 },
};
