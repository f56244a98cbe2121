/* What is sold: products and their groups. */
#ifndef SALES_CATALOG_CATALOG_H
#define SALES_CATALOG_CATALOG_H

#include "entity/entity.h"

typedef struct {
    Record base;
#define FIELD AS_MEMBER
#include "sales/catalog/product.def"
} Product;

typedef struct {
    Record base;
#define FIELD AS_MEMBER
#include "sales/catalog/product_group.def"
} ProductGroup;

extern const Entity product_entity, product_group_entity;

#endif
