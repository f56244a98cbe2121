/* Products and their groups as entities. */
#include "sales/catalog/catalog.h"

#include "entity/tree.h"

static Err product_group_rule(Work *w, Saving *s)
{
    ptrdiff_t before = w->problems.count;
    TRY(tree_check(w, s, "parent_id", "product_group.above_itself"));
    return w->problems.count > before ? INVALID : OK;
}

static const Field product_fields[] = {
#define FIELD(...) AS_ROW(Product, __VA_ARGS__)
#include "sales/catalog/product.def"
};

static const Field product_group_fields[] = {
#define FIELD(...) AS_ROW(ProductGroup, __VA_ARGS__)
#include "sales/catalog/product_group.def"
};

const Entity product_entity = {
    .name = "product", .title = "name", .order = "name", .search_starts = true, ENTITY_FIELDS(Product, product_fields)
};
const Entity product_group_entity = {
    .name = "product_group", .title = "name", .order = "name", .rule = product_group_rule,
    ENTITY_FIELDS(ProductGroup, product_group_fields)
};
