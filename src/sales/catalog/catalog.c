/* Products and their groups as entities. */
#include "sales/catalog/catalog.h"

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
    .name = "product_group", .title = "name", .order = "name", .tree = "parent_id",
    ENTITY_FIELDS(ProductGroup, product_group_fields)
};
