/* The addresses of the analyses. */
#include "sales/insight/answers.h"

#define ASKS     "from: day?, to: day?, as_of: day?, channel: int?, seller: int?, class: A|B|C?, format: json|xlsx?"
#define MEASURED ", measure: revenue|margin|quantity?"
#define CUTS     ", cuts: text?, xyz: text?"
#define PAGED    ", skip: int?, limit: int?, sort: text?"
#define CELLS    ", cell: text?" PAGED
#define ANALYSIS(name, takes_, says_)                                                                                  \
    {                                                                                                                  \
        .method = GET, .path = "/api/analysis/" #name, .run = answer_##name, .needs = { "analysis", "view" },          \
        .slow = true, .snapshot = true, .takes = takes_, .gives = "settings: object, sentence: text, tables: object",  \
        .says = says_                                                                                                  \
    }

const Route insight_routes[] = {
    ANALYSIS(abc, ASKS MEASURED CUTS CELLS ", of: client|product?", "route.analysis.abc"),
    ANALYSIS(xyz, ASKS MEASURED CUTS CELLS, "route.analysis.xyz"),
    ANALYSIS(matrix, ASKS MEASURED CUTS CELLS, "route.analysis.matrix"),
    ANALYSIS(rfm, ASKS MEASURED CUTS CELLS ", before: day?", "route.analysis.rfm"),
    ANALYSIS(status, ASKS MEASURED CUTS CELLS ", list: items|log?", "route.analysis.status"),
    ANALYSIS(falling, ASKS MEASURED CUTS PAGED ", list: falling|late?", "route.analysis.falling"),
    ANALYSIS(concentration, ASKS MEASURED CUTS PAGED ", without: int?", "route.analysis.concentration"),
    ANALYSIS(growth, ASKS MEASURED CUTS CELLS, "route.analysis.growth"),
    ANALYSIS(dynamics,
             ASKS MEASURED CELLS
             ", client: int?, product: int?, grain: month|week|year?, list: fall_clients|fall_products?",
             "route.analysis.dynamics"),
    ANALYSIS(why, ASKS CELLS ", before_from: day?, before_to: day?, list: items|products?", "route.analysis.why"),
    ANALYSIS(misleads, ASKS CELLS, "route.analysis.misleads"),
    ANALYSIS(findings, ASKS CUTS ", about: int?", "route.analysis.findings"),
    ANALYSIS(finding, ASKS CUTS CELLS, "route.analysis.finding"),
    ANALYSIS(working_base, ASKS MEASURED CUTS, "route.analysis.working_base"),
    { 0 },
};
